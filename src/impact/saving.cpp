#include "impact/saving.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace adal::impact {

namespace {

template <typename Enum, std::size_t count>
std::optional<Enum> named(const std::array<Enum, count>& all, std::string_view text)
{
    for (const auto value : all)
        if (name(value) == text) return value;
    return std::nullopt;
}

} // namespace

std::string_view name(SavingType type)
{
    switch (type) {
    case SavingType::cancelled_purchase: return "cancelled_purchase";
    case SavingType::price_reduction: return "price_reduction";
    case SavingType::contract_reduction: return "contract_reduction";
    case SavingType::unpaid_defective: return "unpaid_defective";
    case SavingType::redo_at_contractor_cost: return "redo_at_contractor_cost";
    case SavingType::recovered: return "recovered";
    case SavingType::prevented_duplicate: return "prevented_duplicate";
    case SavingType::resident_refund: return "resident_refund";
    case SavingType::revenue_protected: return "revenue_protected";
    }
    return {};
}

std::optional<SavingType> saving_type_from(std::string_view text)
{
    using enum SavingType;
    constexpr std::array all{cancelled_purchase,      price_reduction, contract_reduction,
                             unpaid_defective,        redo_at_contractor_cost, recovered,
                             prevented_duplicate,     resident_refund, revenue_protected};
    return named(all, text);
}

bool is_claimable(SavingType type)
{
    return std::ranges::find(claimable_types, type) != claimable_types.end();
}

bool is_budget_saving(SavingType type)
{
    using enum SavingType;
    return type != redo_at_contractor_cost && type != resident_refund && type != revenue_protected;
}

std::string_view family(SavingType type)
{
    switch (type) {
    case SavingType::cancelled_purchase:
    case SavingType::price_reduction:
    case SavingType::contract_reduction:
    case SavingType::prevented_duplicate: return "purchase";
    case SavingType::unpaid_defective:
    case SavingType::recovered: return "payment";
    case SavingType::redo_at_contractor_cost: return "restored";
    case SavingType::resident_refund: return "residents";
    case SavingType::revenue_protected: return "revenue";
    }
    return {};
}

std::string_view name(Grade grade)
{
    switch (grade) {
    case Grade::a: return "A";
    case Grade::b: return "B";
    case Grade::c: return "C";
    case Grade::d: return "D";
    case Grade::e: return "E";
    }
    return {};
}

std::optional<Grade> grade_from(std::string_view text)
{
    return named(all_grades, text);
}

std::string_view name(Method method)
{
    switch (method) {
    case Method::planned_price: return "planned_price";
    case Method::comparable_contracts: return "comparable_contracts";
    case Method::market_quotes: return "market_quotes";
    case Method::norm_or_estimate: return "norm_or_estimate";
    case Method::expert: return "expert";
    }
    return {};
}

std::optional<Method> method_from(std::string_view text)
{
    return named(all_methods, text);
}

std::string_view name(SavingState state)
{
    switch (state) {
    case SavingState::claimed: return "claimed";
    case SavingState::approved_once: return "approved_once";
    case SavingState::confirmed: return "confirmed";
    case SavingState::rejected: return "rejected";
    case SavingState::withdrawn: return "withdrawn";
    case SavingState::revised: return "revised";
    }
    return {};
}

std::optional<SavingState> saving_state_from(std::string_view text)
{
    using enum SavingState;
    constexpr std::array all{claimed, approved_once, confirmed, rejected, withdrawn, revised};
    return named(all, text);
}

bool is_live(SavingState state)
{
    return state == SavingState::claimed || state == SavingState::approved_once ||
           state == SavingState::confirmed;
}

Money gross(const Saving& saving)
{
    return subtract(saving.baseline, saving.actual).value_or(Money{});
}

Money counted(const Saving& saving)
{
    const auto whole = gross(saving).tiyn;
    // Split so that the product stays inside 64 bits for every sum.
    return {whole / kWholeShare * saving.our_share_bp + whole % kWholeShare * saving.our_share_bp / kWholeShare};
}

