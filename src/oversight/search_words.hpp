// oversight/search_words.hpp: what a person typed, as LIKE patterns over a column of folded words.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace adal::oversight {

inline constexpr std::size_t kMostWords = 4;

// Two patterns per word (any of the two must fit, all words must); "%" where there is no word. The column
// holds ' word word word', so a pattern that begins with a space matches at the beginning of a word.
std::array<std::string, 2 * kMostWords> like_patterns(std::string_view typed);

// The condition over these patterns: placeholders ?first … ?first+7.
std::string like_condition(std::string_view column, int first);

} // namespace adal::oversight
