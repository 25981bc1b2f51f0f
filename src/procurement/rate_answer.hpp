// procurement/rate_answer.hpp: what a flag says about how often somebody does something.
//
// Pure, thread-safe.
#pragma once

#include "procurement/flag.hpp"
#include "procurement/shrunk_rate.hpp"

#include <string>

namespace adal::procurement {

inline constexpr double kSureRate = 0.95; // probability that the rate lies above the limit

// Value, threshold, population and the numbers an explanation names; it passes, the flag says whether it fails. `name`:
// whose rate; `cases`: what they are called ("purchases", "bids").
Answer rate_answer(const ShrunkRate& rate, const std::string& name, const std::string& cases);

// Surely above the limit, and by at least so many hits.
bool stands_out(const ShrunkRate& rate, std::int64_t least_hits);

} // namespace adal::procurement
