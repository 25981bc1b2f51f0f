// Where procurement and oversight meet: which flagged works nobody has looked at yet.
#include "app/routes.hpp"
#include "app/targets_view.hpp"

namespace adal::app {

namespace {

constexpr std::size_t kLongestChoice = 200; // bytes

TargetRow row_of(storage::Snapshot& db, procurement::Target target)
{
    TargetRow row{.target = std::move(target)};
    for (auto& place : oversight::places_of_process(db, row.target.work.process.ocid)) {
        if (auto controls = oversight::list_controls(db, {.place = place.id, .limit = 1}).rows; !controls.empty()) row.control = std::move(controls.front());
        row.place = std::move(place);
        if (row.control) break;
    }
    return row;
}

Result<http::Reply> show_targets(storage::Snapshot& db, const http::Request& request)
{
    const auto part = [&](std::string_view key) { return std::string{request.query_value(key).substr(0, kLongestChoice)}; };
    TargetsPage view{.search = {.kind = part("works"), .district = part("district"), .after = part("after")}};
    view.found = procurement::targets(db, view.search);
    for (auto& target : view.found.rows) view.rows.push_back(row_of(db, std::move(target)));
    return http::render(request, targets_page(request, view));
}

} // namespace

void add_target_routes(http::Router& router)
{
    router.page("/procurement/targets", Permission::plan_controls, show_targets, {.doc = "Flagged works to open a control on, with place, works end, warranty and reasons"});
}

} // namespace adal::app
