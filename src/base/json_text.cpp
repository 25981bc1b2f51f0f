#include "base/json_text.hpp"

#include <algorithm>
#include <array>

namespace adal {

namespace json_escape {

// What stands after the backslash; 'u': four digits follow; 0: nothing is to be escaped.
constexpr std::array<char, 256> kEscapes = [] {
    std::array<char, 256> out{};
    std::fill_n(out.begin(), 0x20, 'u');
    out['\b'] = 'b', out['\f'] = 'f', out['\n'] = 'n', out['\r'] = 'r', out['\t'] = 't', out['"'] = '"', out['\\'] = '\\';
    return out;
}();

} // namespace json_escape

void append_json_text(std::string& out, std::string_view text)
{
    constexpr std::string_view kDigits = "0123456789abcdef";
    auto plain = text.begin(); // from here on nothing needed escaping
    for (auto at = text.begin(); at != text.end(); ++at) {
        const auto byte = static_cast<unsigned char>(*at);
        const char escape = json_escape::kEscapes[byte];
        if (!escape) continue;
        out.append(plain, at);
        out += '\\';
        out += escape;
        if (escape == 'u') out.append("00").append(1, kDigits[byte >> 4]).append(1, kDigits[byte & 15u]);
        plain = at + 1;
    }
    out.append(plain, text.end());
}

} // namespace adal
