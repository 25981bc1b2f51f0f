#include "app/home_view.hpp"
#include "app/routes.hpp"

#include "ledger/ledger.hpp"
#include "oversight/label_view.hpp"
#include "oversight/oversight.hpp"

#include <algorithm>

namespace adal::app {

namespace {

using http::Reply;
using http::Request;
using storage::Snapshot;

constexpr int kNewest = 6, kDotZoom = 13;

std::vector<MapDot> dots(Snapshot& db, const std::vector<oversight::District>& districts)
{
    std::vector<MapDot> out;
    if (districts.empty()) return out;
    auto box = oversight::box_of(districts.front().outline);
    for (const auto& district : districts) {
        const auto other = oversight::box_of(district.outline);
        box = {std::min(box.west, other.west), std::min(box.south, other.south), std::max(box.east, other.east), std::max(box.north, other.north)};
    }
    for (const auto& entry : oversight::map_entries(db, box, kDotZoom, {}, 300)) out.push_back({entry.at, entry.published > 0});
    return out;
}

std::vector<NewestFinding> newest(Snapshot& db, const Request& request)
{
    auto findings = oversight::list_findings(db, {.only_published = true, .limit = kNewest}).rows;
    std::vector<PlaceId> ids;
    for (const auto& finding : findings) ids.push_back(finding.place);
    const auto places = oversight::find_places(db, ids);
    std::vector<NewestFinding> out;
    for (const auto& finding : findings) {
        const auto place = std::ranges::find(places, finding.place, &oversight::Place::id);
        out.push_back({.link = request.link("/findings/" + finding.id.str()), .title = oversight::title_of(request, finding),
                       .place = place == places.end() ? std::string{} : place->name.in(request.language), .state = finding.state, .at = finding.created_at});
    }
    return out;
}

Result<Reply> show_home(Snapshot& db, const Request& request)
{
    const auto districts = oversight::list_districts(db);
    HomePage view{.dots = dots(db, districts), .funnel = oversight::funnel(db), .figures = impact::recompute(db, request.at),
                  .newest = newest(db, request), .log_size = ledger::size(db), .as_of = request.at};
    for (const auto& district : districts) {
        const auto count = oversight::count_places(db, {.district = district.id});
        view.districts.push_back({&district, request.link("/places?district=" + district.code),
                                  district.name.in(request.language) + ": " + i18n::count(request.language, "app.places_in_district", count)});
    }
    return render(request, home(request, view));
}

} // namespace

void add_home_routes(http::Router& router, House& house)
{
    router.page("/", Permission::anyone, show_home, {.doc = "public home: figures, map, funnel, newest findings"});
    router.page("/verify", Permission::anyone,
                [vkey = house.keys.log.vkey()](Snapshot& db, const Request& request) -> Result<Reply> {
                    return render(request, how_to_verify(request, {.vkey = vkey.text(), .origin = vkey.name, .log_size = ledger::size(db)}));
                },
                {.doc = "how anybody can check the log"});
    router.get("/health", Permission::anyone,
               [](Snapshot& db, const Request&) -> Result<Reply> {
                   ledger::size(db); // the database answers
                   return http::json_reply(json::object{{"status", "ok"}});
               },
               {.doc = "200 when the server and its database answer"});
}

} // namespace adal::app
