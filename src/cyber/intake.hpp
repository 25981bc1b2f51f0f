// cyber/intake.hpp: what somebody hands in (one link, a pasted message with many, a list) as the links that are in it.
// Pure; thread-safe.
#pragma once

#include "base/result.hpp"
#include "cyber/link.hpp"
#include "cyber/suffix_list.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace adal::cyber {

inline constexpr std::size_t kMostText = 1 << 20;  // bytes of one report
inline constexpr std::size_t kMostLinks = 500;     // of one report
inline constexpr std::size_t kLongestLink = 8192;  // bytes

inline constexpr ProblemCode nothing_found{"cyber.nothing_found", 422};
inline constexpr ProblemCode too_many_links{"cyber.too_many_links", 422}; // params: limit
inline constexpr ProblemCode report_too_long{"cyber.report_too_long", 413}; // params: limit (KB)

struct Found {
    std::string written{};
    Link link{};
    std::string_view refused{}; // key below "reason."; empty: it may be reported
};

// Every link, handle, phone and card number, each resource once, in the order they stand. A single line that is nothing
// is refused with a reason; words between links are let be. `own`: names of the deployer's own.
Result<std::vector<Found>> find_links(std::string_view text, const SuffixList& suffixes, const std::vector<std::string>& own);

} // namespace adal::cyber
