// procurement/goszakup/identifier.hpp: numbers of persons and organisations of Kazakhstan.
//
// BIN (organisations) and IIN (natural persons) are twelve digits, the last of which is a check digit:
// Σ d·w mod 11 with w = 1…11, then 3,4,…,11,1,2 when that gives 10. The fifth digit tells them apart: 4, 5, 6
// for a BIN (resident, non-resident, joint sole trade), 0–3 for an IIN (tens of the day of birth). Source:
// rules of forming identification numbers, research of 58 real BINs. Pure, thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace adal::procurement::goszakup {

// unknown: neither; a foreign number, or one that cannot be. It is protected like a person's.
enum class Holder { organisation, person, unknown };

struct Identifier {
    Holder holder = Holder::unknown;
    bool is_sound = false; // twelve digits with the right check digit
};

Identifier judge_identifier(std::string_view number);

// Leading zeros that were lost when the number was written as a JSON number: "540002866" → twelve digits.
std::string with_leading_zeros(std::string_view digits);

} // namespace adal::procurement::goszakup
