// What happens to clocks and recommendations after the sending, through the operations of the room, on both engines.
#include "referral/board_store.hpp"
#include "referral/calendar_store.hpp"
#include "referral/competence_store.hpp"
#include "referral/feed_store.hpp"
#include "referral/statistics_store.hpp"
#include "referral/step_store.hpp"
#include "referral/test_path.hpp"

namespace adal::referral {
namespace {

class ClockPath : public DocumentPath
{
protected:
    // Sent on 17 March 2026: replies are due on 3 April.
    Document sent_document()
    {
        const auto document = signed_document();
        must(send(document.id, "2026-03-17T10:00:00+05:00"));
        return stored(document.id);
    }

    AuthorityId named(std::string_view name_kk)
    {
        return db().read([&](storage::Snapshot& s) { return find_authority(s, name_kk, make_date(1900, 1, 1)); }).value();
    }

    NewStep step(const Document& document, StepKind kind, std::string_view on, std::size_t n = 0)
    {
        return {.document = document.id, .recommendation = document.recommendations.at(n).id, .kind = kind,
                .authority = other, .channel = ChannelKind::eotinish, .number = "АД-2", .text = "Хат мәтіні",
                .on = *parse_date(on)};
    }

    Result<Step> record(const NewStep& typed)
    {
        return db().write([&](storage::Transaction& tx) { return record_step(tx, law, typed, at->coordinator, at->clock); });
    }

    Result<Step> end_with(const Step& step, StepOutcome outcome, std::string_view on)
    {
        return db().write([&](storage::Transaction& tx) {
            return end_step(tx, step.document, step.id, {.outcome = outcome, .on = *parse_date(on), .number = "3", .text = "Жауап"},
                            at->coordinator, at->clock);
        });
    }

    Result<CalendarChange> enter(const CalendarDay& day)
    {
        return db().write([&](storage::Transaction& tx) { return enter_calendar_day(tx, law, day, at->coordinator, at->clock); });
    }

    int missed(LocalDate today)
    {
        return at->write([&](auto& tx) -> Result<int> { return record_missed(tx, law, today, at->clock); });
    }

    Board board_on(LocalDate today)
    {
        return db().read([&](storage::Snapshot& s) { return board(s, law, today); });
    }

    void SetUp() override
    {
        DocumentPath::SetUp();
        if (!IsSkipped()) other = named("Алматы қаласының прокуратурасы");
    }

