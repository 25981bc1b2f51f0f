#include "oversight/verification.hpp"

#include "oversight/named.hpp"

namespace adal::oversight {
namespace {

constexpr std::array<Named<VerificationBasis>, 2> kBases{{{VerificationBasis::revisit, "revisit"}, {VerificationBasis::desk, "desk"}}};
constexpr std::array<Named<VerificationResult>, 3> kResults{{{VerificationResult::confirm, "confirm"},
                                                             {VerificationResult::refute, "refute"},
                                                             {VerificationResult::unsure, "unsure"}}};

} // namespace

std::string_view name(VerificationBasis basis)
{
    return name_in(kBases, basis);
}

std::optional<VerificationBasis> verification_basis_from(std::string_view name)
{
    return value_in(kBases, name);
}

std::string_view name(VerificationResult result)
{
    return name_in(kResults, result);
}

std::optional<VerificationResult> verification_result_from(std::string_view name)
{
    return value_in(kResults, name);
}

} // namespace adal::oversight
