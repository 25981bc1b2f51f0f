#include "cyber/match_index.hpp"

#include "cyber/url_host.hpp"
#include "cyber/url_plain.hpp"

#include <algorithm>
#include <iterator>

namespace adal::cyber {

namespace matching {

constexpr std::ptrdiff_t kMostLabels = 127; // RFC 1035: a name has no more
constexpr std::size_t kMostSegments = 24;

std::string_view without_end_dots(std::string_view host)
{
    while (host.ends_with('.'))
        host.remove_suffix(1);
    return host;
}

} // namespace matching

// Finds the host without copying when the address is written plainly, as nearly all are.
void Matcher::ask_about(std::uint32_t address, std::string_view written)
{
    m_hosts[address] = {};
    m_identities[address] = {};
    m_urls[address].href.clear();
    m_asks_paths[address] = false;
    if (PlainPlaces places; find_plain_places(written, places)) {
        m_hosts[address] = written.substr(places.scheme_end + 3U, places.host_end - places.scheme_end - 3U);
    } else {
        auto link = read_link(written, m_suffixes);
        m_identities[address] = std::move(link.identity);
        if (link.meant && is_special(link.meant->scheme())) {
            m_urls[address] = std::move(*link.meant);
            m_hosts[address] = m_urls[address].host();
        }
    }
    ask_host(address);
}

void Matcher::ask_host(std::uint32_t address)
{
    const auto host = m_hosts[address] = matching::without_end_dots(m_hosts[address]);
    if (host.empty()) return;
    ask_name(address, 0);
    if (is_ip_address(host)) return;
    // Names above it, the nearest first; the top-level name alone is on no list.
    auto dots = std::count(host.begin(), host.end(), '.');
    for (auto dot = host.find('.'); dots > 1; dot = host.find('.', dot + 1), --dots)
        if (dots <= matching::kMostLabels) ask_name(address, static_cast<std::uint32_t>(dot + 1));
}

void Matcher::ask_name(std::uint32_t address, std::uint32_t from)
{
    const auto print = m_index.print(m_hosts[address].substr(from));
    __builtin_prefetch(m_index.bucket(print));
    m_questions.push_back({.print = print, .address = address, .from = from});
}

void Matcher::answer(const Question& question, std::vector<Match>& found)
{
    const auto tag = m_index.tag(question.print);
    if (tag & MatchIndex::kHasPaths) m_asks_paths[question.address] = true;
    const auto& set = m_index.m_hit_sets[tag & ~MatchIndex::kHasPaths];
    Match match;
    for (const auto& hit : set)
        if (question.from == 0 ? hit.scope != Scope::path : hit.scope == Scope::domain) match.hits.push_back(hit);
    if (match.hits.empty()) return;
    match.key = m_hosts[question.address].substr(question.from);
    found.push_back(std::move(match));
}

// The whole address, then the same without its query, then each folder above it.
void Matcher::answer_paths(std::uint32_t address, std::string_view written, std::vector<Match>& found)
{
    std::vector<Match> paths;
    auto& identity = m_identities[address];
    if (identity.kind == Kind::none) identity = read_link(written, m_suffixes).identity;
    std::string_view key = identity.key;
    for (std::size_t segments = 0; !key.empty() && segments < matching::kMostSegments; ++segments) {
        const auto& set = m_index.m_hit_sets[m_index.tag(m_index.print(key)) & ~MatchIndex::kHasPaths];
        Match match{.key = std::string{key}};
        for (const auto& hit : set)
            if (hit.scope == Scope::path) match.hits.push_back(hit);
        if (!match.hits.empty()) paths.push_back(std::move(match));
        const auto cut = identity.kind == Kind::url ? key.find_last_of("/?#") : 0;
        key = key.substr(0, cut == key.npos ? 0 : cut);
    }
    found.insert(found.begin(), std::make_move_iterator(paths.begin()), std::make_move_iterator(paths.end()));
}

void Matcher::match(std::span<const std::string_view> written, std::span<std::vector<Match>> found)
{
    ADAL_CHECK(written.size() == found.size() && written.size() <= kBatch);
    m_questions.clear();
    for (std::uint32_t i = 0; i < written.size(); ++i) {
        found[i].clear();
        ask_about(i, written[i]);
    }
    for (const auto& question : m_questions)
        answer(question, found[question.address]);
    for (std::uint32_t i = 0; i < written.size(); ++i)
        if (m_asks_paths[i] || (m_hosts[i].empty() && m_identities[i].kind != Kind::none)) answer_paths(i, written[i], found[i]);
}

} // namespace adal::cyber
