#include "oversight/visit.hpp"
#include "oversight/test_records.hpp"
#include "oversight/visit_json.hpp"

#include <functional>
#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

namespace adal::oversight {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using test::accepted_visit;
using test::complete_visit;
using test::key;
using test::moment;
using test::offer;
using test::photo;
using test::place;
using test::road;
using test::submission;

Result<Visit> receiving(const Submission& sent, PersonId sender = test::author, const Assignment& assignment = offer())
{
    return receive(sent, assignment, place(), road(), sender, moment);
}

Submission with(void (*change)(Submission&))
{
    auto sent = submission();
    change(sent);
    return sent;
}

TEST(Visit, with_all_its_bytes_is_complete_and_judged)
{
    const auto visit = receiving(submission());
    ASSERT_TRUE(visit);
    EXPECT_EQ(visit->state, VisitState::complete);
    EXPECT_EQ(visit->version, 1);
    EXPECT_EQ(visit->people, (std::vector{test::author, test::mate}));
    EXPECT_EQ(visit->checklist_hash, road().hash);
    EXPECT_EQ(visit->received_at, moment);
    EXPECT_EQ(std::count_if(visit->observations.begin(), visit->observations.end(), [](const auto& o) { return o.verdict == Verdict::violation; }), 2);
    EXPECT_TRUE(visit->has_author(test::mate));
    EXPECT_FALSE(visit->has_author(test::reviewer));
}

TEST(Visit, waits_for_the_bytes_it_declared_in_any_order)
{
    const auto sent = with([](Submission& s) { for (auto& one : s.photos) one.file = {}; });
    auto visit = *receiving(sent);
    EXPECT_EQ(visit.state, VisitState::awaiting_media);
    EXPECT_EQ(missing_media(visit).size(), 3u);
    for (const auto* question : {"defect[0].dph", "overview", "overview", "board_ph"}) {
        EXPECT_EQ(visit.state, VisitState::awaiting_media);
        visit = *attach(visit, sha256(question), FileId::make(moment));
    }
    EXPECT_EQ(visit.state, VisitState::complete);
    EXPECT_THAT(missing_media(visit), IsEmpty());
}

TEST(I11, bytes_that_nobody_declared_are_refused_and_the_first_file_of_a_photo_stays)
{
    const auto visit = complete_visit();
    EXPECT_EQ(key(attach(visit, sha256("other"), FileId::make(moment))), visit_photo_unknown.key);
    EXPECT_EQ(attach(visit, visit.photos[0].sha256, FileId::make(moment))->photos[0].file, visit.photos[0].file);
}

TEST(Visit, of_one_photo_for_two_questions_waits_for_it_once)
{
    const auto sent = with([](Submission& s) {
        for (auto& one : s.photos) one.file = {}, one.sha256 = sha256("same");
    });
    const auto visit = *receiving(sent);
    EXPECT_THAT(missing_media(visit), ElementsAre(sha256("same")));
    EXPECT_EQ(attach(visit, sha256("same"), FileId::make(moment))->state, VisitState::complete);
}

struct Unacceptable {
    std::string_view name;
    const ProblemCode& problem;
    void (*make)(Submission&);
};

class Submitting : public ::testing::TestWithParam<Unacceptable> {};

TEST_P(Submitting, is_refused_by_its_name)
{
    EXPECT_EQ(key(receiving(with(GetParam().make))), GetParam().problem.key);
}

INSTANTIATE_TEST_SUITE_P(
    Of, Submitting,
    ::testing::Values(Unacceptable{"no_id", visit_bad_id, [](Submission& s) { s.client_id.clear(); }},
                      Unacceptable{"a_short_id", visit_bad_id, [](Submission& s) { s.client_id.pop_back(); }},
                      Unacceptable{"an_id_with_a_path_in_it", visit_bad_id, [](Submission& s) { s.client_id.replace(3, 3, "/.."); }},
                      Unacceptable{"another_checklist", visit_wrong_checklist, [](Submission& s) { s.checklist = "playground"; }},
                      Unacceptable{"too_many_photos", visit_too_many_photos, [](Submission& s) { s.photos.resize(kMaxVisitPhotos + 1, photo("overview")); }},
                      Unacceptable{"a_position_off_the_globe", visit_bad_position, [](Submission& s) { s.position->at.latitude = 91; }},
                      Unacceptable{"an_accuracy_of_nothing", visit_bad_position, [](Submission& s) { s.position->accuracy_m = 0; }},
                      Unacceptable{"an_endless_accuracy", visit_bad_position, [](Submission& s) { s.position->accuracy_m = INFINITY; }},
                      Unacceptable{"no_number_for_a_position", visit_bad_position, [](Submission& s) { s.position->at.longitude = NAN; }},
                      Unacceptable{"a_photo_taken_off_the_globe", visit_bad_position, [](Submission& s) { s.photos[0].fix = Fix{.at = {0, 100}, .accuracy_m = 1}; }},
                      Unacceptable{"no_answers", visit_answers_wrong, [](Submission& s) { s.answers.clear(); }},
                      Unacceptable{"no_position_where_one_is_required", visit_answers_wrong, [](Submission& s) { s.position.reset(); }},
                      Unacceptable{"a_photo_of_a_question_that_is_none", visit_answers_wrong, [](Submission& s) { s.photos[0].question = "moon"; }},
                      Unacceptable{"a_photo_of_a_question_that_takes_none", visit_answers_wrong, [](Submission& s) { s.photos.push_back(photo("board")); }}),
    [](const auto& chosen) { return std::string(chosen.param.name); });

TEST(Submission, with_wrong_answers_says_how_many_and_which)
{
    const auto refused = receiving(with([](Submission& s) { s.answers["mark"] = "maybe", s.answers["thick"] = 99; }));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().params.at("count"), "2");
    EXPECT_EQ(refused.error().params.at("all"), "thick:out_of_range mark:not_a_choice");
}

