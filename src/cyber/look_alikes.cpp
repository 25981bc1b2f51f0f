#include "cyber/look_alikes.hpp"

#include "base/json.hpp"
#include "base/letters.hpp"
#include "base/text.hpp"
#include "embedded/data.hpp"

#include <map>
#include <unicode/normalizer2.h>
#include <vector>

namespace adal::cyber {

namespace look_alikes {

using Letters = std::map<char32_t, std::string>;

struct Table {
    Letters looks{}, sounds{}, latin_looks{};
    std::vector<std::string> dots{};
};

Letters letters_of(const json::value& file, std::string_view key)
{
    Letters letters;
    for (const auto& [letter, as] : *object_at(file, key))
        letters.emplace(letters::decode(std::string_view{letter}).at(0), std::string{as.as_string()});
    return letters;
}

Table read()
{
    const auto* embedded = embedded::find(embedded::data(), "cyber/letters.json");
    ADAL_CHECK(embedded != nullptr);
    const auto file = parse_json(embedded->bytes);
    ADAL_CHECK(file.has_value());
    Table table{.looks = letters_of(*file, "looks"), .sounds = letters_of(*file, "sounds"), .latin_looks = letters_of(*file, "latin_looks")};
    for (const auto& word : *array_at(*file, "dots"))
        table.dots.emplace_back(word.as_string());
    return table;
}

const Table& table()
{
    static const Table kTable = read();
    return kTable;
}

bool is_invisible(char32_t c)
{
    return c == 0xAD || c == 0x61C || c == 0x180E || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
           c == 0xFEFF || (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0000 && c <= 0xE0FFF);
}

char32_t plain_width(char32_t c)
{
    if (c >= 0xFF01 && c <= 0xFF5E) return c - 0xFF01 + '!';
    if (c == 0x3002 || c == 0xFF61 || c == 0x2024) return '.';
    if (c == 0x2215 || c == 0x2044) return '/';
    if (c == 0x2236 || c == 0xA789) return ':';
    return c;
}

// Without accents: the base letters of the compatibility decomposition.
std::u32string bare(std::string_view text)
{
    UErrorCode status = U_ZERO_ERROR;
    const auto* nfkd = icu::Normalizer2::getNFKDInstance(status);
    const auto in = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
    const auto out = U_SUCCESS(status) ? nfkd->normalize(in, status) : in;
    std::u32string letters;
    for (std::int32_t at = 0; at < out.length(); at = out.moveIndex32(at, 1)) {
        const auto c = static_cast<char32_t>(out.char32At(at));
        if (c < 0x300 || c > 0x36F) letters += c;
    }
    return letters;
}

// The breve of й and ї's dots go with their letters: those two are looked up before accents are taken off.
template <typename Find> std::string written(std::string_view text, Find find)
{
    std::string out;
    for (const char32_t seen : letters::decode(text)) {
        const auto c = letters::lower(plain_width(seen));
        if (c < 0x80 || find(c) != nullptr) {
            if (const auto* as = find(c)) out += *as;
            else out += static_cast<char>(c);
            continue;
        }
        for (const char32_t b : bare(letters::encode(std::u32string_view{&c, 1}))) {
            const auto lower = letters::lower(b);
            if (const auto* as = find(lower)) out += *as;
            else append_utf8(out, lower);
        }
    }
    return out;
}

const std::string* found(const Letters& letters, char32_t c)
{
    const auto at = letters.find(c);
    return at == letters.end() ? nullptr : &at->second;
}

} // namespace look_alikes

std::string latin_by_sight(std::string_view text)
{
    using namespace look_alikes;
    return written(text, [](char32_t c) -> const std::string* {
        if (c < 0x80) return nullptr;
        const auto* as = found(table().looks, c);
        return as ? as : found(table().latin_looks, c);
    });
}

std::string letters_by_sight(std::string_view text)
{
    using namespace look_alikes;
    return written(text, [](char32_t c) {
        const auto* as = found(table().looks, c);
        return as ? as : found(table().latin_looks, c);
    });
}

std::string latin_by_sound(std::string_view text)
{
    using namespace look_alikes;
    return written(text, [](char32_t c) { return found(table().sounds, c); });
}

std::string without_invisible(std::string_view text)
{
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto from = at;
        if (!look_alikes::is_invisible(next_code_point(text, at))) out.append(text, from, at - from);
    }
    return out;
}

std::string with_plain_width(std::string_view text)
{
    std::string out;
    for (std::size_t at = 0; at < text.size();)
        append_utf8(out, look_alikes::plain_width(next_code_point(text, at)));
    return out;
}

std::span<const std::string> words_for_dot()
{
    return look_alikes::table().dots;
}

} // namespace adal::cyber
