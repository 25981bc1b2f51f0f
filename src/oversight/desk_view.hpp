// oversight/desk_view.hpp: the coordinator's desk: what is running, what waits, where to go next.
#pragma once

#include "http/page.hpp"
#include "oversight/control.hpp"
#include "oversight/finding_store.hpp"
#include "procurement/procurement.hpp"

#include <map>
#include <vector>

namespace adal::oversight {

struct DeskPage {
    std::vector<Control> drafts{}, open{}, completed{};
    std::map<FindingState, std::int64_t> findings{};
    std::int64_t visits_waiting = 0;
    std::vector<procurement::FlaggedWork> targets{}; // without a place under control yet, best first
};
http::Page desk(const http::Request& request, const DeskPage& view);

} // namespace adal::oversight
