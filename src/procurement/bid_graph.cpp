#include "procurement/bid_graph.hpp"

#include "base/text.hpp"
#include "procurement/tenderers.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <tuple>

namespace adal::procurement {

const Offer* Contest::winner() const
{
    const Offer* found = nullptr;
    for (const auto& offer : offers) {
        if (!offer.won) continue;
        if (found) return nullptr;
        found = &offer;
    }
    return found;
}

const Offer* Contest::of(std::uint32_t firm) const
{
    const auto at = std::ranges::lower_bound(offers, firm, {}, &Offer::firm);
    return at != offers.end() && at->firm == firm ? &*at : nullptr;
}

namespace {

Firm bidding_firm(const std::vector<PartyRef>& parties)
{
    std::set<std::pair<std::string, std::string>> all; // a joint bid is one bidder, in any order
    for (const auto& party : parties) {
        std::string key = party.id.empty() ? fold(party.name) : party.id;
        if (!key.empty()) all.emplace(std::move(key), party.name);
    }
    Firm firm;
    for (const auto& [key, name] : all) {
        firm.key += (firm.key.empty() ? "" : "\n") + key;
        firm.name += (firm.name.empty() ? "" : ", ") + name;
    }
    return firm;
}

LocalDate contest_day(const Process& process)
{
    const auto& period = process.tender_period;
    if (period.end) return local_date(period.end->at);
    if (period.start) return local_date(period.start->at);
    for (const auto& award : process.awards)
        if (award.date) return local_date(award.date->at);
    if (process.released) return local_date(process.released->at);
    return make_date(1970, 1, 1);
}

std::string bidding_currency(const Process& process)
{
    if (process.estimate) return process.estimate->currency;
    for (const auto& bid : process.bids)
        if (bid.value) return bid.value->currency;
    return {};
}

// The lots that bids name, when there are at least two; else one nameless contest.
std::vector<std::string> lots_bid_for(const Process& process)
{
    std::set<std::string> lots;
    for (const auto& bid : process.bids)
        if (was_submitted(bid)) lots.insert(bid.lots.begin(), bid.lots.end());
    if (lots.size() < 2) return {""};
    return {lots.begin(), lots.end()};
}

bool concerns(const std::vector<std::string>& lots, const std::string& lot)
{
    return lot.empty() || lots.empty() || std::ranges::find(lots, lot) != lots.end();
}

std::set<std::string> contest_winners(const Process& process, const std::string& lot)
{
    std::set<std::string> keys;
    if (process.status == "cancelled" || process.status == "withdrawn") return keys;
    for (const auto i : active_awards(process)) {
        const Award& award = process.awards[i];
        if (!concerns(award.lots, lot)) continue;
        if (const auto firm = bidding_firm(award.suppliers); !firm.key.empty())
            keys.insert(firm.key);
    }
    return keys;
}

std::int64_t lot_estimate(const Process& process, const std::string& lot,
                          const std::string& currency)
{
    const std::optional<CurrencyAmount>* value = &process.estimate;
    if (!lot.empty()) {
        const auto found = std::ranges::find(process.lots, lot, &Lot::id);
        if (found == process.lots.end()) return 0;
        value = &found->value;
    }
    if (!*value || (*value)->currency != currency || (*value)->hundredths <= 0) return 0;
    return (*value)->hundredths;
}

// A sum for several lots together is not the price of one of them.
std::int64_t lot_price(const Bid& bid, const std::string& lot, const std::string& currency)
{
    if (!bid.value || bid.value->currency != currency || bid.value->hundredths <= 0) return 0;
    if (!lot.empty() && bid.lots.size() != 1) return 0;
    return bid.value->hundredths;
}

bool is_known_price(const Contest& contest, const std::vector<double>& floors, std::int64_t amount)
{
    if (contest.estimate <= 0 || amount <= 0) return false;
    const double share = static_cast<double>(amount) / static_cast<double>(contest.estimate);
    const auto near = [share](double known) { return std::abs(share - known) <= kSamePrice; };
    return near(1) || std::ranges::any_of(floors, near);
}

// Of two bids of one firm the valid one counts, then the later, then the later in the source.
bool replaces(const Process& process, std::uint32_t newer, std::uint32_t older)
{
    const Bid& a = process.bids[newer];
    const Bid& b = process.bids[older];
    const bool a_valid = a.status != "disqualified", b_valid = b.status != "disqualified";
    if (a_valid != b_valid) return a_valid;
    return !a.date || !b.date || a.date->at >= b.date->at;
}

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

std::string BidGraph::why_not(const Process& process) const
{
    const auto competition = m_thresholds->competition(process);
    if (!competition) return "method_unknown";
    if (*competition == Competition::single_source) return "single_source";
    if (process.bids.empty()) return "bids_unknown";
    if (std::ranges::none_of(process.bids, [](const Bid& bid) {
            return was_submitted(bid) && !bidding_firm(bid.tenderers).key.empty();
        }))
        return "no_bids";
    return {};
}

void BidGraph::add(const Process& process)
{
    if (!why_not(process).empty()) return;
    const std::string currency = bidding_currency(process);
    for (const auto& lot : lots_bid_for(process)) {
        std::map<std::string, std::uint32_t> last;
        std::map<std::string, std::string> names;
        for (std::uint32_t i = 0; i < process.bids.size(); ++i) {
            const Bid& bid = process.bids[i];
            if (!was_submitted(bid) || !concerns(bid.lots, lot)) continue;
            Firm firm = bidding_firm(bid.tenderers);
            if (firm.key.empty()) continue;
            const auto [at, is_new] = last.emplace(firm.key, i);
            if (!is_new && replaces(process, i, at->second)) at->second = i;
            names[firm.key] = std::move(firm.name);
        }
        if (last.empty()) continue;

        const auto winners = contest_winners(process, lot);
        Contest contest{.ocid = process.ocid, .lot = lot};
        contest.buyer = process.buyer.id.empty() ? fold(process.buyer.name) : process.buyer.id;
        contest.day = contest_day(process);
        contest.estimate = lot_estimate(process, lot, currency);
        const auto floors = m_thresholds->floor_shares(process, contest.day);
        for (const auto& [key, i] : last) {
            const auto number = static_cast<std::uint32_t>(m_firms.size());
            const auto [at, is_new] = m_firm_numbers.emplace(key, number);
            if (is_new) m_firms.push_back({key, names[key]});
            // Rows may spell a name in different ways: the first in the alphabet is shown.
            else
                m_firms[at->second].name = std::min(m_firms[at->second].name, names[key]);
            const Bid& bid = process.bids[i];
            const std::int64_t amount = lot_price(bid, lot, currency);
            contest.offers.push_back({.firm = at->second,
                                      .bid = i,
                                      .amount = amount,
                                      .known_price = is_known_price(contest, floors, amount),
                                      .disqualified = bid.status == "disqualified",
                                      .won = winners.contains(key)});
            contest.awarded = contest.awarded || winners.contains(key);
        }
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

Evidence bid_evidence(const Process& process, std::uint32_t bid)
{
    const auto& value = process.bids[bid].value;
    return {process.ocid, "/bids/details/" + std::to_string(bid) + "/value",
            value ? plain(*value) : ""};
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
