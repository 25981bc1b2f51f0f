#include "cyber/leaders.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <set>

namespace adal::cyber {

namespace leader_rules {

constexpr std::size_t kFewestLetters = 2, kMostLetters = 30;
constexpr int kMostDigits = 4;

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

// Letters of any script; of ASCII only what a name is made of.
bool is_name_byte(char c)
{
    return static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == ' ' || c == '-';
}

std::size_t letters_of(std::string_view text)
{
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

} // namespace leader_rules

std::vector<Leader> leaders(std::vector<Credit> credits, const std::map<PersonId, std::string>& pseudonyms)
{
    std::ranges::sort(credits, [](const Credit& a, const Credit& b) { return std::pair{a.reported_at, a.resource} < std::pair{b.reported_at, b.resource}; });
    std::set<std::string> counted;
    std::map<PersonId, int> points;
    for (const auto& credit : credits)
        if (counted.insert(credit.cluster.empty() ? credit.resource.str() : credit.cluster).second) ++points[credit.person];
    std::vector<Leader> out;
    for (const auto& [person, count] : points)
        if (const auto chosen = pseudonyms.find(person); chosen != pseudonyms.end() && count >= kLeastPoints) out.push_back({.pseudonym = chosen->second, .points = count});
    std::ranges::sort(out, [](const Leader& a, const Leader& b) { return a.points != b.points ? a.points > b.points : a.pseudonym < b.pseudonym; });
    return out;
}

std::optional<std::string> as_pseudonym(std::string_view typed)
{
    using namespace leader_rules;
    auto name = clean_text(typed);
    if (!name) return {};
    const auto letters = letters_of(*name);
    if (letters < kFewestLetters || letters > kMostLetters || !std::ranges::all_of(*name, is_name_byte)) return {};
    if (std::ranges::count_if(*name, is_digit) > kMostDigits) return {};
    return name;
}

} // namespace adal::cyber
