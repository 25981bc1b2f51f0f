// referral/step_view.hpp: steps after the sending on the page of a document.
#pragma once

#include "referral/document_view.hpp"

namespace adal::referral {

// What happened to the recommendation, each with its clock, its end and the form that ends it.
http::Html step_rows_of(const http::Request& request, const DocumentPage& view, const Recommendation& recommendation);
// One closed form for each step that may be made now.
http::Html step_forms(const http::Request& request, const DocumentPage& view, const Recommendation& recommendation);
// For everybody: what was done, when, to whom, how it ended; no words of letters.
http::Html public_steps(const http::Request& request, const DocumentPage& view);
// Old and new day of a deadline, why, and the entry of the log that says so.
http::Html former_line(const http::Request& request, const FormerDeadline& old);

} // namespace adal::referral
