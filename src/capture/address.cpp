#include "capture/address.hpp"

#include <algorithm>
#include <array>
#include <arpa/inet.h>
#include <cstdint>
#include <cstring>
#include <netinet/in.h>

namespace adal::capture {
namespace {

struct Block4 {
    std::uint32_t first;
    int bits;
};
constexpr std::uint32_t dotted(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d)
{
    return a << 24 | b << 16 | c << 8 | d;
}
constexpr std::array kNotPublic4{
    Block4{dotted(0, 0, 0, 0), 8},       Block4{dotted(10, 0, 0, 0), 8},     Block4{dotted(100, 64, 0, 0), 10},  Block4{dotted(127, 0, 0, 0), 8},
    Block4{dotted(169, 254, 0, 0), 16},  Block4{dotted(172, 16, 0, 0), 12},  Block4{dotted(192, 0, 0, 0), 24},   Block4{dotted(192, 0, 2, 0), 24},
    Block4{dotted(192, 88, 99, 0), 24},  Block4{dotted(192, 168, 0, 0), 16}, Block4{dotted(198, 18, 0, 0), 15},  Block4{dotted(198, 51, 100, 0), 24},
    Block4{dotted(203, 0, 113, 0), 24},  Block4{dotted(224, 0, 0, 0), 4},    Block4{dotted(240, 0, 0, 0), 4}};

bool is_public4(std::uint32_t address)
{
    return std::ranges::none_of(kNotPublic4, [&](const Block4& block) { return (address ^ block.first) >> (32 - block.bits) == 0; });
}

using Bytes6 = std::array<std::uint8_t, 16>;
struct Block6 {
    std::array<std::uint8_t, 4> first;
    int bits;
};
// Inside 2000::/3: protocol assignments with Teredo and ORCHID, 6to4, documentation (RFC 3849, RFC 9637).
constexpr std::array kNotPublic6{Block6{{0x20, 0x01, 0x00, 0x00}, 23}, Block6{{0x20, 0x01, 0x0d, 0xb8}, 32}, Block6{{0x20, 0x02, 0, 0}, 16}, Block6{{0x3f, 0xff, 0, 0}, 20}};

bool is_public6(const Bytes6& bytes)
{
    if ((bytes[0] & 0xe0) != 0x20) return false;
    const auto start = dotted(bytes[0], bytes[1], bytes[2], bytes[3]);
    return std::ranges::none_of(kNotPublic6, [&](const Block6& block) {
        const auto first = dotted(block.first[0], block.first[1], block.first[2], block.first[3]);
        return (std::uint64_t{start ^ first} >> (32 - block.bits)) == 0;
    });
}

std::string without_brackets(std::string_view host)
{
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    return std::string{host};
}

} // namespace

bool is_public(const sockaddr& address)
{
    if (address.sa_family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, &address, sizeof v4);
        return is_public4(ntohl(v4.sin_addr.s_addr));
    }
    if (address.sa_family != AF_INET6) return false;
    sockaddr_in6 v6{};
    std::memcpy(&v6, &address, sizeof v6);
    Bytes6 bytes{};
    std::memcpy(bytes.data(), &v6.sin6_addr, bytes.size());
    return is_public6(bytes);
}

bool is_literal(std::string_view host)
{
    std::array<std::uint8_t, 16> bytes{};
    const auto plain = without_brackets(host);
    return ::inet_pton(AF_INET, plain.c_str(), bytes.data()) == 1 || ::inet_pton(AF_INET6, plain.c_str(), bytes.data()) == 1;
}

bool is_public_literal(std::string_view host)
{
    const auto plain = without_brackets(host);
    in_addr v4{};
    if (::inet_pton(AF_INET, plain.c_str(), &v4) == 1) return is_public4(ntohl(v4.s_addr));
    Bytes6 v6{};
    return ::inet_pton(AF_INET6, plain.c_str(), v6.data()) == 1 && is_public6(v6);
}

bool is_web_port(int port)
{
    constexpr std::array blocked{1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080};
    return port == 80 || port == 443 || (port >= 1024 && port <= 65535 && std::ranges::find(blocked, port) == blocked.end());
}

std::string digits(const sockaddr& address)
{
    std::array<char, INET6_ADDRSTRLEN> out{};
    if (address.sa_family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, &address, sizeof v4);
        ::inet_ntop(AF_INET, &v4.sin_addr, out.data(), out.size());
    } else if (address.sa_family == AF_INET6) {
        sockaddr_in6 v6{};
        std::memcpy(&v6, &address, sizeof v6);
        ::inet_ntop(AF_INET6, &v6.sin6_addr, out.data(), out.size());
    }
    return out.data();
}

} // namespace adal::capture
