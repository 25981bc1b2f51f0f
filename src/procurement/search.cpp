#include "procurement/search.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace adal::procurement {

namespace {

constexpr std::size_t kLongestPart = 200; // bytes

// Not in the middle of a letter.
std::string cut(std::string_view text)
{
    auto length = std::min(text.size(), kLongestPart);
    while (length > 0 && length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80) --length;
    return std::string{trim(text.substr(0, length))};
}

} // namespace

bool Search::is_everything() const
{
    return words.empty() && std::ranges::all_of(chosen, &std::string::empty);
}

Search Search::with(Facet facet, std::string_view value_text) const
{
    Search other = *this;
    other.value(facet) = value_text;
    other.after.clear();
    return other;
}

std::map<std::string, std::string> Search::query() const
{
    std::map<std::string, std::string> out;
    const auto put = [&](std::string_view key, const std::string& text) {
        if (!text.empty()) out.emplace(key, text);
    };
    put("q", words);
    for (const auto facet : all_facets) put(name(facet), value(facet));
    put("after", after);
    return out;
}

Search search_from(const std::map<std::string, std::string>& query)
{
    const auto part = [&](std::string_view key) {
        const auto found = query.find(std::string{key});
        return found == query.end() ? std::string{} : cut(found->second);
    };
    Search search{.words = part("q"), .after = part("after")};
    for (const auto facet : all_facets) search.value(facet) = part(name(facet));
    if (search.value(Facet::works) == "1") search.value(Facet::works) = kAnyValue; // addresses of before
    return search;
}

} // namespace adal::procurement
