// base/text.hpp: UTF-8, folding for search, Kazakh letters. No language in sentences here: that is i18n.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal {

bool is_utf8(std::string_view bytes); // RFC 3629: no overlongs, no surrogates, at most U+10FFFF

// Decodes one code point at `at` and moves past it; U+FFFD for a bad byte (moves one byte).
char32_t next_code_point(std::string_view text, std::size_t& at);
void append_utf8(std::string& out, char32_t code_point);
std::size_t length_in_letters(std::string_view text); // code points

// What a person typed into a field: valid UTF-8, NFC for Kazakh and Russian letters, homoglyphs of
// Latin letters inside Cyrillic words replaced (adilet.zan.kz writes "Мемлекеттiк" with a Latin i),
// control characters out, ends trimmed. Nothing if it is not UTF-8.
std::optional<std::string> clean_text(std::string_view typed);

// Key for search (kazakhstan.md §6.5): lower case, homoglyphs, ә→а ғ→г қ→к ң→н ө→о ұ,ү→у һ→х і→и
// ё→е, without ъ ь; words separated by one space, punctuation out.
std::string fold(std::string_view text);

// The query side of the same key: besides the folded words, a token typed on the wrong layout
// ("2д3лет" for "әділет") is read with the Kazakh layout's digit row. One entry per word; each entry
// lists alternatives, best first; long words also give their light stem as a prefix ("жолдар" → "жол").
struct QueryWord {
    std::vector<std::string> exact{};
    std::string prefix{}; // empty when the word is too short to stem
};
std::vector<QueryWord> query_words(std::string_view typed);

// Order of the Kazakh alphabet (42 letters, then Latin, digits first): < 0, 0, > 0.
int compare_kk(std::string_view a, std::string_view b);

std::string lower(std::string_view text); // Latin, Cyrillic incl. Kazakh letters
std::string_view trim(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator);
bool starts_with_any_of(std::string_view text, std::string_view characters);

} // namespace adal
