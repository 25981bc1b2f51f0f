// cyber/exchange.hpp: verified resources for threat-intelligence programs: STIX 2.1 indicators by TAXII 2.1 (OASIS, read-only:
// discovery, one API root, one collection, objects and manifest with added_after, limit and next), and a MISP feed
// (manifest.json, one event, hashes.csv; misp-project.org/feeds). Pages and feeds are JSON text. Pure; thread-safe.
#pragma once

#include "base/json.hpp"
#include "cyber/resource.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::cyber {

inline constexpr std::string_view kTaxiiType = "application/taxii+json;version=2.1";

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
struct TaxiiPage {
    std::string text{};
    std::optional<Instant> first{}, last{}; // when what is on it was added (X-TAXII-Date-Added-First, -Last); unset: nothing is
};
TaxiiPage taxii_objects(const std::vector<Resource>& resources, const TaxiiQuery& query);
TaxiiPage taxii_manifest(const std::vector<Resource>& resources, const TaxiiQuery& query);

// `site`: the public address. The event and its organisation have ids by it, as MISP takes two events of one id for one.
std::string misp_event_id(std::string_view site); // and the name of its file
std::string misp_manifest(const std::vector<Resource>& resources, std::string_view site);
std::string misp_event(const std::vector<Resource>& resources, std::string_view site);
std::string misp_hashes(const std::vector<Resource>& resources, std::string_view site); // MD5 of each value, the event

} // namespace adal::cyber
