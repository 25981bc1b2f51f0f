// procurement/flag_parts.hpp: what several red flags share: which contract is in force and what it
// cost, levels of a classification, order statistics, the month a firm was registered in.
//
// Pure and deterministic. Codes are compared by the digits of ENSTRU (NNNNNN.NNN.NNNNNN): all 15
// are one article, 9 a kind, 6 a class.
#pragma once

#include "procurement/flag.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::procurement {

// Cancelled or withdrawn: nothing was bought.
bool is_called_off(const Process& process);

// Index of the first contract that is neither cancelled nor still to be signed.
std::optional<std::size_t> contract_in_force(const Process& process);
// The award of that contract, or nullptr.
const Award* award_of(const Process& process, const Contract& contract);

// "/contracts/0/initialValue", as the source calls it.
std::string initial_pointer(const Process& process, std::size_t contract);

// What was agreed at first: of the contract in force its sum before amendments, else its sum, else
// the sum of the only award in force. Only positive sums; the pointer says where it stands.
struct AgreedPrice {
    CurrencyAmount sum{};
    std::string pointer{};
    Moment agreed{}; // signature, else the award
    std::vector<PartyRef> suppliers{};
};
std::optional<AgreedPrice> agreed_price(const Process& process);

inline constexpr std::size_t kArticleDigits = 15, kKindDigits = 9, kClassDigits = 6;

// The beginning of the code with so many digits ("310011.500"); empty when it has fewer.
std::string code_prefix(std::string_view code, std::size_t digits);
// What the codes of all items of the tender begin with; empty when one has no such code or they
// differ.
std::string shared_code(const Process& process, std::size_t digits);

// The subparagraph that a ground names: 28 for "подпункт 28) пункта 3 статьи 16", "пп. 28 п. 3 ст. 16",
// "16-баптың 3-тармағының 28) тармақшасы". Nothing when it names none.
std::optional<std::int64_t> ground_number(std::string_view rationale, const GroundWords& words);

// Of sorted numbers (not empty): linear interpolation between the nearest two.
double quantile(const std::vector<double>& sorted, double share);
// Q3 + 1.5·(Q3 − Q1): above it a value stands out.
double upper_fence(const std::vector<double>& sorted);
double upper_fence(double first_quartile, double third_quartile);

// First day of the month in which a legal person was registered, from its BIN (YYMM, a 4, 5 or 6,
// check digit). `id` may have a prefix ("KZ-BIN-…"). Two-digit years up to that of `today` are of
// this century. Nothing for a person's number (IIN) or for what is not a BIN.
std::optional<LocalDate> registered_in(std::string_view id, LocalDate today);

// after / before − 1, exact where the division is: 0.2 for 100 → 120. `before` is not zero.
double growth(std::int64_t before, std::int64_t after);

// Exact days, rounded to a tenth.
double days_between(Instant from, Instant to);

// Where the rule of an explanation comes from: act, article, verified.
void name_origin(const RuleOrigin& rule, Facts& facts);

} // namespace adal::procurement
