// procurement/market_model.hpp: made-up markets for tests, with or without rings in them.
//
// Firms of one kind of goods differ in size and have a home; honest contests draw a random number
// of them. A ring bids together, sometimes without a member, sometimes with an outsider, takes
// turns at winning with cover bids above the winner's, and its members also bid honestly. A model
// of our own, from a seed.
#pragma once

#include "procurement/process.hpp"

#include <set>
#include <string>
#include <vector>

namespace adal::procurement::test_model {

struct ModelSettings {
    unsigned seed = 1;
    int markets = 2;
    int contests = 140; // honest ones per market
    int rings = 1;      // per market
    double home = 3;    // how many times more often a firm bids at home
    double absent = 0.08, outsider = 0.08;
};

struct Model {
    std::vector<Process> processes{};
    std::vector<std::set<std::string>> rings{}; // keys of firms
    std::set<std::string> staged{};             // processes of rings
};

Model make_model(const ModelSettings& settings);

// One process with a bid of each firm; amounts in tenge, the first firm wins.
Process contest(std::string ocid, const std::string& kind, const std::vector<std::string>& firms,
                const std::vector<double>& amounts, double estimate, LocalDate day);

} // namespace adal::procurement::test_model
