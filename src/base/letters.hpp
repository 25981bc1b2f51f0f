// base/letters.hpp: single letters (code points) of Kazakh, Russian and Latin writing.
#pragma once

#include <string>
#include <string_view>

namespace adal::letters {

std::u32string decode(std::string_view text); // U+FFFD for bad bytes
std::string encode(std::u32string_view text);

char32_t lower(char32_t c);
bool is_cyrillic(char32_t c);
bool is_latin(char32_t c);
bool is_letter(char32_t c); // also letters of other scripts, roughly
bool is_digit(char32_t c);  // 0–9

// Е + U+0308 → Ё, И + U+0306 → Й: the only composed letters of the two alphabets (NFC).
std::u32string composed(std::u32string_view text);

// Latin letters that look Cyrillic become Cyrillic inside words that hold a Cyrillic letter and
// nothing Latin that cannot be mistaken ("Мемлекеттiк", but not "iPhoneға").
void replace_homoglyphs(std::u32string& text);

} // namespace adal::letters
