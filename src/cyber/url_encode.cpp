#include "cyber/url_encode.hpp"

namespace adal::cyber {

namespace encode_table {

consteval std::array<std::uint8_t, 256> made()
{
    std::array<std::uint8_t, 256> table{};
    const auto add = [&](std::string_view bytes, int sets) {
        for (const char c : bytes)
            table[static_cast<unsigned char>(c)] = static_cast<std::uint8_t>(table[static_cast<unsigned char>(c)] | sets);
    };
    constexpr int kAll = 63;
    for (int c = 0; c < 256; ++c)
        if (c < 0x20 || c > 0x7E) table[static_cast<std::size_t>(c)] = kAll;
    add(" \"<>`", encode_fragment);
    add(" \"#<>", encode_query | encode_special_query | encode_path | encode_userinfo);
    add("'", encode_special_query);
    add("?^`{}", encode_path | encode_userinfo);
    add("/:;=@[\\]|", encode_userinfo);
    return table;
}

} // namespace encode_table

constexpr std::array<std::uint8_t, 256> kEncode = encode_table::made();

void append_escape(std::string& out, char byte)
{
    constexpr char kHex[] = "0123456789ABCDEF";
    const auto value = static_cast<unsigned char>(byte);
    const char written[3] = {'%', kHex[value >> 4], kHex[value & 15]};
    out.append(written, 3);
}

void append_encoded(std::string& out, std::string_view bytes, EncodeSet set)
{
    std::size_t plain = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (!must_encode(bytes[i], set)) continue;
        out.append(bytes, plain, i - plain);
        append_escape(out, bytes[i]);
        plain = i + 1;
    }
    out.append(bytes, plain);
}

int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::string percent_decoded(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int high = text[i] == '%' && i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
        const int low = high < 0 ? -1 : hex_digit(text[i + 2]);
        if (low < 0) {
            out += text[i];
            continue;
        }
        out += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return out;
}

namespace utf8_decode {

struct Lead {
    int following;
    unsigned char first_low, first_high; // bounds of the first following byte
};

Lead lead_of(unsigned char byte)
{
    if (byte >= 0xC2 && byte <= 0xDF) return {1, 0x80, 0xBF};
    if (byte == 0xE0) return {2, 0xA0, 0xBF};
    if (byte == 0xED) return {2, 0x80, 0x9F};
    if (byte >= 0xE1 && byte <= 0xEF) return {2, 0x80, 0xBF};
    if (byte == 0xF0) return {3, 0x90, 0xBF};
    if (byte == 0xF4) return {3, 0x80, 0x8F};
    if (byte >= 0xF1 && byte <= 0xF3) return {3, 0x80, 0xBF};
    return {0, 0, 0};
}

// Bytes of the sequence at `at`; good says whether it is whole, otherwise they are the maximal bad part.
std::size_t sequence(std::string_view bytes, std::size_t at, bool& good)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    good = true;
    if (byte(at) < 0x80) return 1;
    const auto lead = lead_of(byte(at));
    good = lead.following > 0;
    std::size_t length = 1;
    for (int i = 0; i < lead.following; ++i, ++length) {
        const bool in_range = at + length < bytes.size() && byte(at + length) >= (i == 0 ? lead.first_low : 0x80) && byte(at + length) <= (i == 0 ? lead.first_high : 0xBF);
        if (!in_range) {
            good = false;
            break;
        }
    }
    return length;
}

} // namespace utf8_decode

std::string well_formed_utf8(std::string_view bytes)
{
    std::string out;
    out.reserve(bytes.size());
    for (std::size_t at = 0; at < bytes.size();) {
        bool good = true;
        const auto length = utf8_decode::sequence(bytes, at, good);
        out.append(good ? bytes.substr(at, length) : std::string_view{"\xEF\xBF\xBD"});
        at += length;
    }
    return out;
}

} // namespace adal::cyber
