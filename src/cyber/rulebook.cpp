#include "cyber/rulebook.hpp"

#include <fstream>
#include <iterator>

namespace adal::cyber {

Result<std::unique_ptr<const Rulebook>> Rulebook::open(const std::string& suffix_file, std::vector<std::string> own)
{
    std::ifstream in(suffix_file, std::ios::binary);
    if (!in) return fail(suffix_list_missing, {{"file", suffix_file}});
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    auto list = SuffixList::read(bytes, suffix_file);
    if (!list) return pass(list);
    return std::make_unique<const Rulebook>(std::move(*list), std::move(own));
}

} // namespace adal::cyber
