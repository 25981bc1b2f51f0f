// referral/joint.hpp: a control held together with a law-enforcement body. Public control does not extend to
// special-regime objects (law No. 30-VIII art. 1(4)); a body may invite us all the same, and then the work is its
// own, done together. So: an invitation, one protocol that both sides agree to, and compartments that do not mix.
//
//   shared   the protocol: an entry is in force when somebody else of us and a post of theirs agreed; sealed then
//   ours     what we noted for ourselves; not shown to them
//   theirs   what they gave us in confidence: read by lawyers only, never in a final document, the log or in public
//
// Pure and thread-safe.
#pragma once

#include "base/id.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "referral/authority.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace adal::referral {

using JointEntryId = Id<struct JointEntryTag>;

enum class Compartment { shared, ours, theirs };
inline constexpr std::array all_compartments{Compartment::shared, Compartment::ours, Compartment::theirs};
std::string_view name(Compartment compartment);
std::optional<Compartment> compartment_from(std::string_view name);

struct JointControl {
    ControlId control{};
    AuthorityId authority{};
    AuthorityVersionId authority_version{};
    std::string number{};    // of the invitation
    LocalDate invited_on{};
    std::string text{};      // what it is about
    PersonId recorded_by{};
    Instant recorded_at{};
};

struct JointEntry {
    JointEntryId id{};
    ControlId control{};
    Compartment compartment = Compartment::shared;
    std::string text{};
    PersonId written_by{};
    Instant written_at{};
    PersonId agreed_by{};               // of us; never who wrote it
    std::optional<Instant> agreed_at{};
    std::string their_post{};           // who agreed for them: the post, never a name
    std::optional<std::int64_t> leaf{};

    [[nodiscard]] bool is_in_force() const { return agreed_at.has_value(); }
};

inline constexpr ProblemCode joint_already{"joint.already", 409};
inline constexpr ProblemCode joint_number_missing{"joint.number_missing", 422};
inline constexpr ProblemCode joint_in_future{"joint.in_future", 422};
inline constexpr ProblemCode joint_text_missing{"joint.text_missing", 422};
inline constexpr ProblemCode joint_not_shared{"joint.not_shared", 409};
inline constexpr ProblemCode joint_agreed_already{"joint.agreed_already", 409};
inline constexpr ProblemCode joint_own_entry{"joint.own_entry", 403};
inline constexpr ProblemCode joint_post_missing{"joint.post_missing", 422};

[[nodiscard]] Result<JointControl> checked(JointControl joint, LocalDate today);
[[nodiscard]] Result<JointEntry> checked(JointEntry entry);
[[nodiscard]] Result<JointEntry> agree(JointEntry entry, PersonId who, std::string_view their_post, Instant now);
// A lawyer may read everything; others not what was given in confidence.
bool may_read(Compartment compartment, bool is_lawyer);

} // namespace adal::referral