    AuthorityId other;
};
ADAL_BOTH_ENGINES(ClockPath);

// kazakhstan.md §2.9: the vector that changes because the calendar changed, in the whole product.
TEST_P(ClockPath, moves_open_deadlines_when_the_calendar_changes_and_keeps_old_and_new)
{
    const auto document = sent_document();
    at->clock = moment("2026-03-30T09:00:00+05:00");
    const CalendarDay day{make_date(2026, 4, 2), DayKind::day_off, "Үкімет қаулысы", make_date(2026, 3, 28), {}};
    const auto change = must(enter(day));
    EXPECT_EQ(change.added, 1);
    EXPECT_EQ(change.moved, 2);
    EXPECT_THAT(newest_leaf(), ::testing::HasSubstr("\"due\":\"2026-04-06\",\"due_before\":\"2026-04-03\""));
    const auto after = stored(document.id).recommendations.front();
    EXPECT_EQ(iso(after.deadline->due), "2026-04-06");
    EXPECT_EQ(after.deadline->rule_version, document.recommendations.front().deadline->rule_version);
    const auto former = db().read([&](storage::Snapshot& s) { return former_deadlines_of(s, after.id); });
    ASSERT_EQ(former.size(), 1u);
    EXPECT_EQ(iso(former.front().deadline.due), "2026-04-03");
    EXPECT_EQ(former.front().next_due, make_date(2026, 4, 6));
    EXPECT_EQ(former.front().reason, MoveReason::calendar);
    EXPECT_TRUE(former.front().leaf.has_value());
    EXPECT_TRUE(enter(day).error().is(calendar_day_known));
    const auto again = at->write([&](auto& tx) -> Result<int> { return redate_open(tx, law, at->clock); });
    EXPECT_EQ(again, 0);
    expect_sound();

    // Taken back: the deadline comes back too, as a change of its own.
    EXPECT_EQ(must(enter({make_date(2026, 4, 2), DayKind::ordinary, "Қаулы күшін жойды", make_date(2026, 3, 30), {}})).moved, 2);
    EXPECT_EQ(iso(stored(document.id).recommendations.front().deadline->due), "2026-04-03");
    expect_sound();
}

TEST_P(ClockPath, leaves_answered_and_missed_deadlines_where_they_were)
{
    const auto document = sent_document();
    at->clock = moment("2026-04-01T09:00:00+05:00");
    must(reply(document, 0, ReplyClass::formal, "2026-04-01"));
    at->clock = moment("2026-04-04T09:00:00+05:00");
    EXPECT_EQ(missed(make_date(2026, 4, 4)), 1);
    EXPECT_EQ(must(enter({make_date(2026, 4, 2), DayKind::day_off, "Қаулы", make_date(2026, 4, 1), {}})).moved, 0);
    EXPECT_EQ(iso(stored(document.id).recommendations.at(1).deadline->due), "2026-04-03");
    expect_sound();
}

TEST_P(ClockPath, imports_a_calendar_once_and_refuses_a_bad_one_whole)
{
    constexpr std::string_view file = R"({"yearly":[],"days":[
        {"date":"2027-05-16","kind":"religious","source":"announced","known_from":"2026-02-01"},
        {"date":"2027-01-12","kind":"day_off","source":"decree","known_from":"2026-02-01"}]})";
    const auto import = [&](std::string_view json) {
        return db().write([&](storage::Transaction& tx) { return import_calendar(tx, law, json, at->clock); });
    };
    EXPECT_EQ(must(import(file)).added, 2);
    EXPECT_EQ(must(import(file)).added, 0);
    const auto bad = import(R"({"yearly":[],"days":[
        {"date":"2027-02-01","kind":"day_off","source":"decree","known_from":"2026-02-01"},
        {"date":"2027-02-31","kind":"day_off","source":"decree","known_from":"2026-02-01"}]})");
    ASSERT_FALSE(bad);
    EXPECT_TRUE(bad.error().is(bad_calendar));
    EXPECT_EQ(bad.error().params.at("line"), "2");
    // The same day with an end: from the next day on it is what the week says.
    EXPECT_EQ(must(import(R"({"yearly":[],"days":[
        {"date":"2027-01-12","kind":"day_off","source":"decree","known_from":"2026-02-01","known_to":"2026-02-28"}]})")).added, 1);
    const auto calendar = [&](LocalDate on) { return db().read([&](storage::Snapshot& s) { return calendar_on(s, law, on); }); };
    EXPECT_FALSE(calendar(make_date(2026, 2, 28)).is_working(make_date(2027, 1, 12)));
    EXPECT_TRUE(calendar(make_date(2026, 3, 1)).is_working(make_date(2027, 1, 12)));
    EXPECT_EQ(db().read([](storage::Snapshot& s) { return entered_days(s).size(); }), 3u);
}

TEST_P(ClockPath, does_not_take_a_day_before_it_is_announced)
{
    EXPECT_TRUE(enter({make_date(2027, 1, 4), DayKind::day_off, "қаулы", local_date(at->clock).plus_days(1), {}}).error().is(calendar_known_later));
    EXPECT_TRUE(enter({make_date(2027, 1, 4), DayKind::day_off, " ", make_date(2026, 1, 1), {}}).error().is(calendar_source_missing));
    EXPECT_TRUE(enter({make_date(2099, 1, 4), DayKind::day_off, "қаулы", make_date(2026, 1, 1), {}}).error().is(calendar_out_of_range));
}

