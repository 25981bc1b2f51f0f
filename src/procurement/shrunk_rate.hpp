// procurement/shrunk_rate.hpp: a rate of many, compared fairly between those with much data and those with little.
//
// Of n cases k are hits (bids rejected, purchases without competition). The rates of a group are taken as draws from
// one beta distribution, fitted by moments (Kleinman 1973); the rate of each is then known as a beta distribution too,
// pulled to the mean of the group the more, the smaller n is (beta-binomial shrinkage). What is typical is the median
// of the group, so that several high ones do not make themselves ordinary. Asked is the probability that the rate lies
// above `times` the typical one.
//
// add() in any order, settle() once, then read; nothing depends on the order. Reading is thread-safe.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace adal::procurement {

struct ShrunkRate {
    std::int64_t hits = 0, cases = 0;
    double rate = 0;        // hits / cases
    double shrunk = 0;      // posterior mean
    double typical = 0;     // median of the posterior means of the group
    double limit = 0;       // times × typical
    double probability = 0; // that the rate lies above the limit
    std::int64_t members = 0; // of the group, with enough cases
};

class ShrunkRates {
public:
    struct Settings {
        double times = 2;
        std::int64_t least_cases = 10;   // a member with fewer is neither compared nor compared with
        std::int64_t least_members = 10; // a group with fewer says nothing
    };
    explicit ShrunkRates(Settings settings) : m_settings(settings) {}

    void add(const std::string& group, const std::string& member, bool hit);
    void settle();
    // Nothing when the member has too few cases or the group too few members.
    [[nodiscard]] std::optional<ShrunkRate> find(const std::string& group, const std::string& member) const;

private:
    struct Count {
        std::int64_t hits = 0, cases = 0;
    };
    struct Group {
        std::map<std::string, Count> counts{};
        double a = 1, b = 1, typical = 0; // of the beta distribution
        std::int64_t members = 0;
    };
    void fit(Group& group) const;

    Settings m_settings;
    std::map<std::string, Group> m_groups;
};

} // namespace adal::procurement
