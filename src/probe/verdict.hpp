// probe/verdict.hpp: what the steps of one measurement say (cyber.md §3.1, "Probe … verdict"). Pure; thread-safe.
//
// "Blocked" is a difference: between two resolvers, between the true name and another at the same address, between here and a
// look from elsewhere; or the page itself says so (451 of RFC 7725, a known block page). What is gone for everybody is `down`,
// and what cannot be told apart is `unclear`: neither is ever called blocked.
#pragma once

#include "probe/measurement.hpp"

namespace adal::probe {

enum class Outcome { reachable, blocked, down, unclear };
enum class By { nothing, dns, tcp, tls, http };
std::string_view name(Outcome outcome);
std::string_view name(By by);

struct Verdict {
    Outcome outcome = Outcome::unclear;
    By by = By::nothing;
    std::string_view reason{}; // key below "probe.reason."
    bool operator==(const Verdict&) const = default;
};

// alive_elsewhere: somebody outside the country found it alive within a day.
Verdict verdict_of(const Measurement& measured, bool alive_elsewhere);

} // namespace adal::probe
