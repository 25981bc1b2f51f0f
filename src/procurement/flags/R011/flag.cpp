// R011: one need bought in parts, each below the limit of the method. Method, example and sources:
// README.md in this folder.
#include "procurement/flag_parts.hpp"

#include <algorithm>
#include <charconv>
#include <tuple>

namespace adal::procurement {

namespace r011 {

constexpr double kNear = 0.8;       // of the limit
constexpr std::size_t kSeveral = 3; // contracts near the limit…
constexpr double kNearDays = 90;    // …within so many days
constexpr std::size_t kShown = 20;  // other contracts in the evidence

struct Purchase {
    Instant at{};
    std::string ocid{}, pointer{};
    CurrencyAmount sum{};

    [[nodiscard]] auto order() const { return std::tie(at, ocid); }
};

struct Kind {
    std::vector<Purchase> purchases{}; // sorted by settle()
    std::int64_t total = 0;
};

// The year of the plan, else that of the contract in Almaty.
int year_of(const Process& process, const AgreedPrice& price)
{
    int year = 0;
    const std::string& text = process.financial_year;
    const char* const end = text.data() + text.size();
    if (std::from_chars(text.data(), end, year).ptr == end && year >= 2000 && year <= 2200)
        return year;
    return local_date(price.agreed.at).year();
}

const std::string& ground_of(const Process& process)
{
    const auto contract = contract_in_force(process);
    if (contract && !process.contracts[*contract].rationale.empty()) return process.contracts[*contract].rationale;
    return process.rationale;
}

// A contract that names another ground was not allowed by the limit. One that names none is counted.
bool has_other_ground(const Process& process, const LimitRule& rule, const GroundWords& words)
{
    if (rule.grounds.empty()) return false;
    const auto number = ground_number(ground_of(process), words);
    return number && std::ranges::find(rule.grounds, *number) == rule.grounds.end();
}

class Splitting final : public Flag {
public:
    explicit Splitting(const Thresholds& thresholds) : m_thresholds(thresholds) {}

    [[nodiscard]] std::string_view code() const override { return "R011"; }
    [[nodiscard]] int weight() const override { return kLaw; }

    void observe(const Process& process) override
    {
        Question question;
        if (!ask(process, question).empty()) return;
        auto& kind = m_kinds[question.key];
        kind.purchases.push_back(
            {question.price.agreed.at, process.ocid, question.price.pointer, question.price.sum});
        kind.total += question.price.sum.hundredths;
    }

    void settle() override
    {
        for (auto& [key, kind] : m_kinds)
            std::ranges::sort(kind.purchases, {}, &Purchase::order);
    }

    [[nodiscard]] Answer judge(const Process& process) const override
    {
        Question question;
        if (auto reason = ask(process, question); !reason.empty())
            return not_applicable(std::move(reason));
        const auto found = m_kinds.find(question.key);
        if (found == m_kinds.end()) return not_applicable("population_small");
        const Kind& kind = found->second;
        const Limit& limit = question.limit;
        const auto near = near_limit(kind, process.ocid, limit.sum.hundredths);
        Answer answer;
        answer.outcome = kind.purchases.size() > 1 && kind.total > limit.sum.hundredths
                             ? Outcome::fail
                             : Outcome::pass;
        answer.sentence = near >= kSeveral ? "near" : "sum";
        answer.value = static_cast<double>(kind.total) / static_cast<double>(limit.sum.hundredths);
        answer.threshold = 1;
        answer.population = static_cast<std::int64_t>(kind.purchases.size());
        answer.facts = {{"sum", CurrencyAmount{kind.total, limit.sum.currency}},
                        {"limit", limit.sum},
                        {"units", limit.rule->units},
                        {"count", answer.population},
                        {"near", static_cast<std::int64_t>(near)},
                        {"year", std::to_string(question.year)},
                        {"classification", question.code}};
        name_origin(*limit.rule, answer.facts);
        answer.facts["verified"] = std::int64_t{limit.rule->verified && limit.unit->verified};
        answer.evidence = evidence(process, question, kind);
        return answer;
    }

private:
    struct Question {
        AgreedPrice price{};
        Limit limit{};
        std::string code{}, key{};
        int year = 0;
    };

    // The reason for which the question makes no sense here; empty when it does.
    std::string ask(const Process& process, Question& question) const
    {
        if (is_called_off(process)) return "cancelled";
        if (process.buyer.id.empty()) return "buyer_unknown";
        const auto price = agreed_price(process);
        if (!price) return "no_price";
        if (price->sum.currency != m_thresholds.currency()) return "currency_other";
        question.price = *price;
        question.year = year_of(process, *price);
        const auto limit = m_thresholds.yearly_limit(process, question.year);
        if (!limit) return "no_limit";
        question.limit = *limit;
        if (has_other_ground(process, *limit->rule, m_thresholds.ground_words())) return "other_ground";
        question.code = shared_code(process, kKindDigits);
        if (question.code.empty()) return "codes_differ";
        // A larger contract needs another ground, so it says nothing about splitting.
        if (price->sum.hundredths > limit->sum.hundredths) return "above_limit";
        question.key = process.buyer.id + "|" + question.code + "|" +
                       std::to_string(question.year) + "|" + limit->rule->id;
        return {};
    }

    // The most purchases near the limit within 90 days that this one is among; 0 when it is not
    // near itself.
    static std::size_t near_limit(const Kind& kind, std::string_view ocid, std::int64_t limit)
    {
        std::vector<const Purchase*> near;
        for (const auto& purchase : kind.purchases)
            if (static_cast<double>(purchase.sum.hundredths) >= kNear * static_cast<double>(limit))
                near.push_back(&purchase);
        std::size_t most = 0;
        for (std::size_t first = 0; first < near.size(); ++first) {
            bool holds_it = false;
            for (std::size_t last = first;
                 last < near.size() && days_between(near[first]->at, near[last]->at) <= kNearDays;
                 ++last) {
                holds_it = holds_it || near[last]->ocid == ocid;
                if (holds_it) most = std::max(most, last - first + 1);
            }
        }
        return most;
    }

    static std::vector<Evidence> evidence(const Process& process, const Question& question,
                                          const Kind& kind)
    {
        std::vector<Evidence> list{
            {process.ocid, question.price.pointer, plain(question.price.sum)},
            {process.ocid, "/tender/procurementMethodDetails", process.method_details},
            {process.ocid, "/tender/items/0/classification/id", process.items.front().code}};
        std::size_t shown = 0;
        for (const auto& other : kind.purchases)
            if (other.ocid != process.ocid && ++shown <= kShown)
                list.push_back({other.ocid, other.pointer, plain(other.sum)});
        return list;
    }

    const Thresholds& m_thresholds;
    std::map<std::string, Kind> m_kinds;
};

} // namespace r011

std::unique_ptr<Flag> make_R011(const Thresholds& thresholds)
{
    return std::make_unique<r011::Splitting>(thresholds);
}

} // namespace adal::procurement
