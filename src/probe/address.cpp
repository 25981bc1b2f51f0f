#include "probe/address.hpp"

#include "capture/address.hpp"
#include "probe/socket.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>

namespace adal::probe {

std::string Address::text() const
{
    char out[INET6_ADDRSTRLEN];
    return inet_ntop(is_v6 ? AF_INET6 : AF_INET, bytes.data(), out, sizeof out);
}

std::optional<Address> parse_address(std::string_view text)
{
    Address out;
    const std::string copy{text};
    if (copy.find('\0') != std::string::npos) return std::nullopt;
    if (inet_pton(AF_INET, copy.c_str(), out.bytes.data()) == 1) return out;
    out.is_v6 = true;
    if (inet_pton(AF_INET6, copy.c_str(), out.bytes.data()) == 1) return out;
    return std::nullopt;
}

bool is_public(const Address& address)
{
    constexpr std::array<std::uint8_t, 12> kTranslated{0, 0x64, 0xff, 0x9b}; // RFC 6052: how a network with IPv6 alone shows IPv4
    if (address.is_v6 && std::equal(kTranslated.begin(), kTranslated.end(), address.bytes.begin())) {
        Address inner;
        std::copy(address.bytes.begin() + 12, address.bytes.end(), inner.bytes.begin());
        return is_public(inner);
    }
    const auto name = socket_name({address, 0});
    return capture::is_public(reinterpret_cast<const sockaddr&>(name.storage));
}

std::optional<Server> parse_server(std::string_view text, std::uint16_t usual_port)
{
    if (const auto bare = parse_address(text)) return Server{*bare, usual_port};
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    auto host = text.substr(0, colon);
    const auto port = text.substr(colon + 1);
    const bool bracketed = host.starts_with('[') && host.ends_with(']');
    if (bracketed) host = host.substr(1, host.size() - 2);
    const auto address = parse_address(host);
    Server out;
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), out.port);
    if (!address || address->is_v6 != bracketed || error != std::errc{} || end != port.data() + port.size() || out.port == 0) return std::nullopt;
    out.address = *address;
    return out;
}

} // namespace adal::probe
