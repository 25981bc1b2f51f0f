// oversight/review_view.hpp: the reviewer's pages: the queue, one visit to judge, one finding to verify.
#pragma once

#include "http/page.hpp"
#include "oversight/finding.hpp"
#include "oversight/place.hpp"
#include "oversight/visit.hpp"

#include <string>
#include <vector>

namespace adal::oversight {

struct QueuedVisit {
    Visit visit{};
    i18n::Texts place{};
    bool is_own = false; // this reviewer was there and may not judge it
};
struct QueuedFinding {
    Finding finding{};
    i18n::Texts place{};
    bool is_own = false;
};
struct QueuePage {
    std::vector<QueuedVisit> visits{};
    std::vector<QueuedFinding> to_verify{}, to_seal{};
};
http::Page review_queue(const http::Request& request, const QueuePage& view);

struct VisitReviewPage {
    Visit visit{};
    Place place{};
    bool is_own = false;
};
http::Page visit_review(const http::Request& request, const VisitReviewPage& view);

struct VerificationPage {
    Finding finding{};
    Place place{};
    bool is_own = false;
};
http::Page verification_form(const http::Request& request, const VerificationPage& view);

} // namespace adal::oversight
