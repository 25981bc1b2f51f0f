#include "ledger/jcs.hpp"

#include "base/result.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>
#include <vector>

namespace adal::ledger {
namespace {

void jcs_value(std::string& out, const json::value& value);

void jcs_string(std::string& out, std::string_view text)
{
    constexpr std::string_view letters = "btnvfr"; // of U+0008…U+000D; \v has none in JSON
    constexpr std::string_view digits = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        const auto code = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            out.append("\\").append(1, c);
        else if (code >= 0x20)
            out += c;
        else if (code >= 0x08 && code <= 0x0D && code != 0x0B)
            out.append("\\").append(1, letters[code - 0x08U]);
        else
            out.append("\\u00").append(1, digits[code >> 4]).append(1, digits[code & 0xF]);
    }
    out += '"';
}

// ECMAScript Number::toString: the shortest digits that read back, placed by their exponent.
std::string number_text(double number)
{
    ADAL_CHECK(std::isfinite(number));
    if (number == 0) return "0";
    char buffer[32];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, std::abs(number),
                                   std::chars_format::scientific)
                         .ptr;
    const std::string_view scientific(buffer, static_cast<std::size_t>(end - buffer));
    const auto e = scientific.find('e');
    std::string digits(1, scientific[0]);
    if (e > 2) digits += scientific.substr(2, e - 2);
    int exponent = 0;
    const auto sign = scientific[e + 1] == '-' ? -1 : 1;
    std::from_chars(scientific.data() + e + 2, scientific.data() + scientific.size(), exponent);
    const int point = sign * exponent + 1; // where the decimal point stands among the digits
    const int count = static_cast<int>(digits.size());
    std::string out = number < 0 ? "-" : "";
    if (point > 21 || point < -5) {
        out += digits.substr(0, 1) + (count > 1 ? "." + digits.substr(1) : "");
        return out + (point > 0 ? "e+" : "e-") + std::to_string(std::abs(point - 1));
    }
    if (point <= 0) return out + "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
    if (point >= count)
        return out + digits + std::string(static_cast<std::size_t>(point - count), '0');
    return out + digits.insert(static_cast<std::size_t>(point), ".");
}

std::u16string utf16(std::string_view text)
{
    std::u16string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto c = next_code_point(text, at);
        if (c < 0x10000) {
            out += static_cast<char16_t>(c);
        } else {
            out += static_cast<char16_t>(0xD800 + ((c - 0x10000) >> 10));
            out += static_cast<char16_t>(0xDC00 + ((c - 0x10000) & 0x3FF));
        }
    }
    return out;
}

void jcs_object(std::string& out, const json::object& object)
{
    std::vector<std::pair<std::u16string, const json::key_value_pair*>> sorted;
    for (const auto& pair : object)
        sorted.emplace_back(utf16(pair.key()), &pair);
    std::sort(sorted.begin(), sorted.end());
    out += '{';
    for (const auto& [key, pair] : sorted) {
        if (out.back() != '{') out += ',';
        jcs_string(out, pair->key());
        out += ':';
        jcs_value(out, pair->value());
    }
    out += '}';
}

void jcs_array(std::string& out, const json::array& array)
{
    out += '[';
    for (const auto& item : array) {
        if (&item != array.data()) out += ',';
        jcs_value(out, item);
    }
    out += ']';
}

void jcs_value(std::string& out, const json::value& value)
{
    switch (value.kind()) {
    case json::kind::null:
        out += "null";
        break;
    case json::kind::bool_:
        out += value.get_bool() ? "true" : "false";
        break;
    case json::kind::int64:
        out += number_text(static_cast<double>(value.get_int64()));
        break;
    case json::kind::uint64:
        out += number_text(static_cast<double>(value.get_uint64()));
        break;
    case json::kind::double_:
        out += number_text(value.get_double());
        break;
    case json::kind::string:
        jcs_string(out, value.get_string());
        break;
    case json::kind::array:
        jcs_array(out, value.get_array());
        break;
    case json::kind::object:
        jcs_object(out, value.get_object());
        break;
    }
}

} // namespace

std::string jcs_text(const json::value& value)
{
    std::string out;
    jcs_value(out, value);
    return out;
}

} // namespace adal::ledger
