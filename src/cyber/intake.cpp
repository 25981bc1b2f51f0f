#include "cyber/intake.hpp"

#include "base/text.hpp"
#include "cyber/list_entry.hpp"

#include <algorithm>
#include <set>

namespace adal::cyber {

namespace intake_words {

constexpr std::string_view kSpace = " \t\r\n\v\f", kAround = "\"'`<>(){}[]«»„“”,;!*|";

std::string_view stripped(std::string_view word)
{
    while (!word.empty() && kAround.find(word.front()) != std::string_view::npos) word.remove_prefix(1);
    while (!word.empty() && (kAround.find(word.back()) != std::string_view::npos || word.back() == '.' || word.back() == ':')) word.remove_suffix(1);
    return word;
}

std::string_view refusal_of(const Link& link, const SuffixList& suffixes, const std::vector<std::string>& own)
{
    if (link.identity.kind != Kind::url || !link.meant) return {};
    const auto host = host_of(link);
    if (is_local_host(host)) return "cyber.local_address";
    if (suffixes.is_suffix(host)) return "cyber.public_suffix";
    for (const auto& name : own)
        if (host == name || (host.size() > name.size() && host.ends_with(name) && host[host.size() - name.size() - 1] == '.')) return "cyber.own_domain";
    return {};
}

// A word of a message that is meant as a link: it names a scheme, a dot or a handle.
bool looks_like_link(std::string_view word)
{
    return word.find('.') != std::string_view::npos || word.find("://") != std::string_view::npos || word.starts_with('@') || word.starts_with("tg:") ||
           word.find("[.]") != std::string_view::npos;
}

std::vector<std::string_view> links_in(std::string_view line)
{
    std::vector<std::string_view> out;
    for (std::size_t from = 0; from < line.size();) {
        const auto begin = line.find_first_not_of(kSpace, from);
        if (begin == std::string_view::npos) break;
        from = std::min(line.size(), line.find_first_of(kSpace, begin));
        if (const auto word = stripped(line.substr(begin, from - begin)); looks_like_link(word)) out.push_back(word);
    }
    return out;
}

// A name somebody only wrote in a sentence ("т.б.", "2.5") is no address.
bool is_likely(const Link& link)
{
    return link.identity.kind != Kind::none && (link.identity.kind != Kind::url || !link.registrable.empty() || (link.meant && is_local_host(host_of(link))));
}

} // namespace intake_words

using namespace intake_words;

Result<std::vector<Found>> find_links(std::string_view text, const SuffixList& suffixes, const std::vector<std::string>& own)
{
    if (text.size() > kMostText) return fail(report_too_long, {{"limit", std::to_string(kMostText / 1024)}});
    std::vector<Found> out;
    std::set<std::string, std::less<>> seen;
    const auto take = [&](std::string_view word) {
        if (word.size() > kLongestLink) return false;
        auto link = read_link(word, suffixes);
        if (!is_likely(link) || !seen.insert(link.identity.key).second) return link.identity.kind != Kind::none;
        const auto refused = refusal_of(link, suffixes, own);
        out.push_back({.written = std::string{word}, .link = std::move(link), .refused = refused});
        return true;
    };
    for (std::size_t at = 0; at < text.size() && out.size() <= kMostLinks;) {
        const auto end = std::min(text.size(), text.find('\n', at));
        const auto line = trim(text.substr(at, end - at));
        at = end + 1;
        const auto words = links_in(line);
        for (const auto word : words) {
            if (out.size() > kMostLinks) break;
            take(word);
        }
        // No word of it is a link: "8 701 123 45 67" and "example (точка) kz" have spaces.
        if (words.empty() && !line.empty() && line.size() < 200) take(stripped(line));
    }
    if (out.empty()) return fail(nothing_found);
    if (out.size() > kMostLinks) return fail(too_many_links, {{"limit", std::to_string(kMostLinks)}});
    return out;
}

} // namespace adal::cyber
