#include "procurement/price_index.hpp"

#include "base/json.hpp"
#include "embedded/data.hpp"

#include <cmath>
#include <stdexcept>

namespace adal::procurement {

PriceIndex::PriceIndex(std::string_view text)
{
    const auto document = parse_json(text);
    const auto* years = document ? array_at(*document, "years") : nullptr;
    if (!years) throw std::runtime_error("price index: no years");
    double level = 0;
    for (const auto& entry : *years) {
        const auto year = int_at(entry, "year");
        const auto rate = number_at(entry, "growth");
        const bool follows = m_years.empty() || (year && m_years.rbegin()->first + 1 == *year);
        if (!year || !follows || !rate || *rate <= -0.5 || *rate >= 5 || text_at(entry, "source").value_or("").empty())
            throw std::runtime_error("price index: year " + std::to_string(year.value_or(0)) + " is malformed");
        const auto* verified = find(entry, "verified");
        m_years[static_cast<int>(*year)] = {level, std::log1p(*rate), verified && verified->is_bool() && verified->get_bool()};
        level += std::log1p(*rate);
    }
}

const PriceIndex& PriceIndex::standard()
{
    static const PriceIndex index = [] {
        const auto* file = embedded::find(embedded::data(), "procurement/price-index.json");
        if (!file) throw std::runtime_error("not built in: procurement/price-index.json");
        return PriceIndex{file->bytes};
    }();
    return index;
}

std::optional<double> PriceIndex::level(LocalDate day) const
{
    const auto year = m_years.find(day.year());
    if (year == m_years.end()) return std::nullopt;
    const auto first = make_date(day.year(), 1, 1).days(), next = make_date(day.year() + 1, 1, 1).days();
    const double passed = static_cast<double>((day.days() - first).count()) / static_cast<double>((next - first).count());
    return year->second.before + year->second.growth * passed;
}

bool PriceIndex::verified(int year) const
{
    const auto found = m_years.find(year);
    return found != m_years.end() && found->second.verified;
}

} // namespace adal::procurement
