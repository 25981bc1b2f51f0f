// cyber/resource_store.hpp: resources, reports, claims, captures, reviews, checks and what happened, in the database.
#pragma once

#include "base/hash.hpp"
#include "cyber/agreement.hpp"
#include "cyber/resource.hpp"
#include "storage/storage.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::cyber {

void add(storage::Transaction& tx, const Resource& resource);
Result<Done> save(storage::Transaction& tx, const Resource& resource); // version is the new one; stale_form otherwise
void put_triage(storage::Transaction& tx, const Resource& resource);    // score and reasons alone: no step of its way
std::optional<Resource> find_resource(storage::Snapshot& snapshot, ResourceId id);
std::optional<Resource> find_resource(storage::Snapshot& snapshot, std::string_view identity);

// Categories that a reviewer does not want to look at.
std::vector<std::string> unwanted_of(storage::Snapshot& snapshot, PersonId person); // sorted
void put_unwanted(storage::Transaction& tx, PersonId person, const std::vector<std::string>& categories);

bool is_announced(storage::Snapshot& snapshot, std::string_view sha256);
void add_announced(storage::Transaction& tx, std::string_view sha256, std::int64_t leaf, Instant now);

struct ResourceFilter {
    std::vector<State> states{}; // empty: all
    PersonId not_of{};           // leaves out what that person reported, reviewed or does not want, and what somebody else has claimed
    std::string category{};
    int limit = 50;
};
// Highest score first, then the oldest.
std::vector<Resource> list_resources(storage::Snapshot& snapshot, const ResourceFilter& filter, Instant now);
// Withdrawn, and reported again after it; the latest first.
std::vector<Resource> reported_again(storage::Snapshot& snapshot, Instant since, int limit);
// Others of the cluster that two people verified.
std::vector<Resource> verified_in_cluster(storage::Snapshot& snapshot, std::string_view cluster, int limit);
// What a feed may hold, by identity.
std::vector<Resource> listed_resources(storage::Snapshot& snapshot);

struct LinkReport {
    LinkReportId id{};
    ResourceId resource{}; // unset: sealed
    PersonId person{};     // unset: without a name
    std::string category{}, note{};
    Hash sha256{};
    bool is_first = false;
    Instant at{};
};
void add(storage::Transaction& tx, const LinkReport& report);
std::vector<PersonId> reporters_of(storage::Snapshot& snapshot, ResourceId id);
std::int64_t count_reports_since(storage::Snapshot& snapshot, Instant since, bool only_anonymous);
std::vector<std::string> notes_of(storage::Snapshot& snapshot, ResourceId id);

struct Claim {
    PersonId person{};
    Instant until{};
};
std::optional<Claim> claim_of(storage::Snapshot& snapshot, ResourceId id);
void put_claim(storage::Transaction& tx, ResourceId id, const Claim& claim);
void drop_claim(storage::Transaction& tx, ResourceId id);

struct Capture {
    CaptureId id{};
    ResourceId resource{};
    FileId file{};
    PersonId person{};
    Instant at{};
    std::optional<std::int64_t> leaf{}; // of the public log; none: taken before captures were sealed
};
void add(storage::Transaction& tx, const Capture& capture);
std::vector<Capture> captures_of(storage::Snapshot& snapshot, ResourceId id);

void add(storage::Transaction& tx, const Review& review);
std::vector<Review> reviews_of(storage::Snapshot& snapshot, ResourceId id); // oldest first
int severe_reviews_since(storage::Snapshot& snapshot, PersonId person, Instant since);

void add(storage::Transaction& tx, const Check& check);
std::vector<Check> checks_since(storage::Snapshot& snapshot, ResourceId id, Instant since);

struct Happened {
    PersonId person{}; // unset: the system, or a reporter without a name
    Instant at{};
    std::string from{}, to{}, text{};
    std::optional<std::int64_t> leaf{};
};
void add(storage::Transaction& tx, ResourceId id, const Happened& happened);
std::vector<Happened> history_of(storage::Snapshot& snapshot, ResourceId id);

// The first two verdicts of each resource that was reviewed since then.
Agreement agreement_since(storage::Snapshot& snapshot, Instant since);

// Those that were in one of the states by then, and were not withdrawn by then; by id.
std::vector<ResourceId> ever_in(storage::Snapshot& snapshot, const std::vector<State>& states, Instant as_of);

// The public account. "Ever" is read from what happened: what was referred stays referred.
struct Funnel {
    std::int64_t reported = 0, unique = 0, verified = 0, rejected = 0, referred = 0, accepted = 0, refused = 0, blocked = 0, relapsed = 0, withdrawn = 0, waiting = 0, sealed = 0;
    std::optional<double> median_hours{}; // from the first report to the day it was seen blocked or gone
};
Funnel funnel(storage::Snapshot& snapshot);

} // namespace adal::cyber
