// oversight/place.hpp: a thing under public oversight: a road section, a playground, a procurement lot. Says
// where it is, what works were done, who was paid and until when the warranty runs.
#pragma once

#include "base/id.hpp"
#include "base/money.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "i18n/i18n.hpp"
#include "oversight/geometry.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace adal::oversight {

enum class PlaceKind {
    road_section, playground, sports_ground, park, public_space, stop, station, rail_section, building,
    procurement_lot
};
inline constexpr std::array<PlaceKind, 10> all_place_kinds{
    PlaceKind::road_section, PlaceKind::playground, PlaceKind::sports_ground, PlaceKind::park,
    PlaceKind::public_space, PlaceKind::stop, PlaceKind::station, PlaceKind::rail_section,
    PlaceKind::building, PlaceKind::procurement_lot};
std::string_view name(PlaceKind kind); // label: i18n key "oversight.place_kind." + name
std::optional<PlaceKind> place_kind_from(std::string_view name);

enum class WorksStatus { planned, in_progress, done, cancelled };
inline constexpr std::array<WorksStatus, 4> all_works_statuses{
    WorksStatus::planned, WorksStatus::in_progress, WorksStatus::done, WorksStatus::cancelled};
std::string_view name(WorksStatus status); // "oversight.works_status." + name
std::optional<WorksStatus> works_status_from(std::string_view name);

struct Works {
    i18n::Texts title{};
    std::optional<WorksStatus> status{};
    std::optional<LocalDate> start{}, end{};
};

// The contract behind the works. `process` is the procurement room's public identity (ocid or lot number).
struct ContractLink {
    std::string process{};
    std::string buyer{}, contractor{};
    std::optional<Money> sum{};
    std::optional<LocalDate> act_date{};       // acceptance act
    std::optional<LocalDate> warranty_until{}; // last day
};

struct Place {
    PlaceId id{};
    PlaceKind kind = PlaceKind::public_space;
    i18n::Texts name{};
    std::string address{};
    DistrictId district{};             // unset: outside every known district
    std::optional<Geometry> geometry{}; // absent: the source gives none; then not on the map
    Works works{};
    ContractLink contract{};
    std::string source{}, source_id{}; // unique together
    // Special-regime object: public control does not extend to it (law "On public control" of 2 Oct 2023
    // No. 30-VIII, art. 1(4)).
    bool restricted = false;
    std::int64_t version = 1;
};

inline constexpr ProblemCode restricted_object{"oversight.restricted_object", 409}; // params: place
inline constexpr ProblemCode place_name_missing{"oversight.place_name_missing", 422};
inline constexpr ProblemCode place_dates_reversed{"oversight.place_dates_reversed", 422};

// Cleans the texts; a place has a name in at least one language and its works do not end before they start.
Result<Place> checked(Place place);
Result<Done> may_be_controlled(const Place& place);
[[nodiscard]] bool under_warranty(const Place& place, LocalDate day);
// Folded words of names, address, buyer, contractor and process: what search looks into.
[[nodiscard]] std::string search_text(const Place& place);

} // namespace adal::oversight
