#include "oversight/fix.hpp"

#include "oversight/named.hpp"

#include <algorithm>
#include <cmath>

namespace adal::oversight {
namespace {

constexpr std::array<Named<Claimant>, 3> kClaimants{{{Claimant::authority, "authority"}, {Claimant::contractor, "contractor"}, {Claimant::citizen, "citizen"}}};
constexpr std::array<Named<FixState>, 3> kFixStates{{{FixState::claimed, "claimed"}, {FixState::passed, "passed"}, {FixState::failed, "failed"}}};

} // namespace

std::string_view name(Claimant claimant)
{
    return name_in(kClaimants, claimant);
}

std::optional<Claimant> claimant_from(std::string_view name)
{
    return value_in(kClaimants, name);
}

std::string_view name(FixState state)
{
    return name_in(kFixStates, state);
}

std::optional<FixState> fix_state_from(std::string_view name)
{
    return value_in(kFixStates, name);
}

Result<FixCheck> checked(FixCheck check, const FixClaim& claim, const std::vector<PersonId>& authors, const Place& place)
{
    if (claim.state != FixState::claimed) return fail(fix_already_checked);
    if (check.checker == claim.claimed_by) return fail(fix_checker_is_claimant);
    if (std::find(authors.begin(), authors.end(), check.checker) != authors.end()) return fail(fix_checker_is_author);
    const bool has_photo = std::any_of(check.photos.begin(), check.photos.end(), [](const Photo& photo) {
        return photo.role == PhotoRole::after && photo.file.is_set();
    });
    if (!has_photo) return fail(fix_photo_missing);
    if (!check.position) return fail(fix_position_missing);
    if (!is_on_earth(*check.position)) return fail(visit_bad_position);

    if (place.geometry) check.distance_m = distance_m(*place.geometry, check.position->at);
    if (check.is_fixed && check.distance_m && *check.distance_m > kFixCheckDistance)
        return fail(fix_too_far, {{"distance", std::to_string(std::llround(*check.distance_m))},
                                  {"limit", std::to_string(std::llround(kFixCheckDistance))}});
    return check;
}

} // namespace adal::oversight
