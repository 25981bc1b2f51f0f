#include "cyber/rulebook.hpp"

#include <fstream>
#include <iterator>

namespace adal::cyber {

namespace {

Result<std::string> rulebook_bytes(const std::string& file, const ProblemCode& missing)
{
    std::ifstream in(file, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(in), {}};
    if (!in.is_open() || in.bad()) return fail(missing, {{"file", file}});
    return bytes;
}

} // namespace

Result<std::unique_ptr<const Rulebook>> Rulebook::open(const std::string& suffix_file, std::vector<std::string> own, const std::string& index_file, const std::string& model_file,
                                                        bool takes_copies)
{
    const auto bytes = rulebook_bytes(suffix_file, suffix_list_missing);
    if (!bytes) return pass(bytes);
    auto list = SuffixList::read(*bytes, suffix_file);
    if (!list) return pass(list);
    auto rules = std::make_unique<Rulebook>(std::move(*list), std::move(own), takes_copies);
    if (!index_file.empty()) {
        auto lists = LiveIndex::open(index_file);
        if (!lists) return pass(lists);
        rules->m_lists = std::move(*lists);
    }
    if (!model_file.empty()) {
        const auto trained = rulebook_bytes(model_file, text_model_missing);
        if (!trained) return pass(trained);
        auto model = TextModel::read(*trained, model_file);
        if (!model) return pass(model);
        rules->m_model = std::move(*model);
    }
    return rules;
}

std::vector<Match> Rulebook::matches_of(std::string_view written) const
{
    if (!m_lists) return {};
    static_cast<void>(m_lists->refresh()); // a broken newer file: the one in use stays
    return m_lists->now()->match(written, suffixes);
}

Triage Rulebook::triage_of(std::string_view written, const Link& link) const
{
    return triage.triage(written, link, matches_of(written), m_model ? m_model->opinion(link, suffixes) : TextOpinion{}, suffixes, guard);
}

} // namespace adal::cyber
