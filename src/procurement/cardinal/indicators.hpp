// procurement/cardinal/indicators.hpp: the eleven indicators of OCDS Cardinal
// (open-contracting/cardinal-rs) over our columns, with the same answers: groups, codes, fences,
// maps. Its documentation describes what each looks for.
//
// Where Cardinal's answer depends on the timing of its threads (no currency set and several in the
// data), ours is the one it gives on one thread: the first currency a comparison meets. One
// difference is meant: a repeated ocid counts once, its last row (columns::Facts), while Cardinal
// counts every row. Pure; thread-safe.
#pragma once

#include "procurement/cardinal/settings.hpp"
#include "procurement/facts.hpp"

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace adal::procurement::cardinal {

using columns::Facts;
using columns::Symbol;

struct RowValue {
    std::uint32_t row = 0; // of Facts::processes
    double value = 0;
};
struct NamedValue {
    Symbol name = 0;
    double value = 0;
};
// Process → organisations; `names` of the whole map in one list.
struct RowNames {
    std::vector<std::pair<std::uint32_t, columns::Span>> rows{}; // by row
    std::vector<Symbol> names{};
    void add(std::uint32_t row, const std::vector<Symbol>& of_row);
};
struct Fence {
    std::string key{}; // "q1", "Buyer_upper_fence"
    double value = 0;
};

struct Answer {
    // By indicator; rows ascending.
    std::array<std::vector<RowValue>, kCodes> processes{};
    std::array<std::vector<NamedValue>, kCodes> tenderers{};
    std::vector<NamedValue> buyers{}, procuring_entities{}; // R038
    std::array<std::vector<Fence>, kCodes> meta{};

    std::vector<NamedValue> buyer_r038{}, entity_r038{}; // map: name = organisation, value = row
    RowNames tenderer{}, r024{}, r028{}, r030{}, r035{}, r058{};
    std::uint64_t excluded_cancelled = 0, excluded_details = 0;
    Symbol currency = columns::kAbsent; // the one prices were compared in
    std::uint64_t other_currency = 0;   // bids left out for theirs
};

enum class WithMaps : std::uint8_t { no, yes };
Answer indicators(const Facts& facts, const Settings& settings, WithMaps maps);

// The answer as Cardinal prints it with --map (or without), plus a newline. Keys of processes stand
// in the order of the source, all others sorted, so the same facts give the same bytes.
std::string to_json(const Answer& answer, const Facts& facts, WithMaps maps);

} // namespace adal::procurement::cardinal
