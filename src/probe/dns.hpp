// probe/dns.hpp: one question to one resolver (RFC 1035), by UDP and, when the answer is cut, by TCP. Thread-safe.
#pragma once

#include "probe/measurement.hpp"

#include <chrono>

namespace adal::probe {

// Of /etc/resolv.conf; nothing: none is named there.
std::optional<Server> system_resolver();

// A and AAAA together, 16 addresses at most. Answers to another question or from another sender are not taken.
Lookup look_up(const Server& resolver, const std::string& host, std::chrono::milliseconds limit);

} // namespace adal::probe
