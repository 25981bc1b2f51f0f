#include "base/text.hpp"

#include <algorithm>

namespace adal {

namespace {

constexpr char32_t kReplacement = 0xfffd;

struct Decoded {
    char32_t code_point;
    std::size_t length; // 0: not UTF-8
};

std::size_t sequence_length(unsigned char first)
{
    if (first < 0x80) return 1;
    if (first >= 0xc2 && first <= 0xdf) return 2;
    if (first >= 0xe0 && first <= 0xef) return 3;
    if (first >= 0xf0 && first <= 0xf4) return 4;
    return 0;
}

Decoded decode(std::string_view text, std::size_t at)
{
    constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    const auto first = static_cast<unsigned char>(text[at]);
    const auto length = sequence_length(first);
    if (length == 1) return {first, 1};
    if (length == 0 || text.size() - at < length) return {kReplacement, 0};
    char32_t code_point = first & (0x7fu >> length);
    for (std::size_t i = 1; i < length; ++i) {
        const auto next = static_cast<unsigned char>(text[at + i]);
        if ((next & 0xc0u) != 0x80u) return {kReplacement, 0};
        code_point = code_point << 6 | (next & 0x3fu);
    }
    const bool surrogate = code_point >= 0xd800 && code_point <= 0xdfff;
    if (code_point < smallest[length] || code_point > 0x10ffff || surrogate)
        return {kReplacement, 0};
    return {code_point, length};
}

bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

} // namespace

bool is_utf8(std::string_view bytes)
{
    for (std::size_t at = 0; at < bytes.size();) {
        const auto decoded = decode(bytes, at);
        if (decoded.length == 0) return false;
        at += decoded.length;
    }
    return true;
}

char32_t next_code_point(std::string_view text, std::size_t& at)
{
    const auto decoded = decode(text, at);
    at += std::max<std::size_t>(decoded.length, 1);
    return decoded.code_point;
}

void append_utf8(std::string& out, char32_t code_point)
{
    const auto tail = [&](unsigned shift) {
        out += static_cast<char>(0x80u | (code_point >> shift & 0x3fu));
    };
    if (code_point < 0x80) {
        out += static_cast<char>(code_point);
    } else if (code_point < 0x800) {
        out += static_cast<char>(0xc0u | code_point >> 6);
        tail(0);
    } else if (code_point < 0x10000) {
        out += static_cast<char>(0xe0u | code_point >> 12);
        tail(6);
        tail(0);
    } else {
        out += static_cast<char>(0xf0u | code_point >> 18);
        tail(12);
        tail(6);
        tail(0);
    }
}

std::size_t length_in_letters(std::string_view text)
{
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); ++count)
        next_code_point(text, at);
    return count;
}

std::string_view trim(std::string_view text)
{
    while (!text.empty() && is_space(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && is_space(text.back()))
        text.remove_suffix(1);
    return text;
}

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    for (;;) {
        const auto end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

bool starts_with_any_of(std::string_view text, std::string_view characters)
{
    return !text.empty() && characters.find(text.front()) != std::string_view::npos;
}

} // namespace adal
