#include "cyber/url_plain.hpp"

#include "cyber/url_encode.hpp"

#include <array>

namespace adal::cyber {

namespace plain {

enum : std::uint8_t { in_host = 1, in_path = 2, in_query = 4, in_fragment = 8, in_path_no_dot = 16 };

constexpr std::array<std::uint8_t, 256> made()
{
    std::array<std::uint8_t, 256> table{};
    for (int c = 0x21; c < 0x7F; ++c) {
        const auto byte = static_cast<char>(c);
        const bool host = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
        int bits = host ? in_host : 0;
        if (std::string_view{"\"#<>?^`{}\\"}.find(byte) == std::string_view::npos) bits |= in_path;
        if (std::string_view{"\"#<>'"}.find(byte) == std::string_view::npos) bits |= in_query;
        if (std::string_view{"\"<>`"}.find(byte) == std::string_view::npos) bits |= in_fragment;
        if ((bits & in_path) && c != '.' && c != '%') bits |= in_path_no_dot;
        table[static_cast<std::size_t>(c)] = static_cast<std::uint8_t>(bits);
    }
    return table;
}

constexpr auto kBytes = made();

std::uint8_t bits(char c)
{
    return kBytes[static_cast<unsigned char>(c)];
}

// Past the bytes of this part, four at a time where it goes.
std::size_t skip(std::string_view text, std::size_t at, int part)
{
    while (at + 4 <= text.size() && (bits(text[at]) & bits(text[at + 1]) & bits(text[at + 2]) & bits(text[at + 3]) & part))
        at += 4;
    while (at < text.size() && (bits(text[at]) & part))
        ++at;
    return at;
}

// The same for a path; stops at a segment that may be "." or "..".
std::size_t skip_path(std::string_view text, std::size_t at)
{
    for (;; ++at) {
        at = skip(text, at, in_path_no_dot);
        if (at == text.size()) return at;
        const auto byte = bits(text[at]);
        if (!(byte & in_path) || text[at - 1] == '/') return at; // a dot or an escape, if it is of a path
    }
}

// A host whose last label begins with a digit may be an IPv4 address; the parser knows.
bool may_end_in_number(std::string_view host)
{
    std::size_t at = host.size();
    if (at > 0 && host[at - 1] == '.') --at;
    while (at > 0 && host[at - 1] != '.')
        --at;
    return at < host.size() && host[at] >= '0' && host[at] <= '9';
}

} // namespace plain

bool find_plain_places(std::string_view input, PlainPlaces& places)
{
    using namespace plain;
    if (input.starts_with("https://")) places.scheme_end = 5;
    else if (input.starts_with("http://")) places.scheme_end = 4;
    else return false;
    const std::size_t host = places.scheme_end + 3U;
    auto at = skip(input, host, in_host);
    if (at == host || at == input.size() || input[at] != '/' || may_end_in_number(input.substr(host, at - host))) return false;
    places.host_end = static_cast<std::uint32_t>(at);
    at = skip_path(input, at);
    if (at < input.size() && input[at] == '?') {
        places.query_begin = static_cast<std::uint32_t>(at);
        at = skip(input, at + 1, in_query);
    }
    if (at < input.size() && input[at] == '#') {
        places.fragment_begin = static_cast<std::uint32_t>(at);
        at = skip(input, at + 1, in_fragment);
    }
    return at == input.size();
}

bool is_plainly_canonical(std::string_view input)
{
    PlainPlaces places;
    return find_plain_places(input, places);
}

} // namespace adal::cyber
