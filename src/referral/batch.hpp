// referral/batch.hpp: verified resources that go to one authority together, at most fifty: the practice of the authorities
// is some thirty in a prescription (cyber.md §1). All of one topic, each with the ground in law of that day; the clock is
// that of an appeal (APPC art. 76). Rules and papers; pure.
#pragma once

#include "base/id.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "cyber/cyber.hpp"
#include "referral/authority.hpp"
#include "referral/deadline_rule.hpp"
#include "referral/paper.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::referral {

struct BatchItem {
    ResourceId resource{};
    std::string identity{}; // as it was sent
    std::string category{};
    std::string act{}, article{};
};

struct Batch {
    BatchId id{};
    std::string topic{};
    AuthorityId authority{};
    AuthorityVersionId authority_version{};
    ChannelKind channel = ChannelKind::paper;
    std::string out_number{};
    Instant sent_at{};
    PersonId sent_by{};
    Deadline deadline{};
    std::optional<LocalDate> received_on{};
    std::string in_number{};
    std::int64_t leaf = 0; // of the public log
    std::vector<BatchItem> items{};
};

inline constexpr std::size_t kMostInBatch = 50;
inline constexpr std::string_view rule_batch = "APPC_DECIDE";

inline constexpr ProblemCode batch_empty{"batch.empty", 422};
inline constexpr ProblemCode batch_too_large{"batch.too_large", 422};         // params: limit
inline constexpr ProblemCode batch_mixed{"batch.mixed", 422};                 // categories of several topics
inline constexpr ProblemCode batch_not_competent{"batch.not_competent", 422};
inline constexpr ProblemCode batch_number_missing{"batch.number_missing", 422};
inline constexpr ProblemCode batch_received{"batch.received", 409};
inline constexpr ProblemCode batch_received_early{"batch.received_early", 422}; // before it was sent, or tomorrow

// The topic they share.
Result<std::string> topic_of(const std::vector<cyber::Resource>& resources);
Result<Batch> receive(Batch batch, LocalDate received_on, std::string_view in_number, LocalDate today);

// What the batch's entry in the log commits to: canonical text of its items.
std::string canonical(const Batch& batch);

// The covering letter with the table of resources, addresses so written that nobody can follow them.
Paper batch_letter(const Batch& batch, const AuthorityVersion& authority, i18n::Language language);
std::string batch_csv(const Batch& batch);  // RFC 4180; formulas made harmless
std::string batch_json(const Batch& batch); // one object

} // namespace adal::referral
