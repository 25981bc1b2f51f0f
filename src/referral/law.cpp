#include "referral/law.hpp"

#include "base/embedded.hpp"
#include "base/result.hpp"
#include "embedded/data.hpp"
#include "referral/calendar.hpp"

namespace adal::referral {

namespace {

std::string_view embedded_file(std::string_view name)
{
    const auto* file = embedded::find(embedded::data(), name);
    ADAL_CHECK(file != nullptr);
    return file->bytes;
}

} // namespace

Law embedded_law()
{
    auto rules = read_deadline_rules(embedded_file("law/deadlines.json"));
    ADAL_CHECK(rules.has_value());
    auto days = read_calendar(embedded_file("calendar/kz.json"), first_calendar_year, last_calendar_year);
    ADAL_CHECK(days.has_value());
    return {.rules = std::move(*rules), .days = std::move(*days)};
}

} // namespace adal::referral
