// R016: a unit of goods cost far more than others paid. Method, example and sources: README.md in
// this folder.
#include "procurement/flag_parts.hpp"

#include "base/text.hpp"
#include "procurement/flags/R016/price_window.hpp"
#include "procurement/price_index.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace adal::procurement {

namespace r016 {

constexpr std::array kLevels{kArticleDigits, kKindDigits, kClassDigits}; // the narrowest first
constexpr std::size_t kSmallestPopulation = 10;
constexpr std::size_t kSmallestBuyers = 3;
constexpr double kAboveMedian = 1.3;
constexpr double kImplausibleHigh = 100; // times the median: another unit, not another price

std::optional<double> price_level(Instant at)
{
    return PriceIndex::standard().level(local_date(at));
}

// An item of the contract in force, or of the only award, with a price of a unit.
struct Bought {
    const Item* item = nullptr;
    std::string pointer{};
    Instant at{};
};

bool has_price(const Item& item)
{
    return item.unit_value && item.unit_value->hundredths > 0 && item.quantity.value_or(0) > 0 &&
           !code_prefix(item.code, kLevels.back()).empty();
}

std::vector<Bought> bought_in(const Process& process)
{
    std::vector<Bought> all;
    const auto price = agreed_price(process);
    if (!price) return all;
    const auto contract = contract_in_force(process);
    const auto active = active_awards(process);
    const bool of_contract = contract && !process.contracts[*contract].items.empty();
    if (!of_contract && active.empty()) return all;
    const auto& items =
        of_contract ? process.contracts[*contract].items : process.awards[active.front()].items;
    const std::string base = of_contract ? "/contracts/" + std::to_string(*contract)
                                         : "/awards/" + std::to_string(active.front());
    for (std::size_t i = 0; i < items.size(); ++i)
        if (has_price(items[i]))
            all.push_back({&items[i], base + "/items/" + std::to_string(i) + "/unit/value",
                           price->agreed.at});
    return all;
}

// Prices are compared for one code, unit, currency and region.
std::string group_of(const Process& process, const Item& item, std::size_t level)
{
    return code_prefix(item.code, level) + "|" + fold(item.unit) + "|" + item.unit_value->currency +
           "|" + process.kato.substr(0, 2);
}

struct Comparison {
    std::size_t level = 0;
    std::int64_t population = 0;
    double median = 0, limit = 0; // hundredths, on the day of the purchase
    bool indexed = false;
};

class UnitPrice final : public Flag {
public:
    [[nodiscard]] std::string_view code() const override { return "R016"; }
    [[nodiscard]] int weight() const override { return kStatistical; }

    void observe(const Process& process) override
    {
        if (is_called_off(process) || process.category != "goods") return;
        for (const auto& bought : bought_in(process))
            for (const auto level : kLevels)
                if (!code_prefix(bought.item->code, level).empty())
                    m_prices[group_of(process, *bought.item, level)].push_back(
                        {bought.at, std::log(static_cast<double>(bought.item->unit_value->hundredths)),
                         indexed_level(*bought.item, bought.at), number_of(process.buyer.id)});
    }

    void settle() override
    {
        for (auto& [group, prices] : m_prices) m_days[group] = around_days(std::move(prices));
        m_prices.clear();
    }

    [[nodiscard]] Answer judge(const Process& process) const override
    {
        if (is_called_off(process)) return not_applicable("cancelled");
        if (process.category != "goods") return not_applicable("not_goods");
        const auto all = bought_in(process);
        if (all.empty()) return not_applicable("unit_prices_unknown");
        std::optional<Answer> worst;
        for (const auto& bought : all) {
            const auto comparison = compare(process, bought);
            if (!comparison) continue;
            auto answer = answer_for(process, bought, *comparison);
            if (answer &&
                (!worst || *worst->value / *worst->threshold < *answer->value / *answer->threshold))
                worst = std::move(answer);
        }
        return worst ? std::move(*worst) : not_applicable("population_small");
    }

private:
    // The index is of prices in tenge.
    static std::optional<double> indexed_level(const Item& item, Instant at)
    {
        return item.unit_value->currency == "KZT" ? price_level(at) : std::nullopt;
    }

    std::uint32_t number_of(const std::string& buyer)
    {
        return m_buyers.emplace(buyer, static_cast<std::uint32_t>(m_buyers.size())).first->second;
    }

    // With the narrowest level that has enough prices of enough buyers around the day.
    [[nodiscard]] std::optional<Comparison> compare(const Process& process, const Bought& bought) const
    {
        for (const auto level : kLevels) {
            if (code_prefix(bought.item->code, level).empty()) continue;
            const auto found = m_days.find(group_of(process, *bought.item, level));
            if (found == m_days.end()) continue;
            const auto day = std::ranges::lower_bound(found->second, bought.at, {}, &AroundDay::at);
            if (day == found->second.end() || day->at != bought.at) continue; // not of the set
            if (day->prices < kSmallestPopulation || day->buyers < kSmallestBuyers) continue;
            const double median = std::exp(day->median);
            const double fence = std::exp(upper_fence(day->first, day->third));
            return Comparison{level, day->prices, median, std::max(fence, kAboveMedian * median), day->indexed};
        }
        return std::nullopt;
    }

    static std::optional<Answer> answer_for(const Process& process, const Bought& bought,
                                            const Comparison& comparison)
    {
        const CurrencyAmount& price = *bought.item->unit_value;
        const double ratio = static_cast<double>(price.hundredths) / comparison.median;
        if (ratio > kImplausibleHigh) return std::nullopt;
        Answer answer;
        answer.value = ratio;
        answer.threshold = comparison.limit / comparison.median;
        answer.outcome = ratio > *answer.threshold ? Outcome::fail : Outcome::pass;
        answer.sentence = comparison.indexed ? "indexed" : "above";
        answer.population = comparison.population;
        answer.facts = {{"price", price},
                        {"median", CurrencyAmount{std::llround(comparison.median), price.currency}},
                        {"limit", CurrencyAmount{std::llround(comparison.limit), price.currency}},
                        {"unit", bought.item->unit},
                        {"classification", code_prefix(bought.item->code, comparison.level)},
                        {"population", comparison.population}};
        answer.evidence = {{process.ocid, bought.pointer, plain(price)}};
        return answer;
    }

    std::map<std::string, std::vector<Price>> m_prices{};   // by group, until settle()
    std::map<std::string, std::vector<AroundDay>> m_days{}; // by group, after it
    std::map<std::string, std::uint32_t> m_buyers{};
};

} // namespace r016

std::unique_ptr<Flag> make_R016(const Thresholds&)
{
    return std::make_unique<r016::UnitPrice>();
}

} // namespace adal::procurement
