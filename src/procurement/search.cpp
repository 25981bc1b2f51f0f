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

std::vector<std::string_view> flags_in(std::string_view spaced)
{
    std::vector<std::string_view> out;
    for (const auto code : split(spaced, ' '))
        if (!code.empty()) out.push_back(code);
    return out;
}

constexpr std::array kSmall{Facet::district, Facet::works, Facet::method, Facet::category, Facet::band, Facet::year, Facet::flag};

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

void FacetTally::add(const Alike& alike)
{
    std::size_t refused = 0;
    auto only = Facet::district;
    for (const auto facet : kSmall) {
        if (passes(facet, alike.values[static_cast<std::size_t>(facet)])) continue;
        only = facet;
        ++refused;
    }
    if (refused == 0) m_total += alike.count;
    for (const auto facet : kSmall) {
        if (refused > 1 || (refused == 1 && facet != only)) continue;
        auto& counts = m_counts[static_cast<std::size_t>(facet)];
        const auto& value = alike.values[static_cast<std::size_t>(facet)];
        if (facet == Facet::flag) {
            const auto codes = flags_in(value);
            for (const auto code : codes) counts[std::string{code}] += alike.count;
            if (!codes.empty()) counts[std::string{kAnyValue}] += alike.count;
        } else if (!value.empty()) {
            counts[value] += alike.count;
            if (facet == Facet::works) counts[std::string{kAnyValue}] += alike.count;
        }
    }
}

bool FacetTally::passes(Facet facet, const std::string& value) const
{
    const auto& wanted = m_search.value(facet);
    if (wanted.empty()) return true;
    if (facet == Facet::flag) {
        const auto codes = flags_in(value);
        return wanted == kAnyValue ? !codes.empty() : std::ranges::find(codes, wanted) != codes.end();
    }
    if (facet == Facet::works && wanted == kAnyValue) return !value.empty();
    return value == wanted;
}

Found FacetTally::found() const
{
    Found out{.total = m_total};
    for (const auto facet : kSmall) {
        auto& list = out.of(facet);
        for (const auto& [value, count] : m_counts[static_cast<std::size_t>(facet)]) list.push_back({.value = value, .count = count});
        const auto& wanted = m_search.value(facet);
        if (!wanted.empty() && std::ranges::find(list, wanted, &FacetCount::value) == list.end()) list.push_back({.value = wanted});
        std::ranges::stable_sort(list, [](const auto& a, const auto& b) { return a.count > b.count; });
    }
    return out;
}

} // namespace adal::procurement
