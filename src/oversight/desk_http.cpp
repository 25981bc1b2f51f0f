#include "oversight/desk_view.hpp"
#include "oversight/oversight.hpp"
#include "oversight/pages.hpp"

#include "procurement/procurement.hpp"

namespace adal::oversight {

namespace {

using storage::Snapshot;

constexpr int kShown = 12;

// Flagged works that nobody controls yet.
std::vector<procurement::FlaggedWork> targets(Snapshot& db)
{
    std::vector<procurement::FlaggedWork> out;
    for (auto& work : procurement::flagged_works(db, 3 * kShown)) {
        bool is_controlled = false;
        for (const auto& place : places_of_process(db, work.process.ocid)) is_controlled |= place.restricted || !list_controls(db, {.place = place.id, .limit = 1}).rows.empty();
        if (!is_controlled) out.push_back(std::move(work));
        if (out.size() == kShown) break;
    }
    return out;
}

Result<http::Reply> show_desk(Snapshot& db, const http::Request& request)
{
    const auto in_state = [&](ControlState state) { return list_controls(db, {.state = state, .limit = kShown}).rows; };
    DeskPage view{.drafts = in_state(ControlState::draft), .open = in_state(ControlState::open), .completed = in_state(ControlState::completed)};
    view.findings = count_by_state(db);
    view.visits_waiting = std::ssize(list_visits(db, {.waiting_for_review = true}).rows);
    view.targets = targets(db);
    return render(request, desk(request, view));
}

} // namespace

void add_desk_routes(http::Router& router)
{
    router.page("/desk", Permission::plan_controls, show_desk, {.doc = "coordinator's desk"});
}

} // namespace adal::oversight
