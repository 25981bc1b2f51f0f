// Operations on places of oversight.hpp.
#include "oversight/oversight.hpp"

namespace adal::oversight {

namespace {

void fill_district(storage::Snapshot& snapshot, Place& place)
{
    if (!place.geometry) return;
    const auto districts = list_districts(snapshot);
    const auto* district = district_of(districts, representative_point(*place.geometry));
    place.district = district ? district->id : DistrictId{};
}

} // namespace

Result<Place> add_place(storage::Transaction& tx, Place place, PersonId, Instant now)
{
    auto clean = checked(std::move(place));
    if (!clean) return pass(clean);
    clean->id = PlaceId::make(now);
    clean->version = 1;
    if (clean->source.empty()) clean->source = "hand";
    if (clean->source_id.empty()) clean->source_id = clean->id.str();
    fill_district(tx, *clean);
    add(tx, *clean);
    return *clean;
}

Result<Place> change_place(storage::Transaction& tx, Place place, PersonId, Instant)
{
    auto clean = checked(std::move(place));
    if (!clean) return pass(clean);
    fill_district(tx, *clean);
    clean->version += 1;
    if (const auto saved = save(tx, *clean); !saved) return pass(saved);
    return *clean;
}

} // namespace adal::oversight
