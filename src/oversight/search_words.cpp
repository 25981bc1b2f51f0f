#include "oversight/search_words.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

namespace adal::oversight {

std::array<std::string, 2 * kMostWords> like_patterns(std::string_view typed)
{
    std::array<std::string, 2 * kMostWords> patterns;
    patterns.fill("%");
    const auto words = query_words(typed);
    for (std::size_t i = 0; i < words.size() && i < kMostWords; ++i) {
        if (words[i].exact.empty()) continue;
        patterns[2 * i] = "% " + words[i].exact.front() + "%";
        // The light stem finds "жолдың" for "жолдар"; without a stem, the other keyboard's reading.
        patterns[2 * i + 1] = "% " + (words[i].prefix.empty() ? words[i].exact.back() : words[i].prefix) + "%";
    }
    return patterns;
}

std::string like_condition(std::string_view column, int first)
{
    std::string out;
    for (int word = 0; word < static_cast<int>(kMostWords); ++word)
        out += fmt::format("{}({} like ?{} or {} like ?{})", word ? " and " : "", column, first + 2 * word, column, first + 2 * word + 1);
    return out;
}

} // namespace adal::oversight
