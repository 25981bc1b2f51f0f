// The order of the Kazakh alphabet.
#include "base/letters.hpp"
#include "base/order_key.hpp"
#include "base/text.hpp"

#include <algorithm>

namespace adal {

namespace {

constexpr std::u32string_view kAlphabet = U"аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя";
static_assert(kAlphabet.size() == 42);

// Classes in order: other characters by code point, digits, Kazakh letters, Latin, other letters.
std::uint32_t rank(char32_t c)
{
    const auto small = letters::lower(c);
    if (letters::is_digit(small)) return 0x1000000u + small;
    if (const auto at = kAlphabet.find(small); at != kAlphabet.npos)
        return 0x2000000u + static_cast<std::uint32_t>(at);
    if (letters::is_cyrillic(small)) return 0x3000000u + small;
    if (letters::is_latin(small)) return 0x4000000u + small;
    if (letters::is_letter(small)) return 0x5000000u + small;
    return small;
}

int sign(bool less)
{
    return less ? -1 : 1;
}

} // namespace

int compare_kk(std::string_view a, std::string_view b)
{
    int tie = 0; // of words that differ in case only, the first small letter comes first
    std::size_t i = 0, j = 0;
    while (i < a.size() && j < b.size()) {
        const auto x = next_code_point(a, i);
        const auto y = next_code_point(b, j);
        if (x == y) continue;
        const auto rank_x = rank(x), rank_y = rank(y);
        if (rank_x != rank_y) return sign(rank_x < rank_y);
        if (tie == 0) tie = sign(letters::lower(x) == x);
    }
    if (i < a.size() || j < b.size()) return sign(j < b.size());
    if (tie != 0) return tie;
    const auto bytes = a.compare(b); // bad bytes read alike but are not alike
    return bytes == 0 ? 0 : sign(bytes < 0);
}

std::string order_key_kk(std::string_view text)
{
    // One class digit per letter, then UTF-8, whose bytes compare as code points do. A place in the alphabet is
    // written as one character from '0' on.
    std::string key;
    for (std::size_t at = 0; at < text.size();) {
        const auto order = rank(next_code_point(text, at));
        const auto letter_class = order >> 24, in_class = order & 0xFFFFFFu;
        key += static_cast<char>('0' + letter_class);
        append_utf8(key, letter_class == 2 ? U'0' + in_class : in_class);
    }
    return key;
}

} // namespace adal
