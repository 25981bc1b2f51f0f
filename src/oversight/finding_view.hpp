// oversight/finding_view.hpp: the pages of findings: public list and one finding with its evidence, its
// history and its seal.
#pragma once

#include "http/page.hpp"
#include "oversight/control.hpp"
#include "oversight/erasure.hpp"
#include "oversight/event.hpp"
#include "oversight/finding.hpp"
#include "oversight/finding_store.hpp"
#include "oversight/place.hpp"

#include <optional>
#include <string>
#include <vector>

namespace adal::oversight {

struct FindingListRow {
    Finding finding{};
    i18n::Texts place{};
};
struct FindingListPage {
    std::vector<FindingListRow> rows{};
    std::string search{}, next{};
    std::int64_t total = 0;
};
http::Page finding_list(const http::Request& request, const FindingListPage& view);

// What the public log holds of a finding.
struct SealView {
    std::int64_t leaf = 0;
    std::string leaf_hash{};  // base64
    std::int64_t at_ms = 0;
    bool is_published = false; // covered by a signed checkpoint
};

struct FindingPage {
    Finding finding{};
    Place place{};
    std::string district{};
    std::optional<Control> control{};
    std::vector<Event> events{};
    std::vector<Verification> verifications{};
    std::vector<FixClaim> fixes{};
    std::vector<FileId> after_photos{}; // of passed or failed checks, stripped
    std::vector<Erasure> erased{};      // photos that went by law; they are in no list above
    std::optional<SealView> seal{}, publication{};
    std::string process_link{}; // page of the purchase the ground was raised on; "" when it is not known here
    std::optional<Instant> screened_at{}; // when its flags were computed last
    bool for_office = false; // everything, with actions; otherwise only what is published
};
http::Page finding_page(const http::Request& request, const FindingPage& view);

} // namespace adal::oversight
