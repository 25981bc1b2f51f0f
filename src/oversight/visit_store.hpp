// oversight/visit_store.hpp: visits in the database, with every version they ever had.
#pragma once

#include "oversight/page_key.hpp"
#include "oversight/visit.hpp"
#include "storage/storage.hpp"

#include <optional>
#include <string>
#include <vector>

namespace adal::oversight {

void add(storage::Transaction& tx, const Visit& visit);
// State, photos' files and, when the version grew, a new version row.
void save(storage::Transaction& tx, const Visit& visit);
// State and leaf alone: nothing else changes when a finding of the visit is sealed.
void save_seal(storage::Transaction& tx, const Visit& visit);
std::optional<Visit> find_visit(storage::Snapshot& snapshot, VisitId id);
std::optional<Visit> find_visit(storage::Snapshot& snapshot, std::string_view client_id);
// The visit that a finding came from, together with the next statement.
void find_visit_later(storage::Snapshot& snapshot, FindingId finding, std::optional<Visit>& visit);
// The receipt of an earlier version with exactly this content, if there was one.
std::optional<Receipt> find_receipt(storage::Snapshot& snapshot, std::string_view client_id, const Hash& content);

struct VisitFilter {
    std::optional<VisitState> state{};
    bool waiting_for_review = false; // complete and amended
    ControlId control{};
    AssignmentId assignment{};
    PlaceId place{};
    PersonId person{};
    std::string after{};
    int limit = kPageSize;
};
PageOf<Visit> list_visits(storage::Snapshot& snapshot, const VisitFilter& filter); // oldest first (a queue)

} // namespace adal::oversight
