// oversight/fix.hpp: somebody says a defect is mended, and somebody else goes and looks. A claimed fix is not
// a fix.
#pragma once

#include "base/hash.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "oversight/visit.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::oversight {

enum class Claimant { authority, contractor, citizen };
inline constexpr std::array<Claimant, 3> all_claimants{Claimant::authority, Claimant::contractor,
                                                       Claimant::citizen};
std::string_view name(Claimant claimant); // "oversight.claimant." + name
std::optional<Claimant> claimant_from(std::string_view name);

enum class FixState { claimed, passed, failed };
std::string_view name(FixState state); // "oversight.fix_state." + name
std::optional<FixState> fix_state_from(std::string_view name);

struct FixClaim {
    FixId id{};
    FindingId finding{};
    Claimant claimant = Claimant::authority;
    PersonId claimed_by{};  // who entered the claim; never its checker
    std::string text{};     // what is said to be done
    Instant at{};
    FixState state = FixState::claimed;
};

// Looking on the spot.
struct FixCheck {
    FixId claim{};
    PersonId checker{};
    bool is_fixed = false;
    std::optional<Fix> position{};
    std::vector<Photo> photos{}; // role after; the bytes must be there
    std::string text{};
    Instant at{};
    std::optional<double> distance_m{};
};

inline constexpr double kFixCheckDistance = 50.0; // metres, field.md §2.3

inline constexpr ProblemCode fix_checker_is_claimant{"oversight.fix_checker_is_claimant", 403};
inline constexpr ProblemCode fix_checker_is_author{"oversight.fix_checker_is_author", 403};
inline constexpr ProblemCode fix_photo_missing{"oversight.fix_photo_missing", 422};
inline constexpr ProblemCode fix_position_missing{"oversight.fix_position_missing", 422};
inline constexpr ProblemCode fix_too_far{"oversight.fix_too_far", 422}; // params: distance, limit
inline constexpr ProblemCode fix_already_checked{"oversight.fix_already_checked", 409};

// Fills the distance. A passed check needs an after-photo and a position at most 50 m from the place (the
// accuracy of the fix is not added: go nearer). A place without geometry cannot be measured: then the photo
// and a position are enough. A failed check needs a photo too (the pair goes back to the authority).
Result<FixCheck> checked(FixCheck check, const FixClaim& claim, const std::vector<PersonId>& authors,
                         const Place& place);

} // namespace adal::oversight
