// procurement/screen.hpp: all flags over a set of processes.
//
// The result depends only on the set: not on its order, the machine or the number of threads. Pure.
#pragma once

#include "i18n/i18n.hpp"
#include "procurement/flag.hpp"
#include "procurement/rnu.hpp"
#include "procurement/score.hpp"

#include <cstdint>
#include <functional>
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
    std::vector<Outcome> outcomes{};   // one per flag, in the order of all_flags()
    std::vector<FlagAnswer> answers{}; // in that order; one per flag, or of failed flags only
    int failed = 0;     // "k of n applicable"
    int applicable = 0;
    Weighed weight{}; // of the failed, of the applicable; the order and its formula are in score.hpp
};

// Same order as `processes`.
std::vector<Screened> screen(std::span<const Process> processes, const Thresholds& thresholds);

// A set that need not be in memory at once. Thread-safe.
class ProcessSource
{
public:
    ProcessSource() = default;
    ProcessSource(const ProcessSource&) = delete;
    ProcessSource& operator=(const ProcessSource&) = delete;
    virtual ~ProcessSource() = default;
    [[nodiscard]] virtual std::size_t size() const = 0;
    // Processes begin to end - 1; made in `room` when they are not there already.
    virtual std::span<const Process> range(std::size_t begin, std::size_t end,
                                           std::vector<Process>& room) const = 0;
};
class InMemory final : public ProcessSource
{
public:
    explicit InMemory(std::span<const Process> processes) : m_processes(processes) {}
    [[nodiscard]] std::size_t size() const override { return m_processes.size(); }
    std::span<const Process> range(std::size_t begin, std::size_t end,
                                   std::vector<Process>&) const override
    {
        return m_processes.subspan(begin, end - begin);
    }

private:
    std::span<const Process> m_processes;
};

struct ScreenOptions {
    unsigned threads = 1;
    bool failed_only = false; // keep answers of failed flags only; of the others the outcome
    std::function<void(std::uint64_t done, std::uint64_t total)> progress{}; // in processes, twice each
    const Register* unscrupulous = nullptr; // what R046 asks; without it the flag does not apply
};
std::vector<Screened> screen(const ProcessSource& source, const Thresholds& thresholds,
                             const ScreenOptions& options);
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

// failed: processes with a failed flag, and their failed flags. all: every process and every flag; a pass with its
// numbers, "not applicable" with its reason (JSON forms only).
enum class Answers { failed, all };

// Flagged processes with their answers and explanations; counts per flag in the JSON form. Byte-identical
// for equal input. CSV: one row per failed flag, RFC 4180, cells that a spreadsheet would run are quoted
// with an apostrophe.
std::string screen_report(const ProcessSource& source, std::span<const Screened> screened,
                          ReportFormat format, i18n::Language language, Answers answers = Answers::failed);
inline std::string screen_report(std::span<const Process> processes, std::span<const Screened> screened,
                                 ReportFormat format, i18n::Language language)
{
    return screen_report(InMemory{processes}, screened, format, language);
}

} // namespace adal::procurement
