// Numbers, sums and dates for people: CLDR 48 for kk, ru-KZ, en, with the fixed choices of
// i18n.hpp (dd.MM.yyyy, «жылғы» in long Kazakh dates, the sign ₸, no-break spaces).
#include "i18n/i18n.hpp"

#include <cmath>
#include <fmt/core.h>

namespace adal::i18n {

namespace {

constexpr std::string_view kNoBreakSpace = "\u00a0";

// "1234567" → "1 234 567"; digits only.
std::string grouped(std::string_view digits)
{
    std::string out;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i != 0 && (digits.size() - i) % 3 == 0) out += kNoBreakSpace;
        out += digits[i];
    }
    return out;
}

char decimal_mark(Language language)
{
    return language == Language::en ? '.' : ',';
}

std::string month(Language language, std::string_view form, unsigned number)
{
    return text(language, fmt::format("date.{}.{}", form, number));
}

} // namespace

std::string number(Language, std::int64_t n)
{
    const auto digits = std::to_string(n);
    return n < 0 ? "-" + grouped(std::string_view{digits}.substr(1)) : grouped(digits);
}

std::string number(Language language, double value, int decimals)
{
    ADAL_CHECK(std::isfinite(value) && decimals >= 0 && decimals <= 15);
    auto digits = fmt::format("{:.{}f}", std::abs(value), decimals);
    const bool zero = digits.find_first_not_of("0.") == std::string::npos;
    const auto point = digits.find('.');
    auto out = std::signbit(value) && !zero ? std::string{"-"} : std::string{};
    out += grouped(std::string_view{digits}.substr(0, point));
    if (point != std::string::npos) out += decimal_mark(language) + digits.substr(point + 1);
    return out;
}

std::string percent(Language language, double share)
{
    ADAL_CHECK(std::isfinite(share));
    const auto out = number(language, static_cast<std::int64_t>(std::llround(share * 100)));
    return out + (language == Language::ru ? std::string{kNoBreakSpace} + "%" : "%");
}

std::string money(Language language, Money money)
{
    auto out = display(money);
    if (language == Language::en)
        if (const auto comma = out.find(','); comma != std::string::npos) out[comma] = '.';
    return out;
}

std::string date(Language language, LocalDate date)
{
    if (language == Language::en)
        return fmt::format("{} {} {}", date.day(), month(language, "month_short", date.month()),
                           date.year());
    return fmt::format("{:02}.{:02}.{:04}", date.day(), date.month(), date.year());
}

std::string long_date(Language language, LocalDate date)
{
    return text(language, "date.long",
                {{"day", std::to_string(date.day())},
                 {"month", month(language, "month", date.month())},
                 {"year", std::to_string(date.year())}});
}

std::string date_time(Language language, Instant instant)
{
    const auto local = local_time(instant);
    return fmt::format("{}, {:02}:{:02}", date(language, local.date), local.hour, local.minute);
}

} // namespace adal::i18n
