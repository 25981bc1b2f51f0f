// KZ03: bought from one source after purchases that failed. Method, example and sources: README.md
// in this folder.
#include "procurement/flag_parts.hpp"
#include "procurement/legal_form.hpp"
#include "procurement/rate_answer.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <charconv>
#include <tuple>

namespace adal::procurement {

namespace kz03 {

constexpr std::string_view kAfterFailure = "kz.single_source_failed"; // id in the data of the law
constexpr std::int64_t kRepeated = 2;                                 // attempts
constexpr double kFull = 0.99;                                        // of the plan
constexpr double kTimes = 1.5;   // the typical share
constexpr std::int64_t kLeast = 5; // such purchases
constexpr double kImplausibleHigh = 10; // outside, the sums are not of the same thing

struct Place { // of a lot in its chain of attempts
    std::string root{};
    std::int64_t attempt = 0;
};

// "83685322-ОИ4": the first version of the plan row, the method, the number of the attempt.
std::optional<Place> place_of(const Lot& lot)
{
    const auto dash = lot.number.rfind('-');
    Place place{lot.plan_root, lot.attempt.value_or(0)};
    if (dash != std::string::npos && dash > 0) {
        if (place.root.empty()) place.root = lot.number.substr(0, dash);
        auto begin = lot.number.size();
        while (begin > dash + 1 && lot.number[begin - 1] >= '0' && lot.number[begin - 1] <= '9')
            --begin;
        if (place.attempt == 0)
            std::from_chars(lot.number.data() + begin, lot.number.data() + lot.number.size(),
                            place.attempt);
    }
    if (place.root.empty() || place.attempt < 1) return std::nullopt;
    return place;
}

struct Attempt {
    std::int64_t attempt = 0;
    std::string ocid{};
    std::int64_t rejected = 0;
    std::vector<Evidence> evidence{};

    [[nodiscard]] auto order() const { return std::tie(attempt, ocid); }
};

bool concerns(const Bid& bid, const Lot& lot, const Process& process)
{
    return process.lots.size() == 1 || std::ranges::find(bid.lots, lot.id) != bid.lots.end();
}

// An attempt that ended with bids, all of which were rejected.
std::optional<Attempt> all_rejected(const Process& process, std::size_t index)
{
    const Lot& lot = process.lots[index];
    const auto place = place_of(lot);
    if (!place || (lot.status != "unsuccessful" && process.status != "unsuccessful"))
        return std::nullopt;
    Attempt attempt{.attempt = place->attempt, .ocid = process.ocid};
    for (std::size_t i = 0; i < process.bids.size(); ++i) {
        const Bid& bid = process.bids[i];
        if (!concerns(bid, lot, process)) continue;
        if (bid.status == "valid") return std::nullopt;
        if (bid.status != "disqualified") continue;
        ++attempt.rejected;
        attempt.evidence.push_back(
            {process.ocid, "/bids/details/" + std::to_string(i) + "/status", bid.status});
    }
    if (attempt.rejected == 0) return std::nullopt;
    return attempt;
}

class FailedThenSingle final : public Flag {
public:
    explicit FailedThenSingle(const Thresholds& thresholds) : m_thresholds(thresholds) {}

    [[nodiscard]] std::string_view code() const override { return "KZ03"; }
    [[nodiscard]] int weight() const override { return kStatistical; }

    void observe(const Process& process) override
    {
        for (std::size_t i = 0; i < process.lots.size(); ++i)
            if (auto attempt = all_rejected(process, i))
                m_rejected[process.buyer.id + "|" + place_of(process.lots[i])->root].push_back(
                    std::move(*attempt));
        std::string form;
        if (const auto key = counted_for(process, form); !key.empty())
            m_shares.add(form, key, is_after_failure(process));
    }

    void settle() override
    {
        m_shares.settle();
        for (auto& [root, attempts] : m_rejected)
            std::ranges::sort(attempts, {}, &Attempt::order);
    }

    [[nodiscard]] Answer judge(const Process& process) const override
    {
        if (is_called_off(process)) return not_applicable("cancelled");
        if (!is_after_failure(process)) return not_applicable("not_after_failure");
        bool has_place = false;
        for (std::size_t i = 0; i < process.lots.size(); ++i) {
            const auto place = place_of(process.lots[i]);
            if (!place) continue;
            has_place = true;
            const auto* before = last_rejected(process, *place);
            const auto* ban = before ? ban_in_force(process) : nullptr;
            if (ban) return after_rejection(process, i, *place, *before, *ban);
        }
        Answer of_price = has_place ? by_price(process) : not_applicable("attempt_unknown");
        if (of_price.outcome == Outcome::fail) return of_price;
        auto of_share = by_share(process);
        if (of_share && (of_share->outcome == Outcome::fail || of_price.outcome == Outcome::not_applicable))
            return std::move(*of_share);
        return of_price;
    }

private:
    [[nodiscard]] bool is_after_failure(const Process& process) const
    {
        const auto* method = m_thresholds.method_named(process.method_details);
        return method && method->id == kAfterFailure;
    }

