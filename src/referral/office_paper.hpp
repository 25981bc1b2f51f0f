// referral/office_paper.hpp: papers that stand around a final document: the cover letter it goes with, and the register of
// what came back. The same template makes page and PDF, in any of the three languages (paper.hpp).
//
// The open copy of the register has the class of each reply, never its words: they are letters of an office that did not
// write them for the public. Pure.
#pragma once

#include "referral/paper.hpp"
#include "referral/recommendation.hpp"

#include <map>
#include <string_view>
#include <vector>

namespace adal::referral {

struct OfficePaperSource {
    const Document& document;
    const std::vector<Dispatch>& dispatches;
    const std::vector<AuthorityVersion>& authorities; // addressees, those of the dispatches first
    const std::map<RecommendationId, std::vector<Reply>>& replies;
    std::string_view origin; // "https://…", may be empty: then no QR code
};

Paper cover_letter(const OfficePaperSource& source, const Dispatch& dispatch, i18n::Language language);
// As of `today`: what is overdue depends on it.
Paper reply_register(const OfficePaperSource& source, i18n::Language language, Copy copy, LocalDate today);

} // namespace adal::referral
