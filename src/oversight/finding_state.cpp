// The machine of a finding as a table: which action leads from where to where. The people-rules (who may) are
// in finding.cpp.
#include "oversight/finding.hpp"
#include "oversight/named.hpp"

namespace adal::oversight {
namespace {

using S = FindingState;
using A = FindingAction;

constexpr std::array<Named<S>, 16> kFindingStates{{{S::reported, "reported"},
                                            {S::duplicate, "duplicate"},
                                            {S::invalid, "invalid"},
                                            {S::triaged, "triaged"},
                                            {S::disputed, "disputed"},
                                            {S::verified, "verified"},
                                            {S::referred, "referred"},
                                            {S::acknowledged, "acknowledged"},
                                            {S::in_progress, "in_progress"},
                                            {S::refused, "refused"},
                                            {S::closed_refused, "closed_refused"},
                                            {S::fix_claimed, "fix_claimed"},
                                            {S::fixed_verified, "fixed_verified"},
                                            {S::not_fixed, "not_fixed"},
                                            {S::reopened, "reopened"},
                                            {S::archived_unresolved, "archived_unresolved"}}};
constexpr std::array<Named<A>, kFindingActions> kActions{{{A::report, "report"},
                                                          {A::triage, "triage"},
                                                          {A::mark_duplicate, "mark_duplicate"},
                                                          {A::mark_invalid, "mark_invalid"},
                                                          {A::confirm, "confirm"},
                                                          {A::refute, "refute"},
                                                          {A::doubt, "doubt"},
                                                          {A::decide_valid, "decide_valid"},
                                                          {A::decide_invalid, "decide_invalid"},
                                                          {A::seal, "seal"},
                                                          {A::publish, "publish"},
                                                          {A::refer, "refer"},
                                                          {A::refer_urgent, "refer_urgent"},
                                                          {A::acknowledge, "acknowledge"},
                                                          {A::start_work, "start_work"},
                                                          {A::refuse, "refuse"},
                                                          {A::close_refused, "close_refused"},
                                                          {A::claim_fix, "claim_fix"},
                                                          {A::pass_fix, "pass_fix"},
                                                          {A::fail_fix, "fail_fix"},
                                                          {A::reopen, "reopen"},
                                                          {A::propose_archive, "propose_archive"},
                                                          {A::archive, "archive"}}};
constexpr std::array<Named<FindingOrigin>, 3> kOrigins{{{FindingOrigin::visit, "visit"}, {FindingOrigin::citizen_report, "citizen_report"}, {FindingOrigin::screening, "screening"}}};
constexpr std::array<Named<InvalidReason>, 4> kReasons{{{InvalidReason::not_a_violation, "not_a_violation"},
                                                        {InvalidReason::out_of_scope, "out_of_scope"},
                                                        {InvalidReason::false_report, "false_report"},
                                                        {InvalidReason::abuse, "abuse"}}};

struct Move {
    A action;
    S from, to;
};

constexpr std::array<Move, 41> kMoves{{{A::triage, S::reported, S::triaged},
                                       {A::mark_duplicate, S::reported, S::duplicate},
                                       {A::mark_invalid, S::reported, S::invalid},
                                       {A::confirm, S::triaged, S::verified},
                                       {A::refute, S::triaged, S::disputed},
                                       {A::refute, S::referred, S::disputed}, // an urgent one, looked at later
                                       {A::refute, S::acknowledged, S::disputed},
                                       {A::refute, S::in_progress, S::disputed},
                                       {A::refute, S::refused, S::disputed},
                                       {A::decide_valid, S::disputed, S::verified},
                                       {A::decide_invalid, S::disputed, S::invalid},
                                       {A::refer, S::verified, S::referred},
                                       {A::refer, S::refused, S::referred},
                                       {A::refer, S::not_fixed, S::referred},
                                       {A::refer, S::reopened, S::referred},
                                       {A::refer_urgent, S::triaged, S::referred},
                                       {A::acknowledge, S::referred, S::acknowledged},
                                       {A::start_work, S::acknowledged, S::in_progress},
                                       {A::refuse, S::acknowledged, S::refused},
                                       {A::refuse, S::in_progress, S::refused},
                                       {A::close_refused, S::refused, S::closed_refused},
                                       {A::claim_fix, S::referred, S::fix_claimed},
                                       {A::claim_fix, S::acknowledged, S::fix_claimed},
                                       {A::claim_fix, S::in_progress, S::fix_claimed},
                                       {A::claim_fix, S::refused, S::fix_claimed},
                                       {A::claim_fix, S::not_fixed, S::fix_claimed},
                                       {A::claim_fix, S::reopened, S::fix_claimed},
                                       {A::pass_fix, S::fix_claimed, S::fixed_verified},
                                       {A::fail_fix, S::fix_claimed, S::not_fixed},
                                       {A::reopen, S::fixed_verified, S::reopened},
                                       // said without moving:
                                       {A::doubt, S::triaged, S::triaged},
                                       {A::doubt, S::disputed, S::disputed},
                                       // the owed verification of an urgent one, however far it has come: without it no seal
                                       {A::confirm, S::referred, S::referred},
                                       {A::confirm, S::acknowledged, S::acknowledged},
                                       {A::confirm, S::in_progress, S::in_progress},
                                       {A::confirm, S::refused, S::refused},
                                       {A::confirm, S::closed_refused, S::closed_refused},
                                       {A::confirm, S::fix_claimed, S::fix_claimed},
                                       {A::confirm, S::fixed_verified, S::fixed_verified},
                                       {A::confirm, S::not_fixed, S::not_fixed},
                                       {A::confirm, S::reopened, S::reopened}}};

bool may_carry_seal(S state)
{
    return state != S::reported && state != S::duplicate && state != S::invalid && state != S::triaged && state != S::disputed &&
           state != S::archived_unresolved;
}

} // namespace

std::string_view name(FindingState state)
{
    return name_in(kFindingStates, state);
}

std::optional<FindingState> finding_state_from(std::string_view name)
{
    return value_in(kFindingStates, name);
}

std::string_view name(FindingAction action)
{
    return name_in(kActions, action);
}

std::optional<FindingAction> finding_action_from(std::string_view name)
{
    return value_in(kActions, name);
}

std::string_view name(FindingOrigin origin)
{
    return name_in(kOrigins, origin);
}

std::optional<FindingOrigin> finding_origin_from(std::string_view name)
{
    return value_in(kOrigins, name);
}

std::string_view name(InvalidReason reason)
{
    return name_in(kReasons, reason);
}

std::optional<InvalidReason> invalid_reason_from(std::string_view name)
{
    return value_in(kReasons, name);
}

bool is_open(FindingState state)
{
    return state != S::duplicate && state != S::invalid && state != S::closed_refused && state != S::fixed_verified &&
           state != S::archived_unresolved;
}

std::optional<FindingState> next(std::optional<FindingState> state, FindingAction action)
{
    if (!state) return action == A::report ? std::optional{S::reported} : std::nullopt;
    if (action == A::seal || action == A::publish) return may_carry_seal(*state) ? state : std::nullopt;
    if (action == A::propose_archive) return is_open(*state) ? state : std::nullopt;
    if (action == A::archive) return is_open(*state) ? std::optional{S::archived_unresolved} : std::nullopt;
    for (const auto& move : kMoves)
        if (move.action == action && move.from == *state) return move.to;
    return std::nullopt;
}

} // namespace adal::oversight
