// procurement/process_view.hpp: one contracting process: what happened, who offered what, where signs of risk are and
// what they rest on.
#pragma once

#include "procurement/label_view.hpp"
#include "procurement/screen.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace adal::procurement {

struct ProcessPage {
    Summary summary{};
    Process process{};                             // as stored
    std::vector<FlagAnswer> answers{};             // by code
    std::map<std::string, std::string> parties{};  // our ids, by identity_of()
    std::map<std::string, std::string> elsewhere{}; // ids of other processes that evidence points to, by OCID
    std::set<std::string> places{};                // JSON pointers that the release page has
    std::optional<Instant> screened_at{};
};
http::Page process_page(const http::Request& request, const ProcessPage& view);

// The compiled release as text, each value with its JSON pointer as the place to link to.
struct ReleasePage {
    Summary summary{};
    json::object release{};
};
http::Page release_page(const http::Request& request, const ReleasePage& view);
// Pointers of all values of a release, those the page shows.
std::set<std::string> release_places(const json::object& release);

} // namespace adal::procurement
