// procurement/party_view.hpp: pages of buyers and suppliers, and the search of them.
#pragma once

#include "procurement/label_view.hpp"
#include "procurement/party_store.hpp"

#include <vector>

namespace adal::procurement {

struct PartiesPage {
    PartySearch search{};
    PartyPage list{};
};
http::Page parties_page(const http::Request& request, const PartiesPage& view);

struct PartyProfile {
    PartyRow party{};
    PartySide side = PartySide::buyer;
    std::vector<PartySlice> years{}, methods{}, flags{};
    std::vector<PartyNeighbour> partners{};   // suppliers of a buyer, buyers of a supplier
    std::vector<PartyNeighbour> co_bidders{}; // of a supplier
    std::vector<PartyTie> ties{};             // between those that are drawn
    std::int64_t lost = 0;                    // bids without a win
    std::vector<Summary> latest{};            // most signs first
};
http::Page party_page(const http::Request& request, const PartyProfile& view);

} // namespace adal::procurement
