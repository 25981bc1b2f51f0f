#include "oversight/finding.hpp"
#include "oversight/event.hpp"
#include "oversight/test_records.hpp"

#include <gmock/gmock.h>

namespace adal::oversight {
namespace {

using S = FindingState;
using A = FindingAction;
using ::testing::ElementsAre;
using ::testing::SizeIs;
using test::days_later;
using test::key;
using test::moment;
using test::reported;
using test::word;

constexpr std::array<A, kFindingActions> kEveryAction{A::report, A::triage, A::mark_duplicate, A::mark_invalid, A::confirm, A::refute, A::doubt, A::decide_valid,
                                                      A::decide_invalid, A::seal, A::publish, A::refer, A::refer_urgent, A::acknowledge, A::start_work, A::refuse,
                                                      A::close_refused, A::claim_fix, A::pass_fix, A::fail_fix, A::reopen, A::propose_archive, A::archive};

// field.md §2.3, written down once more and independently of finding_state.cpp.
const std::map<S, std::map<A, S>> kMachine{
    {S::reported, {{A::triage, S::triaged}, {A::mark_duplicate, S::duplicate}, {A::mark_invalid, S::invalid}, {A::propose_archive, S::reported}, {A::archive, S::archived_unresolved}}},
    {S::duplicate, {}},
    {S::invalid, {}},
    {S::triaged, {{A::confirm, S::verified}, {A::refute, S::disputed}, {A::doubt, S::triaged}, {A::refer_urgent, S::referred}, {A::propose_archive, S::triaged}, {A::archive, S::archived_unresolved}}},
    {S::disputed, {{A::decide_valid, S::verified}, {A::decide_invalid, S::invalid}, {A::doubt, S::disputed}, {A::propose_archive, S::disputed}, {A::archive, S::archived_unresolved}}},
    {S::verified, {{A::refer, S::referred}, {A::seal, S::verified}, {A::publish, S::verified}, {A::propose_archive, S::verified}, {A::archive, S::archived_unresolved}}},
    {S::referred,
     {{A::confirm, S::referred}, {A::refute, S::disputed}, {A::acknowledge, S::acknowledged}, {A::claim_fix, S::fix_claimed}, {A::seal, S::referred}, {A::publish, S::referred},
      {A::propose_archive, S::referred}, {A::archive, S::archived_unresolved}}},
    {S::acknowledged,
     {{A::confirm, S::acknowledged}, {A::refute, S::disputed}, {A::start_work, S::in_progress}, {A::refuse, S::refused}, {A::claim_fix, S::fix_claimed}, {A::seal, S::acknowledged},
      {A::publish, S::acknowledged}, {A::propose_archive, S::acknowledged}, {A::archive, S::archived_unresolved}}},
    {S::in_progress,
     {{A::confirm, S::in_progress}, {A::refute, S::disputed}, {A::refuse, S::refused}, {A::claim_fix, S::fix_claimed}, {A::seal, S::in_progress}, {A::publish, S::in_progress},
      {A::propose_archive, S::in_progress}, {A::archive, S::archived_unresolved}}},
    {S::refused,
     {{A::confirm, S::refused}, {A::refute, S::disputed}, {A::refer, S::referred}, {A::close_refused, S::closed_refused}, {A::claim_fix, S::fix_claimed}, {A::seal, S::refused},
      {A::publish, S::refused}, {A::propose_archive, S::refused}, {A::archive, S::archived_unresolved}}},
    {S::closed_refused, {{A::confirm, S::closed_refused}, {A::seal, S::closed_refused}, {A::publish, S::closed_refused}}},
    {S::fix_claimed,
     {{A::confirm, S::fix_claimed}, {A::pass_fix, S::fixed_verified}, {A::fail_fix, S::not_fixed}, {A::seal, S::fix_claimed}, {A::publish, S::fix_claimed},
      {A::propose_archive, S::fix_claimed}, {A::archive, S::archived_unresolved}}},
    {S::fixed_verified, {{A::confirm, S::fixed_verified}, {A::reopen, S::reopened}, {A::seal, S::fixed_verified}, {A::publish, S::fixed_verified}}},
    {S::not_fixed,
     {{A::confirm, S::not_fixed}, {A::refer, S::referred}, {A::claim_fix, S::fix_claimed}, {A::seal, S::not_fixed}, {A::publish, S::not_fixed}, {A::propose_archive, S::not_fixed},
      {A::archive, S::archived_unresolved}}},
    {S::reopened,
     {{A::confirm, S::reopened}, {A::refer, S::referred}, {A::claim_fix, S::fix_claimed}, {A::seal, S::reopened}, {A::publish, S::reopened}, {A::propose_archive, S::reopened},
      {A::archive, S::archived_unresolved}}},
    {S::archived_unresolved, {}}};

class FindingMachine : public ::testing::TestWithParam<S> {};

TEST_P(FindingMachine, allows_the_declared_actions_and_no_other)
{
    const auto& leads = kMachine.at(GetParam());
    for (const auto action : kEveryAction) {
        const auto to = leads.find(action);
        EXPECT_EQ(next(GetParam(), action), to == leads.end() ? std::nullopt : std::optional{to->second}) << name(action);
    }
}

TEST_P(FindingMachine, ends_where_nothing_but_a_reopening_or_the_owed_word_follows)
{
    const bool is_end = GetParam() == S::duplicate || GetParam() == S::invalid || GetParam() == S::closed_refused || GetParam() == S::fixed_verified || GetParam() == S::archived_unresolved;
    EXPECT_EQ(is_open(GetParam()), !is_end);
}

INSTANTIATE_TEST_SUITE_P(In, FindingMachine, ::testing::ValuesIn(all_finding_states), [](const auto& state) { return std::string(name(state.param)); });

TEST(FindingMachine, starts_with_a_report_and_with_nothing_else)
{
    for (const auto action : kEveryAction) EXPECT_EQ(next(std::nullopt, action), action == A::report ? std::optional{S::reported} : std::nullopt) << name(action);
}

TEST(FindingMachine, leaves_no_state_that_cannot_be_reached)
{
    std::set<S> reached{S::reported};
    for (std::size_t before = 0; before != reached.size();) {
        before = reached.size();
        for (const auto state : std::set{reached})
            for (const auto action : kEveryAction)
                if (const auto to = next(state, action)) reached.insert(*to);
    }
    EXPECT_THAT(reached, SizeIs(all_finding_states.size()));
}

// --- the steps by hand ---------------------------------------------------------------------------

Finding in(S state)
{
    auto finding = reported();
    finding.state = state;
    return finding;
}

Finding triaged() { return triage(reported(), test::reviewer, moment)->finding; }
Finding verified() { return verify(triaged(), word(test::reviewer, VerificationResult::confirm), {})->finding; }
Finding sealed() { return seal(verified(), {.leaf = 5, .eid = "e", .case_id = "c", .by = test::reviewer, .at = moment})->finding; }
Finding referred() { return refer(sealed(), test::coordinator, moment)->finding; }
Finding dangerous()
{
    auto finding = triaged();
    finding.severity = Severity::danger;
    return finding;
}
Finding urgent() { return refer_urgent(dangerous(), test::reviewer, moment)->finding; }

TEST(I2, only_an_accepted_visit_gives_findings_one_per_violation)
{
    const auto steps = findings_of(test::accepted_visit(), " Аялдаманың алдында. ", days_later(1));
    ASSERT_TRUE(steps);
    ASSERT_THAT(*steps, SizeIs(2));
    const auto& board = steps->at(0).finding;
    const auto& pothole = steps->at(1).finding;
    EXPECT_EQ(board.category(), "road_repair.board");
    EXPECT_EQ(pothole.value, "len=40 wid=30 dep=6 area=0.12");
    EXPECT_EQ(pothole.text, "Аялдаманың алдында.");
    EXPECT_THAT(pothole.authors, ElementsAre(test::author, test::mate));
    ASSERT_THAT(pothole.photos, SizeIs(2)); // its own first, then the overview
    EXPECT_EQ(pothole.photos[0].question, "defect[0].dph");
    EXPECT_EQ(pothole.photos[1].question, "overview");
    EXPECT_EQ(pothole.created_at, days_later(1));
    for (const auto state : all_visit_states) {
        auto visit = test::complete_visit();
        visit.state = state;
        EXPECT_EQ(key(findings_of(visit, "", moment)), state == VisitState::accepted ? "fine" : visit_wrong_state.key) << name(state);
    }
}

TEST(I2, the_sender_is_an_author_even_when_not_of_the_team)
{
    auto visit = test::accepted_visit();
    visit.people = {test::mate};
    EXPECT_THAT(findings_of(visit, "", moment)->front().finding.authors, ElementsAre(test::mate, test::author));
}

TEST(I1, an_author_neither_judges_nor_seals_nor_publishes_nor_archives)
{
    for (const auto person : {test::author, test::mate}) {
        EXPECT_EQ(key(triage(reported(), person, moment)), finding_own.key);
        EXPECT_EQ(key(mark_duplicate(reported(), triaged(), person, moment)), finding_own.key);
        EXPECT_EQ(key(mark_invalid(reported(), person, InvalidReason::abuse, "…", moment)), finding_own.key);
        EXPECT_EQ(key(verify(triaged(), word(person, VerificationResult::confirm), {})), finding_own.key);
        EXPECT_EQ(key(seal(verified(), {.by = person})), finding_own.key);
        EXPECT_EQ(key(publish(sealed(), {.summary = "шұңқыр", .by = person})), finding_own.key);
        EXPECT_EQ(key(refer_urgent(dangerous(), person, moment)), finding_own.key);
        EXPECT_EQ(key(archive(reported(), person, days_later(800))), finding_own.key);
    }
}

TEST(Duplicate, points_to_a_valid_finding_of_the_same_place_and_kind)
{
    auto other = triaged();
    other.id = FindingId::make(moment);
    const auto step = mark_duplicate(reported(), other, test::reviewer, moment);
    ASSERT_TRUE(step);
    EXPECT_EQ(step->finding.duplicate_of, other.id);
    EXPECT_EQ(step->reason, other.id.text());
    EXPECT_EQ(key(mark_duplicate(reported(), reported(), test::reviewer, moment)), duplicate_of_itself.key);
    auto elsewhere = other;
    elsewhere.place = PlaceId::make(moment);
    EXPECT_EQ(key(mark_duplicate(reported(), elsewhere, test::reviewer, moment)), duplicate_wrong_target.key);
    for (const auto state : {S::duplicate, S::invalid}) {
        auto gone = other;
        gone.state = state;
        EXPECT_EQ(key(mark_duplicate(reported(), gone, test::reviewer, moment)), duplicate_wrong_target.key);
    }
}

TEST(Duplicate, of_another_violation_at_the_same_place_would_have_hidden_it)
{
    auto board = findings_of(test::accepted_visit(), "", moment)->at(0).finding;
    board.id = FindingId::make(moment);
    ASSERT_NE(board.category(), reported().category());
    EXPECT_EQ(key(mark_duplicate(reported(), board, test::reviewer, moment)), duplicate_wrong_target.key);
}

TEST(Invalid, finding_carries_a_coded_reason_and_words)
{
    const auto step = mark_invalid(reported(), test::reviewer, InvalidReason::out_of_scope, " жеке аула ", moment);
    EXPECT_EQ(step->finding.state, S::invalid);
    EXPECT_EQ(step->reason, "out_of_scope");
    EXPECT_EQ(step->text, "жеке аула");
    EXPECT_EQ(key(mark_invalid(reported(), test::reviewer, InvalidReason::abuse, " ", moment)), reason_missing.key);
}

TEST(Verification, confirms_and_says_when)
{
    const auto step = verify(triaged(), word(test::reviewer, VerificationResult::confirm), {});
    ASSERT_TRUE(step);
    EXPECT_EQ(step->finding.state, S::verified);
    EXPECT_EQ(step->finding.verified_at, moment);
    EXPECT_EQ(step->reason, "desk");
}

TEST(Verification, without_words_or_a_photo_of_the_revisit_is_none)
{
    auto silent = word(test::reviewer, VerificationResult::confirm);
    silent.text = "  ";
    EXPECT_EQ(key(verify(triaged(), silent, {})), verification_text_missing.key);
    auto seen = word(test::reviewer, VerificationResult::confirm);
    seen.basis = VerificationBasis::revisit;
    EXPECT_EQ(key(verify(triaged(), seen, {})), revisit_photo_missing.key);
    seen.photos = {FileId::make(moment)};
    EXPECT_EQ(key(verify(triaged(), seen, {})), "fine");
}

TEST(Verification, of_one_person_counts_once_but_a_doubt_may_be_resolved)
{
    const auto doubt = word(test::reviewer, VerificationResult::unsure), sure = word(test::reviewer, VerificationResult::confirm);
    const auto doubted = verify(triaged(), doubt, {});
    EXPECT_EQ(doubted->finding.state, S::triaged);
    EXPECT_EQ(key(verify(doubted->finding, sure, {doubt})), "fine");
    auto owed = urgent();
    EXPECT_EQ(key(verify(owed, sure, {sure})), verifier_twice.key);
}

TEST(Dispute, is_decided_by_a_third_person)
{
    const auto against = word(test::reviewer, VerificationResult::refute);
    const auto disputed = verify(triaged(), against, {})->finding;
    EXPECT_EQ(disputed.state, S::disputed);
    EXPECT_EQ(key(verify(disputed, word(test::reviewer, VerificationResult::confirm), {against})), third_person_needed.key);
    EXPECT_EQ(key(verify(disputed, word(test::author, VerificationResult::confirm), {against})), finding_own.key);
    const auto valid = verify(disputed, word(test::second_reviewer, VerificationResult::confirm), {against});
    EXPECT_EQ(valid->finding.state, S::verified);
    EXPECT_EQ(valid->action, A::decide_valid);
    EXPECT_TRUE(valid->finding.verified_at);
    const auto invalid = verify(disputed, word(test::second_reviewer, VerificationResult::refute), {against});
    EXPECT_EQ(invalid->finding.state, S::invalid);
    EXPECT_FALSE(invalid->finding.verified_at);
    EXPECT_EQ(verify(disputed, word(test::second_reviewer, VerificationResult::unsure), {against})->finding.state, S::disputed);
}

TEST(Verification, is_taken_only_while_one_is_due)
{
    for (const auto state : all_finding_states) {
        const bool is_due = state == S::triaged || state == S::disputed;
        EXPECT_EQ(key(verify(in(state), word(test::reviewer, VerificationResult::unsure), {})), is_due ? "fine" : finding_wrong_state.key) << name(state);
    }
}

TEST(Seal, is_given_once_to_what_is_verified_and_evidenced)
{
    EXPECT_EQ(sealed().seal->leaf, 5);
    EXPECT_EQ(sealed().state, S::verified); // a mark, not a state
    EXPECT_EQ(key(seal(sealed(), {.by = test::second_reviewer})), already_sealed.key);
    EXPECT_EQ(key(seal(triaged(), {.by = test::reviewer})), finding_not_verified.key);
    EXPECT_EQ(key(seal(urgent(), {.by = test::reviewer})), finding_not_verified.key);
}

TEST(I6, a_finding_without_photo_or_measurement_is_not_sealed)
{
    auto bare = verified();
    bare.photos.clear();
    EXPECT_EQ(key(seal(bare, {.by = test::reviewer})), "fine"); // measured
    bare.value = "no";
    EXPECT_EQ(key(seal(bare, {.by = test::reviewer})), finding_no_evidence.key);
}

TEST(Publication, comes_once_after_the_seal_and_in_words)
{
    const auto published = publish(sealed(), {.summary = "Шұңқыр", .by = test::reviewer, .at = moment});
    ASSERT_TRUE(published);
    EXPECT_EQ(key(publish(published->finding, {.summary = "тағы", .by = test::reviewer})), already_published.key);
    EXPECT_EQ(key(publish(verified(), {.summary = "Шұңқыр", .by = test::reviewer})), finding_not_sealed.key);
    EXPECT_EQ(key(publish(sealed(), {.summary = "\t", .by = test::reviewer})), summary_missing.key);
}

TEST(I3, nothing_is_referred_without_a_seal)
{
    EXPECT_EQ(key(refer(verified(), test::coordinator, moment)), finding_not_sealed.key);
    EXPECT_EQ(key(refer(sealed(), test::coordinator, moment)), "fine");
    EXPECT_EQ(key(refer(triaged(), test::coordinator, moment)), finding_wrong_state.key);
    for (const auto state : {S::refused, S::not_fixed, S::reopened}) {
        auto again = sealed();
        again.state = state;
        EXPECT_EQ(refer(again, test::coordinator, moment)->finding.state, S::referred);
        again.seal.reset();
        EXPECT_EQ(key(refer(again, test::coordinator, moment)), finding_not_sealed.key);
    }
}

TEST(Urgent, referral_is_for_danger_only_and_owes_a_verification_in_72_hours)
{
    EXPECT_EQ(key(refer_urgent(triaged(), test::reviewer, moment)), not_urgent.key);
    EXPECT_EQ(urgent().state, S::referred);
    EXPECT_TRUE(urgent().urgent);
    EXPECT_EQ(urgent().verification_due, days_later(3));
    auto late = dangerous();
    late.state = S::verified;
    EXPECT_EQ(key(refer_urgent(late, test::reviewer, moment)), finding_wrong_state.key);
}

TEST(Urgent, finding_is_verified_where_it_stands)
{
    const auto step = verify(urgent(), word(test::second_reviewer, VerificationResult::confirm), {});
    ASSERT_TRUE(step);
    EXPECT_EQ(step->finding.state, S::referred);
    EXPECT_TRUE(step->finding.verified_at);
    EXPECT_FALSE(step->finding.verification_due);
    EXPECT_EQ(key(verify(step->finding, word(test::reviewer, VerificationResult::confirm), {})), finding_wrong_state.key); // owed no more
}

// A pit that was filled the next morning could never be verified, sealed or shown.
TEST(Urgent, finding_mended_or_refused_before_its_verification_is_verified_and_sealed_all_the_same)
{
    for (const auto state : {S::acknowledged, S::in_progress, S::refused, S::closed_refused, S::fix_claimed, S::fixed_verified, S::not_fixed, S::reopened}) {
        auto finding = urgent();
        finding.state = state;
        const auto step = verify(finding, word(test::second_reviewer, VerificationResult::confirm), {});
        ASSERT_TRUE(step) << name(state);
        EXPECT_EQ(step->finding.state, state);
        EXPECT_EQ(key(seal(step->finding, {.by = test::reviewer})), "fine") << name(state);
    }
}

TEST(Urgent, finding_that_was_refuted_owes_its_verification_no_more)
{
    const auto disputed = verify(urgent(), word(test::second_reviewer, VerificationResult::refute), {});
    ASSERT_TRUE(disputed);
    EXPECT_EQ(disputed->finding.state, S::disputed);
    EXPECT_FALSE(disputed->finding.verification_due);
    const auto doubted = verify(urgent(), word(test::second_reviewer, VerificationResult::unsure), {});
    EXPECT_EQ(key(doubted), finding_wrong_state.key); // a doubt is no answer to what is owed
}

TEST(Refusal, closing_and_reopening_need_words)
{
    const auto acknowledged = acknowledge(referred(), moment)->finding;
    EXPECT_EQ(key(refuse(acknowledged, " ", moment)), reason_missing.key);
    const auto refused = refuse(acknowledged, "нормаға сай", moment)->finding;
    EXPECT_EQ(refused.state, S::refused);
    EXPECT_EQ(key(close_refused(refused, "", moment)), reason_missing.key);
    EXPECT_EQ(close_refused(refused, "сот шешімі", moment)->finding.state, S::closed_refused);
    EXPECT_EQ(key(refuse(referred(), "нормаға сай", moment)), finding_wrong_state.key); // a number must be registered first
    EXPECT_EQ(key(reopen(in(S::fixed_verified), true, "", moment)), reason_missing.key);
}

TEST(Fix, that_is_claimed_is_checked_and_may_be_claimed_again)
{
    const auto claimed = claim_fix(referred(), "жамалды", moment)->finding;
    EXPECT_EQ(claimed.state, S::fix_claimed);
    EXPECT_EQ(key(claim_fix(claimed, "тағы", moment)), finding_wrong_state.key);
    EXPECT_EQ(finish_fix_check(claimed, true, moment)->finding.state, S::fixed_verified);
    const auto not_fixed = finish_fix_check(claimed, false, moment)->finding;
    EXPECT_EQ(not_fixed.state, S::not_fixed);
    EXPECT_EQ(claim_fix(not_fixed, "енді жамалды", moment)->finding.state, S::fix_claimed);
    EXPECT_EQ(refer(not_fixed, test::coordinator, moment)->finding.state, S::referred);
}

TEST(Reopening, within_the_warranty_says_so)
{
    EXPECT_TRUE(reopen(in(S::fixed_verified), true, "қайта ойылды", moment)->finding.warranty);
    EXPECT_EQ(reopen(in(S::fixed_verified), true, "қайта ойылды", moment)->reason, "warranty");
    EXPECT_FALSE(reopen(in(S::fixed_verified), false, "қайта ойылды", moment)->finding.warranty);
    for (const auto state : all_finding_states)
        EXPECT_EQ(key(reopen(in(state), false, "…", moment)), state == S::fixed_verified ? "fine" : finding_wrong_state.key) << name(state);
}

TEST(Archive, takes_two_reviewers_and_24_months_without_movement)
{
    const auto day = [](std::string_view text) { return *parse_instant(std::string(text) + "T12:00:00+05:00"); };
    auto finding = reported();
    finding.changed_at = day("2024-02-29");
    EXPECT_EQ(key(archive(finding, test::reviewer, day("2026-02-27"))), archive_too_early.key);
    const auto proposed = archive(finding, test::reviewer, day("2026-02-28"));
    ASSERT_TRUE(proposed);
    EXPECT_EQ(proposed->finding.state, S::reported);
    EXPECT_EQ(proposed->action, A::propose_archive);
    EXPECT_EQ(key(archive(proposed->finding, test::reviewer, day("2026-03-01"))), archive_second_person.key);
    EXPECT_EQ(archive(proposed->finding, test::second_reviewer, day("2026-03-01"))->finding.state, S::archived_unresolved);
}

TEST(Archive, proposed_before_something_moved_has_to_be_proposed_again)
{
    auto finding = referred();
    const auto proposed = archive(finding, test::reviewer, days_later(740))->finding;
    const auto moved = acknowledge(proposed, days_later(741))->finding;
    EXPECT_EQ(key(archive(moved, test::second_reviewer, days_later(742))), archive_too_early.key);
    const auto later = archive(moved, test::second_reviewer, days_later(1500));
    ASSERT_TRUE(later);
    EXPECT_EQ(later->action, A::propose_archive);
    EXPECT_EQ(later->finding.state, S::acknowledged);
}

TEST(Archive, of_what_has_ended_is_refused)
{
    for (const auto state : all_finding_states) {
        const auto step = archive(in(state), test::reviewer, days_later(800));
        EXPECT_EQ(key(step), is_open(state) ? "fine" : finding_wrong_state.key) << name(state);
    }
}

TEST(Step, raises_the_version_and_moves_the_clock_only_when_the_state_moves)
{
    const auto later = seal(verified(), {.by = test::reviewer, .at = days_later(5)});
    EXPECT_EQ(later->finding.version, verified().version + 1);
    EXPECT_EQ(later->finding.changed_at, moment);
    EXPECT_EQ(refer(later->finding, test::coordinator, days_later(6))->finding.changed_at, days_later(6));
    EXPECT_EQ(later->from, S::verified);
}

TEST(WrongState, is_named_in_the_refusal)
{
    const auto refused = acknowledge(reported(), moment);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().params.at("state"), "reported");
    for (const auto state : all_finding_states) {
        const auto& leads = kMachine.at(state);
        EXPECT_EQ(bool(acknowledge(in(state), moment)), leads.contains(A::acknowledge)) << name(state);
        EXPECT_EQ(bool(start_work(in(state), moment)), leads.contains(A::start_work)) << name(state);
        EXPECT_EQ(bool(refuse(in(state), "…", moment)), leads.contains(A::refuse)) << name(state);
        EXPECT_EQ(bool(close_refused(in(state), "…", moment)), leads.contains(A::close_refused)) << name(state);
        EXPECT_EQ(bool(claim_fix(in(state), "…", moment)), leads.contains(A::claim_fix)) << name(state);
        EXPECT_EQ(bool(finish_fix_check(in(state), true, moment)), leads.contains(A::pass_fix)) << name(state);
        EXPECT_EQ(bool(triage(in(state), test::reviewer, moment)), leads.contains(A::triage)) << name(state);
    }
}

// --- I4 ------------------------------------------------------------------------------------------

Event event(std::int64_t seq, std::string action, std::string from, std::string to)
{
    return {.entity = Entity::finding, .id = "1", .seq = seq, .action = std::move(action), .from = std::move(from), .to = std::move(to)};
}

TEST(I4, the_state_is_what_the_events_add_up_to)
{
    EXPECT_EQ(fold({event(1, "report", "", "reported"), event(2, "triage", "reported", "triaged"), event(3, "doubt", "triaged", "triaged"), event(4, "confirm", "triaged", "verified")}), "verified");
}

TEST(I4, events_that_contradict_each_other_or_the_machine_add_up_to_nothing)
{
    const auto report = event(1, "report", "", "reported");
    EXPECT_EQ(fold({}), std::nullopt);
    EXPECT_EQ(fold({event(2, "report", "", "reported")}), std::nullopt);                                   // the first is missing
    EXPECT_EQ(fold({report, event(3, "triage", "reported", "triaged")}), std::nullopt);                    // one is missing
    EXPECT_EQ(fold({report, event(2, "confirm", "triaged", "verified")}), std::nullopt);                   // from elsewhere
    EXPECT_EQ(fold({report, event(2, "triage", "reported", "verified")}), std::nullopt);                   // to elsewhere
    EXPECT_EQ(fold({report, event(2, "pass_fix", "reported", "fixed_verified")}), std::nullopt);           // no such step
    EXPECT_EQ(fold({report, event(2, "wave", "reported", "reported")}), std::nullopt);                     // no such action
    EXPECT_EQ(fold({event(1, "triage", "", "triaged")}), std::nullopt);                                    // starts in the middle
    EXPECT_EQ(fold({event(1, "report", "nowhere", "reported")}), std::nullopt);
}

TEST(Finding, names_are_looked_up_both_ways)
{
    for (const auto one : all_finding_states) EXPECT_EQ(finding_state_from(name(one)), one);
    for (const auto one : kEveryAction) EXPECT_EQ(finding_action_from(name(one)), one);
    for (const auto one : all_invalid_reasons) EXPECT_EQ(invalid_reason_from(name(one)), one);
    for (const auto one : {FindingOrigin::visit, FindingOrigin::citizen_report, FindingOrigin::screening}) EXPECT_EQ(finding_origin_from(name(one)), one);
    for (const auto one : all_verification_bases) EXPECT_EQ(verification_basis_from(name(one)), one);
    for (const auto one : all_verification_results) EXPECT_EQ(verification_result_from(name(one)), one);
    for (const auto one : {Entity::control, Entity::assignment, Entity::visit, Entity::finding}) EXPECT_EQ(entity_from(name(one)), one);
}

} // namespace
} // namespace adal::oversight
