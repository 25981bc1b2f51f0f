#include "procurement/goszakup/identifier.hpp"

#include <algorithm>
#include <array>

namespace adal::procurement::goszakup {

namespace identifier {

constexpr std::size_t kDigits = 12;
using Weights = std::array<int, kDigits - 1>;
constexpr Weights kFirst{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
constexpr Weights kSecond{3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2};

bool is_digits(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

int remainder(std::string_view number, const Weights& weights)
{
    int sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i)
        sum += (number[i] - '0') * weights[i];
    return sum % 11;
}

bool has_right_check_digit(std::string_view number)
{
    int digit = remainder(number, kFirst);
    if (digit == 10) digit = remainder(number, kSecond);
    return digit == number.back() - '0'; // never for 10
}

} // namespace identifier

Identifier judge_identifier(std::string_view number)
{
    if (number.size() != identifier::kDigits || !identifier::is_digits(number)) return {};
    const char fifth = number[4];
    const Holder holder = fifth <= '3'   ? Holder::person
                          : fifth <= '6' ? Holder::organisation
                                         : Holder::unknown;
    const bool is_sound =
        holder != Holder::unknown && identifier::has_right_check_digit(number);
    return {holder, is_sound};
}

std::string with_leading_zeros(std::string_view digits)
{
    if (digits.empty() || digits.size() >= identifier::kDigits || !identifier::is_digits(digits))
        return std::string{digits};
    return std::string(identifier::kDigits - digits.size(), '0') + std::string{digits};
}

} // namespace adal::procurement::goszakup
