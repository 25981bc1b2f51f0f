#include "procurement/bid_graph.hpp"

#include "base/text.hpp"
#include "procurement/tenderers.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <tuple>

namespace adal::procurement {

namespace {

std::string without_scheme(const std::string& classification)
{
    const auto colon = classification.find(':');
    return colon == std::string::npos ? classification : classification.substr(colon + 1);
}

bool is_enstru(std::string_view code)
{
    if (code.size() < 10 || code[6] != '.') return false;
    return std::ranges::all_of(code.substr(0, 6), [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

std::string market_key(const Process& process)
{
    std::string what = process.category;
    if (!process.classifications.empty()) {
        const std::string code = without_scheme(process.classifications.front());
        if (!code.empty()) what = is_enstru(code) ? code.substr(0, 10) : code;
    }
    return what + "|" + bidding_currency(process);
}

void BidGraph::add(const Process& process)
{
    auto found = contests_in(process, *m_thresholds);
    if (found.contests.empty()) return;
    std::vector<std::uint32_t> number;
    for (auto& firm : found.firms) {
        const auto [at, is_new] = m_firm_numbers.emplace(firm.key, static_cast<std::uint32_t>(m_firms.size()));
        number.push_back(at->second);
        if (is_new) m_firms.push_back(std::move(firm));
        // Rows may spell a name in different ways: the first in the alphabet is shown.
        else
            m_firms[at->second].name = std::min(m_firms[at->second].name, firm.name);
    }
    for (auto& contest : found.contests) {
        for (auto& offer : contest.offers) offer.firm = number[offer.firm];
        m_market_of.push_back(market_key(process));
        m_place_of.push_back(fold(process.locality));
        m_contests.push_back(std::move(contest));
    }
}

void BidGraph::settle()
{
    number_firms();
    number_markets();
    mark_repeats();
    for (std::uint32_t c = 0; c < m_contests.size(); ++c)
        if (!m_contests[c].repeat) m_markets[m_contests[c].market].contests.push_back(c);
    for (auto& market : m_markets)
        number_strata(market);
    m_market_of = {}, m_place_of = {}, m_firm_numbers = {};
}

void BidGraph::number_firms()
{
    std::vector<std::uint32_t> order(m_firms.size()), number(m_firms.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, {}, [&](std::uint32_t f) { return m_firms[f].key; });
    std::vector<Firm> sorted;
    sorted.reserve(m_firms.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) {
        number[order[i]] = i;
        sorted.push_back(std::move(m_firms[order[i]]));
    }
    m_firms = std::move(sorted);
    for (auto& contest : m_contests) {
        for (auto& offer : contest.offers)
            offer.firm = number[offer.firm];
        std::ranges::sort(contest.offers, {}, &Offer::firm);
    }
}

void BidGraph::number_markets()
{
    std::vector<std::size_t> order(m_contests.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
        return std::tie(m_contests[a].ocid, m_contests[a].lot) <
               std::tie(m_contests[b].ocid, m_contests[b].lot);
    });
    std::map<std::string, std::uint32_t> numbers;
    for (const auto& key : m_market_of)
        numbers.emplace(key, 0);
    for (auto& [key, number] : numbers) {
        number = static_cast<std::uint32_t>(m_markets.size());
        m_markets.push_back({.key = key});
    }
    std::vector<Contest> contests;
    std::vector<std::string> places;
    for (const auto i : order) {
        m_contests[i].market = numbers[m_market_of[i]];
        contests.push_back(std::move(m_contests[i]));
        places.push_back(std::move(m_place_of[i]));
    }
    m_contests = std::move(contests);
    m_place_of = std::move(places);
}

// Lots of one announcement, or announcements of one day, draw the same bidders: one event, not
// many.
void BidGraph::mark_repeats()
{
    std::set<std::tuple<std::string, std::uint32_t, LocalDate, std::vector<std::uint32_t>>> seen;
    for (auto& contest : m_contests) {
        std::vector<std::uint32_t> firms;
        for (const auto& offer : contest.offers)
            firms.push_back(offer.firm);
        contest.repeat =
            !seen.emplace(contest.buyer, contest.market, contest.day, std::move(firms)).second;
    }
}

void BidGraph::number_strata(Market& market)
{
    std::map<int, std::map<std::string, std::vector<std::uint32_t>>> by_year;
    for (const auto c : market.contests)
        by_year[m_contests[c].day.year()][m_place_of[c]].push_back(c);
    const auto close = [&](std::vector<std::uint32_t>& contests) {
        for (const auto c : contests)
            m_contests[c].stratum = market.strata;
        if (!contests.empty()) ++market.strata;
        contests.clear();
    };
    std::vector<std::uint32_t> rest;
    for (auto& [year, places] : by_year) {
        std::vector<std::uint32_t> rest_of_year;
        for (auto& [place, contests] : places)
            if (contests.size() >= kLeastStratum)
                close(contests);
            else
                rest_of_year.insert(rest_of_year.end(), contests.begin(), contests.end());
        if (rest_of_year.size() >= kLeastStratum)
            close(rest_of_year);
        else
            rest.insert(rest.end(), rest_of_year.begin(), rest_of_year.end());
    }
    close(rest);
}

std::span<const Contest> BidGraph::contests_of(std::string_view ocid) const
{
    const auto range = std::ranges::equal_range(
        m_contests, ocid, {}, [](const Contest& c) -> std::string_view { return c.ocid; });
    return {range.begin(), range.end()};
}

std::string names_of(const BidGraph& graph, std::span<const std::uint32_t> firms)
{
    std::vector<std::string> names;
    for (const auto firm : firms)
        names.push_back(graph.firms()[firm].name);
    std::ranges::sort(names, [](const auto& a, const auto& b) { return compare_kk(a, b) < 0; });
    std::string text;
    for (const auto& name : names)
        text += (text.empty() ? "" : "; ") + name;
    return text;
}

} // namespace adal::procurement
