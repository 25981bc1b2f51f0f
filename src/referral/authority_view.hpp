// referral/authority_view.hpp: the page of one authority: how it answers and what came of it, its versions, who came
// after, what it answers for and how it is reached; for the office the forms that complete the data.
#pragma once

#include "http/page.hpp"
#include "referral/authority.hpp"
#include "referral/competence.hpp"
#include "referral/statistics_store.hpp"

#include <map>
#include <vector>

namespace adal::referral {

struct AuthorityPage {
    AuthorityId id{};
    std::vector<AuthorityVersion> versions{}; // oldest first, at least one
    std::vector<Succession> successions{};    // from this one
    std::vector<Competence> competences{};
    std::vector<Channel> channels{};
    AuthorityStatistics statistics{};
    std::map<AuthorityId, i18n::Texts> names{}; // of the others it is tied to
    std::vector<AuthorityVersion> choices{};    // in force today, for the forms
    LocalDate today{};
};
http::Page authority_page(const http::Request& request, const AuthorityPage& view);

// 1900-01-01 of the seed, "in force before the register was kept", is shown as "…".
http::Html validity(const http::Request& request, LocalDate from, const std::optional<LocalDate>& to);
// "12 of 40 (30%)", or a dash without a denominator.
http::Html share_of(const http::Request& request, std::int64_t part, std::int64_t whole);

} // namespace adal::referral
