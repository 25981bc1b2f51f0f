// referral/paper_view.hpp: a paper as HTML that prints like the PDF.
#pragma once

#include "http/html.hpp"
#include "referral/paper.hpp"

namespace adal::referral {

http::Html paper_html(const Paper& paper);

} // namespace adal::referral
