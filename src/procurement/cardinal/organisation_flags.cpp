// What is told from all processes of an organisation: R025, R038, R048.
#include "procurement/cardinal/scene.hpp"
#include "procurement/cardinal/statistics.hpp"

#include <algorithm>
#include <numeric>
#include <span>

namespace adal::procurement::cardinal {

using columns::kAbsent;

namespace {

struct Fraction {
    std::uint32_t numerator = 0, denominator = 0;
    [[nodiscard]] double value() const { return static_cast<double>(numerator) / denominator; }
};

// One fraction per organisation, in the order they were met.
class Fractions {
public:
    explicit Fractions(std::uint32_t symbols) : m_place(symbols) {}
    void add(Symbol who, std::uint32_t numerator, std::uint32_t denominator)
    {
        auto& place = m_place[who];
        if (place == 0) {
            m_all.emplace_back(who, Fraction{});
            place = static_cast<std::uint32_t>(m_all.size());
        }
        m_all[place - 1].second.numerator += numerator;
        m_all[place - 1].second.denominator += denominator;
    }
    [[nodiscard]] const std::vector<std::pair<Symbol, Fraction>>& all() const { return m_all; }

private:
    std::vector<std::uint32_t> m_place; // by symbol: 1 + index of m_all
    std::vector<std::pair<Symbol, Fraction>> m_all{};
};

} // namespace

void excessive_unsuccessful(Scene& scene)
{
    Fractions wins{scene.facts.symbols.size()};
    std::vector<Symbol> seen;
    for (const auto& one : scene.cases) {
        const auto supplier = one.only_active ? scene.only_supplier(*one.only_active) : kAbsent;
        if (supplier == kAbsent) continue;
        seen.clear();
        for (std::uint32_t i = 0; i < one.bid_count; ++i)
            if (one.bids[i].status == BidStatus::valid)
                if (const auto id = scene.only_tenderer(one.bids[i]); id != kAbsent)
                    seen.push_back(id);
        // Once per process, however many bids.
        std::ranges::sort(seen);
        for (std::size_t i = 0; i < seen.size(); ++i)
            if (i == 0 || seen[i] != seen[i - 1]) wins.add(seen[i], seen[i] == supplier ? 1 : 0, 1);
    }
    std::vector<double> bids, ratios;
    for (const auto& [who, fraction] : wins.all()) {
        bids.push_back(fraction.denominator);
        ratios.push_back(fraction.value());
    }
    const double many = Distribution{std::move(bids)}.quantile(
        static_cast<double>(scene.settings.r025_percentile) / 100);
    double fence = scene.settings.r025_threshold.value_or(0), q1 = 1;
    if (!scene.settings.r025_threshold) {
        Distribution distribution{std::move(ratios)};
        q1 = distribution.q1();
        fence = distribution.lower_fence();
        scene.fence(Code::R025, "q1", q1);
        scene.fence(Code::R025, "q3", distribution.q3());
    }
    scene.fence(Code::R025, "upper_fence", many);
    scene.fence(Code::R025, "lower_fence", fence);
    if (!(q1 > 0 && fence > 0)) return;
    for (const auto& [who, fraction] : wins.all())
        if (fraction.denominator >= many && fraction.value() <= fence)
            scene.flag_tenderer(Code::R025, who, fraction.value());
}

namespace {

// One of the three groups of R038.
std::vector<NamedValue> above_fence(Scene& scene, const Fractions& fractions, std::uint64_t minimum,
                                    const std::string& group)
{
    std::vector<NamedValue> ratios, out;
    for (const auto& [who, fraction] : fractions.all())
        if (fraction.denominator >= minimum) ratios.push_back({who, fraction.value()});
    if (ratios.empty()) return out;
    double fence = scene.settings.r038_threshold.value_or(0);
    if (!scene.settings.r038_threshold) {
        std::vector<double> values;
        for (const auto& ratio : ratios)
            values.push_back(ratio.value);
        Distribution distribution{std::move(values)};
        fence = distribution.upper_fence();
        scene.fence(Code::R038, group + "_q1", distribution.q1());
        scene.fence(Code::R038, group + "_q3", distribution.q3());
    }
    scene.fence(Code::R038, group + "_upper_fence", fence);
    if (fence > 0)
        std::ranges::copy_if(ratios, std::back_inserter(out),
                             [&](const NamedValue& r) { return r.value >= fence; });
    return out;
}

} // namespace

void excessive_disqualified(Scene& scene)
{
    const auto symbols = scene.facts.symbols.size();
    Fractions buyers{symbols}, entities{symbols}, tenderers{symbols};
    for (const auto& one : scene.cases) {
        std::uint32_t submitted = 0, out = 0;
        for (std::uint32_t i = 0; i < one.bid_count; ++i) {
            const auto& bid = one.bids[i];
            if (!is_submitted(bid.status)) continue;
            const std::uint32_t is_out = bid.status == BidStatus::disqualified ? 1 : 0;
            ++submitted;
            out += is_out;
            if (!bid.has(BidRow::tenderer_list)) continue;
            for (auto t = bid.tenderers.begin; t < bid.tenderers.end(); ++t)
                if (const auto id = scene.tenderer(t); id != kAbsent) tenderers.add(id, is_out, 1);
        }
        if (submitted == 0) continue;
        const auto count = [&](Symbol who, Fractions& group, std::vector<NamedValue>& map) {
            if (who == kAbsent) return;
            group.add(who, out, submitted);
            if (scene.maps && out > 0) map.push_back({who, static_cast<double>(one.row)});
        };
        count(columns::only_text(one.process->buyer), buyers, scene.answer.buyer_r038);
        count(columns::only_text(one.process->procuring_entity), entities,
              scene.answer.entity_r038);
    }
    const auto& settings = scene.settings;
    scene.answer.buyers = above_fence(scene, buyers, settings.r038_processes, "Buyer");
    scene.answer.procuring_entities =
        above_fence(scene, entities, settings.r038_processes, "ProcuringEntity");
    for (const auto& [who, value] :
         above_fence(scene, tenderers, settings.r038_submitted_bids, "Tenderer"))
        scene.flag_tenderer(Code::R038, who, value);
}

namespace {

// The symbols of the first `digits` characters of every classification that was met.
class Prefixes {
public:
    Prefixes(const Facts& facts, std::uint64_t digits)
        : m_facts(facts), m_digits(digits), m_known(facts.symbols.size())
    {
    }

