// procurement/thresholds.hpp: what the law says about methods of procurement, as data.
//
// Read from data/law/procurement-thresholds.json (embedded; an operator may give another file). Each rule
// carries its act, the day it came into force and whether somebody compared it with the act (`verified`).
// A method is recognised by the folded national name (procurementMethodDetails); a rule holds for
// processes whose currency is that of its jurisdiction. Immutable, thread-safe.
#pragma once

#include "base/result.hpp"
#include "base/time.hpp"
#include "base/working_days.hpp"
#include "procurement/process.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::procurement {

// competitive: suppliers answer a call; catalogue: the buyer picks from standing offers; single_source: one
// supplier is addressed.
enum class Competition { competitive, catalogue, single_source };

struct MethodRule {
    std::string id{};                  // "kz.open_tender"
    std::vector<std::string> names{};  // folded
    Competition competition = Competition::competitive;
    std::optional<int> least_days{};   // working days from publication to the end of bidding
    LocalDate in_force{};
    std::string act{}, article{}; // number of the act, paragraph
    std::string source{};
    bool verified = false;
};

// A price below which the law forbids to bid, as a share of the estimate, for works of a kind.
struct FloorRule {
    std::string id{};
    std::vector<std::string> words{}; // folded stems looked for in the title
    double share = 0;
    LocalDate in_force{};
    std::string act{}, article{}; // number of the act, paragraph
    std::string source{};
    bool verified = false;
};

inline constexpr ProblemCode bad_thresholds{"procurement.bad_thresholds", 422}; // params: field, reason

class Thresholds
{
public:
    static Result<Thresholds> read(std::string_view json, WorkingDays calendar);
    // The embedded file and the embedded calendar.
    static const Thresholds& standard();

    // The rule in force on `day`, or nothing when the method is not known here.
    [[nodiscard]] const MethodRule* method(const Process& process, LocalDate day) const;
    [[nodiscard]] const FloorRule* floor(const Process& process, LocalDate day) const;
    // By the national name when it is known, else by the OCDS code: direct is single_source. Nothing when
    // neither says.
    [[nodiscard]] std::optional<Competition> competition(const Process& process) const;
    [[nodiscard]] const WorkingDays& calendar() const { return m_calendar; }
    [[nodiscard]] const std::string& version() const { return m_version; } // hash of the file

private:
    explicit Thresholds(WorkingDays calendar) : m_calendar(std::move(calendar)) {}
    std::string m_currency, m_version;
    std::vector<MethodRule> m_methods;
    std::vector<FloorRule> m_floors;
    WorkingDays m_calendar;
};

} // namespace adal::procurement
