// procurement/score.hpp: how much the failed flags of a process, or of all processes of a buyer or a supplier, weigh.
//
// A flag weighs 3 when a rule of the law is at stake, 2 for a pattern in who bids with whom, 1 for a number that
// stands out (Flag::weight). For a process F is the weight of its failed flags, A of those that could be answered:
//
//     share = F / A             what people are told: "k of n applicable", and this share of the weight
//     score = F / (A + 6)       what puts processes in order
//
// The six are two rules of the law that were asked and passed: of a process of which little is known, little is
// believed. With enough answers the score is the share. For a buyer or a supplier with N processes, S the share of
// their weights taken together and M the same of the whole set:
//
//     score = (N·S + 10·M) / (N + 10)
//
// A score says where to look first. It is no probability and no accusation (invariant 9). Pure; thread-safe.
#pragma once

#include <cstdint>
#include <span>

namespace adal::procurement {

inline constexpr std::int64_t kWeightOfSilence = 6;   // added to what could be answered
inline constexpr std::int64_t kProcessesOfSilence = 10; // of the mean of the set, added to an entity

// Sums of Flag::weight; failed <= applicable.
struct Weighed {
    std::int64_t failed = 0, applicable = 0;
    bool operator==(const Weighed&) const = default;
};

double share_of(Weighed weighed);  // 0 when nothing could be answered
double score_of(Weighed weighed);  // [0, 1)
Weighed together(std::span<const Weighed> all);

// Ordering key, highest first: by score to six decimals, then by the weight of the failed flags; equal keys by OCID.
// 0 when nothing failed.
std::int64_t rank(Weighed weighed);

struct EntityScore {
    std::int64_t processes = 0; // screened, of the buyer or supplier
    double share = 0, score = 0;
};
// `of_entity`: one for each process; `share_of_set`: share_of(together(whole set)).
EntityScore entity_score(std::span<const Weighed> of_entity, double share_of_set);

} // namespace adal::procurement
