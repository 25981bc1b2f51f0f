// procurement/screen.hpp: all flags over a set of processes.
//
// The result depends only on the set: not on its order, the machine or the number of threads. Pure.
#pragma once

#include "i18n/i18n.hpp"
#include "procurement/flag.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace adal::procurement {

struct FlagAnswer {
    std::string code{};
    Answer answer{};
};

struct Screened {
    std::string ocid{};
    std::vector<FlagAnswer> answers{}; // one per flag, in the order of all_flags()
    int failed = 0;     // "k of n applicable"
    int applicable = 0;
};

// Ordering key, highest first: more failed flags, then fewer applicable ones; equal keys by OCID.
std::int64_t rank(int failed, int applicable);

// Same order as `processes`.
std::vector<Screened> screen(std::span<const Process> processes, const Thresholds& thresholds);
// Positions of those with at least one failed flag, best rank first.
std::vector<std::size_t> flagged(std::span<const Screened> screened);

struct FlagCount {
    std::string code{};
    std::int64_t failed = 0, passed = 0, not_applicable = 0;
};
std::vector<FlagCount> count_by_flag(std::span<const Screened> screened);

// --- said to people ---------------------------------------------------------------------------------
std::string say(i18n::Language language, const CurrencyAmount& amount); // "773 315 INR", "5 000 ₸"
std::string title_of(i18n::Language language, std::string_view code);   // procurement.flag.<CODE>.title
// One sentence: why it failed, or why it could not be answered; empty for a pass.
std::string explain(i18n::Language language, std::string_view code, const Answer& answer);

// --- `adal screen` ----------------------------------------------------------------------------------
enum class ReportFormat { json, jsonl, csv };
std::optional<ReportFormat> report_format_from(std::string_view text);

// Flagged processes with their answers and explanations; counts per flag in the JSON form. Byte-identical
// for equal input. CSV: one row per failed flag, RFC 4180, cells that a spreadsheet would run are quoted
// with an apostrophe.
std::string screen_report(std::span<const Process> processes, std::span<const Screened> screened,
                          ReportFormat format, i18n::Language language);

} // namespace adal::procurement
