// What people typed, made comparable: cleaning, the search key, the light stem, the other layout.
#include "base/letters.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace adal {

namespace {

using letters::decode;
using letters::encode;

constexpr char32_t kSoftHyphen = 0xad;

// Invisible characters that can hide or reverse text: zero width, bidi controls, soft hyphen, BOM.
bool is_invisible(char32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == kSoftHyphen || (c >= 0x200b && c <= 0x200f) ||
           (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff;
}

// CRLF and CR become LF, tabs become spaces, the rest of the invisible goes.
std::u32string without_controls(std::u32string_view text)
{
    std::u32string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = text[i];
        const bool crlf = c == U'\r' && i + 1 < text.size() && text[i + 1] == U'\n';
        if (crlf) continue;
        if (c == U'\n' || c == U'\r')
            out += U'\n';
        else if (c == U'\t')
            out += U' ';
        else if (!is_invisible(c))
            out += c;
    }
    return out;
}

char32_t folded(char32_t c)
{
    constexpr std::u32string_view from = U"әғқңөұүһіё";
    constexpr std::u32string_view to = U"агкноуухие";
    const auto at = from.find(c);
    return at == from.npos ? c : to[at];
}

std::u32string fold_letters(std::u32string_view text)
{
    // Small letters and whole words first: what looks like a letter is judged by the word it stands in, and a
    // capital may become one that looks like another (İ → i).
    std::u32string small;
    small.reserve(text.size());
    for (const auto c : text)
        if (c != kSoftHyphen) small += letters::lower(c);
    auto plain = letters::composed(small);
    letters::replace_homoglyphs(plain);
    std::u32string out;
    out.reserve(plain.size());
    for (const auto c : plain) {
        if (c == U'ъ' || c == U'ь') continue;
        if (letters::is_letter(c) || letters::is_digit(c))
            out += folded(c);
        else if (!out.empty() && out.back() != U' ')
            out += U' ';
    }
    if (!out.empty() && out.back() == U' ') out.pop_back();
    return out;
}

// What becomes of a letter when nothing around it matters: another, none (0, ъ and ь), or the end of a word.
class PlainFold
{
public:
    static constexpr char16_t kBreak = 0xffff;

    PlainFold()
    {
        for (char32_t c = 0; c < 0x80; ++c) m_ascii[c] = result(c);
        for (char32_t c = 0; c < kCyrillic; ++c) m_cyrillic[c] = result(0x400 + c);
    }

    // The same as fold_letters() for ASCII and Cyrillic U+0400–04FF without a word of both alphabets: nearly all
    // that is written, in one pass. False for other texts; `out` is then of no use.
    bool fold(std::string_view text, std::string& out) const
    {
        enum : unsigned { latin = 1, cyrillic = 2, both = 3 };
        unsigned alphabets = 0; // of the word
        for (std::size_t at = 0; at < text.size(); ++at) {
            const auto lead = static_cast<unsigned char>(text[at]);
            char16_t folded = kBreak;
            if (lead < 0x80) {
                folded = m_ascii[lead];
                alphabets = letters::is_latin(lead) ? alphabets | latin : 0;
            } else {
                if (lead < 0xd0 || lead > 0xd3 || ++at == text.size()) return false;
                const auto trail = static_cast<unsigned char>(text[at]);
                if (trail < 0x80 || trail > 0xbf) return false;
                const std::size_t letter = (lead & 0x03U) << 6 | (trail & 0x3fU);
                folded = m_cyrillic[letter];
                alphabets = folded == kBreak ? 0 : alphabets | cyrillic;
            }
            if (alphabets == both) return false;
            if (folded == kBreak) {
                if (!out.empty() && out.back() != ' ') out += ' ';
            } else if (folded != 0) {
                append(out, folded);
            }
        }
        if (!out.empty() && out.back() == ' ') out.pop_back();
        return true;
    }

private:
    static constexpr std::size_t kCyrillic = 0x100;

    static char16_t result(char32_t c)
    {
        c = letters::lower(c);
        if (c == U'ъ' || c == U'ь') return 0;
        return letters::is_letter(c) || letters::is_digit(c) ? static_cast<char16_t>(folded(c)) : kBreak;
    }
    static void append(std::string& out, char16_t c)
    {
        if (c >= 0x80) out += static_cast<char>(0xc0 | c >> 6);
        out += static_cast<char>(c < 0x80 ? c : 0x80 | (c & 0x3f));
    }

