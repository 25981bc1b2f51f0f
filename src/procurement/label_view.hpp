// procurement/label_view.hpp: sums, days, names and badges as every page of the room writes them.
#pragma once

#include "http/page.hpp"
#include "procurement/facet.hpp"
#include "procurement/procurement.hpp"
#include "procurement/search.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace adal::procurement {

http::Html sum_text(const http::Request& request, const std::optional<CurrencyAmount>& amount);
http::Html tenge_text(const http::Request& request, std::int64_t hundredths);
http::Html day_text(const http::Request& request, Instant instant);
http::Html number_text(const http::Request& request, std::int64_t n);

// "Risk signs: 3 of 12 checks that apply".
http::Html score_badge(const http::Request& request, int failed, int applicable);

// "an individual" where the mark stands; else the name. With `id`, a link to the page of the role.
http::Html party_text(const http::Request& request, std::string_view party_id, std::string_view name);
enum class Side { buyer, supplier };
http::Html party_link(const http::Request& request, Side side, std::string_view id, std::string_view name);

// A process in a list.
http::Html process_card(const http::Request& request, const Summary& row);

// "/kk/procurement?works=any"; a path of the API stays as it is.
std::string search_link(const http::Request& request, const Search& search, std::string_view path = "/procurement");
std::string api_link(const Search& search, std::string_view path);

} // namespace adal::procurement
