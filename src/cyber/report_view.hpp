// cyber/report_view.hpp: the public pages: what was done with reports, the form, what became of one report.
#pragma once

#include "cyber/cyber.hpp"
#include "http/page.hpp"

#include <string>
#include <vector>

namespace adal::cyber {

// Numbers only; from 1 to 4 they are "fewer than 5".
http::Page account_page(const http::Request& request, const Funnel& funnel);
http::Page report_form(const http::Request& request, std::string_view text);
http::Page reported_page(const http::Request& request, const std::vector<ReportedLink>& links);
http::Page appeal_form(const http::Request& request);
http::Page appealed_page(const http::Request& request);
http::Page check_page(const http::Request& request);

} // namespace adal::cyber
