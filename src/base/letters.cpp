#include "base/letters.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace adal::letters {

namespace {

// Pairs Latin → Cyrillic. A capital H is taken for Н, a small h for the Kazakh һ.
constexpr std::u32string_view kLatin = U"iIəƏɵhHaAcCeEoOpPxXyYkKBMTöÖ";
constexpr std::u32string_view kCyrillic = U"іІәӘөһНаАсСеЕоОрРхХуУкКВМТөӨ";
static_assert(kLatin.size() == kCyrillic.size());

void replace_in_word(std::u32string& text, std::size_t from, std::size_t to)
{
    const auto word = std::u32string_view{text}.substr(from, to - from);
    const auto known = [](char32_t c) { return !is_latin(c) || kLatin.find(c) != kLatin.npos; };
    if (!std::any_of(word.begin(), word.end(), is_cyrillic)) return;
    if (!std::all_of(word.begin(), word.end(), known)) return;
    for (auto at = from; at < to; ++at)
        if (is_latin(text[at])) text[at] = kCyrillic[kLatin.find(text[at])];
}

bool in(char32_t c, char32_t first, char32_t last)
{
    return c >= first && c <= last;
}

// Blocks where capital and small letters alternate.
bool is_even_capital(char32_t c)
{
    return in(c, 0x100, 0x137) || in(c, 0x14a, 0x177) || in(c, 0x460, 0x481) ||
           in(c, 0x48a, 0x4bf) || in(c, 0x4d0, 0x52f) || in(c, 0x1e00, 0x1eff);
}

bool is_odd_capital(char32_t c)
{
    return in(c, 0x139, 0x148) || in(c, 0x179, 0x17e) || in(c, 0x4c1, 0x4ce);
}

} // namespace

std::u32string decode(std::string_view text)
{
    std::u32string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();)
        out += next_code_point(text, at);
    return out;
}

std::string encode(std::u32string_view text)
{
    std::string out;
    out.reserve(text.size() * 2);
    for (const auto c : text)
        append_utf8(out, c);
    return out;
}

char32_t lower(char32_t c)
{
    if (in(c, 'A', 'Z') || (in(c, 0xc0, 0xde) && c != 0xd7) || in(c, 0x391, 0x3a9)) return c + 0x20;
    if (in(c, 0x410, 0x42f)) return c + 0x20;
    if (in(c, 0x400, 0x40f)) return c + 0x50;
    if (c == 0x130) return 'i';
    if (c == 0x178) return 0xff;
    if (c == 0x18f) return 0x259;
    if (c == 0x4c0) return 0x4cf;
    if (is_even_capital(c) && c != 0x131) return c | 1u;
    if (is_odd_capital(c) && c % 2 == 1) return c + 1;
    return c;
}

bool is_cyrillic(char32_t c)
{
    return in(c, 0x400, 0x481) || in(c, 0x48a, 0x52f);
}

bool is_latin(char32_t c)
{
    if (in(c, 'a', 'z') || in(c, 'A', 'Z')) return true;
    return (in(c, 0xc0, 0x24f) && c != 0xd7 && c != 0xf7) || in(c, 0x250, 0x2af) ||
           in(c, 0x1e00, 0x1eff);
}

bool is_letter(char32_t c)
{
    if (is_latin(c) || is_cyrillic(c)) return true;
    return in(c, 0x370, 0x3ff) || in(c, 0x531, 0x1fff) || in(c, 0x2c00, 0x2dff) ||
           (in(c, 0x3041, 0xd7ff)) || in(c, 0xf900, 0xfaff) || in(c, 0x20000, 0x3ffff);
}

bool is_digit(char32_t c)
{
    return in(c, '0', '9');
}

std::u32string composed(std::u32string_view text)
{
    constexpr std::u32string_view bases = U"ЕеИиІі";
    constexpr std::u32string_view marks = U"\u0308\u0308\u0306\u0306\u0308\u0308";
    constexpr std::u32string_view results = U"ЁёЙйЇї";
    std::u32string out;
    out.reserve(text.size());
    for (const auto c : text) {
        const auto base = out.empty() ? bases.npos : bases.find(out.back());
        if (base != bases.npos && marks[base] == c)
            out.back() = results[base];
        else
            out += c;
    }
    return out;
}

void replace_homoglyphs(std::u32string& text)
{
    for (std::size_t at = 0; at < text.size();) {
        if (!is_letter(text[at])) {
            ++at;
            continue;
        }
        const auto from = at;
        while (at < text.size() && is_letter(text[at]))
            ++at;
        replace_in_word(text, from, at);
    }
}

} // namespace adal::letters