TEST_P(ClockPath, escalates_silence_extends_and_ends)
{
    const auto document = sent_document();
    at->clock = moment("2026-04-03T10:00:00+05:00");
    EXPECT_TRUE(record(step(document, StepKind::escalation, "2026-04-03")).error().is(step_no_ground));
    at->clock = moment("2026-04-06T10:00:00+05:00");
    const auto escalated = must(record(step(document, StepKind::escalation, "2026-04-06")));
    EXPECT_EQ(iso(escalated.deadline->due), "2026-04-27");
    EXPECT_EQ(escalated.deadline->rule_version, law.rules.get(rule_appeal).version);
    EXPECT_THAT(newest_leaf(), ::testing::HasSubstr("referral.sent"));
    EXPECT_THAT(newest_leaf(), ::testing::HasSubstr("\"kind\":\"escalation\""));
    expect_sound();

    // Two months more, by a decision of the 20th; the recommendation's own clock knows no extension.
    at->clock = moment("2026-04-21T10:00:00+05:00");
    auto extension = step(document, StepKind::extension, "2026-04-20");
    extension.until = make_date(2026, 6, 15);
    EXPECT_TRUE(record(extension).error().is(step_no_extension));
    extension.about = escalated.id;
    EXPECT_FALSE(must(record(extension)).late);
    EXPECT_TRUE(record(extension).error().is(step_extension_second));
    const auto moved = db().read([&](storage::Snapshot& s) { return find_step(s, escalated.id).value(); });
    EXPECT_EQ(iso(moved.deadline->due), "2026-06-15");
    const auto former = db().read([&](storage::Snapshot& s) { return former_deadlines_of(s, escalated.id); });
    ASSERT_EQ(former.size(), 1u);
    EXPECT_EQ(iso(former.front().deadline.due), "2026-04-27");
    // A day set by a letter is not moved by the calendar.
    EXPECT_EQ(must(enter({make_date(2026, 6, 10), DayKind::day_off, "қаулы", make_date(2026, 4, 1), {}})).moved, 0);
    expect_sound();

    at->clock = moment("2026-06-16T10:00:00+05:00");
    EXPECT_EQ(missed(make_date(2026, 6, 16)), 3); // both recommendations and the escalation
    EXPECT_EQ(missed(make_date(2026, 6, 17)), 0);
    EXPECT_EQ(must(end_with(escalated, StepOutcome::rejected, "2026-06-16")).end->outcome, StepOutcome::rejected);
    EXPECT_TRUE(end_with(escalated, StepOutcome::upheld, "2026-06-16").error().is(step_over));
    must(record(step(document, StepKind::appeal, "2026-06-16")));
    expect_sound();
}

TEST_P(ClockPath, forwards_with_a_new_clock_and_a_trace)
{
    const auto document = sent_document();
    at->clock = moment("2026-03-20T10:00:00+05:00");
    auto forwarding = step(document, StepKind::forwarding, "2026-03-20");
    forwarding.authority = authority;
    EXPECT_TRUE(record(forwarding).error().is(step_same_authority));
    forwarding.authority = other;
    const auto forwarded = must(record(forwarding));
    EXPECT_FALSE(forwarded.late);
    const auto after = stored(document.id);
    EXPECT_TRUE(is_intact(after));
    EXPECT_EQ(after.recommendations.front().authority, authority); // as signed
    EXPECT_EQ(after.recommendations.front().answerable(), other);
    EXPECT_EQ(iso(after.recommendations.front().deadline->due), "2026-04-08");
    EXPECT_EQ(iso(after.recommendations.at(1).deadline->due), "2026-04-03");
    const auto former = db().read([&](storage::Snapshot& s) { return former_deadlines_of(s, after.recommendations.front().id); });
    ASSERT_EQ(former.size(), 1u);
    EXPECT_EQ(former.front().reason, MoveReason::forwarded);
    // Silence is now the other one's.
    at->clock = moment("2026-04-09T10:00:00+05:00");
    EXPECT_EQ(missed(make_date(2026, 4, 9)), 2);
    const auto counts = db().read([&](storage::Snapshot& s) { return statistics_of(s, other, make_date(2026, 4, 9)); });
    EXPECT_EQ(counts.answers.sent, 1);
    EXPECT_EQ(counts.answers.overdue, 1);
    expect_sound();
}

