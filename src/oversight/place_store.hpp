// oversight/place_store.hpp: places in the database, their search and their map.
#pragma once

#include "oversight/page_key.hpp"
#include "oversight/place.hpp"
#include "storage/storage.hpp"

#include <optional>
#include <string>
#include <vector>

namespace adal::oversight {

void add(storage::Transaction& tx, const Place& place);
// Changes the row whose version is place.version - 1; stale_form otherwise.
Result<Done> save(storage::Transaction& tx, const Place& place);
// What it was called before, oldest first: sealed findings commit to the name of their day.
struct FormerName {
    PlaceKind kind = PlaceKind::road_section;
    std::string name_kk{};
};
std::vector<FormerName> former_names_of(storage::Snapshot& snapshot, PlaceId id);
std::optional<Place> find_place(storage::Snapshot& snapshot, PlaceId id);
// The place of a finding, together with the next statement.
void find_place_later(storage::Snapshot& snapshot, FindingId finding, std::optional<Place>& place);
std::optional<Place> find_place(storage::Snapshot& snapshot, std::string_view source, std::string_view source_id);
std::vector<Place> find_places(storage::Snapshot& snapshot, const std::vector<PlaceId>& ids);
// Places whose contract is this process (ocid).
std::vector<Place> places_of_process(storage::Snapshot& snapshot, std::string_view process);

struct PlaceFilter {
    std::string text{}; // as typed; folded here, either keyboard
    std::optional<PlaceKind> kind{};
    DistrictId district{};
    std::optional<WorksStatus> works{};
    std::string after{};
    int limit = kPageSize;
};

// A row of a list: the place without its geometry, and how many findings it has.
struct PlaceRow {
    Place place{};
    std::int64_t findings = 0;      // not duplicate, not invalid
    std::int64_t open_findings = 0; // of these, not in an end state
    std::int64_t published = 0;     // with a public page
};
PageOf<PlaceRow> list_places(storage::Snapshot& snapshot, const PlaceFilter& filter); // in Kazakh order
std::int64_t count_places(storage::Snapshot& snapshot, const PlaceFilter& filter);

// What the map shows: one entry per cell of a grid that depends on the zoom (64 px of a 256 px tile). An entry
// with count 1 names its place. Restricted places are never on the map.
struct MapEntry {
    Point at{};              // mean of the places in the cell
    std::int64_t count = 0;
    std::int64_t published = 0; // places with a published finding among them
    PlaceId place{};         // when count is 1
    i18n::Texts name{};
    std::optional<PlaceKind> kind{};
};
// At most `limit` entries; zoom 0…20.
std::vector<MapEntry> map_entries(storage::Snapshot& snapshot, const Box& box, int zoom,
                                  const PlaceFilter& filter, int limit = 2000);

} // namespace adal::oversight
