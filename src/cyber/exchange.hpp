// cyber/exchange.hpp: verified resources for threat-intelligence programs: STIX 2.1 indicators for TAXII 2.1 (OASIS, read-only:
// discovery, one API root, one collection, objects and manifest with added_after, limit and next), and a MISP feed
// (manifest.json, one event, hashes.csv; misp-project.org/feeds). Pure; thread-safe.
#pragma once

#include "base/json.hpp"
#include "cyber/resource.hpp"
#include "cyber/stix.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::cyber {

inline constexpr std::string_view kTaxiiType = "application/taxii+json;version=2.1";

json::object stix_indicator(const Resource& resource); // the JSON of append_indicator

std::string collection_id();
json::object taxii_discovery(std::string_view origin);
json::object taxii_api_root();
json::object taxii_collection();

// What was added after that moment, oldest first; at most `limit`. `next` is where the page before ended.
struct TaxiiQuery {
    std::optional<Instant> added_after{};
    std::size_t limit = 1000;
    std::size_t next = 0;
};
json::object taxii_objects(const std::vector<Resource>& resources, const TaxiiQuery& query);
json::object taxii_manifest(const std::vector<Resource>& resources, const TaxiiQuery& query);

struct MispFeed {
    std::string uuid{}; // of the event, and the name of its file
    std::string manifest{}, event{}, hashes{};
};
MispFeed misp_feed(const std::vector<Resource>& resources);

} // namespace adal::cyber
