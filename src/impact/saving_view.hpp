// impact/saving_view.hpp: pages of savings: list, one saving with its proof, the claim form.
#pragma once

#include "http/page.hpp"
#include "impact/saving.hpp"

#include <string>
#include <vector>

namespace adal::impact {

http::Page saving_list(const http::Request& request, const std::vector<Saving>& savings);
struct EvidenceRow {
    std::string sha256{}; // hex
    std::uint64_t size = 0;
};
http::Page saving_page(const http::Request& request, const Saving& saving, const std::vector<EvidenceRow>& evidence);
http::Page claim_form(const http::Request& request, FindingId finding);
http::Html state_badge(const http::Request& request, SavingState state);

} // namespace adal::impact
