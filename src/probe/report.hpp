// probe/report.hpp: what a probe saw, signed (docs/formats/probe-report.md): a signed note (c2sp.org/signed-note, Ed25519) whose
// text is lines of canonical JSON (RFC 8785, ASCII): a head, then one measurement a line. And the signed question for tasks.
// Reports come from outside: whatever the bytes, the result is a report, or why not; a line that is wrong is told and
// loses no other. Pure; thread-safe.
#pragma once

#include "base/hash.hpp"
#include "base/json.hpp"
#include "ledger/note.hpp"
#include "probe/measurement.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace adal::probe {

inline constexpr std::size_t kMostReport = 1 << 20;  // bytes, signature included
inline constexpr std::size_t kMostMeasures = 1000;   // in one report
inline constexpr std::size_t kMostOfARun = 100;      // that one run measures: its report is below kMostReport

inline constexpr ProblemCode bad_report{"probe.bad_report", 422};     // params: reason
inline constexpr ProblemCode not_signed{"probe.not_signed", 403};     // by the key it names

struct ReportHead {
    std::string probe{}; // name of the key
    std::string software{};
    Instant started{};
};
struct ReportLine {
    int number = 0; // of the text, from 2
    std::optional<Measurement> measured{}; // nothing: not of the form
};
struct Report {
    ReportHead head{};
    std::vector<ReportLine> lines{};
    Hash sha256{}; // of the signed text
};

std::string measurement_line(const Measurement& measured);               // with its newline
std::optional<Measurement> read_measurement(std::string_view line);      // without
std::string sign_report(const ReportHead& head, const std::vector<Measurement>& measured, const ledger::SigningKey& key);

// Whose it says it is; nothing is verified.
Result<std::string> signer_of(const ledger::Note& note);
// Of the key's own probe, and signed by it.
Result<Report> open_report(const ledger::Note& note, const ledger::Vkey& key);
// The same without judging the signature: for one's own eyes.
Result<Report> read_report(const ledger::Note& note);

struct TaskQuestion {
    std::string probe{}, to{}; // to: the server as the probe knows it
    Instant at{};
};
std::string sign_question(const TaskQuestion& question, const ledger::SigningKey& key);
Result<TaskQuestion> open_question(const ledger::Note& note, const ledger::Vkey& key);

} // namespace adal::probe
