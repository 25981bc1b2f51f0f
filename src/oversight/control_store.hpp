// oversight/control_store.hpp: controls and assignments in the database.
#pragma once

#include "oversight/assignment.hpp"
#include "oversight/control.hpp"
#include "oversight/page_key.hpp"
#include "storage/storage.hpp"

#include <optional>
#include <string>
#include <vector>

namespace adal::oversight {

void add(storage::Transaction& tx, const Control& control);
// Changes the row whose version is control.version - 1; stale_form otherwise.
Result<Done> save(storage::Transaction& tx, const Control& control);
std::optional<Control> find_control(storage::Snapshot& snapshot, ControlId id);

struct ControlFilter {
    std::string text{};
    std::optional<ControlState> state{};
    PlaceId place{};
    PersonId subject{};
    bool only_public = false; // opened ones: drafts and cancelled drafts left out
    std::string after{};
    int limit = kPageSize;
};
PageOf<Control> list_controls(storage::Snapshot& snapshot, const ControlFilter& filter); // newest first

void add(storage::Transaction& tx, const Assignment& assignment);
Result<Done> save(storage::Transaction& tx, const Assignment& assignment);
std::optional<Assignment> find_assignment(storage::Snapshot& snapshot, AssignmentId id);
std::vector<Assignment> assignments_of(storage::Snapshot& snapshot, ControlId control);
// Offered and accepted ones of a person, the nearest due first.
std::vector<Assignment> tasks_of(storage::Snapshot& snapshot, PersonId person);

} // namespace adal::oversight
