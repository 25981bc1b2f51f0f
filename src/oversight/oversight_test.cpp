// The whole way of a case through the operations of oversight.hpp, on both engines.
#include "ledger/leaf.hpp"
#include "oversight/test_house.hpp"

#include <filesystem>

namespace adal::oversight {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using test::key_of;
using test::must;

class Oversight : public test::OnBothEngines
{
protected:
    // A sealed pothole of a fresh control.
    FindingId sealed_pothole()
    {
        place = house().add_place("1");
        control = house().open_at(place, {house().volunteer, house().mate});
        const auto findings = house().visited(control, place);
        house().verify_and_seal(findings.at(1));
        return findings.at(1);
    }

    std::int64_t log_size()
    {
        return house().read([](auto& s) { return ledger::size(s); });
    }
    std::string leaf(std::int64_t index)
    {
        return house().read([&](auto& s) { return ledger::leaf(s, index).value().bytes; });
    }
    std::vector<std::string> actions(Entity entity, std::string_view id)
    {
        std::vector<std::string> out;
        for (const auto& event : house().read([&](auto& s) { return timeline(s, entity, id); })) out.push_back(event.action);
        return out;
    }

    PlaceId place;
    ControlId control;
};
ADAL_BOTH_ENGINES(Oversight);

TEST_P(Oversight, leads_from_a_place_to_a_fix_that_somebody_else_has_seen)
{
    auto& h = house();
    const auto finding = sealed_pothole();
    EXPECT_EQ(h.finding(finding).state, FindingState::verified);
    EXPECT_TRUE(h.finding(finding).seal);

    h.write([&](auto& tx) { return publish_finding(tx, h.files, finding, " Тереңдігі 6 см шұңқыр ", h.reviewer, h.clock); });
    EXPECT_EQ(h.finding(finding).publication->summary, "Тереңдігі 6 см шұңқыр");
    h.write([&](auto& tx) { return mark_referred(tx, finding, "document-1", h.coordinator, h.clock); });
    h.write([&](auto& tx) { return mark_acknowledged(tx, finding, "ЖТ-5", h.coordinator, h.clock); });
    h.write([&](auto& tx) { return mark_in_progress(tx, finding, "reply-1", h.coordinator, h.clock); });
    const auto claim = h.write([&](auto& tx) { return claim_finding_fix(tx, finding, Claimant::authority, "жамалды", h.coordinator, h.clock); });
    h.clock = h.clock.plus(std::chrono::hours{24});
    const FixCheck look{.claim = claim.id, .is_fixed = true, .position = h.position(), .photos = {h.photo("after", 0, true, PhotoRole::after)}, .text = "көрдім"};
    EXPECT_EQ(key_of(h.attempt([&](auto& tx) { return check_fix(tx, h.files, look, h.coordinator, h.clock); })), fix_checker_is_claimant.key);
    EXPECT_EQ(key_of(h.attempt([&](auto& tx) { return check_fix(tx, h.files, look, h.volunteer, h.clock); })), fix_checker_is_author.key);
    const auto fixed = h.write([&](auto& tx) { return check_fix(tx, h.files, look, h.mate, h.clock); });
    EXPECT_EQ(fixed.state, FindingState::fixed_verified);
    EXPECT_EQ(key_of(h.attempt([&](auto& tx) { return check_fix(tx, h.files, look, h.mate, h.clock); })), fix_already_checked.key);

    EXPECT_THAT(actions(Entity::finding, finding.text()),
                ElementsAre("report", "triage", "confirm", "seal", "publish", "refer", "acknowledge", "start_work", "claim_fix", "pass_fix"));
    const auto seen = h.read([&](auto& s) { return check_of(s, claim.id); });
    EXPECT_EQ(seen->checker, h.mate);
    EXPECT_NEAR(*seen->distance_m, 0, 0.01);
    EXPECT_EQ(h.read([&](auto& s) { return fix_claims_of(s, finding).front().state; }), FixState::passed);
    // begin, sealed, published, outcome
    EXPECT_EQ(log_size(), 4);
    EXPECT_THAT(h.read([&](auto& s) { return ledger::leaves_of_case(s, h.finding(finding).seal->case_id); }), ElementsAre(1, 2, 3));
    EXPECT_THAT(leaf(3), HasSubstr("fixed_verified"));
    h.expect_invariants();
}

TEST_P(Oversight, a_photo_goes_by_law_when_two_want_it_and_the_log_says_so)
{
    auto& h = house();
    const auto finding = sealed_pothole();
    h.write([&](auto& tx) { return publish_finding(tx, h.files, finding, "шұңқыр", h.reviewer, h.clock); });
    const auto photo = h.finding(finding).photos.front();
    const auto lawyer = h.hire("Әсел", {people::Role::lawyer});
    const auto asking = [&](std::string text) {
        return h.attempt([&](auto& tx) {
            return ask_photo_erasure(tx, h.files, {.finding = finding, .file = photo.file, .ground = ErasureGround::consent_withdrawn, .text = text}, lawyer, h.clock);
        });
    };
    EXPECT_EQ(key_of(asking("  ")), erasure_text_missing.key);
    const auto asked = must(asking("хат № 5"));
    EXPECT_EQ(key_of(asking("тағы")), erasure_already_asked.key);
    const auto approved_by = [&](PersonId who) { return h.attempt([&](auto& tx) { return approve_photo_erasure(tx, h.files, asked.id, who, h.clock); }); };
    EXPECT_EQ(key_of(approved_by(lawyer)), erasure_needs_another.key);
    const auto path = h.files.original_path(photo.sha256);
    EXPECT_TRUE(std::filesystem::exists(path));

    const auto gone = must(approved_by(h.coordinator));
    // begin, sealed, published, then one redaction for each of the two
    ASSERT_EQ(log_size(), 5);
    EXPECT_EQ(gone.leaf, 3);
    EXPECT_THAT(leaf(3), ::testing::AllOf(HasSubstr("redaction"), HasSubstr("consent_withdrawn"), HasSubstr("photo."), HasSubstr("\"target\":1")));
    EXPECT_THAT(leaf(4), ::testing::AllOf(HasSubstr("pubphoto."), HasSubstr("\"target\":2")));
    EXPECT_EQ(h.files.remove_erased(h.db), 1);
    EXPECT_FALSE(std::filesystem::exists(path));
    EXPECT_FALSE(std::filesystem::exists(h.files.view_path(photo.sha256)));
    const auto stored = h.read([&](auto& s) { return *h.files.find(s, photo.file); });
    EXPECT_TRUE(stored.erased_at && !stored.is_shown());
    EXPECT_EQ(key_of(approved_by(h.coordinator)), erasure_already_decided.key);
    EXPECT_EQ(key_of(asking("тағы")), erasure_photo_gone.key);
    h.expect_invariants();
}

TEST_P(Oversight, a_refused_erasure_keeps_the_photo_and_may_be_asked_again)
{
    auto& h = house();
    const auto finding = sealed_pothole();
    const auto photo = h.finding(finding).photos.front();
    const auto ask = [&] {
        return h.attempt([&](auto& tx) {
            return ask_photo_erasure(tx, h.files, {.finding = finding, .file = photo.file, .ground = ErasureGround::court_act, .text = "сот"}, h.reviewer, h.clock);
        });
    };
    const auto asked = must(ask());
    EXPECT_EQ(key_of(h.attempt([&](auto& tx) { return refuse_photo_erasure(tx, asked.id, " ", h.coordinator, h.clock); })), erasure_answer_missing.key);
    h.write([&](auto& tx) { return refuse_photo_erasure(tx, asked.id, "адам көрінбейді", h.coordinator, h.clock); });
    EXPECT_EQ(log_size(), 2);
    EXPECT_EQ(h.files.remove_erased(h.db), 0);
    EXPECT_TRUE(ask());
    EXPECT_EQ(key_of(h.attempt([&](auto& tx) {
                  return ask_photo_erasure(tx, h.files, {.finding = finding, .file = FileId::make(h.clock), .text = "бөтен"}, h.reviewer, h.clock);
              })),
              not_found.key);
    h.expect_invariants();
}

TEST_P(Oversight, a_second_seal_and_a_second_publication_leave_no_second_leaf)
{
    auto& h = house();
    const auto finding = sealed_pothole();
    const auto size = log_size();
    EXPECT_EQ(key_of(h.attempt([&](auto& tx) { return seal_finding(tx, h.files, finding, h.second_reviewer, h.clock); })), already_sealed.key);
    EXPECT_EQ(log_size(), size);
    h.write([&](auto& tx) { return publish_finding(tx, h.files, finding, "шұңқыр", h.reviewer, h.clock); });
    EXPECT_EQ(key_of(h.attempt([&](auto& tx) { return publish_finding(tx, h.files, finding, "шұңқыр", h.reviewer, h.clock); })), already_published.key);
    EXPECT_EQ(log_size(), size + 1);
    h.expect_invariants();
}

TEST_P(Oversight, a_second_finding_of_the_same_visit_is_sealed_as_a_case_of_its_own)
{
    auto& h = house();
    place = h.add_place("1");
    control = h.open_at(place, {h.volunteer});
    const auto findings = h.visited(control, place);
    ASSERT_THAT(findings, SizeIs(2));
    for (const auto& id : findings) h.verify_and_seal(id);
    EXPECT_NE(h.finding(findings[0]).seal->case_id, h.finding(findings[1]).seal->case_id);
    const auto visit = h.read([&](auto& s) { return find_visit(s, h.finding(findings[0]).visit).value(); });
    EXPECT_EQ(visit.state, VisitState::sealed);
    EXPECT_EQ(visit.leaf, h.finding(findings[0]).seal->leaf);
    h.expect_invariants();
}

TEST_P(Oversight, I1_whoever_found_it_neither_verifies_nor_seals_it)
{
    auto& h = house();
    place = h.add_place("1");
    control = h.open_at(place, {h.volunteer});
    const auto finding = h.visited(control, place).front();
    EXPECT_EQ(key_of(h.attempt([&](auto& tx) { return verify_finding(tx, finding, h.word(), h.volunteer, h.clock); })), finding_own.key);
    h.write([&](auto& tx) { return verify_finding(tx, finding, h.word(), h.second_reviewer, h.clock); });
    EXPECT_EQ(key_of(h.attempt([&](auto& tx) { return seal_finding(tx, h.files, finding, h.volunteer, h.clock); })), finding_own.key);
    EXPECT_EQ(h.finding(finding).state, FindingState::verified);
    EXPECT_THAT(h.read([&](auto& s) { return verifications_of(s, finding); }), SizeIs(1));
    h.expect_invariants();
}

// The triage that comes with a verification is undone with it.
TEST_P(Oversight, a_refused_verification_leaves_the_finding_as_it_was)
{
    auto& h = house();
    place = h.add_place("1");
    control = h.open_at(place, {h.volunteer});
    const auto finding = h.visited(control, place).front();
    auto silent = h.word();
    silent.text = " ";
    EXPECT_EQ(key_of(h.attempt([&](auto& tx) { return verify_finding(tx, finding, silent, h.reviewer, h.clock); })), verification_text_missing.key);
    EXPECT_EQ(h.finding(finding).state, FindingState::reported);
    EXPECT_THAT(actions(Entity::finding, finding.text()), ElementsAre("report"));
}

TEST_P(Oversight, what_two_reviewers_see_differently_a_third_decides)
{
    auto& h = house();
    place = h.add_place("1");
    control = h.open_at(place, {h.volunteer});
    const auto finding = h.visited(control, place).front();
    h.write([&](auto& tx) { return verify_finding(tx, finding, h.word(VerificationResult::refute), h.reviewer, h.clock); });
    EXPECT_EQ(key_of(h.attempt([&](auto& tx) { return verify_finding(tx, finding, h.word(), h.reviewer, h.clock); })), third_person_needed.key);
    EXPECT_EQ(h.write([&](auto& tx) { return verify_finding(tx, finding, h.word(VerificationResult::refute), h.second_reviewer, h.clock); }).state, FindingState::invalid);
    h.expect_invariants();
}

TEST_P(Oversight, I8_the_leaf_of_a_seal_says_nothing_of_who_where_and_what)
{
    auto& h = house();
    const auto finding = sealed_pothole();
    const auto seal = *h.finding(finding).seal;
    const auto bytes = leaf(seal.leaf);
    EXPECT_THAT(bytes, HasSubstr("case.sealed"));
    for (const auto& secret : {h.volunteer.str(), h.reviewer.str(), place.str(), finding.str(), control.str(), std::string{"road_repair"}, std::string{"76.9"}, std::string{"43.24"}, std::string{"pothole"}})
        EXPECT_THAT(bytes, Not(HasSubstr(secret)));
    // Whoever is given the opening can check what it commits to.
    const auto stored = h.finding(finding);
    const auto visit = h.read([&](auto& s) { return find_visit(s, stored.visit).value(); });
    const auto where = h.read([&](auto& s) { return find_place(s, place).value(); });
    const auto commitments = ledger::parse_leaf(bytes)->com;
    const auto opens = [&](std::string_view label, std::string_view value) {
        const auto opening = h.read([&](auto& s) { return ledger::opening(s, seal.eid, label); });
        return opening && ledger::opens(commitments.at(std::string(label)), *opening, value);
    };
    EXPECT_TRUE(opens("body", sealed_body(stored, visit, where)));
    EXPECT_TRUE(opens("actor", h.volunteer.str()));
    EXPECT_TRUE(opens("form", visit.answers));
    EXPECT_TRUE(opens("photo.0", adal::test::small_png(2))); // the pothole's own photo, byte for byte
    EXPECT_TRUE(opens("photo.1", adal::test::small_png(0)));
    EXPECT_TRUE(commitments.contains("gps"));
    auto changed = stored;
    changed.value = "len=40 wid=30 dep=4 area=0.12";
    EXPECT_FALSE(opens("body", sealed_body(changed, visit, where)));
}

TEST_P(Oversight, a_publication_names_category_district_and_severity_and_no_person)
{
    auto& h = house();
    const auto finding = sealed_pothole();
    h.write([&](auto& tx) { return publish_finding(tx, h.files, finding, "шұңқыр", h.reviewer, h.clock); });
    const auto bytes = leaf(h.finding(finding).publication->leaf);
    for (const auto* open : {"case.published", "road_repair.defect", "\"none\"", "major"}) EXPECT_THAT(bytes, HasSubstr(open));
    for (const auto& secret : {h.volunteer.str(), h.reviewer.str(), std::string{"43.24"}}) EXPECT_THAT(bytes, Not(HasSubstr(secret)));
}

// --- visits ----------------------------------------------------------------------------------------

TEST_P(Oversight, I13_the_same_visit_sent_again_has_one_effect_and_the_same_receipt)
{
    auto& h = house();
    place = h.add_place("1");
    control = h.open_at(place, {h.volunteer, h.mate});
    const auto assignment = must(h.assign(control, place, {h.volunteer, h.mate}));
    const auto sent = h.submission(assignment.id);
    const auto first = must(h.send(sent, h.volunteer));
    h.clock = h.clock.plus(std::chrono::hours{5});
    for (const auto person : {h.volunteer, h.mate, h.volunteer}) {
        const auto again = must(h.send(sent, person));
        EXPECT_EQ(again.visit, first.visit);
        EXPECT_EQ(again.received_at, first.received_at);
        EXPECT_EQ(again.content_hash, first.content_hash);
        EXPECT_EQ(again.version, 1);
    }
    EXPECT_THAT(h.read([](auto& s) { return list_visits(s, {}).rows; }), SizeIs(1));
    EXPECT_THAT(actions(Entity::visit, first.visit.text()), ElementsAre("receive"));
    EXPECT_EQ(h.read([&](auto& s) { return find_assignment(s, assignment.id)->state; }), AssignmentState::done);
    h.expect_invariants();
}

TEST_P(Oversight, I13_the_receipt_stays_the_same_even_after_the_visit_was_accepted_and_the_control_completed)
{
    auto& h = house();
    place = h.add_place("1");
    control = h.open_at(place, {h.volunteer});
    const auto sent = h.submission(must(h.assign(control, place, {h.volunteer})).id);
    const auto first = must(h.send(sent, h.volunteer));
    h.write([&](auto& tx) { return accept_visit(tx, first.visit, h.reviewer, h.clock); });
    h.write([&](auto& tx) { return complete_control(tx, control, h.coordinator, h.clock); });
    EXPECT_EQ(must(h.send(sent, h.volunteer)).received_at, first.received_at);
    EXPECT_THAT(h.read([](auto& s) { return list_findings(s, {}).rows; }), SizeIs(2));
}

TEST_P(Oversight, other_content_under_the_same_id_is_refused_until_it_is_asked_for)
{
    auto& h = house();
    place = h.add_place("1");
    control = h.open_at(place, {h.volunteer});
    const auto assignment = must(h.assign(control, place, {h.volunteer}));
    auto sent = h.submission(assignment.id);
    const auto first = must(h.send(sent, h.volunteer));
    auto other = sent;
    other.answers["note"] = "басқа";
    EXPECT_EQ(key_of(h.send(other, h.volunteer)), visit_differs.key);
    EXPECT_EQ(key_of(h.send(sent, h.reviewer)), visit_not_yours.key);
    h.write([&](auto& tx) { return ask_visit_info(tx, first.visit, "қай жері?", h.reviewer, h.clock); });
    const auto second = must(h.send(other, h.volunteer));
    EXPECT_EQ(second.visit, first.visit);
    EXPECT_EQ(second.version, 2);
    EXPECT_EQ(must(h.send(sent, h.volunteer)).version, 1); // the first one, sent late again
    const auto visit = h.read([&](auto& s) { return find_visit(s, first.visit).value(); });
    EXPECT_EQ(visit.state, VisitState::amended);
    EXPECT_EQ(visit.version, 2);
    EXPECT_THAT(visit.answers, HasSubstr("басқа"));
    h.expect_invariants();
}

TEST_P(Oversight, photos_that_come_later_in_any_order_complete_the_visit)
{
    auto& h = house();
    place = h.add_place("1");
    control = h.open_at(place, {h.volunteer});
    const auto assignment = must(h.assign(control, place, {h.volunteer}));
    const auto sent = h.submission(assignment.id, false);
    EXPECT_THAT(must(h.send(sent, h.volunteer)).missing_media, SizeIs(3));
    const auto stored = h.store(2);
    const auto attach = [&](FileId file, PersonId who) { return h.attempt([&](auto& tx) { return attach_photo(tx, h.files, sent.client_id, file, who, h.clock); }); };
    EXPECT_EQ(key_of(attach(stored, h.mate)), visit_not_yours.key);
    EXPECT_EQ(key_of(attach(FileId::make(h.clock), h.volunteer)), visit_photo_unknown.key);
    EXPECT_THAT(must(attach(stored, h.volunteer)).missing_media, SizeIs(2));
    EXPECT_THAT(must(attach(stored, h.volunteer)).missing_media, SizeIs(2));
    const auto overview = h.store(0), board = h.store(1);
    must(attach(overview, h.volunteer));
    const auto last = must(attach(board, h.volunteer));
    EXPECT_THAT(last.missing_media, IsEmpty());
    EXPECT_EQ(h.read([&](auto& s) { return find_visit(s, last.visit)->state; }), VisitState::complete);
    EXPECT_THAT(actions(Entity::visit, last.visit.text()), ElementsAre("receive", "complete"));
    h.expect_invariants();
}

TEST_P(Oversight, I11_a_photo_whose_bytes_are_not_what_was_declared_is_refused)
{
    auto& h = house();
    place = h.add_place("1");
    control = h.open_at(place, {h.volunteer});
    auto sent = h.submission(must(h.assign(control, place, {h.volunteer})).id);
    sent.photos[0].file = sent.photos[1].file;
    EXPECT_EQ(key_of(h.send(sent, h.volunteer)), visit_photo_unknown.key);
}

TEST_P(Oversight, a_visit_for_an_unknown_or_closed_assignment_or_control_is_refused)
{
    auto& h = house();
    place = h.add_place("1");
    control = h.open_at(place, {h.volunteer, h.mate});
    const auto assignment = must(h.assign(control, place, {h.volunteer}));
    EXPECT_EQ(key_of(h.send(h.submission(AssignmentId::make(h.clock)), h.volunteer)), visit_unknown_assignment.key);
    EXPECT_EQ(key_of(h.send(h.submission(assignment.id), h.mate)), assignment_not_yours.key);
    auto of_playground = h.submission(assignment.id);
    of_playground.checklist = "playground";
    EXPECT_EQ(key_of(h.send(of_playground, h.volunteer)), visit_wrong_checklist.key);
    h.write([&](auto& tx) { return release_assignment(tx, assignment.id, "ауырып қалды", h.coordinator, h.clock); });
    EXPECT_EQ(key_of(h.send(h.submission(assignment.id), h.volunteer)), assignment_closed.key);
    const auto another = must(h.assign(control, place, {h.volunteer}));
    h.write([&](auto& tx) { return cancel_control(tx, control, "нысан жабылды", h.coordinator, h.clock); });
    EXPECT_EQ(key_of(h.send(h.submission(another.id), h.volunteer)), control_not_open.key);
    EXPECT_THAT(h.read([](auto& s) { return list_visits(s, {}).rows; }), IsEmpty());
}

TEST_P(Oversight, a_rejected_visit_gives_no_finding)
{
    auto& h = house();
    place = h.add_place("1");
    control = h.open_at(place, {h.volunteer});
    const auto receipt = must(h.send(h.submission(must(h.assign(control, place, {h.volunteer})).id), h.volunteer));
    EXPECT_EQ(key_of(h.attempt([&](auto& tx) { return accept_visit(tx, receipt.visit, h.volunteer, h.clock); })), visit_own.key);
    h.write([&](auto& tx) { return reject_visit(tx, receipt.visit, RejectReason::wrong_place, "басқа көше", h.reviewer, h.clock); });
    EXPECT_EQ(key_of(h.attempt([&](auto& tx) { return accept_visit(tx, receipt.visit, h.reviewer, h.clock); })), visit_wrong_state.key);
    EXPECT_THAT(h.read([](auto& s) { return list_findings(s, {}).rows; }), IsEmpty());
    const auto visit = h.read([&](auto& s) { return find_visit(s, receipt.visit).value(); });
    EXPECT_EQ(visit.reject_reason, RejectReason::wrong_place);
    EXPECT_EQ(visit.review_text, "басқа көше");
    h.expect_invariants();
}

// --- people ----------------------------------------------------------------------------------------

TEST_P(Oversight, a_person_who_is_suspended_or_leaves_is_sent_nowhere_from_that_moment)
{
    auto& h = house();
    place = h.add_place("1");
    control = h.open_at(place, {h.volunteer, h.mate});
    const auto alone = must(h.assign(control, place, {h.volunteer})), together = must(h.assign(control, place, {h.volunteer, h.mate}));
    h.write([&](auto& tx) { return accept_assignment(tx, together.id, h.mate, h.clock); });
    h.write([&](auto& tx) { return people::suspend(tx, h.volunteer, PersonId{}, "тексеру", h.clock); });
    EXPECT_THAT(h.read([&](auto& s) { return tasks_of(s, h.volunteer); }), IsEmpty());
    EXPECT_EQ(h.read([&](auto& s) { return find_assignment(s, alone.id)->state; }), AssignmentState::released);
    const auto rest = h.read([&](auto& s) { return find_assignment(s, together.id).value(); });
    EXPECT_EQ(rest.state, AssignmentState::accepted);
    EXPECT_THAT(rest.people, ElementsAre(h.mate));
    EXPECT_EQ(key_of(h.send(h.submission(alone.id), h.volunteer)), assignment_closed.key);
    EXPECT_EQ(key_of(h.send(h.submission(together.id), h.volunteer)), assignment_not_yours.key);
    EXPECT_EQ(key_of(h.assign(control, place, {h.volunteer})), people::suspended_person.key);
    h.write([&](auto& tx) { return people::leave(tx, h.mate, PersonId{}, "көшті", h.clock); });
    EXPECT_EQ(h.read([&](auto& s) { return find_assignment(s, together.id)->state; }), AssignmentState::released);
    h.expect_invariants();
}

TEST_P(Oversight, a_minor_goes_only_with_a_consent_and_never_where_it_is_dangerous)
{
    auto& h = house();
    place = h.add_place("1");
    const auto minor = h.hire("Әлихан", {people::Role::volunteer}, 2010);
    control = h.open_at(place, {minor, h.volunteer});
    EXPECT_EQ(key_of(h.assign(control, place, {minor})), people::consent_missing.key);
    h.write([&](auto& tx) {
        return people::record_consent(tx, minor, {.guardian = "Сәуле", .relation = "анасы", .given_on = local_date(h.clock), .given_at = h.clock, .by = h.coordinator}, h.clock);
    });
    const auto assignment = must(h.assign(control, place, {minor, h.volunteer}));

    const auto dangerous = h.open_at(place, {minor, h.volunteer}, true);
    EXPECT_TRUE(h.read([&](auto& s) { return find_control(s, dangerous)->adults_only; }));
    EXPECT_EQ(key_of(h.assign(dangerous, place, {minor})), people::adults_only.key);
    EXPECT_EQ(key_of(h.assign(dangerous, place, {h.volunteer, minor})), people::adults_only.key);
    EXPECT_EQ(key_of(h.assign(dangerous, place, {h.volunteer})), "fine");

    h.write([&](auto& tx) { return people::withdraw_consent(tx, minor, h.coordinator, "анасы қайтарып алды", h.clock); });
    EXPECT_THAT(h.read([&](auto& s) { return tasks_of(s, minor); }), IsEmpty());
    EXPECT_THAT(h.read([&](auto& s) { return find_assignment(s, assignment.id)->people; }), ElementsAre(h.volunteer));
    EXPECT_EQ(key_of(h.assign(control, place, {minor})), people::consent_missing.key);
    h.expect_invariants();
}

TEST_P(Oversight, somebody_the_people_room_does_not_know_is_not_sent)
{
    auto& h = house();
    place = h.add_place("1");
    control = h.open_at(place, {h.volunteer});
    EXPECT_EQ(key_of(h.assign(control, place, {PersonId::make(h.clock)})), not_found.key);
    EXPECT_EQ(key_of(h.assign(ControlId::make(h.clock), place, {h.volunteer})), not_found.key);
}

// --- controls --------------------------------------------------------------------------------------

TEST_P(Oversight, a_control_that_is_completed_or_cancelled_leaves_nobody_with_a_task_that_cannot_be_sent)
{
    auto& h = house();
    place = h.add_place("1");
    for (const bool is_cancelled : {false, true}) {
        control = h.open_at(place, {h.volunteer, h.mate});
        const auto offered = must(h.assign(control, place, {h.volunteer})), accepted = must(h.assign(control, place, {h.volunteer, h.mate}));
        h.write([&](auto& tx) { return accept_assignment(tx, accepted.id, h.mate, h.clock); });
        if (is_cancelled) h.write([&](auto& tx) { return cancel_control(tx, control, "нысан жабылды", h.coordinator, h.clock); });
        else h.write([&](auto& tx) { return complete_control(tx, control, h.coordinator, h.clock); });
        for (const auto& id : {offered.id, accepted.id}) EXPECT_EQ(h.read([&](auto& s) { return find_assignment(s, id)->state; }), AssignmentState::released);
        EXPECT_THAT(h.read([&](auto& s) { return tasks_of(s, h.volunteer); }), IsEmpty());
    }
    h.expect_invariants();
}

TEST_P(Oversight, a_control_of_a_restricted_object_is_neither_drafted_nor_opened)
{
    auto& h = house();
    place = h.add_place("1");
    const auto draft = h.write([&](auto& tx) { return draft_control(tx, h.control_at(place, {h.volunteer}), h.coordinator, h.clock); });
    h.write([&](auto& tx) { return declare_conflict(tx, draft.id, h.volunteer, Conflict::none, h.coordinator, h.clock); });
    h.write([&](auto& tx) {
        auto known = *find_place(tx, place);
        known.restricted = true;
        return change_place(tx, known, h.coordinator, h.clock);
    });
    EXPECT_EQ(key_of(h.attempt([&](auto& tx) { return open_control(tx, draft.id, h.coordinator, h.clock); })), restricted_object.key);
    EXPECT_EQ(key_of(h.attempt([&](auto& tx) { return draft_control(tx, h.control_at(place, {h.volunteer}), h.coordinator, h.clock); })), restricted_object.key);
    h.expect_invariants();
}

TEST_P(Oversight, a_form_filled_from_an_older_version_is_refused_and_changes_nothing)
{
    auto& h = house();
    place = h.add_place("1");
    const auto draft = h.write([&](auto& tx) { return draft_control(tx, h.control_at(place, {h.volunteer}), h.coordinator, h.clock); });
    auto first = draft, second = draft;
    first.title = "Бірінші", second.title = "Екінші";
    h.write([&](auto& tx) { return change_draft(tx, first, h.coordinator, h.clock); });
    EXPECT_EQ(key_of(h.attempt([&](auto& tx) { return change_draft(tx, second, h.coordinator, h.clock); })), stale_form.key);
    EXPECT_EQ(h.read([&](auto& s) { return find_control(s, draft.id)->title; }), "Бірінші");

    auto stale = h.read([&](auto& s) { return find_place(s, place).value(); });
    h.write([&](auto& tx) { return change_place(tx, stale, h.coordinator, h.clock); });
    EXPECT_EQ(key_of(h.attempt([&](auto& tx) { return change_place(tx, stale, h.coordinator, h.clock); })), stale_form.key);
}

TEST_P(Oversight, a_control_comes_back_from_the_store_as_it_was)
{
    auto& h = house();
    place = h.add_place("1");
    auto wanted = h.control_at(place, {h.volunteer, h.mate}, true);
    wanted.form = ControlForm::expertise;
    wanted.tasks = {"\"Бірінші\"", "екінші\nжол"};
    wanted.object.bin = "001240000128";
    wanted.ground = {"13-бап", "R024", "ocds-1", "Қатысушы біреу ғана"};
    wanted.subjects[1].role = SubjectRole::expert;
    const auto id = h.write([&](auto& tx) { return draft_control(tx, wanted, h.coordinator, h.clock); }).id;
    const auto stored = h.read([&](auto& s) { return find_control(s, id).value(); });
    EXPECT_EQ(stored.form, wanted.form);
    EXPECT_EQ(stored.tasks, wanted.tasks);
    EXPECT_EQ(stored.object.bin, wanted.object.bin);
    EXPECT_EQ(stored.ground.flag + stored.ground.legal + stored.ground.process + stored.ground.explanation, "R024" "13-бап" "ocds-1" "Қатысушы біреу ғана");
    EXPECT_EQ(stored.subjects[1].role, SubjectRole::expert);
    EXPECT_EQ(stored.places, wanted.places);
    EXPECT_EQ(stored.planned_to, wanted.planned_to);
    EXPECT_EQ(stored.created_by, h.coordinator);
    EXPECT_FALSE(stored.checklist_hash);
    EXPECT_TRUE(stored.adults_only);
}

TEST_P(Oversight, reopening_looks_at_the_warranty_of_the_place)
{
    auto& h = house();
    const auto finding = sealed_pothole();
    h.write([&](auto& tx) {
        auto known = *find_place(tx, place);
        known.contract.warranty_until = local_date(h.clock).plus_days(30);
        return change_place(tx, known, h.coordinator, h.clock);
    });
    h.write([&](auto& tx) { return mark_referred(tx, finding, "d", h.coordinator, h.clock); });
    const auto mend = [&] {
        const auto claim = h.write([&](auto& tx) { return claim_finding_fix(tx, finding, Claimant::contractor, "жамалды", h.coordinator, h.clock); });
        const auto after = h.photo("after", 0, true, PhotoRole::after);
        h.write([&](auto& tx) { return check_fix(tx, h.files, {.claim = claim.id, .is_fixed = true, .position = h.position(), .photos = {after}, .text = "иә"}, h.mate, h.clock); });
    };
    mend();
    EXPECT_TRUE(h.write([&](auto& tx) { return reopen_finding(tx, finding, "қайта ойылды", h.reviewer, h.clock); }).warranty);
    mend();
    h.clock = h.clock.plus(std::chrono::hours{24 * 31});
    EXPECT_FALSE(h.write([&](auto& tx) { return reopen_finding(tx, finding, "қайта ойылды", h.reviewer, h.clock); }).warranty);
    h.expect_invariants();
}

// --- I4: the event log -----------------------------------------------------------------------------

TEST_P(Oversight, I4_no_event_is_changed_or_taken_away)
{
    auto& h = house();
    sealed_pothole();
    EXPECT_THROW(h.attempt([](auto& tx) { return tx.exec("update oversight_event set actor = null"), done(); }), storage::Error);
    EXPECT_THROW(h.attempt([](auto& tx) { return tx.exec("delete from oversight_event"), done(); }), storage::Error);
    h.expect_invariants();
}

struct Break {
    std::string_view invariant, sql;
};

TEST_P(Oversight, each_invariant_is_seen_when_it_is_broken_behind_our_back)
{
    auto& h = house();
    const auto finding = sealed_pothole();
    const auto person = h.volunteer.str(), id = finding.str();
    const std::vector<std::pair<std::string, std::string>> breaks{
        {"oversight.state_is_fold", "update oversight_finding set state = 'fixed_verified' where id = '" + id + "'"},
        {"oversight.state_is_fold", "update oversight_control set state = 'closed'"},
        {"oversight.state_is_fold", "update oversight_assignment set state = 'offered'"},
        {"oversight.author_verified", "update oversight_verification set verifier = '" + person + "'"},
        {"oversight.author_sealed", "update oversight_finding set seal_by = '" + person + "' where id = '" + id + "'"},
        {"oversight.finding_of_unaccepted_visit", "update oversight_visit set state = 'complete', leaf = null"},
        {"oversight.restricted_controlled", "update oversight_place set restricted = 1"}};
    for (const auto& [invariant, sql] : breaks) {
        // Broken, looked at, and undone with the transaction.
        std::vector<std::string> seen;
        EXPECT_FALSE(h.attempt([&](auto& tx) -> Result<Done> {
            tx.exec(sql);
            seen = check_invariants(tx);
            return fail(not_allowed);
        }));
        EXPECT_THAT(seen, ::testing::Contains(::testing::StartsWith(invariant))) << sql;
    }
    h.expect_invariants();
}

TEST_P(Oversight, events_up_to_a_moment_are_those_that_had_happened)
{
    auto& h = house();
    place = h.add_place("1");
    control = h.open_at(place, {h.volunteer});
    const auto findings = h.visited(control, place);
    const auto before = h.clock;
    h.clock = h.clock.plus(std::chrono::hours{1});
    h.verify_and_seal(findings[0]);
    EXPECT_THAT(h.read([&](auto& s) { return events_until(s, Entity::finding, before); }), SizeIs(2));
    EXPECT_THAT(h.read([&](auto& s) { return events_until(s, Entity::finding, h.clock); }), SizeIs(5));
    EXPECT_EQ(h.read([&](auto& s) { return controls_of_findings(s).at(findings[0]); }), control);
    EXPECT_EQ(h.read([&](auto& s) { return people_of_accepted_visits(s, h.clock); }), 1);
    EXPECT_EQ(h.read([&](auto& s) { return people_of_accepted_visits(s, before.plus(std::chrono::hours{-1})); }), 0);
}

} // namespace
} // namespace adal::oversight
