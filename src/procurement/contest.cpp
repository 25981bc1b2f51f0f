#include "procurement/contest.hpp"

#include "base/text.hpp"
#include "procurement/flag_parts.hpp"
#include "procurement/tenderers.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

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
    if (parties.size() == 1)
        return {parties.front().id.empty() ? fold(parties.front().name) : parties.front().id, parties.front().name};
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

// The bid that counts of each firm, by the key of the firm.
using Bidders = std::map<std::string, std::uint32_t>;

Bidders bidders_for(const Process& process, const std::string& lot, std::map<std::string, std::string>& names)
{
    Bidders last;
    for (std::uint32_t i = 0; i < process.bids.size(); ++i) {
        const Bid& bid = process.bids[i];
        if (!was_submitted(bid) || !concerns(bid.lots, lot)) continue;
        Firm firm = bidding_firm(bid.tenderers);
        if (firm.key.empty()) continue;
        const auto [at, is_new] = last.emplace(firm.key, i);
        if (!is_new && replaces(process, i, at->second)) at->second = i;
        const auto [name, first] = names.emplace(firm.key, firm.name);
        if (!first) name->second = std::min(name->second, firm.name);
    }
    return last;
}

Contest contest_for(const Process& process, const std::string& lot, const Bidders& bidders, const Thresholds& thresholds)
{
    const std::string currency = bidding_currency(process);
    const auto winners = contest_winners(process, lot);
    Contest contest{.ocid = process.ocid, .lot = lot};
    contest.buyer = process.buyer.id.empty() ? fold(process.buyer.name) : process.buyer.id;
    contest.day = contest_day(process);
    contest.estimate = lot_estimate(process, lot, currency);
    const auto floors = thresholds.floor_shares(process, contest.day);
    for (const auto& [key, i] : bidders) {
        const Bid& bid = process.bids[i];
        const std::int64_t amount = lot_price(bid, lot, currency);
        const bool won = winners.contains(key);
        contest.offers.push_back({.bid = i,
                                  .amount = amount,
                                  .known_price = is_known_price(contest, floors, amount),
                                  .disqualified = bid.status == "disqualified",
                                  .won = won});
        contest.awarded = contest.awarded || won;
    }
    return contest;
}

} // namespace

std::string why_no_contest(const Process& process, const Thresholds& thresholds)
{
    const auto competition = thresholds.competition(process);
    if (!competition) return "method_unknown";
    if (*competition == Competition::single_source) return "single_source";
    if (process.bids.empty()) return "bids_unknown";
    if (std::ranges::none_of(process.bids, [](const Bid& bid) {
            return was_submitted(bid) && !bidding_firm(bid.tenderers).key.empty();
        }))
        return "no_bids";
    return {};
}

std::string why_not_decided(const Process& process, const Thresholds& thresholds)
{
    if (is_called_off(process)) return "cancelled";
    const auto competition = thresholds.competition(process);
    if (!competition) return "method_unknown";
    if (*competition == Competition::single_source) return "single_source";
    if (*competition == Competition::catalogue) return "catalogue";
    if (active_awards(process).empty()) return "not_awarded";
    if (auto reason = why_no_contest(process, thresholds); !reason.empty()) return reason;
    return process.bids.size() < 2 ? "one_bidder" : "";
}

Contests contests_in(const Process& process, const Thresholds& thresholds)
{
    Contests found;
    if (!why_no_contest(process, thresholds).empty()) return found;
    std::map<std::string, std::string> names;
    std::vector<std::pair<std::string, Bidders>> lots;
    for (auto& lot : lots_bid_for(process))
        if (auto bidders = bidders_for(process, lot, names); !bidders.empty()) lots.emplace_back(std::move(lot), std::move(bidders));
    std::map<std::string_view, std::uint32_t> number;
    for (const auto& [key, name] : names) {
        number.emplace(key, static_cast<std::uint32_t>(found.firms.size()));
        found.firms.push_back({key, name});
    }
    for (const auto& [lot, bidders] : lots) {
        Contest contest = contest_for(process, lot, bidders, thresholds);
        std::size_t i = 0;
        for (const auto& [key, bid] : bidders) contest.offers[i++].firm = number.at(key);
        found.contests.push_back(std::move(contest));
    }
    return found;
}

std::string bidding_currency(const Process& process)
{
    if (process.estimate) return process.estimate->currency;
    for (const auto& bid : process.bids)
        if (bid.value) return bid.value->currency;
    return {};
}

Evidence bid_evidence(const Process& process, std::uint32_t bid)
{
    const auto& value = process.bids[bid].value;
    return {process.ocid, "/bids/details/" + std::to_string(bid) + "/value",
            value ? plain(*value) : ""};
}

} // namespace adal::procurement
