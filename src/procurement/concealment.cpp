#include "procurement/concealment.hpp"

#include "base/json.hpp"
#include "base/letters.hpp"
#include "base/text.hpp"
#include "embedded/data.hpp"

#include <algorithm>
#include <stdexcept>

namespace adal::procurement {

namespace concealment {

constexpr std::u32string_view kLatinAlike = U"ABCEHKMOPTXaceopxy";
// АВСЕНКМОРТХ, асеорху, Іі
constexpr std::u32string_view kCyrillicAlike = U"\u0410\u0412\u0421\u0415\u041d\u041a\u041c\u041e\u0420\u0422\u0425"
                                               U"\u0430\u0441\u0435\u043e\u0440\u0445\u0443\u0406\u0456";
constexpr std::u32string_view kLatinHabit = U"iIhəƏɵöÖ"; // typed for Kazakh letters
constexpr std::size_t kLeastLetters = 4;
constexpr std::size_t kStem = 4;

// "IPтелефония": two pieces, each of one alphabet and of two letters or more.
bool is_compound(std::u32string_view word)
{
    std::size_t first = 1;
    while (first < word.size() && letters::is_latin(word[first]) == letters::is_latin(word[0])) ++first;
    for (auto i = first; i < word.size(); ++i)
        if (letters::is_latin(word[i]) != letters::is_latin(word[first])) return false;
    return first >= 2 && word.size() - std::min(first, word.size()) >= 2;
}

bool is_disguised(std::u32string_view word)
{
    if (word.size() < kLeastLetters || is_compound(word)) return false;
    bool has_latin = false, has_cyrillic = false, latin_alike = true, cyrillic_alike = true;
    for (const auto c : word) {
        if (kLatinHabit.find(c) != kLatinHabit.npos) continue;
        if (letters::is_latin(c)) {
            has_latin = true;
            latin_alike = latin_alike && kLatinAlike.find(c) != kLatinAlike.npos;
        } else if (letters::is_cyrillic(c)) {
            has_cyrillic = true;
            cyrillic_alike = cyrillic_alike && kCyrillicAlike.find(c) != kCyrillicAlike.npos;
        }
    }
    return has_latin && has_cyrillic && (latin_alike || cyrillic_alike);
}

// A word of both alphabets has a Latin letter (one byte) beside a letter of more bytes.
bool may_be_mixed(std::string_view text)
{
    const auto is_plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    const auto is_long = [](char c) { return (static_cast<unsigned char>(c) & 0x80U) != 0; };
    for (std::size_t i = 1; i < text.size(); ++i)
        if ((is_plain(text[i - 1]) && is_long(text[i])) || (is_long(text[i - 1]) && is_plain(text[i]))) return true;
    return false;
}

std::u32string beginning(std::string_view word)
{
    return letters::decode(word).substr(0, kStem);
}

std::vector<std::string> folded(const json::value& document, std::string_view key)
{
    std::vector<std::string> list;
    for (const auto& word : *array_at(document, key)) list.push_back(fold(std::string_view{word.get_string()}));
    return list;
}

ConcealmentWords read_words()
{
    const auto* file = embedded::find(embedded::data(), "procurement/concealment-words.json");
    if (!file) throw std::runtime_error("not built in: procurement/concealment-words.json");
    const auto document = parse_json(file->bytes);
    for (const auto* key : {"brands", "equivalent", "belonging", "only_one"})
        if (!document || !array_at(*document, key)) throw std::runtime_error("concealment-words.json is malformed");
    return {.brands = folded(*document, "brands"),
            .equivalent = folded(*document, "equivalent"),
            .belonging = folded(*document, "belonging"),
            .only_one = folded(*document, "only_one")};
}

} // namespace concealment

std::vector<std::string> disguised_words(std::string_view text)
{
    std::vector<std::string> words;
    if (!concealment::may_be_mixed(text)) return words;
    const auto whole = letters::decode(text);
    for (std::size_t at = 0; at < whole.size();) {
        const auto from = at;
        while (at < whole.size() && letters::is_letter(whole[at])) ++at;
        const auto word = std::u32string_view{whole}.substr(from, at - from);
        if (concealment::is_disguised(word)) words.push_back(letters::encode(word));
        if (at == from) ++at;
    }
    return words;
}

const ConcealmentWords& ConcealmentWords::standard()
{
    static const ConcealmentWords words = concealment::read_words();
    return words;
}

std::string found_phrase(std::string_view folded, const std::vector<std::string>& phrases)
{
    const auto is_edge = [&](std::size_t at) { return at >= folded.size() || folded[at] == ' '; };
    for (const auto& phrase : phrases)
        for (auto at = folded.find(phrase); at != std::string_view::npos; at = folded.find(phrase, at + 1))
            if ((at == 0 || folded[at - 1] == ' ') && is_edge(at + phrase.size())) return phrase;
    return {};
}

std::string named_brand(std::string_view folded, const ConcealmentWords& words)
{
    return found_phrase(folded, words.brands);
}

bool has_stem(std::string_view folded, const std::vector<std::string>& stems)
{
    for (const auto word : split(folded, ' '))
        if (std::ranges::any_of(stems, [&](const std::string& stem) { return word.starts_with(stem); })) return true;
    return false;
}

bool nothing_in_common(std::string_view folded, std::string_view other)
{
    std::vector<std::u32string> stems;
    for (const auto word : split(other, ' ')) stems.push_back(concealment::beginning(word));
    return std::ranges::none_of(split(folded, ' '), [&](std::string_view word) {
        return std::ranges::find(stems, concealment::beginning(word)) != stems.end();
    });
}

bool has_kazakh_letter(std::string_view text)
{
    // әғқңөұүһі, ӘҒҚҢӨҰҮҺІ
    constexpr std::u32string_view kKazakh = U"\u04d9\u0493\u049b\u04a3\u04e9\u04b1\u04af\u04bb\u0456"
                                            U"\u04d8\u0492\u049a\u04a2\u04e8\u04b0\u04ae\u04ba\u0406";
    const auto whole = letters::decode(text);
    return std::ranges::any_of(whole, [&](char32_t c) { return kKazakh.find(c) != kKazakh.npos; });
}

} // namespace adal::procurement