    // The buyer whose purchases this one counts among: those that began with a competition and ended with a supplier.
    // `form`: its kind. Empty when it does not count.
    [[nodiscard]] std::string counted_for(const Process& process, std::string& form) const
    {
        if (is_called_off(process) || (active_awards(process).empty() && !contract_in_force(process))) return {};
        if (!is_after_failure(process) && m_thresholds.competition(process) != Competition::competitive) return {};
        form = legal_form_of(process, process.buyer);
        if (form.empty()) return {};
        return process.buyer.id.empty() ? fold(process.buyer.name) : process.buyer.id;
    }

    // How often the buyer ends up here, against buyers of its kind.
    [[nodiscard]] std::optional<Answer> by_share(const Process& process) const
    {
        std::string form;
        const std::string key = counted_for(process, form);
        const auto rate = m_shares.find(form, key);
        if (!rate) return std::nullopt;
        Answer answer = rate_answer(*rate, process.buyer.name, "purchases");
        if (stands_out(*rate, kLeast)) answer.outcome = Outcome::fail;
        answer.sentence = "share";
        answer.evidence = {{process.ocid, "/tender/procurementMethodDetails", process.method_details},
                           {process.ocid, "/buyer/name", process.buyer.name}};
        return answer;
    }

    // The latest earlier attempt of the same need in which all bids were rejected.
    [[nodiscard]] const Attempt* last_rejected(const Process& process, const Place& place) const
    {
        const auto found = m_rejected.find(process.buyer.id + "|" + place.root);
        if (found == m_rejected.end()) return nullptr;
        const Attempt* latest = nullptr;
        for (const auto& attempt : found->second)
            if (attempt.attempt < place.attempt && attempt.ocid != process.ocid) latest = &attempt;
        return latest;
    }

    // The rule that forbids a single source after rejections, on the day of the purchase.
    [[nodiscard]] const MethodRule* ban_in_force(const Process& process) const
    {
        const auto price = agreed_price(process);
        const auto moment = price ? std::optional{price->agreed} : process.tender_period.start;
        if (!moment) return nullptr;
        const auto* rule = m_thresholds.method(process, local_date(moment->at));
        return rule && !rule->article.empty() ? rule : nullptr;
    }

    [[nodiscard]] Answer after_rejection(const Process& process, std::size_t lot,
                                         const Place& place, const Attempt& before,
                                         const MethodRule& ban) const
    {
        Answer answer;
        answer.outcome = Outcome::fail;
        answer.sentence = "rejected";
        answer.value = static_cast<double>(before.rejected);
        answer.threshold = 1;
        answer.facts = {
            {"attempt", place.attempt}, {"earlier", before.attempt}, {"count", before.rejected}};
        name_origin(ban, answer.facts);
        answer.evidence = {attempt_evidence(process, lot)};
        std::ranges::copy(before.evidence, std::back_inserter(answer.evidence));
        return answer;
    }

    [[nodiscard]] Answer by_price(const Process& process) const
    {
        if (process.lots.size() != 1) return not_applicable("several_lots");
        const auto price = agreed_price(process);
        if (!price) return not_applicable("no_price");
        const bool of_lot = process.lots[0].value && process.lots[0].value->hundredths > 0;
        const auto& plan = of_lot ? process.lots[0].value : process.estimate;
        if (!plan || plan->hundredths <= 0) return not_applicable("no_estimate");
        if (plan->currency != price->sum.currency) return not_applicable("currencies_differ");
        const double share =
            static_cast<double>(price->sum.hundredths) / static_cast<double>(plan->hundredths);
        if (share > kImplausibleHigh) return not_applicable("price_implausible");
        const Place place = *place_of(process.lots[0]);
        Answer answer;
        answer.outcome =
            place.attempt >= kRepeated && share >= kFull ? Outcome::fail : Outcome::pass;
        answer.sentence = "price";
        answer.value = share;
        answer.threshold = kFull;
        answer.facts = {{"attempt", place.attempt},
                        {"price", price->sum},
                        {"estimate", *plan},
                        {"share", Share{share}}};
        answer.evidence = {
            attempt_evidence(process, 0),
            {process.ocid, price->pointer, plain(price->sum)},
            {process.ocid, of_lot ? "/tender/lots/0/value" : "/tender/value", plain(*plan)}};
        return answer;
    }

    static Evidence attempt_evidence(const Process& process, std::size_t index)
    {
        const Lot& lot = process.lots[index];
        const std::string base = "/tender/lots/" + std::to_string(index);
        if (lot.attempt) return {process.ocid, base + "/x_attempt", std::to_string(*lot.attempt)};
        return {process.ocid, base + "/lotNumber", lot.number};
    }

    const Thresholds& m_thresholds;
    std::map<std::string, std::vector<Attempt>> m_rejected;
    ShrunkRates m_shares{{.times = kTimes}};
};

} // namespace kz03

std::unique_ptr<Flag> make_KZ03(const Thresholds& thresholds)
{
    return std::make_unique<kz03::FailedThenSingle>(thresholds);
}

} // namespace adal::procurement
