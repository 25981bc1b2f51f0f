#include "cyber/url_host.hpp"

#include "cyber/url_encode.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace adal::cyber {

namespace host_parser {

// Bits of a byte in a domain: forbidden in any host, forbidden in a domain too, needs more than copying.
enum : std::uint8_t { forbidden_host = 1, forbidden_domain = 2, not_plain = 4 };

consteval std::array<std::uint8_t, 256> made()
{
    std::array<std::uint8_t, 256> table{};
    for (int c = 0; c < 256; ++c) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
        const bool control = c < 0x20 || c == 0x7F;
        table[static_cast<std::size_t>(c)] = static_cast<std::uint8_t>((plain ? 0 : not_plain) | (control || c == '%' ? forbidden_domain : 0));
    }
    for (const char c : std::string_view{"\0\t\n\r #/:<>?@[\\]^|", 17})
        table[static_cast<unsigned char>(c)] = static_cast<std::uint8_t>(table[static_cast<unsigned char>(c)] | forbidden_host | forbidden_domain);
    return table;
}

constexpr auto kBytes = made();

std::uint8_t bits_of(std::string_view text)
{
    std::uint8_t all = 0;
    for (const char c : text)
        all = static_cast<std::uint8_t>(all | kBytes[static_cast<unsigned char>(c)]);
    return all;
}

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool all_digits(std::string_view text)
{
    return std::ranges::all_of(text, is_digit);
}

// One number of an IPv4 address, decimal, octal or hex; nothing if it is none. Saturates far above 2^32.
std::optional<std::uint64_t> ipv4_number(std::string_view text)
{
    if (text.empty()) return std::nullopt;
    int base = 10;
    if (text.size() >= 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) {
        text.remove_prefix(2);
        base = 16;
    } else if (text.size() >= 2 && text[0] == '0') {
        text.remove_prefix(1);
        base = 8;
    }
    std::uint64_t value = 0;
    for (const char c : text) {
        const int digit = hex_digit(c);
        if (digit < 0 || digit >= base) return std::nullopt;
        value = std::min<std::uint64_t>(value * static_cast<unsigned>(base) + static_cast<unsigned>(digit), std::uint64_t{1} << 40);
    }
    return value;
}

std::string_view last_label(std::string_view host)
{
    if (host.ends_with('.')) host.remove_suffix(1);
    const auto dot = host.rfind('.');
    return dot == std::string_view::npos ? host : host.substr(dot + 1);
}

bool ends_in_a_number(std::string_view host)
{
    const auto last = last_label(host);
    if (last.empty() || !is_digit(last.front())) return false;
    return all_digits(last) || ipv4_number(last).has_value();
}

void append_ipv4(std::string& out, std::uint32_t address)
{
    for (int shift = 24; shift >= 0; shift -= 8) {
        char digits[4];
        const auto end = std::to_chars(digits, digits + 4, (address >> shift) & 255U).ptr;
        out.append(digits, end);
        if (shift > 0) out += '.';
    }
}

bool append_parsed_ipv4(std::string& out, std::string_view host)
{
    if (host.ends_with('.')) host.remove_suffix(1);
    std::array<std::uint64_t, 4> numbers{};
    std::size_t count = 0;
    for (std::size_t at = 0; at <= host.size(); ++count) {
        const auto dot = std::min(host.find('.', at), host.size());
        const auto number = ipv4_number(host.substr(at, dot - at));
        if (count == 4 || !number) return false;
        numbers[count] = *number;
        at = dot + 1;
    }
    for (std::size_t i = 0; i + 1 < count; ++i)
        if (numbers[i] > 255) return false;
    const auto last = numbers[count - 1];
    if (last >= std::uint64_t{1} << (8 * (5 - count))) return false;
    auto address = last;
    for (std::size_t i = 0; i + 1 < count; ++i)
        address += numbers[i] << (8 * (3 - i));
    append_ipv4(out, static_cast<std::uint32_t>(address));
    return true;
}

using Ipv6 = std::array<std::uint16_t, 8>;

