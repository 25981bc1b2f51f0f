// probe/address.hpp: an Internet address, and whether it can be that of a public site. Pure; thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace adal::probe {

struct Address {
    bool is_v6 = false;
    std::array<std::uint8_t, 16> bytes{}; // IPv4: the first four
    auto operator<=>(const Address&) const = default;

    [[nodiscard]] std::string text() const;
};
std::optional<Address> parse_address(std::string_view text); // without brackets, port or zone

// As capture/address.hpp judges; an IPv4 address inside a translated one (NAT64) by itself. A resolver that answers so for a public name has changed the answer, and connecting would be
// connecting to the probe's own neighbours.
bool is_public(const Address& address);

struct Server {
    Address address{};
    std::uint16_t port = 0;
};
std::optional<Server> parse_server(std::string_view text, std::uint16_t usual_port); // "1.2.3.4", "1.2.3.4:53", "[::1]:53", "::1"

} // namespace adal::probe
