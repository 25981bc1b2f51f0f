// cyber/look_alikes.hpp: what a letter passes for in an address (data/cyber/letters.json).
//
// ICU's table (UTS #39) takes "каѕрі" for "ĸaspi"; ours takes it for "kaspi". Pure; thread-safe.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace adal::cyber {

// By sight: lower case, Cyrillic, Greek and accented letters as the Latin ones they look like, full-width as plain.
// What looks like nothing in the table stays. Digits stay: "24" is "24".
std::string latin_by_sight(std::string_view text);

// The same, and digits as the letters they stand for: "ka5pi".
std::string letters_by_sight(std::string_view text);

// By sound: "халык" as "halyk".
std::string latin_by_sound(std::string_view text);

// Marks that are not seen: zero width, direction, soft hyphen, variation selectors.
std::string without_invisible(std::string_view text);

std::string with_plain_width(std::string_view text); // full-width forms (U+FF01–U+FF5E), "。" and "∕" as ASCII

// Words people write for "." and "@", lower case.
std::span<const std::string> words_for_dot();

} // namespace adal::cyber
