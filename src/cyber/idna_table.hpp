// cyber/idna_table.hpp: what Unicode says about each code point in a domain name, made by tools/idna_table.py
// when the program is built: the mapping of UTS #46, classes of RFC 5892 (joiners) and RFC 5893 (direction).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace adal::cyber::idna {

enum class Status : std::uint8_t { valid, mapped, ignored, disallowed };

enum Bit : std::uint16_t {
    mark = 1 << 0, // General_Category=Mark
    virama = 1 << 1,
    joins_after = 1 << 2,  // joining type L or D: before a ZWNJ
    transparent = 1 << 3,  // joining type T
    joins_before = 1 << 4, // joining type R or D: after a ZWNJ
    bidi = 1 << 5,         // R, AL or AN: makes a domain a bidi domain
    ltr_first = 1 << 6,    // rule 1
    rtl_first = 1 << 7,
    rtl_allowed = 1 << 8, // rule 2
    rtl_last = 1 << 9,    // rule 3
    nonspacing = 1 << 10,
    european_number = 1 << 11, // rule 4
    arabic_number = 1 << 12,
    ltr_allowed = 1 << 13, // rule 5
    ltr_last = 1 << 14,    // rule 6
};

// Holds from `first` up to the next row's.
struct Row {
    std::uint32_t first;
    std::uint16_t mapping_at, mapping_length; // in pool()
    Status status;
    std::uint16_t bits;
};

std::span<const Row> rows(); // ascending, the first is of code point 0
std::u32string_view pool();

} // namespace adal::cyber::idna
