// oversight/finding_store.hpp: findings, their verifications and fix claims in the database; the funnel.
#pragma once

#include "oversight/finding.hpp"
#include "oversight/fix.hpp"
#include "oversight/page_key.hpp"
#include "oversight/place.hpp"
#include "storage/storage.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace adal::oversight {

void add(storage::Transaction& tx, const Finding& finding);
// Changes the row whose version is finding.version - 1; stale_form otherwise.
Result<Done> save(storage::Transaction& tx, const Finding& finding);
std::optional<Finding> find_finding(storage::Snapshot& snapshot, FindingId id);

struct FindingFilter {
    std::string text{};                  // of place, rule label, value
    std::vector<FindingState> states{};  // empty: all
    std::optional<Severity> severity{};
    std::optional<PlaceKind> kind{};
    DistrictId district{};
    ControlId control{};
    PlaceId place{};
    VisitId visit{};
    bool only_published = false;
    bool only_sealed = false;
    bool only_unsealed = false;
    std::string after{};
    int limit = kPageSize;
};
PageOf<Finding> list_findings(storage::Snapshot& snapshot, const FindingFilter& filter); // newest first
std::int64_t count_findings(storage::Snapshot& snapshot, const FindingFilter& filter);
// Same place and rule, open: candidates for `duplicate`.
std::vector<Finding> similar_findings(storage::Snapshot& snapshot, const Finding& finding);
// Urgent ones whose verification is owed and late.
std::vector<Finding> overdue_verifications(storage::Snapshot& snapshot, Instant now);

void add(storage::Transaction& tx, const Verification& verification);
std::vector<Verification> verifications_of(storage::Snapshot& snapshot, FindingId finding);

void add(storage::Transaction& tx, const FixClaim& claim);
void add(storage::Transaction& tx, const FixCheck& check); // also moves the claim's state
std::optional<FixClaim> find_fix_claim(storage::Snapshot& snapshot, FixId id);
std::vector<FixClaim> fix_claims_of(storage::Snapshot& snapshot, FindingId finding); // oldest first
std::optional<FixCheck> check_of(storage::Snapshot& snapshot, FixId claim);

// The steps from the first look to the mended defect, each counted from the records. `answered` is the
// referral room's to count. fix_rate = fixed / (referred − later invalid or duplicate) (I9).
struct Funnel {
    std::int64_t controls = 0;           // ever opened
    std::int64_t controls_with_findings = 0;
    std::int64_t visits = 0;             // accepted or sealed
    std::int64_t findings = 0;           // not duplicate, not invalid
    std::int64_t verified = 0;
    std::int64_t sealed = 0;
    std::int64_t published = 0;
    std::int64_t referred = 0;           // ever
    std::int64_t acknowledged = 0;       // ever
    std::int64_t fix_claimed = 0;        // claimed and unchecked now
    std::int64_t fixed_verified = 0;     // now
    std::int64_t not_fixed = 0;          // a check failed and nothing better came since
    std::int64_t archived = 0;
};
struct FunnelFilter {
    DistrictId district{};
    std::optional<Instant> from{}, to{}; // of the finding's (control's) making; to is exclusive
};
Funnel funnel(storage::Snapshot& snapshot, const FunnelFilter& filter = {});
// How many findings per state, for the desk.
std::map<FindingState, std::int64_t> count_by_state(storage::Snapshot& snapshot, ControlId control = {});

} // namespace adal::oversight
