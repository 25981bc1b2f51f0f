// referral/deadline_rule.hpp: the terms of the law as dated data (data/law/deadlines.json), never as numbers
// in code. A deadline stores the version of the rule and of the calendar it was computed from (I10,
// invariant 8), so that anybody can compute it again.
//
// Sources: law "On public control" No. 30-VIII art. 13; Administrative Procedural Code art. 76. An entry
// with `verified: false` has not been read in the act itself and is shown so to the operator.
// Pure and thread-safe.
#pragma once

#include "base/result.hpp"
#include "base/time.hpp"
#include "base/working_days.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::referral {

enum class TermUnit { working_days, calendar_days, months, hours };
std::string_view name(TermUnit unit);
std::optional<TermUnit> term_unit_from(std::string_view name);

// next_day: the day of the trigger is not counted, day 1 is the day after it (kazakhstan.md §2.9).
// next_working_day: so too, and a term that ends on a day off ends on the next working day.
// before: counted back from the day of the event; the last day on which a notice is in time.
// moment: from the very moment of the trigger (terms in hours).
enum class Counting { next_day, next_working_day, before, moment };
std::string_view name(Counting counting);
std::optional<Counting> counting_from(std::string_view name);

struct DeadlineRule {
    std::string code{};    // "PC_REPLY"
    std::string act{};     // code of the act, e.g. "Z2300000030"
    std::string article{}; // "13(4)"
    std::string trigger{}; // code of what starts the clock: "document_received"
    int term = 0;          // ≥ 1
    TermUnit unit = TermUnit::working_days;
    int extension = 0; // at most by how much it may be extended; 0: not at all
    TermUnit extension_unit = TermUnit::months;
    Counting counting = Counting::next_day;
    std::string source{};  // where it was read
    bool verified = false;
    std::optional<LocalDate> valid_from{}; // absent: in force before we began to keep rules
    std::optional<LocalDate> valid_to{};   // last day; absent: still in force
    std::string version{}; // code@16 hex digits of SHA-256 of the rule's own JSON
    std::string text{};    // that JSON, stored beside each deadline's version
};

class DeadlineRules
{
public:
    DeadlineRules() = default;
    explicit DeadlineRules(std::vector<DeadlineRule> rules) : m_rules(std::move(rules)) {}
    // The newest version of the rule.
    [[nodiscard]] const DeadlineRule* find(std::string_view code) const;
    [[nodiscard]] const DeadlineRule& get(std::string_view code) const; // must exist
    // The version in force on the day of the trigger, or null.
    [[nodiscard]] const DeadlineRule* find_on(std::string_view code, LocalDate day) const;
    // The same, and the newest one for a day that no version covers; must exist.
    [[nodiscard]] const DeadlineRule& get_on(std::string_view code, LocalDate day) const;
    [[nodiscard]] const std::vector<DeadlineRule>& all() const { return m_rules; }

private:
    std::vector<DeadlineRule> m_rules;
};

inline constexpr std::string_view rule_send = "PC_SEND";
inline constexpr std::string_view rule_reply = "PC_REPLY";
inline constexpr std::string_view rule_hearing_notice = "PC_HEARING_NOTICE";
inline constexpr std::string_view rule_appeal = "APPC_DECIDE";             // an appeal, a repeated demand
inline constexpr std::string_view rule_extension_notice = "APPC_EXT_NOTICE";
inline constexpr std::string_view rule_forward = "APPC_FORWARD";
inline constexpr std::string_view rule_complaint = "APPC_COMPLAINT";       // pre-trial complaint
inline constexpr std::string_view rule_crime = "CRIME_REG";

inline constexpr ProblemCode bad_deadline_rule{"deadline_rule.bad", 422}; // params: rule, field
Result<DeadlineRules> read_deadline_rules(std::string_view json);
// One rule from the text kept beside a deadline, also as older programs wrote it.
Result<DeadlineRule> read_deadline_rule(std::string_view json);

// What a clock keeps (invariant 8).
struct Deadline {
    std::string rule_version{};
    std::string calendar_version{};
    LocalDate start{}; // day of the trigger
    LocalDate due{};   // last day of the term
};

// A rule in hours ends on the day of moment_of counted from the first moment of `start`; a rule that counts
// back has `start` as the event and `due` as the last day of notice.
Deadline deadline_of(const DeadlineRule& rule, LocalDate start, const WorkingDays& calendar);
// Rules in hours: the last moment. Other units: ADAL_CHECK.
Instant moment_of(const DeadlineRule& rule, Instant start);
// The farthest day to which a term that ends on `due` may be extended; nothing when the rule knows no extension.
std::optional<LocalDate> extension_limit(const DeadlineRule& rule, LocalDate due, const WorkingDays& calendar);
// The same day of a later month; the last day of the month when it has no such day.
LocalDate plus_months(LocalDate date, int n);

} // namespace adal::referral