TEST_P(ClockPath, records_a_hearing_whose_notice_was_short)
{
    const auto document = sent_document();
    at->clock = moment("2026-03-26T10:00:00+05:00");
    auto hearing = step(document, StepKind::hearing, "2026-03-26");
    hearing.until = make_date(2026, 3, 30);
    const auto made = must(record(hearing));
    EXPECT_TRUE(made.late);
    EXPECT_EQ(board_on(make_date(2026, 3, 27)).hearings.size(), 1u);
    at->clock = moment("2026-03-30T16:00:00+05:00");
    EXPECT_TRUE(end_with(made, StepOutcome::upheld, "2026-03-30").error().is(step_wrong_outcome));
    must(end_with(made, StepOutcome::held, "2026-03-30"));
    EXPECT_TRUE(board_on(make_date(2026, 3, 31)).hearings.empty());
    expect_sound();
}

TEST_P(ClockPath, asks_for_the_successor_when_an_authority_is_gone_and_the_clock_runs_on)
{
    const auto document = sent_document();
    at->clock = moment("2026-03-20T10:00:00+05:00");
    EXPECT_TRUE(board_on(make_date(2026, 3, 20)).orphans.empty());
    EXPECT_TRUE(record(step(document, StepKind::succession, "2026-03-20")).error().is(step_no_ground));
    at->write([&](auto& tx) { return close_authority(tx, authority, make_date(2026, 3, 24)); });
    EXPECT_TRUE(db().write([&](storage::Transaction& tx) { return close_authority(tx, authority, make_date(2026, 3, 25)); }).error().is(authority_closed_already));
    at->write([&](auto& tx) { return add_succession(tx, {.from = authority, .to = other, .kind = SuccessionKind::function_transfer, .on = make_date(2026, 3, 25), .act = "Қаулы"}); });
    EXPECT_TRUE(board_on(make_date(2026, 3, 24)).orphans.empty());
    at->clock = moment("2026-03-26T10:00:00+05:00");
    const auto orphans = board_on(make_date(2026, 3, 26)).orphans;
    ASSERT_EQ(orphans.size(), 2u);
    EXPECT_EQ(orphans.front().authority, authority);
    must(record(step(document, StepKind::succession, "2026-03-26")));
    const auto after = stored(document.id).recommendations.front();
    EXPECT_EQ(after.answerable(), other);
    EXPECT_EQ(iso(after.deadline->due), "2026-04-03");
    EXPECT_EQ(board_on(make_date(2026, 3, 26)).orphans.size(), 1u);
    expect_sound();
}

TEST_P(ClockPath, can_send_to_the_successor_what_was_signed_for_one_that_is_gone)
{
    const auto document = signed_document();
    at->write([&](auto& tx) { return close_authority(tx, authority, make_date(2026, 3, 9)); });
    EXPECT_TRUE(send(document.id, "2026-03-10T10:00:00+05:00").error().is(authority_not_on_date));
    EXPECT_EQ(board_on(make_date(2026, 3, 10)).orphans.size(), 2u);
    for (const std::size_t n : {0u, 1u}) must(record(step(document, StepKind::succession, "2026-03-10", n)));
    authority = other;
    must(send(document.id, "2026-03-10T11:00:00+05:00"));
    EXPECT_EQ(stored(document.id).state, DocumentState::sent);
    expect_sound();
}

