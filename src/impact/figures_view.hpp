// impact/figures_view.hpp: the public account: each figure with how it is known, opening to its records.
#pragma once

#include "http/page.hpp"
#include "impact/figures.hpp"

#include <map>
#include <string>
#include <vector>

namespace adal::impact {

http::Page figures_page(const http::Request& request, const Figures& figures, const std::vector<FrozenFigure>& frozen,
                        Instant as_of);
// links: record id → path of its page.
http::Page figure_page(const http::Request& request, const Figure& figure, const std::map<std::string, std::string>& links,
                       Instant as_of);
std::string value_text(const http::Request& request, const Figure& figure);

} // namespace adal::impact
