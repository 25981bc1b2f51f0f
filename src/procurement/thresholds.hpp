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

// Where a rule comes from.
struct RuleOrigin {
    std::string id{}; // "kz.open_tender"
    LocalDate in_force{};
    std::string act{}, article{}; // number of the act, paragraph
    std::string source{};
    bool verified = false;
};

struct MethodRule : RuleOrigin {
    std::string title{};              // as the portal writes it first
    std::vector<std::string> names{}; // folded
    std::vector<std::string> codes{}; // folded: "3", "ЗЦП"
    Competition competition = Competition::competitive;
    std::optional<int> least_days{}; // working days from publication to the end of bidding
};

// A price below which the law forbids to bid, as a share of the estimate: for works of a kind, or for methods.
struct FloorRule : RuleOrigin {
    std::vector<std::string> words{};   // folded stems looked for in the title
    std::vector<std::string> methods{}; // ids of MethodRule, in a rule without words
    double share = 0;
};

// The index in which the law counts sums; set anew every year.
struct UnitRule : RuleOrigin {
    std::int64_t hundredths = 0;
};

// The most that may be bought of one kind in a year by these methods.
struct LimitRule : RuleOrigin {
    std::vector<std::string> methods{};     // ids of MethodRule
    std::vector<std::string> categories{};  // empty: all
    std::vector<std::string> buyer_words{}; // folded stems of the buyer's name; empty: all buyers
    std::vector<std::int64_t> grounds{}; // subparagraphs that allow it; empty: the method itself does
    std::int64_t units = 0;
};

struct VatRule : RuleOrigin {
    double rate = 0;
};

// Months in which works of these classifications are not done.
struct SeasonRule : RuleOrigin {
    std::vector<std::string> prefixes{};
    std::vector<unsigned> closed_months{};
};

// How long an entry of the register of unscrupulous suppliers holds when it names no last day.
struct RegisterRule : RuleOrigin {
    int months = 0;
};

// Folded stems beside which a ground writes the number of its subparagraph: before it, after it.
struct GroundWords {
    std::vector<std::string> before{}, after{};
};

// A limit as it stands on a day.
struct Limit {
    const LimitRule* rule = nullptr;
    const UnitRule* unit = nullptr;
    CurrencyAmount sum{};
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
    // Every share of the estimate that may be a floor here; bids that meet there say nothing.
    [[nodiscard]] std::vector<double> floor_shares(const Process& process, LocalDate day) const;
    // By the national name when it is known, else by the OCDS code: direct is single_source. Nothing when
    // neither says.
    [[nodiscard]] std::optional<Competition> competition(const Process& process) const;
    // What the national name or code of a method means, whatever the process; nothing when not known.
    [[nodiscard]] const MethodRule* method_named(std::string_view name_or_code) const;
    // How much of one kind the buyer may buy in that year by this method; nothing when there is no limit, or
    // the unit or the method is not known.
    [[nodiscard]] std::optional<Limit> yearly_limit(const Process& process, int year) const;
    // A price multiplied by `ratio` may be the same price with, or with another, value added tax.
    [[nodiscard]] bool is_vat_step(double ratio) const;
    [[nodiscard]] const SeasonRule* season(const std::vector<std::string>& classifications,
                                           LocalDate day) const;
    // nullptr when no rule was in force.
    [[nodiscard]] const RegisterRule* register_rule(LocalDate day) const;
    [[nodiscard]] const GroundWords& ground_words() const { return m_ground_words; }
    [[nodiscard]] const std::string& currency() const { return m_currency; }
    [[nodiscard]] const WorkingDays& calendar() const { return m_calendar; }
    [[nodiscard]] const std::string& version() const { return m_version; } // hash of the file

private:
    explicit Thresholds(WorkingDays calendar) : m_calendar(std::move(calendar)) {}
    std::string m_currency, m_version;
    std::vector<MethodRule> m_methods;
    std::vector<FloorRule> m_floors;
    std::vector<UnitRule> m_units;
    std::vector<LimitRule> m_limits;
    std::vector<VatRule> m_vat;
    std::vector<SeasonRule> m_seasons;
    std::vector<RegisterRule> m_registers;
    GroundWords m_ground_words;
    WorkingDays m_calendar;
};

} // namespace adal::procurement
