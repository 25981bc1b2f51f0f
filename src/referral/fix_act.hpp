// referral/fix_act.hpp: the act of a check on the spot: what was found, what was said to be mended, what somebody else saw.
//
// With the checker's name: for the office and the authority, not for the public. Pure.
#pragma once

#include "oversight/oversight.hpp"
#include "referral/paper.hpp"

#include <string>
#include <string_view>

namespace adal::referral {

struct FixActSource {
    const Document& document;
    const Fact& fact;
    const oversight::FixClaim& claim;
    const oversight::FixCheck& check;
    std::string checker{};      // full name
    std::string_view origin{};  // "https://…", may be empty: then no QR code
};
Paper fix_act(const FixActSource& source, i18n::Language language);

} // namespace adal::referral
