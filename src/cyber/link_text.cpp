// What is no web address: "@name", phones, cards; and how hiding is undone.
#include "cyber/link.hpp"

#include "base/text.hpp"
#include "cyber/look_alikes.hpp"
#include "cyber/url_encode.hpp"

#include <algorithm>
#include <array>

namespace adal::cyber {

namespace plain_text {

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

// Digits and stars of a number written with spaces, hyphens, dots and brackets; empty when anything else is in it.
std::string number_of(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        if (is_digit(c)) out += c;
        else if (c == '*' || c == 'x' || c == 'X') out += '*';
        else if (std::string_view{"+ -.()"}.find(c) == std::string_view::npos) return {};
    }
    return out;
}

// ISO/IEC 7812: the sum of digits, every second doubled, ends in 0.
bool luhn_holds(std::string_view digits)
{
    int sum = 0;
    bool doubled = false;
    for (auto at = digits.size(); at-- > 0; doubled = !doubled) {
        int digit = digits[at] - '0';
        if (doubled) digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
        sum += digit;
    }
    return sum % 10 == 0;
}

// Never the whole number: the issuer's six digits and the last four.
Identity card(std::string_view number)
{
    const bool hidden = number.find('*') != number.npos;
    const bool ends_known = std::ranges::all_of(number.substr(0, 6), is_digit) && std::ranges::all_of(number.substr(number.size() - 4), is_digit);
    if (!ends_known || (!hidden && !luhn_holds(number))) return {};
    return {Kind::card, "card:" + std::string{number.substr(0, 6)} + "-" + std::string{number.substr(number.size() - 4)}};
}

// E.164. Without "+" only numbers as they are written in Kazakhstan: 8 7xx…, 7 7xx…, 7xx….
Identity phone(std::string_view digits, bool international)
{
    if (digits.find('*') != digits.npos) return {};
    std::string full{digits};
    if (!international && digits.size() == 10 && digits[0] == '7') full = "7" + full;
    else if (digits.size() == 11 && digits[0] == '8' && digits[1] == '7') full[0] = '7';
    else if (!international && (digits.size() != 11 || digits[0] != '7' || digits[1] != '7')) return {};
    if (full.size() < 10 || full.size() > 15 || full[0] == '0') return {};
    return {Kind::phone, "phone:+" + full};
}

Identity handle(std::string_view name)
{
    const bool good = name.size() >= 3 && name.size() <= 32 && !is_digit(name[0]) && name[0] != '_' && std::ranges::all_of(name, [](char c) {
        return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    });
    return good ? Identity{Kind::telegram, "telegram:" + lower(name)} : Identity{};
}

void replace_all(std::string& text, std::string_view what, std::string_view by)
{
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
}

// "[.]", "(dot)", "{точка}" and " точка " as a dot. `folded` is lower case and as long as `text` is.
void undo_dots(std::string& text)
{
    if (text.find_first_of("[({ ") == std::string::npos) return;
    for (const std::string_view pair : {"[]", "()", "{}"}) {
        const std::string open{pair[0]}, close{pair[1]};
        for (const std::string_view mark : {".", ":", "/", "@", "://", ":/", "//"})
            replace_all(text, open + std::string{mark} + close, mark);
    }
    auto folded = lower(text);
    if (folded.size() != text.size()) return;
    for (const auto& word : words_for_dot()) {
        for (const std::string& around : {"[" + word + "]", "(" + word + ")", "{" + word + "}", " " + word + " "}) {
            for (auto at = folded.find(around); at != std::string::npos; at = folded.find(around, at)) {
                text.replace(at, around.size(), ".");
                folded.replace(at, around.size(), ".");
            }
        }
    }
}

// "hxxps://", "h**p://", "httр://" with a letter of another alphabet.
void undo_scheme(std::string& text)
{
    const auto colon = text.find("://");
    if (colon == std::string::npos || colon > 16) return;
    const auto scheme = latin_by_sight(text.substr(0, colon));
    const bool secure = scheme.ends_with('s');
    const auto body = std::string_view{scheme}.substr(0, scheme.size() - (secure ? 1 : 0));
    if (body == "hxxp" || body == "h**p" || body == "httx" || body == "http") text.replace(0, colon, secure ? "https" : "http");
}

// "t . me / name": blanks stand only beside marks.
void undo_spaces(std::string& text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto is_mark = [](char c) { return c == '.' || c == '/' || c == ':'; };
        if (text[i] != ' ') {
            out += text[i];
            continue;
        }
        const auto next = text.find_first_not_of(' ', i);
        const bool beside = (!out.empty() && is_mark(out.back())) || (next != std::string::npos && is_mark(text[next]));
        if (!beside) return; // words: no single link
    }
    text = std::move(out);
}

std::string_view unwrapped(std::string_view text)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kPairs = {{{"<", ">"}, {"\"", "\""}, {"'", "'"}, {"«", "»"}, {"“", "”"}, {"`", "`"}}};
    text = trim(text);
    for (const auto& [open, close] : kPairs)
        if (text.size() > open.size() + close.size() && text.starts_with(open) && text.ends_with(close)) return text.substr(open.size(), text.size() - open.size() - close.size());
    return text;
}

} // namespace plain_text

Identity text_identity(std::string_view plain)
{
    using namespace plain_text;
    plain = trim(plain);
    if (plain.starts_with('@')) return handle(plain.substr(1));
    if (plain.empty() || plain.size() > 40 || (!is_digit(plain[0]) && plain[0] != '+' && plain[0] != '(')) return {};
    const bool international = plain[0] == '+';
    const bool address_like = std::ranges::count(plain, '.') == 3 && plain.find_first_of(" -()+") == plain.npos;
    const auto number = number_of(plain);
    if (number.empty() || address_like) return {};
    if (!international && number.size() >= 13 && number.size() <= 19) return card(number);
    return phone(number, international);
}

std::string undisguised(std::string_view written)
{
    using namespace plain_text;
    std::string text = with_plain_width(without_invisible(well_formed_utf8(written)));
    text = unwrapped(text);
    undo_dots(text);
    undo_scheme(text);
    undo_spaces(text);
    return text;
}

} // namespace adal::cyber