// The four decimal bytes at the end of an IPv6 address, into pieces[piece] and the next.
bool read_embedded_ipv4(std::string_view text, Ipv6& pieces, std::size_t& piece)
{
    for (int seen = 0; seen < 4; ++seen) {
        if (seen > 0) {
            if (text.empty() || text.front() != '.') return false;
            text.remove_prefix(1);
        }
        if (text.empty() || !is_digit(text.front())) return false;
        unsigned value = 0;
        std::size_t digits = 0;
        for (; digits < text.size() && is_digit(text[digits]); ++digits) {
            if (digits > 0 && value == 0) return false;
            value = value * 10 + static_cast<unsigned>(text[digits] - '0');
            if (value > 255) return false;
        }
        text.remove_prefix(digits);
        pieces[piece] = static_cast<std::uint16_t>(pieces[piece] * 256U + value);
        if (seen == 1 || seen == 3) ++piece;
    }
    return text.empty();
}

std::optional<Ipv6> parse_ipv6(std::string_view text)
{
    Ipv6 pieces{};
    std::size_t piece = 0, at = 0;
    std::optional<std::size_t> compress;
    if (text.starts_with(':')) {
        if (!text.starts_with("::")) return std::nullopt;
        at = 2;
        compress = ++piece;
    }
    while (at < text.size()) {
        if (piece == 8) return std::nullopt;
        if (text[at] == ':') {
            if (compress) return std::nullopt;
            ++at;
            compress = ++piece;
            continue;
        }
        unsigned value = 0;
        const auto start = at;
        for (; at < text.size() && at - start < 4 && hex_digit(text[at]) >= 0; ++at)
            value = value * 16 + static_cast<unsigned>(hex_digit(text[at]));
        if (at < text.size() && text[at] == '.') {
            if (at == start || piece > 6 || !read_embedded_ipv4(text.substr(start), pieces, piece)) return std::nullopt;
            break;
        }
        if (at < text.size() && (text[at] != ':' || ++at == text.size())) return std::nullopt;
        pieces[piece++] = static_cast<std::uint16_t>(value);
    }
    if (compress) {
        std::rotate(pieces.begin() + static_cast<std::ptrdiff_t>(*compress), pieces.begin() + static_cast<std::ptrdiff_t>(piece), pieces.end());
        return pieces;
    }
    if (piece != 8) return std::nullopt;
    return pieces;
}

// First of the longest runs of at least two zero pieces; 8 for none.
std::size_t compressed_run(const Ipv6& pieces, std::size_t& length)
{
    std::size_t best = 8;
    length = 1;
    for (std::size_t i = 0; i < 8;) {
        std::size_t end = i;
        while (end < 8 && pieces[end] == 0)
            ++end;
        if (end - i > length) {
            best = i;
            length = end - i;
        }
        i = end + 1;
    }
    return best;
}

void append_ipv6(std::string& out, const Ipv6& pieces)
{
    std::size_t length = 0;
    const auto run = compressed_run(pieces, length);
    out += '[';
    for (std::size_t i = 0; i < 8; ++i) {
        if (i == run) {
            out += i == 0 ? "::" : ":";
            i += length - 1;
            continue;
        }
        char digits[4];
        out.append(digits, std::to_chars(digits, digits + 4, static_cast<unsigned>(pieces[i]), 16).ptr);
        if (i < 7) out += ':';
    }
    out += ']';
}

bool append_bracketed(std::string& out, std::string_view written)
{
    if (!written.ends_with(']') || written.size() < 2) return false;
    const auto pieces = parse_ipv6(written.substr(1, written.size() - 2));
    if (pieces) append_ipv6(out, *pieces);
    return pieces.has_value();
}

} // namespace host_parser

bool append_host(std::string& out, std::string_view written, bool special)
{
    using namespace host_parser;
    if (written.starts_with('[')) return append_bracketed(out, written);
    const auto bits = bits_of(written);
    if (!special) {
        if (bits & forbidden_host) return false;
        append_encoded(out, written, encode_control);
        return true;
    }
    if (!(bits & not_plain) && !written.empty()) { // lower-case ASCII: nothing to map
        if (ends_in_a_number(written)) return append_parsed_ipv4(out, written);
        out.append(written);
        return true;
    }
    const auto domain = written.find('%') == std::string_view::npos ? std::string{written} : well_formed_utf8(percent_decoded(written));
    const auto ascii = domain_to_ascii(domain);
    if (!ascii || (bits_of(*ascii) & forbidden_domain)) return false;
    if (ends_in_a_number(*ascii)) return append_parsed_ipv4(out, *ascii);
    out.append(*ascii);
    return true;
}

bool is_ip_address(std::string_view host)
{
    return !host.empty() && (host.front() == '[' || host_parser::ends_in_a_number(host));
}

} // namespace adal::cyber
