// app/targets_view.hpp: flagged works with what is known of them on the ground, for a coordinator who plans a control.
#pragma once

#include "http/page.hpp"
#include "oversight/oversight.hpp"
#include "procurement/procurement.hpp"

#include <optional>
#include <string>
#include <vector>

namespace adal::app {

struct TargetRow {
    procurement::Target target{};
    std::optional<oversight::Place> place{};     // when the works are on the map already
    std::optional<oversight::Control> control{}; // the newest there
};
struct TargetsPage {
    procurement::TargetSearch search{};
    procurement::TargetPage found{};
    std::vector<TargetRow> rows{};
};
http::Page targets_page(const http::Request& request, const TargetsPage& view);

} // namespace adal::app