    std::array<char16_t, 0x80> m_ascii{};
    std::array<char16_t, kCyrillic> m_cyrillic{};
};

// Case, possessive, plural and person endings in folded letters, longest first.
constexpr std::array<std::u32string_view, 57> kSuffixes{
    U"ндаги", U"ндеги", U"имиз", U"ымыз", U"ындар", U"индер", U"ыныз", U"иниз", U"даги", U"деги",
    U"таги",  U"теги",  U"мыз",  U"миз",  U"ныз",   U"низ",   U"лар",  U"лер",  U"дар",  U"дер",
    U"тар",   U"тер",   U"нын",  U"нин",  U"дын",   U"дин",   U"тын",  U"тин",  U"нан",  U"нен",
    U"дан",   U"ден",   U"тан",  U"тен",  U"нда",   U"нде",   U"мен",  U"бен",  U"пен",  U"да",
    U"де",    U"та",    U"те",   U"га",   U"ге",    U"ка",    U"ке",   U"на",   U"не",   U"ны",
    U"ни",    U"ды",    U"ди",   U"ты",   U"ти",    U"сы",    U"си"};
constexpr std::array<std::u32string_view, 6> kShortSuffixes{U"ын", U"ин", U"ым", U"им", U"ы", U"и"};
constexpr std::size_t kShortestStem = 3;

bool is_vowel(char32_t c)
{
    return std::u32string_view{U"аеиоуыэюя"}.find(c) != std::u32string_view::npos;
}

bool drop_suffix(std::u32string_view& word)
{
    const auto fits = [&](std::u32string_view suffix) {
        if (!word.ends_with(suffix) || word.size() < suffix.size() + kShortestStem) return false;
        const auto rest = word.substr(0, word.size() - suffix.size());
        return std::any_of(rest.begin(), rest.end(), is_vowel);
    };
    auto found = std::find_if(kSuffixes.begin(), kSuffixes.end(), fits);
    if (found != kSuffixes.end()) {
        word.remove_suffix(found->size());
        return true;
    }
    const auto short_one = std::find_if(kShortSuffixes.begin(), kShortSuffixes.end(), fits);
    if (short_one == kShortSuffixes.end()) return false;
    word.remove_suffix(short_one->size());
    return true;
}

// Stem of a folded word, to be used as a prefix. A last п, к (қ), б or г after a vowel is cut,
// since it softens before endings: мектеп, мектебі; одақ, одағы.
std::u32string_view stem(std::u32string_view word)
{
    while (drop_suffix(word)) {
    }
    const bool softens =
        std::u32string_view{U"пкбг"}.find(word.back()) != std::u32string_view::npos;
    if (softens && word.size() > kShortestStem && is_vowel(word[word.size() - 2]))
        word.remove_suffix(1);
    return word;
}

// The Kazakh letters sit on the digit row: 2ә 3і 4ң 5ғ 8ү 9ұ 0қ -ө =һ.
constexpr std::u32string_view kDigitRow = U"2345890-=";
constexpr std::u32string_view kRowLetters = U"әіңғүұқөһ";

// "2д3лет" → "әділет"; empty when the token does not mix Cyrillic letters with that row.
std::u32string from_digit_row(std::u32string_view token)
{
    std::u32string out;
    bool cyrillic = false, changed = false;
    for (const auto c : token) {
        const auto at = kDigitRow.find(c);
        cyrillic = cyrillic || letters::is_cyrillic(c);
        changed = changed || at != kDigitRow.npos;
        out += at == kDigitRow.npos ? c : kRowLetters[at];
    }
    return cyrillic && changed ? out : std::u32string{};
}

std::vector<std::u32string> words_of(std::u32string_view text)
{
    std::vector<std::u32string> words;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find(U' ', at), text.size());
        if (end > at) words.emplace_back(text.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

QueryWord query_word(std::u32string_view word)
{
    QueryWord result;
    result.exact.push_back(encode(word));
    if (word.size() >= kShortestStem) result.prefix = encode(stem(word));
    return result;
}

// A hyphen is the letter ө only where a single letter is left of the word: "к-пір".
bool hyphen_is_letter(const std::vector<std::u32string>& words)
{
    return words.size() > 1 && std::any_of(words.begin(), words.end(), [](const auto& word) {
               return word.size() == 1 && letters::is_cyrillic(word[0]);
           });
}

void read_token(std::vector<QueryWord>& result, std::u32string_view token)
{
    const auto words = words_of(fold_letters(token));
    const auto other = fold_letters(from_digit_row(token));
    const bool other_is_word = !other.empty() && other.find(U' ') == other.npos;
    if (other_is_word && hyphen_is_letter(words)) {
        result.push_back(query_word(other));
        return;
    }
    for (const auto& word : words)
        result.push_back(query_word(word));
    if (!other_is_word || words.size() != 1) return;
    result.back().exact.push_back(encode(other));
    if (other.size() >= kShortestStem) result.back().prefix = encode(stem(other));
}

} // namespace

std::string lower(std::string_view text)
{
    auto decoded = decode(text);
    std::transform(decoded.begin(), decoded.end(), decoded.begin(), letters::lower);
    return encode(decoded);
}

std::optional<std::string> clean_text(std::string_view typed)
{
    if (!is_utf8(typed)) return std::nullopt;
    auto text = letters::composed(without_controls(decode(typed)));
    letters::replace_homoglyphs(text);
    return std::string{trim(encode(text))};
}

std::string fold(std::string_view text)
{
    static const PlainFold plain;
    std::string out;
    out.reserve(text.size());
    if (plain.fold(text, out)) return out;
    return encode(fold_letters(decode(text)));
}

std::vector<QueryWord> query_words(std::string_view typed)
{
    std::vector<QueryWord> result;
    auto text = without_controls(decode(typed));
    std::replace(text.begin(), text.end(), U'\n', U' ');
    std::replace(text.begin(), text.end(), char32_t{0xa0}, U' ');
    for (const auto& token : words_of(text))
        read_token(result, token);
    return result;
}

} // namespace adal
