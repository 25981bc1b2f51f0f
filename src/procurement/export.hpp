// procurement/export.hpp: processes as open data: CSV (RFC 4180), JSON. Individuals have no name and no number.
// Pure, thread-safe.
#pragma once

#include "base/json.hpp"
#include "procurement/facet.hpp"
#include "procurement/process.hpp"
#include "procurement/procurement.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace adal::procurement {

struct ExportRow {
    Summary summary{};
    FacetValues values{};
    std::vector<std::string> flags{}; // codes of failed ones
};

// The head of the CSV; columns in docs/formats/ocds.md.
std::string csv_head();
// Ends with CR LF. A cell that a spreadsheet would take for a formula begins with an apostrophe.
std::string csv_line(const ExportRow& row);
json::object json_of(const ExportRow& row);

} // namespace adal::procurement