std::string normal_key(std::string_view typed)
{
    std::string out;
    for (const char c : lower(typed))
        if (c != ' ' && c != '\t' && c != '\n' && c != '\r') out.push_back(c);
    return out;
}

namespace {

Result<Done> check_shares(const Saving& saving)
{
    if (saving.our_share_bp < 1 || saving.our_share_bp > kWholeShare) return fail(saving_share_bad);
    std::int64_t sum = saving.our_share_bp;
    for (const auto& other : saving.others) {
        if (other.share_bp < 1 || other.share_bp > kWholeShare) return fail(saving_share_bad);
        if (trim(other.organisation).empty()) return fail(saving_share_bad);
        sum += other.share_bp;
    }
    if (sum > kWholeShare) return fail(saving_shares_over_whole);
    return done();
}

tl::unexpected<Problem> wrong_state(const Saving& saving)
{
    return fail(saving_wrong_state, {{"state", std::string(name(saving.state))}});
}

Saving end(Saving saving, SavingState state, PersonId person, std::string_view reason, Instant now)
{
    saving.state = state;
    saving.ended_by = person;
    saving.ended_at = now;
    saving.end_reason = trim(reason);
    return saving;
}

bool is_waiting(const Saving& saving)
{
    return saving.state == SavingState::claimed || saving.state == SavingState::approved_once;
}

} // namespace

Result<Saving> claim(Saving saving, PersonId claimant, Instant now)
{
    if (!is_claimable(saving.type)) return fail(saving_type_not_built);
    saving.object_key = normal_key(saving.object_key);
    if (saving.object_key.empty()) return fail(saving_object_missing);
    if (trim(saving.method_text).empty() || trim(saving.baseline_text).empty())
        return fail(saving_method_missing);
    if (saving.evidence.empty()) return fail(saving_evidence_missing);
    if (saving.actual.tiyn < 0 || gross(saving).tiyn <= 0) return fail(saving_amount_not_positive);
    if (const auto fine = check_shares(saving); !fine) return pass(fine);

    saving.state = SavingState::claimed;
    saving.claimed_by = claimant;
    saving.claimed_at = now;
    saving.approved_by = saving.confirmed_by = saving.ended_by = PersonId{};
    saving.approved_at = saving.confirmed_at = saving.ended_at = std::nullopt;
    return saving;
}

Result<Saving> approve(Saving saving, PersonId approver, Instant now)
{
    if (!is_waiting(saving)) return wrong_state(saving);
    if (approver == saving.claimed_by || approver == saving.approved_by) return fail(saving_same_person);
    if (saving.state == SavingState::claimed) {
        saving.state = SavingState::approved_once;
        saving.approved_by = approver;
        saving.approved_at = now;
        return saving;
    }
    if (saving.grade > Grade::b)
        return fail(saving_grade_too_low, {{"grade", std::string(name(saving.grade))}});
    saving.state = SavingState::confirmed;
    saving.confirmed_by = approver;
    saving.confirmed_at = now;
    return saving;
}

Result<Saving> reject(Saving saving, PersonId approver, std::string_view reason, Instant now)
{
    if (!is_waiting(saving)) return wrong_state(saving);
    if (approver == saving.claimed_by) return fail(saving_same_person);
    if (trim(reason).empty()) return fail(saving_reason_missing);
    return end(std::move(saving), SavingState::rejected, approver, reason, now);
}

Result<Saving> withdraw(Saving saving, PersonId claimant, std::string_view reason, Instant now)
{
    if (!is_waiting(saving)) return wrong_state(saving);
    if (claimant != saving.claimed_by) return fail(saving_not_yours);
    if (trim(reason).empty()) return fail(saving_reason_missing);
    return end(std::move(saving), SavingState::withdrawn, claimant, reason, now);
}

Result<Saving> revise(Saving saving, PersonId person, std::string_view reason, Instant now)
{
    if (saving.state != SavingState::confirmed) return wrong_state(saving);
    if (trim(reason).empty()) return fail(saving_reason_missing);
    return end(std::move(saving), SavingState::revised, person, reason, now);
}

} // namespace adal::impact
