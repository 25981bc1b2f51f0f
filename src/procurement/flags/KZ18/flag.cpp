// KZ18: a firm registered months ago wins an unusually large contract. Method, example and sources:
// README.md in this folder.
#include "procurement/flag_parts.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace adal::procurement {

namespace kz18 {

constexpr std::size_t kSmallestPopulation = 20;
constexpr int kNewMonths = 6;

struct Age {
    std::string supplier{};
    LocalDate registered{};
    int months = 0;
};

int months_between(LocalDate from, LocalDate to)
{
    return (to.year() - from.year()) * 12 + static_cast<int>(to.month()) -
           static_cast<int>(from.month());
}

// The youngest supplier; negative months when it did not exist yet. Of equal ages the smaller id.
std::optional<Age> youngest(const AgreedPrice& price)
{
    const LocalDate day = local_date(price.agreed.at);
    std::optional<Age> found;
    for (const auto& supplier : price.suppliers) {
        const auto registered = registered_in(supplier.id, day);
        if (!registered) continue;
        const Age age{supplier.id, *registered, months_between(*registered, day)};
        if (!found || std::tie(age.months, age.supplier) < std::tie(found->months, found->supplier))
            found = age;
    }
    return found;
}

class NewCompany final : public Flag {
public:
    [[nodiscard]] std::string_view code() const override { return "KZ18"; }
    [[nodiscard]] int weight() const override { return kStatistical; }

    void observe(const Process& process) override
    {
        const auto price = agreed_price(process);
        const std::string kind = shared_code(process, kKindDigits);
        if (is_called_off(process) || !price || kind.empty()) return;
        m_prices[kind + "|" + price->sum.currency].push_back(
            static_cast<double>(price->sum.hundredths));
    }

    void settle() override
    {
        for (auto& [kind, prices] : m_prices)
            std::ranges::sort(prices);
    }

    [[nodiscard]] Answer judge(const Process& process) const override
    {
        if (is_called_off(process)) return not_applicable("cancelled");
        const auto price = agreed_price(process);
        if (!price) return not_applicable("no_price");
        const auto age = youngest(*price);
        if (!age) return not_applicable("bin_unknown");
        if (age->months < 0) return not_applicable("bin_after_award");
        const std::string kind = shared_code(process, kKindDigits);
        if (kind.empty()) return not_applicable("codes_differ");
        const auto found = m_prices.find(kind + "|" + price->sum.currency);
        if (found == m_prices.end() || found->second.size() < kSmallestPopulation)
            return not_applicable("population_small");
        return compare(process, *price, *age, kind, found->second);
    }

private:
    static Answer compare(const Process& process, const AgreedPrice& price, const Age& age,
                          const std::string& kind, const std::vector<double>& prices)
    {
        const double fence = upper_fence(prices);
        const bool is_large = static_cast<double>(price.sum.hundredths) > fence;
        const CurrencyAmount limit{std::llround(fence), price.sum.currency};
        Answer answer;
        answer.outcome = age.months < kNewMonths && is_large ? Outcome::fail : Outcome::pass;
        answer.sentence = "new";
        answer.value = age.months;
        answer.threshold = kNewMonths;
        answer.population = static_cast<std::int64_t>(prices.size());
        answer.facts = {{"months", std::int64_t{age.months}},
                        {"registered", iso(age.registered).substr(0, 7)},
                        {"price", price.sum},
                        {"limit", limit},
                        {"classification", kind},
                        {"population", answer.population}};
        answer.evidence = {{process.ocid, price.pointer, plain(price.sum)},
                           {process.ocid, supplier_pointer(process, age.supplier), age.supplier}};
        return answer;
    }

    static std::string supplier_pointer(const Process& process, std::string_view id)
    {
        for (std::size_t a = 0; a < process.awards.size(); ++a)
            for (std::size_t s = 0; s < process.awards[a].suppliers.size(); ++s)
                if (process.awards[a].suppliers[s].id == id)
                    return "/awards/" + std::to_string(a) + "/suppliers/" + std::to_string(s) +
                           "/id";
        return "/contracts/" + std::to_string(contract_in_force(process).value_or(0)) +
               "/suppliers";
    }

    std::map<std::string, std::vector<double>> m_prices;
};

} // namespace kz18

std::unique_ptr<Flag> make_KZ18(const Thresholds&)
{
    return std::make_unique<kz18::NewCompany>();
}

} // namespace adal::procurement
