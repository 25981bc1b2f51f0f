// cyber/url_encode.hpp: the percent-encode sets of the URL Standard (§1.3), as one table of bits. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace adal::cyber {

// A byte's bit says that this part of a URL writes the byte as %XX. Bytes from 0x80 are written so everywhere.
enum EncodeSet : std::uint8_t {
    encode_control = 1,       // opaque paths and opaque hosts
    encode_fragment = 2,
    encode_query = 4,
    encode_special_query = 8,
    encode_path = 16,
    encode_userinfo = 32,
};

extern const std::array<std::uint8_t, 256> kEncode;

inline bool must_encode(char byte, EncodeSet set)
{
    return (kEncode[static_cast<unsigned char>(byte)] & set) != 0;
}

void append_escape(std::string& out, char byte); // %XX, capitals
void append_encoded(std::string& out, std::string_view bytes, EncodeSet set);

// %XX to bytes; a percent sign that is not followed by two hex digits stays.
std::string percent_decoded(std::string_view text);

// The same bytes, or with U+FFFD for each maximal bad part (Encoding Standard, "UTF-8 decode without BOM").
std::string well_formed_utf8(std::string_view bytes);

int hex_digit(char c); // -1 for none

} // namespace adal::cyber