TEST_P(ClockPath, repeats_the_demand_when_the_check_finds_it_not_fixed_and_when_it_comes_back)
{
    const auto document = sent_document();
    at->clock = moment("2026-03-30T10:00:00+05:00");
    const auto claim = [&] {
        at->write([&](auto& tx) { return claim_fix(tx, document.recommendations.front().id, at->findings.at(0), "Жамалды", at->coordinator, at->clock); });
    };
    EXPECT_TRUE(record(step(document, StepKind::repeat, "2026-03-30")).error().is(step_no_ground));
    claim();
    at->check_fix(at->findings.at(0), false);
    EXPECT_EQ(state(0), FindingState::not_fixed);
    must(record(step(document, StepKind::repeat, "2026-03-30")));
    EXPECT_EQ(state(0), FindingState::referred);

    claim();
    at->check_fix(at->findings.at(0));
    EXPECT_EQ(state(0), FindingState::fixed_verified);
    EXPECT_EQ(board_on(make_date(2026, 3, 30)).unchecked_fixes, 0);
    at->write([&](auto& tx) { return reopen(tx, document.recommendations.front().id, at->findings.at(0), "Қайта ойылды", at->coordinator, at->clock); });
    EXPECT_EQ(state(0), FindingState::reopened);
    must(record(step(document, StepKind::repeat, "2026-03-30")));
    EXPECT_EQ(state(0), FindingState::referred);
    expect_sound();
}

TEST_P(ClockPath, does_not_record_a_letter_that_its_channel_does_not_take)
{
    const auto document = sent_document();
    at->clock = moment("2026-04-06T10:00:00+05:00");
    at->write([&](auto& tx) {
        return add_channel(tx, {.authority = other, .kind = ChannelKind::eotinish, .address = "eotinish.kz", .max_letters = 5,
                                .valid_from = make_date(2026, 1, 1), .source = "сайт"}, at->clock);
    });
    EXPECT_TRUE(record(step(document, StepKind::escalation, "2026-04-06")).error().is(channel_text_too_long));
    auto on_paper = step(document, StepKind::escalation, "2026-04-06");
    on_paper.channel = ChannelKind::paper;
    must(record(on_paper));
}

TEST_P(ClockPath, does_not_sign_for_a_place_that_became_a_restricted_object)
{
    at->clock = moment("2026-03-09T12:00:00+05:00");
    const auto drafted = at->write([&](auto& tx) { return draft_document(tx, at->control, draft(), at->coordinator, at->clock); });
    at->write([&](auto& tx) -> Result<oversight::Place> {
        auto place = oversight::find_place(tx, at->place).value();
        place.restricted = true;
        return oversight::change_place(tx, place, at->coordinator, at->clock);
    });
    const auto refused = db().write([&](storage::Transaction& tx) { return sign_document(tx, drafted.id, at->lawyer, at->clock); });
    ASSERT_FALSE(refused);
    EXPECT_TRUE(refused.error().is(oversight::restricted_object));
}

TEST_P(ClockPath, refuses_a_step_on_the_page_of_another_document_and_to_nobody)
{
    const auto document = sent_document();
    at->clock = moment("2026-04-06T10:00:00+05:00");
    auto foreign = step(document, StepKind::escalation, "2026-04-06");
    foreign.recommendation = RecommendationId::make(at->clock);
    EXPECT_TRUE(record(foreign).error().is(step_other_document));
    auto to_the_gone = step(document, StepKind::escalation, "2026-04-06");
    to_the_gone.authority = named("Сыбайлас жемқорлыққа қарсы іс-қимыл агенттігі");
    const auto refused = record(to_the_gone);
    ASSERT_FALSE(refused);
    EXPECT_TRUE(refused.error().is(authority_not_on_date));
    const auto escalated = must(record(step(document, StepKind::escalation, "2026-04-06")));
    auto elsewhere = escalated;
    elsewhere.document = DocumentId::make(at->clock);
    EXPECT_TRUE(end_with(elsewhere, StepOutcome::upheld, "2026-04-06").error().is(step_other_document));
}

TEST_P(ClockPath, records_our_own_lateness_once)
{
    // The control ended on 6 March 2026: the document was to be sent by the 18th.
    at->clock = moment("2026-03-19T09:00:00+05:00");
    EXPECT_EQ(missed(make_date(2026, 3, 18)), 0);
    EXPECT_EQ(missed(make_date(2026, 3, 19)), 1);
    EXPECT_THAT(newest_leaf(), ::testing::HasSubstr("\"kind\":\"send\""));
    EXPECT_EQ(missed(make_date(2026, 3, 20)), 0);
    const auto board = board_on(make_date(2026, 3, 19));
    ASSERT_EQ(board.sends.size(), 1u);
    EXPECT_EQ(iso(board.sends.front().deadline.due), "2026-03-18");
}

