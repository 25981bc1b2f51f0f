// A calendar of strangers is read or refused; what is read counts consistently.
#include "base/working_days.hpp"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto days = adal::read_calendar({reinterpret_cast<const char*>(data), size}, 2025, 2027);
    if (!days) return 0;
    const adal::WorkingDays calendar{*days, adal::make_date(2026, 6, 1)};
    const auto start = adal::make_date(2026, 3, 17);
    const auto end = calendar.add(start, 10);
    if (calendar.between(start, end) != 10 || !calendar.is_working(end)) std::abort();
    return 0;
}
