// capture/address.hpp: which addresses a server may be sent to by a stranger's link. Rules only; thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <sys/socket.h>

namespace adal::capture {

// Whether an IPv4 or IPv6 address belongs to the public internet: neither in the special-purpose registries of IANA (RFC 6890 and
// its updates, read 2026-11) nor multicast; of IPv6 only 2000::/3 without what carries an IPv4 address inside. False for other
// families.
bool is_public(const sockaddr& address);
// The same of an address in digits ("10.0.0.1", "::1", "[::1]"); a name is not in digits and gives false.
bool is_public_literal(std::string_view host);
bool is_literal(std::string_view host);

// 80, 443 and the high ports but for those the Fetch Standard blocks (§2.9 "port blocking", read 2026-11): nobody makes us talk to
// a mail server or a database.
bool is_web_port(int port);

// In digits, without port.
std::string digits(const sockaddr& address);

} // namespace adal::capture