TEST_P(ClockPath, counts_the_board_and_the_authority_the_same_way)
{
    const auto document = sent_document();
    at->clock = moment("2026-03-30T10:00:00+05:00");
    must(reply(document, 0, ReplyClass::promise, "2026-03-30")); // for 1 May
    const auto today = board_on(make_date(2026, 4, 3));
    EXPECT_EQ(today.them.today, 1);
    EXPECT_EQ(today.them.all(), 1);
    ASSERT_EQ(today.due_today.size(), 1u);
    EXPECT_EQ(today.due_today.front().ordinal, 2);
    EXPECT_EQ(board_on(make_date(2026, 4, 4)).them.overdue, 1);
    EXPECT_EQ(board_on(make_date(2026, 4, 2)).waiting.size(), 1u);
    EXPECT_TRUE(board_on(make_date(2026, 5, 1)).broken_promises.empty());
    EXPECT_EQ(board_on(make_date(2026, 5, 2)).broken_promises.size(), 1u);

    const auto counts = db().read([&](storage::Snapshot& s) { return statistics(s, make_date(2026, 4, 4)); }).at(authority);
    EXPECT_EQ(counts.answers.sent, 2);
    EXPECT_EQ(counts.answers.answered, 1);
    EXPECT_EQ(counts.answers.in_time, 1);
    EXPECT_EQ(counts.answers.overdue, 1);
    EXPECT_EQ(counts.answers.waiting, 0);
    EXPECT_DOUBLE_EQ(*counts.answers.in_time_share(), 0.5);
    EXPECT_EQ(counts.fixes.referred, 2);
    EXPECT_EQ(counts.fixes.fixed_verified, 0);
}

TEST_P(ClockPath, stops_when_a_signed_document_was_changed_behind_its_back)
{
    const auto document = sent_document();
    // The database itself refuses to change the document, not the text of its recommendations.
    at->write([&](auto& tx) -> Result<Done> {
        tx.exec("update referral_recommendations set text = 'x' where document_id = ?1", document.id);
        return done();
    });
    at->clock = moment("2026-04-06T10:00:00+05:00");
    EXPECT_TRUE(reply(document, 0, ReplyClass::formal, "2026-04-06").error().is(document_changed));
    EXPECT_TRUE(record(step(document, StepKind::escalation, "2026-04-06")).error().is(document_changed));
    EXPECT_THAT(db().read([](storage::Snapshot& s) { return check_invariants(s); }), ::testing::Contains(::testing::HasSubstr("changed after signing")));
}

TEST_P(ClockPath, says_when_a_stored_deadline_is_not_what_its_rule_gives)
{
    const auto document = sent_document();
    at->write([&](auto& tx) -> Result<Done> {
        tx.exec("update referral_recommendations set due_on = '2026-04-30' where document_id = ?1 and ordinal = 1", document.id);
        return done();
    });
    EXPECT_THAT(db().read([](storage::Snapshot& s) { return check_invariants(s); }),
                ::testing::ElementsAre(::testing::HasSubstr("deadline is not what its rule and calendar give")));
}

TEST_P(ClockPath, knows_a_feed_by_its_secret_until_it_is_renewed_or_stopped)
{
    const auto made = [&] {
        return at->write([&](auto& tx) -> Result<std::string> { return make_feed(tx, at->coordinator, i18n::Language::ru, at->clock); });
    };
    const auto first = made();
    const auto found = [&](const std::string& secret) { return db().read([&](storage::Snapshot& s) { return find_feed(s, secret); }); };
    ASSERT_TRUE(found(first));
    EXPECT_EQ(found(first)->person, at->coordinator);
    EXPECT_EQ(found(first)->language, i18n::Language::ru);
    const auto second = made();
    EXPECT_FALSE(found(first));
    EXPECT_TRUE(found(second));
    at->write([&](auto& tx) -> Result<Done> {
        stop_feed(tx, at->coordinator);
        return done();
    });
    EXPECT_FALSE(found(second));
}

