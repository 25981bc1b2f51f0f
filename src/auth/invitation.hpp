// auth/invitation.hpp: a one-time invitation that a coordinator hands over in person.
//
// 128 random bits, written as 26 Crockford characters (the alphabet of ULIDs); only the SHA-256 is stored
// (OWASP ASVS 5.0 §6.5.2: a plain hash is enough from 112 bits on). Valid for 72 hours, revocable. The same
// thing serves as a sign-in link for a person who already exists. Pure but for the random bytes.
#pragma once

#include "base/hash.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace adal::auth {

inline constexpr std::chrono::hours kInvitationLife{72};

std::string make_code(); // 26 characters, lower case
// What a person typed: either case, spaces and hyphens anywhere, O for 0, I and L for 1. Nothing when it
// cannot be a code.
std::optional<std::string> read_code(std::string_view typed);
std::string readable_code(std::string_view code); // "0ABCD-…" in upper case groups, for reading aloud
Hash code_hash(std::string_view code);

struct Invitation {
    InvitationId id{};
    PersonId person{};
    PersonId by{}; // unset: the console
    Instant made_at{};
    Instant expires_at{};
    std::optional<Instant> used_at{};
    std::optional<Instant> revoked_at{};
    bool is_reusable = false; // demonstration links only
};

// The same sentence for unknown codes, so that a guess learns nothing.
inline constexpr ProblemCode invitation_unknown{"auth.invitation_unknown", 404};
inline constexpr ProblemCode invitation_expired{"auth.invitation_expired", 410};
inline constexpr ProblemCode invitation_used{"auth.invitation_used", 410};
inline constexpr ProblemCode invitation_revoked{"auth.invitation_revoked", 410};

[[nodiscard]] Result<Done> may_be_used(const Invitation& invitation, Instant now);

} // namespace adal::auth
