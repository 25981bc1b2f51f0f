#include "procurement/process.hpp"

#include "base/text.hpp"
#include "procurement/symbols.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace adal::procurement {

std::optional<Money> CurrencyAmount::tenge() const
{
    if (currency != "KZT") return std::nullopt;
    return Money{hundredths};
}

std::string plain(const CurrencyAmount& amount)
{
    std::string text = adal::plain(Money{amount.hundredths});
    if (!amount.currency.empty()) text += " " + amount.currency;
    return text;
}

namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

// "1.5e6" and the like: rare, and exact enough through a double.
std::optional<std::int64_t> parse_exponent(std::string_view number)
{
    double value = 0;
    const auto [end, error] =
        std::from_chars(number.data(), number.data() + number.size(), value);
    if (error != std::errc{} || end != number.data() + number.size()) return std::nullopt;
    const double scaled = std::round(value * 100.0);
    if (!std::isfinite(scaled) || std::abs(scaled) > 9.0e18) return std::nullopt;
    return static_cast<std::int64_t>(scaled);
}

// Appends a digit; false on overflow.
bool push_digit(std::int64_t& value, int digit)
{
    if (value > (kMost - digit) / 10) return false;
    value = value * 10 + digit;
    return true;
}

} // namespace

std::optional<std::int64_t> parse_hundredths(std::string_view number)
{
    const bool negative = !number.empty() && number.front() == '-';
    std::string_view rest = negative ? number.substr(1) : number;
    if (rest.empty() || !is_digit(rest.front())) return std::nullopt;
    if (rest.find_first_of("eE") != std::string_view::npos) return parse_exponent(number);

    std::int64_t value = 0;
    std::size_t at = 0;
    while (at < rest.size() && is_digit(rest[at]))
        if (!push_digit(value, rest[at++] - '0')) return std::nullopt;
    std::string_view decimals;
    if (at < rest.size()) {
        if (rest[at] != '.' || at + 1 == rest.size()) return std::nullopt;
        decimals = rest.substr(at + 1);
    }
    for (const char c : decimals)
        if (!is_digit(c)) return std::nullopt;
    for (std::size_t i = 0; i < 2; ++i)
        if (!push_digit(value, i < decimals.size() ? decimals[i] - '0' : 0)) return std::nullopt;
    if (decimals.size() > 2 && decimals[2] >= '5') {
        if (value == kMost) return std::nullopt;
        ++value;
    }
    return negative ? -value : value;
}

namespace {

// "hh:mm:ss" with an optional fraction, nothing after it.
std::optional<std::chrono::milliseconds> parse_clock(std::string_view text)
{
    if (text.size() < 8 || text[2] != ':' || text[5] != ':') return std::nullopt;
    const auto two = [&](std::size_t at) {
        return is_digit(text[at]) && is_digit(text[at + 1])
                   ? (text[at] - '0') * 10 + (text[at + 1] - '0')
                   : 99;
    };
    const int hour = two(0), minute = two(3), second = two(6);
    if (hour > 23 || minute > 59 || second > 60) return std::nullopt;
    int ms = 0;
    if (text.size() > 8) {
        if (text[8] != '.' || text.size() == 9) return std::nullopt;
        int scale = 100;
        for (const char c : text.substr(9)) {
            if (!is_digit(c)) return std::nullopt;
            ms += (c - '0') * scale;
            scale /= 10;
        }
    }
    return std::chrono::hours{hour} + std::chrono::minutes{minute} +
           std::chrono::seconds{second} + std::chrono::milliseconds{ms};
}

} // namespace

std::optional<Moment> parse_moment(std::string_view text)
{
    if (text.size() < 10) return std::nullopt;
    const auto day = parse_date(text.substr(0, 10));
    if (!day || day->year() < 1900 || day->year() > 2200) return std::nullopt;
    if (text.size() == 10) return Moment{start_of(*day), Precision::day};
    if (text[10] != 'T' && text[10] != ' ' && text[10] != 't') return std::nullopt;
    if (const auto clock = parse_clock(text.substr(11)))
        return Moment{start_of(*day).plus(*clock), Precision::zone_assumed};
    std::string standard{text};
    standard[10] = 'T';
    if (const auto instant = parse_instant(standard)) return Moment{*instant, Precision::exact};
    return std::nullopt;
}

std::vector<std::size_t> active_awards(const Process& process)
{
    std::vector<std::size_t> active;
    for (std::size_t i = 0; i < process.awards.size(); ++i)
        if (process.awards[i].status == "active" || process.awards[i].status.empty())
            active.push_back(i);
    return active;
}

namespace {

PartyRef joined(const std::vector<PartyRef>& suppliers)
{
    if (suppliers.empty()) return {};
    PartyRef all = suppliers.front();
    for (std::size_t i = 1; i < suppliers.size(); ++i) all.name += "; " + suppliers[i].name;
    return all;
}

const Contract* first_contract_in_force(const Process& process)
{
    for (const auto& contract : process.contracts)
        if (contract.status != "cancelled" && contract.status != "pending") return &contract;
    return nullptr;
}

const Award* award_behind(const Process& process, const Contract* contract)
{
    if (contract)
        for (const auto& award : process.awards)
            if (award.id == contract->award_id) return &award;
    const auto active = active_awards(process);
    return active.empty() ? nullptr : &process.awards[active.front()];
}

} // namespace

Deal deal_of(const Process& process)
{
    const Contract* const contract = first_contract_in_force(process);
    const Award* const award = award_behind(process, contract);
    Deal deal;
    if (award) {
        deal.supplier = joined(award->suppliers);
        deal.value = award->value;
    }
    if (!contract) return deal;
    if (contract->value) deal.value = contract->value;
    deal.signed_at = contract->signed_at;
    deal.ends = contract->period.end;
    deal.warranty_until = contract->warranty_until;
    return deal;
}

ContactHash contact_hash(std::string_view text)
{
    const std::string normal = fold(text);
    return normal.empty() ? 0 : columns::quick_hash(normal);
}

ContactHash phone_hash(std::string_view text)
{
    std::string digits;
    for (const char c : text)
        if (c >= '0' && c <= '9') digits += c;
    if (digits.size() == 11) digits.erase(0, 1);
    return digits.empty() ? 0 : columns::quick_hash(digits);
}

const Party* party_of(const Process& process, std::string_view id)
{
    if (id.empty()) return nullptr;
    const auto found = std::ranges::find(process.parties, id, &Party::id);
    return found == process.parties.end() ? nullptr : &*found;
}

} // namespace adal::procurement