TEST_P(ClockPath, routes_by_topic_place_and_day_and_completes_the_register)
{
    const auto place = db().read([&](storage::Snapshot& s) { return oversight::find_place(s, at->place).value(); });
    const auto competent = [&](LocalDate on) { return db().read([&](storage::Snapshot& s) { return competent_authorities(s, place, on); }); };
    EXPECT_TRUE(competent(make_date(2026, 3, 1)).empty()); // the place lies in no known district
    const auto add = [&](Competence competence) { return db().write([&](storage::Transaction& tx) { return add_competence(tx, std::move(competence), at->clock); }); };
    const Competence country{.authority = other, .topic = "roads", .territory = "kz", .valid_from = make_date(2026, 2, 1), .source = "заң"};
    must(add(country));
    EXPECT_TRUE(add(country).error().is(competence_known));
    ASSERT_EQ(competent(make_date(2026, 3, 1)).size(), 1u);
    EXPECT_TRUE(competent(make_date(2026, 1, 31)).empty());
    const Channel channel{.authority = other, .kind = ChannelKind::email, .address = "a@b.kz", .max_files = 3, .valid_from = make_date(2026, 1, 1), .source = "сайт"};
    const auto add_it = [&] { return db().write([&](storage::Transaction& tx) { return add_channel(tx, channel, at->clock); }); };
    must(add_it());
    EXPECT_TRUE(add_it().error().is(channel_known));
    EXPECT_EQ(db().read([&](storage::Snapshot& s) { return channels_of(s, other); }).front().max_files, 3);
}

TEST_P(ClockPath, imports_a_register_with_versions_parents_channels_and_topics_once)
{
    constexpr std::string_view file = R"({"authorities":[
        {"key":"a","kk":"Жаңа басқарма","channel":"paper","valid_from":"2020-01-01","valid_to":"2025-12-31","source":"s","verified":true,"territory":"kz/almaty","topics":["roads"]},
        {"key":"b","kk":"Жаңа департамент","channel":"email","address":"b@b.kz","valid_from":"2026-01-01","source":"s","verified":false,"same_as":"a","territory":"kz/almaty",
         "parent":"c","channels":[{"kind":"portal","address":"https://b.kz","max_files":5,"source":"s"}]},
        {"key":"c","kk":"Жаңа министрлік","channel":"eotinish","valid_from":"2020-01-01","source":"s","verified":true,"territory":"kz"}]})";
    const auto import = [&](std::string_view json) { return db().write([&](storage::Transaction& tx) { return import_authorities(tx, json, at->clock); }); };
    EXPECT_EQ(must(import(file)), 3);
    EXPECT_EQ(must(import(file)), 0);
    const auto id = db().read([](storage::Snapshot& s) { return find_authority(s, "Жаңа басқарма", make_date(2020, 1, 1)); }).value();
    const auto versions = db().read([&](storage::Snapshot& s) { return versions_of(s, id); });
    ASSERT_EQ(versions.size(), 2u);
    EXPECT_EQ(versions.at(1).names.kk, "Жаңа департамент");
    EXPECT_TRUE(versions.at(1).parent.is_set());
    EXPECT_EQ(db().read([&](storage::Snapshot& s) { return competences_of(s, id); }).size(), 1u);
    EXPECT_EQ(db().read([&](storage::Snapshot& s) { return channels_of(s, id); }).size(), 1u);
    const auto bad = import(R"({"authorities":[{"key":"x","kk":"Х","channel":"paper","valid_from":"2020-01-01","source":"s","territory":"kz","topics":["weather"]}]})");
    ASSERT_FALSE(bad);
    EXPECT_EQ(bad.error().params.at("field"), "topics");
}

} // namespace
} // namespace adal::referral
