#include "oversight/place.hpp"

#include "base/text.hpp"
#include "oversight/named.hpp"

namespace adal::oversight {
namespace {

constexpr std::array<Named<PlaceKind>, 10> kKinds{{{PlaceKind::road_section, "road_section"},
                                                   {PlaceKind::playground, "playground"},
                                                   {PlaceKind::sports_ground, "sports_ground"},
                                                   {PlaceKind::park, "park"},
                                                   {PlaceKind::public_space, "public_space"},
                                                   {PlaceKind::stop, "stop"},
                                                   {PlaceKind::station, "station"},
                                                   {PlaceKind::rail_section, "rail_section"},
                                                   {PlaceKind::building, "building"},
                                                   {PlaceKind::procurement_lot, "procurement_lot"}}};
constexpr std::array<Named<WorksStatus>, 4> kStatuses{{{WorksStatus::planned, "planned"},
                                                       {WorksStatus::in_progress, "in_progress"},
                                                       {WorksStatus::done, "done"},
                                                       {WorksStatus::cancelled, "cancelled"}}};

bool clean(std::string& text)
{
    auto cleaned = clean_text(text);
    if (!cleaned) return false;
    text = std::move(*cleaned);
    return true;
}

} // namespace

std::string_view name(PlaceKind kind)
{
    return name_in(kKinds, kind);
}

std::optional<PlaceKind> place_kind_from(std::string_view name)
{
    return value_in(kKinds, name);
}

std::string_view name(WorksStatus status)
{
    return name_in(kStatuses, status);
}

std::optional<WorksStatus> works_status_from(std::string_view name)
{
    return value_in(kStatuses, name);
}

Result<Place> checked(Place place)
{
    for (std::string* text : {&place.name.kk, &place.name.ru, &place.name.en, &place.address,
                              &place.works.title.kk, &place.works.title.ru, &place.works.title.en,
                              &place.contract.buyer, &place.contract.contractor})
        if (!clean(*text)) return fail(bad_field, {{"field", "name"}, {"reason", "not_utf8"}});
    if (place.name.kk.empty() && place.name.ru.empty() && place.name.en.empty())
        return fail(place_name_missing);
    if (place.works.start && place.works.end && *place.works.end < *place.works.start)
        return fail(place_dates_reversed);
    return place;
}

Result<Done> may_be_controlled(const Place& place)
{
    if (place.restricted)
        return fail(restricted_object, {{"place", place.name.in(i18n::Language::kk)}});
    return done();
}

bool under_warranty(const Place& place, LocalDate day)
{
    return place.contract.warranty_until && day <= *place.contract.warranty_until;
}

std::string search_text(const Place& place)
{
    std::string all;
    for (const std::string* text : {&place.name.kk, &place.name.ru, &place.name.en, &place.address,
                                    &place.contract.buyer, &place.contract.contractor, &place.contract.process})
        all += *text + " ";
    return adal::fold(all);
}

} // namespace adal::oversight
