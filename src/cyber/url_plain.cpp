#include "cyber/url_plain.hpp"

#include "cyber/url_encode.hpp"

#include <algorithm>
#include <array>
#include <bit>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace adal::cyber {

namespace plain {

enum : std::uint8_t { in_host = 1, in_path = 2, in_query = 4, in_fragment = 8 };

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
        table[static_cast<std::size_t>(c)] = static_cast<std::uint8_t>(bits);
    }
    return table;
}

constexpr auto kBytes = made();

bool is_of(char c, int part)
{
    return (kBytes[static_cast<unsigned char>(c)] & part) != 0;
}

// A dot or an escape may begin a segment "." or "..".
bool may_be_dots(std::string_view text, std::size_t at)
{
    return (text[at] == '.' || text[at] == '%') && text[at - 1] == '/';
}

// Past the bytes of this part, one by one; in a path up to a segment that may be dots.
std::size_t skip_slowly(std::string_view text, std::size_t at, int part)
{
    while (at < text.size() && is_of(text[at], part) && !(part == in_path && may_be_dots(text, at)))
        ++at;
    return at;
}

#ifdef __SSE2__

constexpr std::size_t kBlock = sizeof(__m128i);

// 0xFF where first <= byte <= last; both below 0x80.
__m128i in_range(__m128i bytes, char first, char last)
{
    const auto low = _mm_add_epi8(bytes, _mm_set1_epi8(static_cast<char>(-128 - first)));
    return _mm_cmplt_epi8(low, _mm_set1_epi8(static_cast<char>(-128 + last - first + 1)));
}

// A bit for each byte that is not of a host.
unsigned not_of_host(__m128i bytes)
{
    const auto letters = in_range(bytes, 'a', 'z');
    const auto others = _mm_andnot_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('/')), in_range(bytes, '-', '9')); // - . 0 to 9
    return static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(letters, others))) ^ 0xFFFFU;
}

// A bit for each byte that is not a letter, digit, "/", "-", "_" or "=", which all parts after the host may have.
unsigned unusual(__m128i bytes)
{
    const auto letters = in_range(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), 'a', 'z');
    const auto digits = in_range(bytes, '/', '9');
    const auto marks = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('-')), _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('_')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('='))));
    return static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(letters, digits), marks))) ^ 0xFFFFU;
}

// Sixteen bytes at a time: those that stand out are looked at one by one. The last block reaches back, never past the end.
std::size_t skip(std::string_view text, std::size_t at, int part)
{
    if (text.size() < kBlock) return skip_slowly(text, at, part);
    while (at < text.size()) {
        const auto from = std::min(at, text.size() - kBlock);
        const auto bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + from));
        auto odd = (part == in_host ? not_of_host(bytes) : unusual(bytes)) >> (at - from) << (at - from);
        for (; odd != 0; odd &= odd - 1) {
            const auto here = from + static_cast<std::size_t>(std::countr_zero(odd));
            if (part == in_host || !is_of(text[here], part) || (part == in_path && may_be_dots(text, here))) return here;
        }
        at = from + kBlock;
    }
    return at;
}

#else

std::size_t skip(std::string_view text, std::size_t at, int part)
{
    return skip_slowly(text, at, part);
}

#endif

// A host whose last label is a number is an IPv4 address or none; the parser knows. True also for some that are not.
bool may_end_in_number(std::string_view host)
{
    if (host.back() > 'f' && host.back() != 'x') return false; // neither a digit nor the end of "0x1f" or "0x"
    std::size_t at = host.size();
    if (host[at - 1] == '.') --at;
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
    at = skip(input, at, in_path);
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