TEST(Submission, of_a_uuid_or_a_ulid_is_taken)
{
    EXPECT_TRUE(receiving(with([](Submission& s) { s.client_id = "123e4567-e89b-42d3-a456-426614174000"; })));
    EXPECT_TRUE(receiving(with([](Submission& s) { s.client_id = "01H00000000000000000000009"; })));
}

TEST(Submission, for_a_closed_assignment_or_somebody_elses_is_refused)
{
    EXPECT_EQ(key(receiving(submission(), test::reviewer)), assignment_not_yours.key);
    auto closed = offer();
    for (const auto state : {AssignmentState::declined, AssignmentState::released, AssignmentState::done}) {
        closed.state = state;
        EXPECT_EQ(key(receiving(submission(), test::author, closed)), assignment_closed.key);
    }
}

// --- the machine ---------------------------------------------------------------------------------

struct StepOfVisit {
    std::string_view name;
    std::function<Result<Visit>(Visit)> take;
    std::map<VisitState, VisitState> leads;
    const ProblemCode& otherwise;
};

class VisitMachine : public ::testing::TestWithParam<VisitState> {};

TEST_P(VisitMachine, allows_the_declared_steps_and_no_other)
{
    using S = VisitState;
    const std::vector<StepOfVisit> steps{
        {"ask", [](Visit v) { return ask_for_info(std::move(v), test::reviewer, "қай жері?"); }, {{S::complete, S::needs_info}, {S::amended, S::needs_info}}, visit_wrong_state},
        {"amend", [](Visit v) { return amend(std::move(v), submission(), place(), road(), test::author, moment); }, {{S::needs_info, S::amended}}, visit_differs},
        {"accept", [](Visit v) { return accept(std::move(v), test::reviewer); }, {{S::complete, S::accepted}, {S::amended, S::accepted}}, visit_wrong_state},
        {"reject", [](Visit v) { return reject(std::move(v), test::reviewer, RejectReason::wrong_place, "басқа көше"); }, {{S::complete, S::rejected}, {S::amended, S::rejected}}, visit_wrong_state},
        {"seal", [](Visit v) { return mark_sealed(std::move(v), 7); }, {{S::accepted, S::sealed}, {S::sealed, S::sealed}}, visit_wrong_state}};
    for (const auto& step : steps) {
        auto visit = complete_visit();
        visit.state = GetParam();
        const auto moved = step.take(visit);
        const auto to = step.leads.find(GetParam());
        if (to == step.leads.end()) {
            ASSERT_FALSE(moved) << step.name;
            EXPECT_TRUE(moved.error().is(step.otherwise)) << step.name << ": " << moved.error().code->key;
        } else {
            ASSERT_TRUE(moved) << step.name;
            EXPECT_EQ(moved->state, to->second) << step.name;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(In, VisitMachine, ::testing::ValuesIn(all_visit_states), [](const auto& state) { return std::string(name(state.param)); });

TEST(Visit, is_not_judged_by_those_who_were_there_or_who_sent_it)
{
    for (const auto person : {test::author, test::mate}) {
        EXPECT_EQ(key(accept(complete_visit(), person)), visit_own.key);
        EXPECT_EQ(key(reject(complete_visit(), person, RejectReason::other, "…")), visit_own.key);
        EXPECT_EQ(key(ask_for_info(complete_visit(), person, "…")), visit_own.key);
    }
    auto sent_for_others = complete_visit();
    sent_for_others.people = {test::mate};
    EXPECT_EQ(key(accept(sent_for_others, test::author)), visit_own.key);
}

TEST(Visit, is_rejected_or_sent_back_only_in_words)
{
    EXPECT_EQ(key(reject(complete_visit(), test::reviewer, RejectReason::other, " ")), reason_missing.key);
    EXPECT_EQ(key(ask_for_info(complete_visit(), test::reviewer, "\n")), reason_missing.key);
    const auto rejected = reject(complete_visit(), test::reviewer, RejectReason::unreadable_photos, " бұлыңғыр ");
    EXPECT_EQ(rejected->reject_reason, RejectReason::unreadable_photos);
    EXPECT_EQ(rejected->review_text, "бұлыңғыр");
}

TEST(Amendment, is_a_new_version_by_one_of_the_team_with_the_same_checklist)
{
    const auto asked = *ask_for_info(complete_visit(), test::reviewer, "тереңдігі қанша?");
    auto sent = with([](Submission& s) { s.answers["defect"].as_array()[0].as_object()["dep"] = 9; });
    const auto amended = amend(asked, sent, place(), road(), test::mate, test::days_later(1));
    ASSERT_TRUE(amended);
    EXPECT_EQ(amended->version, 2);
    EXPECT_EQ(amended->state, VisitState::amended);
    EXPECT_EQ(amended->received_at, test::days_later(1));
    EXPECT_EQ(amended->people, asked.people);
    EXPECT_NE(amended->content_hash, asked.content_hash);
    EXPECT_EQ(key(amend(asked, sent, place(), road(), test::reviewer, moment)), visit_not_yours.key);
    sent.checklist = "playground";
    EXPECT_EQ(key(amend(asked, sent, place(), road(), test::mate, moment)), visit_wrong_checklist.key);
}

TEST(Amendment, with_new_photos_waits_for_them_and_stays_an_amendment)
{
    auto sent = submission();
    sent.photos.push_back(photo("board_ph", false));
    sent.photos.back().sha256 = sha256("second board");
    const auto waiting = amend(*ask_for_info(complete_visit(), test::reviewer, "?"), sent, place(), road(), test::author, moment);
    ASSERT_TRUE(waiting);
    EXPECT_EQ(waiting->state, VisitState::awaiting_media);
    EXPECT_EQ(attach(*waiting, sha256("second board"), FileId::make(moment))->state, VisitState::amended);
}

TEST(Sealed, visit_keeps_its_first_leaf)
{
    const auto sealed = *mark_sealed(accepted_visit(), 7);
    EXPECT_EQ(mark_sealed(sealed, 9)->leaf, 7);
}

// --- I13, I14 and the receipt --------------------------------------------------------------------

TEST(I13, the_same_content_gives_the_same_hash_whatever_the_order_of_its_keys)
{
    auto other = submission();
    json::object turned;
    for (auto it = other.answers.end(); it != other.answers.begin();) --it, turned.emplace(it->key(), it->value());
    other.answers = turned;
    EXPECT_EQ(content_hash(submission(), road().hash), content_hash(submission(), road().hash));
    EXPECT_EQ(content_hash(other, road().hash), content_hash(submission(), road().hash));
    // Where the bytes are stored is ours to know: the phone sends the same without.
    for (auto& one : other.photos) one.file = {};
    EXPECT_EQ(content_hash(other, road().hash), content_hash(submission(), road().hash));
}

TEST(I13, other_content_gives_another_hash)
{
    const auto before = content_hash(submission(), road().hash);
    EXPECT_NE(content_hash(submission(), sha256("another version")), before);
    const std::vector<void (*)(Submission&)> changes{[](Submission& s) { s.answers["mark"] = "no"; },
                                                     [](Submission& s) { s.position->at.latitude += 1e-6; },
                                                     [](Submission& s) { s.position.reset(); },
                                                     [](Submission& s) { s.started_at = moment; },
                                                     [](Submission& s) { s.finished_at = moment; },
                                                     [](Submission& s) { s.photos.pop_back(); },
                                                     [](Submission& s) { s.photos[0].sha256 = sha256("x"); },
                                                     [](Submission& s) { s.photos[0].question = "board_ph"; },
                                                     [](Submission& s) { s.photos[0].captured_at = moment; },
                                                     [](Submission& s) { s.assignment = AssignmentId::make(moment); }};
    std::set<Hash> all{before};
    for (const auto change : changes) all.insert(content_hash(with(change), road().hash));
    EXPECT_EQ(all.size(), changes.size() + 1);
}

TEST(Receipt, names_the_version_the_content_and_what_is_missing)
{
    auto sent = submission();
    sent.photos[1].file = {};
    const auto receipt = receipt_of(*receiving(sent));
    EXPECT_EQ(receipt.client_id, sent.client_id);
    EXPECT_EQ(receipt.content_hash, content_hash(sent, road().hash));
    EXPECT_EQ(receipt.received_at, moment);
    EXPECT_THAT(receipt.missing_media, ElementsAre(sha256("board_ph")));
}

TEST(I14, farther_than_a_hundred_metres_or_three_accuracies_is_flagged_and_never_refused)
{
    EXPECT_FALSE(is_far(100, 5));
    EXPECT_TRUE(is_far(100.1, 5));
    EXPECT_FALSE(is_far(150, 50));
    EXPECT_TRUE(is_far(151, 50));
    auto sent = submission();
    sent.position->at.longitude += 0.01; // 812 m
    const auto visit = receiving(sent);
    ASSERT_TRUE(visit);
    EXPECT_TRUE(visit->is_far);
    EXPECT_NEAR(*visit->distance_m, 812, 3);
    sent.position->accuracy_m = 300;
    EXPECT_FALSE(receiving(sent)->is_far);
}

TEST(I14, a_place_without_geometry_has_no_distance)
{
    auto nowhere = place();
    nowhere.geometry.reset();
    const auto visit = receive(submission(), offer(), nowhere, road(), test::author, moment);
    EXPECT_FALSE(visit->distance_m);
    EXPECT_FALSE(visit->is_far);
}

TEST(CanonicalText, sorts_the_keys_at_every_depth_and_keeps_lists)
{
    EXPECT_EQ(canonical_text(*parse_json(R"({"b":{"d":1,"c":[{"f":2,"e":3}]},"a":null})")), R"({"a":null,"b":{"c":[{"e":3,"f":2}],"d":1}})");
}

TEST(StoredPhotos, and_observations_come_back_as_they_were_written)
{
    auto photos = submission().photos;
    photos[1].fix = test::position();
    photos[1].captured_at = moment;
    photos[2].file = {};
    const auto again = photos_from(photos_text(photos));
    ASSERT_EQ(again.size(), photos.size());
    for (std::size_t i = 0; i < photos.size(); ++i) {
        EXPECT_EQ(again[i].sha256, photos[i].sha256);
        EXPECT_EQ(again[i].file, photos[i].file);
        EXPECT_EQ(again[i].role, photos[i].role);
        EXPECT_EQ(again[i].question, photos[i].question);
        EXPECT_EQ(again[i].captured_at, photos[i].captured_at);
        EXPECT_EQ(again[i].fix.has_value(), photos[i].fix.has_value());
    }
    EXPECT_EQ(again[1].fix->at, photos[1].fix->at);
    const auto seen = complete_visit().observations;
    EXPECT_EQ(observations_text(observations_from(observations_text(seen))), observations_text(seen));
}

TEST(StoredPhotos, of_a_broken_row_stop_the_request)
{
    for (const auto* text : {"", "{}", R"([{"sha256":"00"}])", R"([{"sha256":"zz","file":"","role":"defect","question":"x"}])"}) EXPECT_THROW(photos_from(text), CheckFailed) << text;
    for (const auto* text : {"null", R"([{"question":"x"}])", R"([{"question":"x","rule":"x","value":"","verdict":"fine","severity":"minor","photos":[]}])",
                             R"([{"question":"x","rule":"x","value":"","verdict":"ok","severity":"minor","photos":[7]}])"})
        EXPECT_THROW(observations_from(text), CheckFailed) << text;
    const auto whole = photos_text({photo("overview")});
    for (const auto& [good, bad] : {std::pair{"\"overview\",\"question\"", "\"selfie\",\"question\""}, std::pair{"\"file\":\"", "\"file\":\"!"}}) {
        auto broken = whole;
        ASSERT_NE(broken.find(good), std::string::npos) << whole;
        broken.replace(broken.find(good), std::string_view(good).size(), bad);
        EXPECT_THROW(photos_from(broken), CheckFailed) << broken;
    }
}

TEST(Visit, names_are_looked_up_both_ways)
{
    for (const auto one : all_visit_states) EXPECT_EQ(visit_state_from(name(one)), one);
    for (const auto one : all_photo_roles) EXPECT_EQ(photo_role_from(name(one)), one);
    for (const auto one : all_reject_reasons) EXPECT_EQ(reject_reason_from(name(one)), one);
}

} // namespace
} // namespace adal::oversight
