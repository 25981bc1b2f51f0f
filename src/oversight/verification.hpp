// oversight/verification.hpp: a second person's word on a finding: confirmed, refuted, or not sure.
#pragma once

#include "base/id.hpp"
#include "base/time.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::oversight {

enum class VerificationBasis { revisit, desk };
inline constexpr std::array<VerificationBasis, 2> all_verification_bases{VerificationBasis::revisit,
                                                                         VerificationBasis::desk};
std::string_view name(VerificationBasis basis); // "oversight.verification_basis." + name
std::optional<VerificationBasis> verification_basis_from(std::string_view name);

enum class VerificationResult { confirm, refute, unsure };
inline constexpr std::array<VerificationResult, 3> all_verification_results{
    VerificationResult::confirm, VerificationResult::refute, VerificationResult::unsure};
std::string_view name(VerificationResult result); // "oversight.verification_result." + name
std::optional<VerificationResult> verification_result_from(std::string_view name);

struct Verification {
    VerificationId id{};
    FindingId finding{};
    PersonId verifier{};
    VerificationBasis basis = VerificationBasis::desk;
    VerificationResult result = VerificationResult::unsure;
    std::string text{};            // what it rests on; must not be empty
    std::vector<FileId> photos{};  // of the revisit
    Instant at{};
};

} // namespace adal::oversight