    // Numbers of its own; equal prefixes get equal numbers.
    std::uint32_t of(Symbol code)
    {
        auto& known = m_known[code];
        if (known == 0) known = m_table.intern(prefix(m_facts.name(code)));
        return known;
    }

private:
    [[nodiscard]] std::string_view prefix(std::string_view code) const
    {
        std::uint64_t letters = 0;
        for (std::size_t i = 0; i < code.size(); ++i)
            if ((static_cast<unsigned char>(code[i]) & 0xC0) != 0x80 && letters++ == m_digits)
                return code.substr(0, i);
        return code;
    }

    const Facts& m_facts;
    std::uint64_t m_digits;
    std::vector<Symbol> m_known;
    columns::SymbolTable m_table{};
};

struct Supply {
    Symbol supplier;
    std::uint32_t prefix, row;
};

// Supplier, class of goods and process of every item that one supplier alone supplies.
std::vector<Supply> supplies_of(const Scene& scene)
{
    std::vector<Supply> supplies;
    Prefixes prefixes{scene.facts, scene.settings.r048_digits};
    for (const auto& one : scene.cases)
        for (std::uint32_t i = 0; i < one.award_count; ++i) {
            const auto& award = one.awards[i];
            const auto supplier =
                award.status == AwardStatus::active ? scene.only_supplier(award) : kAbsent;
            if (supplier == kAbsent) continue;
            for (auto c = award.codes.begin; c < award.codes.end(); ++c)
                if (const auto code = columns::only_text(scene.facts.codes[c]); code != kAbsent)
                    supplies.push_back({supplier, prefixes.of(code), one.row});
        }
    return supplies;
}

// Each supplier's together, in the order they came; position of the first of each supplier, and the end.
std::vector<std::uint32_t> group_by_supplier(std::vector<Supply>& supplies, std::size_t symbols)
{
    std::vector<std::uint32_t> begins(symbols + 1, 0);
    for (const auto& supply : supplies)
        ++begins[supply.supplier + 1];
    std::partial_sum(begins.begin(), begins.end(), begins.begin());
    std::vector<Supply> grouped(supplies.size());
    auto next = begins;
    for (const auto& supply : supplies)
        grouped[next[supply.supplier]++] = supply;
    supplies = std::move(grouped);
    return begins;
}

std::size_t count_distinct(std::span<const Supply> supplies, std::uint32_t Supply::* member)
{
    std::vector<std::uint32_t> values;
    values.reserve(supplies.size());
    for (const auto& supply : supplies)
        values.push_back(supply.*member);
    std::ranges::sort(values);
    return static_cast<std::size_t>(std::ranges::unique(values).begin() - values.begin());
}

} // namespace

void heterogeneous_supplier(Scene& scene)
{
    auto supplies = supplies_of(scene);
    const auto begins = group_by_supplier(supplies, scene.facts.symbols.size());
    std::vector<NamedValue> lengths;
    for (Symbol supplier = 0; supplier + 1 < begins.size(); ++supplier) {
        const std::span<const Supply> own{supplies.data() + begins[supplier], begins[supplier + 1] - begins[supplier]};
        if (own.empty()) continue;
        const auto classes = count_distinct(own, &Supply::prefix);
        if (count_distinct(own, &Supply::row) >= scene.settings.r048_processes)
            lengths.push_back({supplier, static_cast<double>(classes)});
    }
    double fence = static_cast<double>(scene.settings.r048_threshold.value_or(0));
    if (!scene.settings.r048_threshold) {
        std::vector<double> values;
        for (const auto& length : lengths)
            values.push_back(length.value);
        Distribution distribution{std::move(values)};
        fence = distribution.upper_fence();
        scene.fence(Code::R048, "q1", distribution.q1());
        scene.fence(Code::R048, "q3", distribution.q3());
    }
    scene.fence(Code::R048, "upper_fence", fence);
    for (const auto& length : lengths)
        if (length.value >= fence) scene.flag_tenderer(Code::R048, length.name, length.value);
}

} // namespace adal::procurement::cardinal
