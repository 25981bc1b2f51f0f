// impact/saving.hpp: a sum of public money, typed, evidenced, approved by two, counted once
// (kazakhstan.md §4.4, field.md I12, design.md invariants 3, 4 and 6).
//
//   claimed → approved_once → confirmed → revised (a correction replaces it, visible for ever)
//      └──────────┴→ rejected · withdrawn
//
// Claimant, first and second approver are three people. "Stated" is not "confirmed": only `confirmed` counts.
// Sums are tiyn; attribution shares are basis points (10000 = the whole). Pure and thread-safe.
#pragma once

#include "base/id.hpp"
#include "base/money.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::impact {

// T1 … T9 of the model. Append only.
enum class SavingType {
    cancelled_purchase,      // T1 planned sum, after 12 months without re-purchase
    price_reduction,         // T2
    contract_reduction,      // T3 sum or volume reduced by addendum
    unpaid_defective,        // T4
    redo_at_contractor_cost, // T5 value of works restored; not a budget saving
    recovered,               // T6
    prevented_duplicate,     // T7
    resident_refund,         // T8 returned to residents; not a budget saving
    revenue_protected        // T9
};
std::string_view name(SavingType type);
std::optional<SavingType> saving_type_from(std::string_view name);
// The types whose amount formula is built: T3 and T5. The others cannot be claimed yet.
bool is_claimable(SavingType type);
inline constexpr std::array claimable_types{SavingType::contract_reduction, SavingType::redo_at_contractor_cost};
bool is_budget_saving(SavingType type);
// Types of one family exclude each other on one object: T1, T2, T3, T7 are "purchase".
std::string_view family(SavingType type);

// Grade of the evidence: A payment document, court or audit act · B written confirmation of the authority or
// archived status of the portal · C official document implying it · D expert calculation · E statement only.
enum class Grade { a, b, c, d, e };
inline constexpr std::array all_grades{Grade::a, Grade::b, Grade::c, Grade::d, Grade::e};
std::string_view name(Grade grade); // "A" … "E"
std::optional<Grade> grade_from(std::string_view name);

// M1 planned price · M2 median of comparable contracts · M3 market quotes · M4 state norm or estimate · M5 expert.
enum class Method { planned_price, comparable_contracts, market_quotes, norm_or_estimate, expert };
std::string_view name(Method method);
std::optional<Method> method_from(std::string_view name);
inline constexpr std::array all_methods{Method::planned_price, Method::comparable_contracts,
                                        Method::market_quotes, Method::norm_or_estimate, Method::expert};

enum class SavingState { claimed, approved_once, confirmed, rejected, withdrawn, revised };
std::string_view name(SavingState state);
std::optional<SavingState> saving_state_from(std::string_view name);
bool is_live(SavingState state); // claimed, approved_once, confirmed

inline constexpr std::int64_t kWholeShare = 10000;

struct Attribution {
    std::string organisation{};
    int share_bp = 0; // 1 … 10000
};

struct Saving {
    SavingId id{};
    SavingType type = SavingType::contract_reduction;
    std::string object_key{};  // "lot:…" > "contract:…" > "finding:…"
    FindingId finding{};       // what led to it; may be unset
    std::string baseline_text{}, method_text{};
    Method method = Method::norm_or_estimate;
    Money baseline{}, actual{};
    Grade grade = Grade::e;
    int our_share_bp = 10000;
    std::vector<Attribution> others{};
    std::vector<FileId> evidence{};
    SavingState state = SavingState::claimed;
    PersonId claimed_by{}, approved_by{}, confirmed_by{}, ended_by{};
    Instant claimed_at{};
    std::optional<Instant> approved_at{}, confirmed_at{}, ended_at{};
    std::string end_reason{};  // for rejected, withdrawn, revised
    SavingId replaces{};       // the saving that this one corrects
    std::int64_t version = 1;
};

// baseline − actual.
Money gross(const Saving& saving);
// Our share of it, rounded down to a tiyn.
Money counted(const Saving& saving);

inline constexpr ProblemCode saving_type_not_built{"saving.type_not_built", 422};
inline constexpr ProblemCode saving_object_missing{"saving.object_missing", 422};
inline constexpr ProblemCode saving_method_missing{"saving.method_missing", 422};
inline constexpr ProblemCode saving_evidence_missing{"saving.evidence_missing", 422};
inline constexpr ProblemCode saving_amount_not_positive{"saving.amount_not_positive", 422};
inline constexpr ProblemCode saving_share_bad{"saving.share_bad", 422};
inline constexpr ProblemCode saving_shares_over_whole{"saving.shares_over_whole", 422};
inline constexpr ProblemCode saving_object_taken{"saving.object_taken", 409}; // params: saving
inline constexpr ProblemCode saving_same_person{"saving.same_person", 403};
inline constexpr ProblemCode saving_wrong_state{"saving.wrong_state", 409};   // params: state
inline constexpr ProblemCode saving_grade_too_low{"saving.grade_too_low", 422}; // params: grade
inline constexpr ProblemCode saving_reason_missing{"saving.reason_missing", 422};
inline constexpr ProblemCode saving_not_yours{"saving.not_yours", 403};
inline constexpr ProblemCode saving_fix_not_verified{"saving.fix_not_verified", 409};

// "LOT: 123-A" and "lot:123-a" are one object: lower case, without blanks.
std::string normal_key(std::string_view typed);

// Everything but the uniqueness of the object, which needs the other rows.
[[nodiscard]] Result<Saving> claim(Saving saving, PersonId claimant, Instant now);
// First approval, then (by a third person, with grade A or B) confirmation.
[[nodiscard]] Result<Saving> approve(Saving saving, PersonId approver, Instant now);
[[nodiscard]] Result<Saving> reject(Saving saving, PersonId approver, std::string_view reason, Instant now);
[[nodiscard]] Result<Saving> withdraw(Saving saving, PersonId claimant, std::string_view reason, Instant now);
[[nodiscard]] Result<Saving> revise(Saving saving, PersonId person, std::string_view reason, Instant now);

} // namespace adal::impact
