// procurement/procurement_view.hpp: the pages of the room, as functions from values to HTML.
#pragma once

#include "http/page.hpp"
#include "procurement/procurement_store.hpp"

#include <vector>

namespace adal::procurement {

http::Html list_view(const http::Request& request, const Totals& totals, const Question& question,
                     const ListPage& page);
http::Html process_view(const http::Request& request, const Summary& summary,
                        const Process& process, const std::vector<FlagAnswer>& answers);

} // namespace adal::procurement
