#include "procurement/flag_parts.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace adal::procurement {

bool is_called_off(const Process& process)
{
    return process.status == "cancelled" || process.status == "withdrawn";
}

std::optional<std::size_t> contract_in_force(const Process& process)
{
    for (std::size_t i = 0; i < process.contracts.size(); ++i)
        if (process.contracts[i].status != "cancelled" && process.contracts[i].status != "pending")
            return i;
    return std::nullopt;
}

const Award* award_of(const Process& process, const Contract& contract)
{
    if (contract.award_id.empty()) return nullptr;
    const auto found = std::ranges::find(process.awards, contract.award_id, &Award::id);
    return found == process.awards.end() ? nullptr : &*found;
}

namespace {

bool is_known_positive(const std::optional<CurrencyAmount>& sum)
{
    return sum && sum->hundredths > 0;
}

std::optional<AgreedPrice> price_of_contract(const Process& process, std::size_t index)
{
    const Contract& contract = process.contracts[index];
    const Award* award = award_of(process, contract);
    const auto moment = contract.signed_at ? contract.signed_at
                        : award            ? award->date
                                           : std::nullopt;
    const bool has_initial = is_known_positive(contract.initial_value);
    const auto& sum = has_initial ? contract.initial_value : contract.value;
    if (!moment || !is_known_positive(sum)) return std::nullopt;
    return AgreedPrice{*sum,
                       has_initial ? initial_pointer(process, index)
                                   : "/contracts/" + std::to_string(index) + "/value",
                       *moment,
                       !contract.suppliers.empty() ? contract.suppliers
                       : award                     ? award->suppliers
                                                   : std::vector<PartyRef>{}};
}

bool is_code_digit(char c)
{
    return c >= '0' && c <= '9';
}

int check_digit(std::string_view digits, int first_weight)
{
    int sum = 0;
    for (int i = 0; i < 11; ++i) {
        const int weight = (i + first_weight - 1) % 11 + 1;
        sum += weight * (digits[static_cast<std::size_t>(i)] - '0');
    }
    return sum % 11;
}

// Weights 1…11; when that gives 10, weights 3…11, 1, 2; when that gives 10 too, the number was
// never issued.
bool has_valid_check_digit(std::string_view digits)
{
    int check = check_digit(digits, 1);
    if (check == 10) check = check_digit(digits, 3);
    return check == digits[11] - '0';
}

} // namespace

std::string initial_pointer(const Process& process, std::size_t contract)
{
    const std::string& key = process.contracts[contract].initial_key;
    return "/contracts/" + std::to_string(contract) + "/" + (key.empty() ? "initialValue" : key);
}

std::optional<AgreedPrice> agreed_price(const Process& process)
{
    if (const auto contract = contract_in_force(process))
        return price_of_contract(process, *contract);
    const auto active = active_awards(process);
    if (active.size() != 1) return std::nullopt;
    const Award& award = process.awards[active.front()];
    if (!award.date || !is_known_positive(award.value)) return std::nullopt;
    return AgreedPrice{*award.value, "/awards/" + std::to_string(active.front()) + "/value",
                       *award.date, award.suppliers};
}

std::string code_prefix(std::string_view code, std::size_t digits)
{
    for (std::size_t i = 0; i < code.size(); ++i)
        if (is_code_digit(code[i]) && --digits == 0) return std::string{code.substr(0, i + 1)};
    return {};
}

std::string shared_code(const Process& process, std::size_t digits)
{
    std::string shared;
    for (const auto& item : process.items) {
        const std::string code = code_prefix(item.code, digits);
        if (code.empty() || (!shared.empty() && code != shared)) return {};
        shared = code;
    }
    return shared;
}

namespace {

std::optional<std::int64_t> whole_number(std::string_view word)
{
    std::int64_t number = 0;
    const char* const end = word.data() + word.size();
    if (word.empty() || std::from_chars(word.data(), end, number).ptr != end) return std::nullopt;
    return number;
}

bool begins_with_one(std::string_view word, const std::vector<std::string>& stems)
{
    return std::ranges::any_of(stems, [&](const std::string& stem) { return word.starts_with(stem); });
}

// "…28) …": digits before a closing bracket that nothing opened.
std::optional<std::int64_t> bracketed_number(std::string_view text)
{
    for (auto end = text.find(')'); end != std::string_view::npos; end = text.find(')', end + 1)) {
        auto begin = end;
        while (begin > 0 && is_code_digit(text[begin - 1])) --begin;
        if (begin < end && (begin == 0 || text[begin - 1] != '(')) return whole_number(text.substr(begin, end - begin));
    }
    return std::nullopt;
}

} // namespace

std::optional<std::int64_t> ground_number(std::string_view rationale, const GroundWords& known)
{
    if (const auto number = bracketed_number(rationale)) return number;
    const std::string folded = fold(rationale);
    const auto words = split(folded, ' ');
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (begins_with_one(words[i], known.before) && i + 1 < words.size())
            if (const auto number = whole_number(words[i + 1])) return number;
        if (begins_with_one(words[i], known.after) && i > 0)
            if (const auto number = whole_number(words[i - 1])) return number;
    }
    return std::nullopt;
}

double quantile(const std::vector<double>& sorted, double share)
{
    const double place = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

double upper_fence(const std::vector<double>& sorted)
{
    return upper_fence(quantile(sorted, 0.25), quantile(sorted, 0.75));
}

double upper_fence(double first_quartile, double third_quartile)
{
    return third_quartile + 1.5 * (third_quartile - first_quartile);
}

std::optional<LocalDate> registered_in(std::string_view id, LocalDate today)
{
    if (id.size() < 12) return std::nullopt;
    const auto digits = id.substr(id.size() - 12);
    if (!std::ranges::all_of(digits, is_code_digit)) return std::nullopt;
    if (id.size() > 12 && is_code_digit(id[id.size() - 13])) return std::nullopt;
    if (digits[4] < '4' || digits[4] > '6' || !has_valid_check_digit(digits)) return std::nullopt;
    const int year = (digits[0] - '0') * 10 + digits[1] - '0';
    const int month = (digits[2] - '0') * 10 + digits[3] - '0';
    if (month < 1 || month > 12) return std::nullopt;
    const int century = year <= today.year() % 100 ? 2000 : 1900;
    return make_date(century + year, static_cast<unsigned>(month), 1);
}

double growth(std::int64_t before, std::int64_t after)
{
    return (static_cast<double>(after) - static_cast<double>(before)) / static_cast<double>(before);
}

double days_between(Instant from, Instant to)
{
    constexpr double kMsInDay = 24.0 * 60 * 60 * 1000;
    return std::round(static_cast<double>(to.ms - from.ms) / kMsInDay * 10) / 10;
}

void name_origin(const RuleOrigin& rule, Facts& facts)
{
    facts["act"] = rule.act;
    facts["article"] = rule.article;
    facts["verified"] = std::int64_t{rule.verified};
}

} // namespace adal::procurement
