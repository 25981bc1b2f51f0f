#include "procurement/goszakup/portal_text.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"

#include <array>
#include <charconv>
#include <fmt/format.h>

namespace adal::procurement::goszakup {

namespace portal_text {

constexpr int kDeepestEscaping = 3; // "&amp;amp;quot;"

struct Entity {
    std::string_view name;
    std::string_view text;
};
constexpr std::array kEntities{
    Entity{"quot", "\""},  Entity{"amp", "&"},    Entity{"lt", "<"},     Entity{"gt", ">"},
    Entity{"apos", "'"},   Entity{"nbsp", " "},   Entity{"laquo", "«"},  Entity{"raquo", "»"},
    Entity{"ldquo", "“"},  Entity{"rdquo", "”"},  Entity{"bdquo", "„"},  Entity{"ndash", "–"},
    Entity{"mdash", "—"},  Entity{"hellip", "…"}, Entity{"deg", "°"},    Entity{"sup2", "²"},
    Entity{"sup3", "³"},   Entity{"lsquo", "‘"},  Entity{"rsquo", "’"}};

// "#171", "#xAB"; nothing for control characters and what is no letter.
std::optional<std::string> numbered(std::string_view name)
{
    const bool is_hex = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
    const std::string_view digits = name.substr(is_hex ? 2 : 1);
    std::uint32_t code = 0;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), code, is_hex ? 16 : 10);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    if (code < 0x20 || code == 0x7f || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        return std::nullopt;
    std::string letter;
    append_utf8(letter, static_cast<char32_t>(code));
    return letter;
}

std::optional<std::string> letter_of(std::string_view name)
{
    if (name.starts_with('#')) return numbered(name);
    for (const auto& entity : kEntities)
        if (entity.name == name) return std::string{entity.text};
    return std::nullopt;
}

std::string decode_once(std::string_view text)
{
    constexpr std::size_t kLongest = 10;
    std::string out;
    while (!text.empty()) {
        const auto start = text.find('&');
        out += text.substr(0, start);
        if (start == std::string_view::npos) break;
        text.remove_prefix(start);
        const auto end = text.substr(0, kLongest).find(';');
        const auto letter =
            end == std::string_view::npos ? std::nullopt : letter_of(text.substr(1, end - 1));
        out += letter ? *letter : "&";
        text.remove_prefix(letter ? end + 1 : 1);
    }
    return out;
}

std::size_t digits_at_end(std::string_view text)
{
    std::size_t count = 0;
    while (count < text.size() && text[text.size() - 1 - count] >= '0' &&
           text[text.size() - 1 - count] <= '9')
        ++count;
    return count;
}

template <typename T> T number_of(std::string_view digits)
{
    T value{};
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

} // namespace portal_text

std::string plain_key(std::string_view key)
{
    std::string plain;
    for (const char c : key)
        if (c != '_') plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return plain;
}

std::string without_entities(std::string_view text)
{
    std::string decoded{text};
    for (int i = 0; i < portal_text::kDeepestEscaping; ++i) {
        std::string again = portal_text::decode_once(decoded);
        if (again == decoded) break;
        decoded = std::move(again);
    }
    return decoded;
}

std::optional<Moment> wall_moment(std::string_view text)
{
    const auto moment = parse_moment(text);
    if (!moment || moment->precision != Precision::zone_assumed) return moment;
    std::string as_utc{text};
    as_utc[10] = 'T';
    const auto local = parse_instant(as_utc + "Z");
    if (!local) return moment;
    const std::int64_t seconds = local->ms / 1000;
    return Moment{{almaty().first_moment(seconds) * 1000 + local->ms % 1000}, Precision::exact};
}

std::string with_zone(const Moment& moment)
{
    if (moment.precision == Precision::day) return iso(local_date(moment.at));
    const std::int64_t seconds =
        moment.at.ms >= 0 ? moment.at.ms / 1000 : (moment.at.ms - 999) / 1000;
    const auto milliseconds = moment.at.ms - seconds * 1000;
    const std::int64_t offset = almaty().offset_at(seconds);
    const std::string local = iso(Instant{(seconds + offset) * 1000}).substr(0, 19);
    const std::string fraction = milliseconds ? fmt::format(".{:03}", milliseconds) : "";
    return fmt::format("{}{}{}{:02}:{:02}", local, fraction, offset < 0 ? '-' : '+',
                       std::abs(offset) / 3600, std::abs(offset) % 3600 / 60);
}

std::string code_key(std::string_view code)
{
    std::string key;
    for (std::size_t at = 0; at < code.size();) {
        const char32_t letter = next_code_point(code, at);
        switch (letter) { // Cyrillic letters that look like Latin ones
        case U'А': case U'а': key += 'a'; break;
        case U'В': case U'в': key += 'b'; break;
        case U'Е': case U'е': key += 'e'; break;
        case U'К': case U'к': key += 'k'; break;
        case U'М': case U'м': key += 'm'; break;
        case U'Н': case U'н': key += 'h'; break;
        case U'О': case U'о': key += 'o'; break;
        case U'Р': case U'р': key += 'p'; break;
        case U'С': case U'с': key += 'c'; break;
        case U'Т': case U'т': key += 't'; break;
        case U'Х': case U'х': key += 'x'; break;
        default:
            if (letter < 0x80)
                key += plain_key(std::string(1, static_cast<char>(letter)));
            else
                append_utf8(key, letter);
        }
    }
    return key;
}

std::optional<LotNumber> parse_lot_number(std::string_view number)
{
    const auto dash = number.find('-');
    if (dash == std::string_view::npos || dash == 0 || dash > 15) return std::nullopt;
    const auto root = number.substr(0, dash);
    const auto rest = number.substr(dash + 1);
    const auto digits = portal_text::digits_at_end(rest);
    if (portal_text::digits_at_end(root) != root.size() || digits == 0 || digits > 6 ||
        digits == rest.size())
        return std::nullopt;
    return LotNumber{std::string{root}, std::string{rest.substr(0, rest.size() - digits)},
                     portal_text::number_of<std::int64_t>(rest.substr(rest.size() - digits))};
}

ContractNumber parse_contract_number(std::string_view number)
{
    ContractNumber parsed{.base = std::string{number}};
    parsed.customer = number.substr(0, number.find('/'));
    const auto slash = number.rfind('/');
    if (slash == std::string_view::npos || number.find('/') == slash) return parsed;
    const auto version = number.substr(slash + 1);
    if (version.empty() || version.size() > 4 || portal_text::digits_at_end(version) != version.size())
        return parsed;
    parsed.base = number.substr(0, slash);
    parsed.version = portal_text::number_of<int>(version);
    return parsed;
}

} // namespace adal::procurement::goszakup
