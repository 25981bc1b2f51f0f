#include "cyber/rulebook.hpp"

#include <fstream>
#include <iterator>

namespace adal::cyber {

Result<std::unique_ptr<const Rulebook>> Rulebook::open(const std::string& suffix_file, std::vector<std::string> own, const std::string& index_file)
{
    std::ifstream in(suffix_file, std::ios::binary);
    if (!in) return fail(suffix_list_missing, {{"file", suffix_file}});
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    auto list = SuffixList::read(bytes, suffix_file);
    if (!list) return pass(list);
    auto rules = std::make_unique<Rulebook>(std::move(*list), std::move(own));
    if (!index_file.empty()) {
        auto lists = LiveIndex::open(index_file);
        if (!lists) return pass(lists);
        rules->m_lists = std::move(*lists);
    }
    return rules;
}

std::vector<Match> Rulebook::matches_of(std::string_view written) const
{
    if (!m_lists) return {};
    static_cast<void>(m_lists->refresh()); // a broken newer file: the one in use stays
    return m_lists->now()->match(written, suffixes);
}

} // namespace adal::cyber
