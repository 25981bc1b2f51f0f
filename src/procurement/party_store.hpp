// procurement/party_store.hpp: one buyer or supplier: what it bought or sold, from and to whom, and beside whom it bid.
// Individuals are counted as parties of purchases and never named.
#pragma once

#include "procurement/party.hpp"
#include "procurement/procurement_store.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::procurement {

struct PartyRow {
    std::string id{}, name{}, identity{}, locality{};
    std::int64_t bought = 0, sold = 0, offered = 0;
};

// One row of a breakdown: year, method or flag.
struct PartySlice {
    std::string value{};
    std::int64_t count = 0, failed = 0; // processes; of them with a failed flag
    std::int64_t tenge = 0;             // hundredths; other currencies are not added
};

struct PartyNeighbour {
    std::string id{}, name{};
    std::int64_t count = 0; // purchases together
    std::int64_t won = 0;   // of them the neighbour won
    std::int64_t tenge = 0; // hundredths
};
struct PartyTie {
    std::size_t from = 0, to = 0; // positions in the list of neighbours
    std::int64_t count = 0;
};

enum class PartySide { buyer, supplier };

struct PartySearch {
    std::string words{};
    std::string after{};
    int most = 30;
};
struct PartyPage {
    std::vector<PartyRow> rows{};
    std::string next{};
};

class PartyStore
{
public:
    explicit PartyStore(storage::Snapshot& snapshot) : m_snapshot(snapshot) {}

    std::optional<PartyRow> find(PartyId id); // nothing for an individual
    PartyPage list(const PartySearch& search); // busiest first
    // Our id of every party of a process, by identity_of().
    std::map<std::string, std::string> ids_of(ProcessId id);

    std::vector<PartySlice> by_year(PartyId id, PartySide side);   // newest first
    std::vector<PartySlice> by_method(PartyId id, PartySide side); // most first
    std::vector<PartySlice> by_flag(PartyId id, PartySide side);
    std::int64_t bids_without_win(PartyId id);
    // Suppliers of a buyer, buyers of a supplier.
    std::vector<PartyNeighbour> partners(PartyId id, PartySide side, int most);
    std::vector<PartyNeighbour> co_bidders(PartyId id, int most);
    // How often the neighbours bid beside each other.
    std::vector<PartyTie> ties(const std::vector<PartyNeighbour>& neighbours);

private:
    storage::Snapshot& m_snapshot;
};

} // namespace adal::procurement
