// procurement/search.hpp: what somebody looks for among the processes, as a value that fits an address.
//
// ?q=words&district=…&works=any&flag=R018&sum=10m&after=… : every part may be left out; what is too long is cut, what is
// not known finds nothing and stays visible to its reader, who can take it away. Pure, thread-safe.
#pragma once

#include "procurement/facet.hpp"

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace adal::procurement {

struct Search {
    std::string words{};
    std::array<std::string, kFacets> chosen{}; // by Facet, "" = not filtered
    std::string after{}; // key of the last row of the page before
    int most = 25;

    [[nodiscard]] const std::string& value(Facet facet) const { return chosen[static_cast<std::size_t>(facet)]; }
    std::string& value(Facet facet) { return chosen[static_cast<std::size_t>(facet)]; }
    [[nodiscard]] bool is_everything() const;
    // Without `after`: a link goes to the first page.
    [[nodiscard]] Search with(Facet facet, std::string_view value) const;
    // What an address carries: {"q", "works", …} without the empty parts.
    [[nodiscard]] std::map<std::string, std::string> query() const;
};

Search search_from(const std::map<std::string, std::string>& query);

struct FacetCount {
    std::string value{};
    std::string label{}; // of a party: its name; else empty and label_of() says it
    std::int64_t count = 0;
};
// Of each facet the values that would still find something, the most frequent first; a chosen one is among them.
using FacetCounts = std::array<std::vector<FacetCount>, kFacets>;
struct Found {
    std::int64_t total = 0;
    FacetCounts counts{};
    [[nodiscard]] const std::vector<FacetCount>& of(Facet facet) const { return counts[static_cast<std::size_t>(facet)]; }
    std::vector<FacetCount>& of(Facet facet) { return counts[static_cast<std::size_t>(facet)]; }
};

} // namespace adal::procurement
