// The way of a resource through the operations of cyber.hpp, on both engines.
#include "cyber/leaders_store.hpp"
#include "cyber/test_casework.hpp"

namespace adal::cyber {

namespace casework_tests {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class Casework : public WithLog
{
protected:
    void SetUp() override
    {
        WithLog::SetUp();
        if (IsSkipped()) return;
        reporter = hire({people::Role::volunteer}, 2000);
        first = hire({people::Role::reviewer}, 1990);
        second = hire({people::Role::reviewer}, 1991);
        young = hire({people::Role::reviewer}, 2010);
        coordinator = hire({people::Role::coordinator}, 1980);
        lawyer = hire({people::Role::lawyer}, 1975);
    }

    Result<std::vector<ReportedLink>> report(std::string text, std::string category = "DRP", PersonId who = {})
    {
        return attempt([&](auto& tx) { return report_links(tx, rules, {.text = std::move(text), .category = std::move(category), .note = "келді", .person = who}, clock); });
    }

    static Review confirming(std::string category = "DRP")
    {
        Review out{.verdict = Verdict::confirm, .category = category, .text = "көрдім", .no_capture = "кіру керек"};
        for (const auto& question : questions_of(*find_category(category))) out.answers.push_back({.question = question.id, .yes = true, .where = "басы"});
        return out;
    }

    Result<Resource> review(ResourceId id, PersonId who, Review said, bool may_arbitrate = false)
    {
        if (const auto claimed = attempt([&](auto& tx) { return claim_resource(tx, id, who, clock); }); !claimed) return pass(claimed);
        return attempt([&](auto& tx) { return review_resource(tx, rules, id, std::move(said), may_arbitrate, who, clock); });
    }

    Result<Resource> look(ResourceId id, Seen seen, std::string vantage = "Алматы", std::string country = "KZ")
    {
        return attempt([&](auto& tx) { return record_check(tx, {.resource = id, .vantage = std::move(vantage), .country = std::move(country), .seen = seen}, coordinator, clock); });
    }

    Resource resource(ResourceId id) { return read([&](auto& s) { return *find_resource(s, id); }); }
    std::vector<std::string> states(ResourceId id)
    {
        std::vector<std::string> out;
        for (const auto& event : read([&](auto& s) { return history_of(s, id); })) out.push_back(event.to);
        return out;
    }
    std::string whole_log()
    {
        std::string out;
        const auto size = read([](auto& s) { return ledger::size(s); });
        for (std::int64_t i = 0; i < size; ++i) out += read([&](auto& s) { return ledger::leaf(s, i)->bytes; });
        return out;
    }

    Rulebook rules{*SuffixList::read("kz\ncom\norg\nru\ngov.kz\n", "test"), {"adal.kz"}};
    PersonId reporter{}, first{}, second{}, young{}, coordinator{}, lawyer{};
};
ADAL_BOTH_ENGINES(Casework);

} // namespace casework_tests

using namespace casework_tests;

TEST_P(Casework, leads_from_a_report_to_blocked_and_back)
{
    const auto id = must(report("https://drop-work.kz/join", "DRP", reporter)).front().resource;
    EXPECT_EQ(must(report("http://www.drop-work.kz/join/?utm_source=x")).front().outcome, Outcome::known);
    EXPECT_EQ(key_of(review(id, reporter, confirming())), reviewer_reported.key);
    EXPECT_EQ(key_of(review(id, young, confirming())), reviewer_not_adult.key);
    EXPECT_EQ(must(review(id, first, confirming())).state, State::in_review);
    EXPECT_EQ(key_of(review(id, first, confirming())), reviewer_again.key);
    EXPECT_EQ(must(review(id, second, confirming())).state, State::verified);
    EXPECT_EQ(must(look(id, Seen::alive)).state, State::ready);
    EXPECT_EQ(write([&](auto& tx) { return mark_referred(tx, id, 0, coordinator, clock); }).state, State::referred);
    EXPECT_EQ(write([&](auto& tx) { return mark_accepted(tx, id, coordinator, clock); }).state, State::accepted);
    must(look(id, Seen::blocked, "Алматы"));
    must(look(id, Seen::blocked, "Астана"));
    EXPECT_EQ(must(look(id, Seen::alive, "Berlin", "DE")).state, State::blocked);
    clock = clock.plus(std::chrono::hours{24 * 7});
    EXPECT_EQ(must(look(id, Seen::alive)).state, State::relapsed);
    EXPECT_EQ(must(look(id, Seen::alive)).state, State::ready);
    EXPECT_THAT(states(id), ElementsAre("triaged", "in_review", "verified", "ready", "referred", "accepted", "blocked", "relapsed", "ready"));
    const auto funnel = read([](auto& s) { return cyber::funnel(s); });
    EXPECT_EQ(funnel.reported, 2);
    EXPECT_EQ(funnel.unique, 1);
    EXPECT_EQ(funnel.referred, 1);
    EXPECT_EQ(funnel.blocked, 1);
    EXPECT_EQ(funnel.median_hours, 0.0);
    EXPECT_THAT(read([&](auto& s) { return ever_in(s, {State::blocked, State::removed}, clock); }), ElementsAre(id));
    EXPECT_THAT(read([&](auto& s) { return ever_in(s, {State::blocked}, clock.plus(-std::chrono::hours{24 * 8})); }), IsEmpty());
    EXPECT_THAT(whole_log(), Not(HasSubstr("drop-work")));
    expect_invariants();
}

TEST_P(Casework, a_stale_look_refers_nothing)
{
    const auto id = must(report("@dropkz")).front().resource;
    must(review(id, first, confirming()));
    must(review(id, second, confirming()));
    must(look(id, Seen::alive));
    clock = clock.plus(std::chrono::hours{25});
    EXPECT_EQ(key_of(attempt([&](auto& tx) { return mark_referred(tx, id, 0, coordinator, clock); })), not_alive.key);
    EXPECT_EQ(must(look(id, Seen::dead)).state, State::down);
    EXPECT_EQ(key_of(attempt([&](auto& tx) { return mark_referred(tx, id, 0, coordinator, clock); })), wrong_state.key);
    EXPECT_THAT(read([](auto& s) { return listed_resources(s); }), SizeIs(1));
    write([&](auto& tx) { return withdraw_resource(tx, id, "иесі дәлелдеді", coordinator, clock); });
    EXPECT_THAT(read([](auto& s) { return listed_resources(s); }), IsEmpty());
    expect_invariants();
}

TEST_P(Casework, a_protected_name_needs_three_reviewers_and_two_words)
{
    const auto id = must(report("https://t.me/s/dropkz https://egov.kz/pay", "FRD-PHI")).back().resource;
    EXPECT_EQ(resource(id).state, State::guarded);
    EXPECT_FALSE(resource(id).guards.empty());
    for (const auto who : {first, second}) EXPECT_NE(must(review(id, who, confirming("FRD-PHI"))).state, State::verified);
    EXPECT_EQ(must(review(id, hire({people::Role::reviewer}, 1985), confirming("FRD-PHI"))).state, State::verified);
    must(look(id, Seen::alive));
    EXPECT_EQ(key_of(attempt([&](auto& tx) { return mark_referred(tx, id, 0, coordinator, clock); })), guard_not_cleared.key);
    write([&](auto& tx) { return clear_guard(tx, id, false, coordinator, clock); });
    EXPECT_EQ(key_of(attempt([&](auto& tx) { return clear_guard(tx, id, true, coordinator, clock); })), reviewer_again.key);
    write([&](auto& tx) { return clear_guard(tx, id, true, lawyer, clock); });
    write([&](auto& tx) { return mark_referred(tx, id, 0, coordinator, clock); });
    expect_invariants();
}

TEST_P(Casework, what_two_see_differently_a_third_decides)
{
    const auto id = must(report("@dropkz")).front().resource;
    must(review(id, first, confirming()));
    EXPECT_EQ(must(review(id, second, {.verdict = Verdict::reject, .text = "жоқ"})).state, State::arbitration);
    EXPECT_EQ(key_of(review(id, hire({people::Role::reviewer}, 1985), confirming())), arbiter_needed.key);
    EXPECT_EQ(key_of(review(id, coordinator, confirming(), true)), claimed_by_other.key);
    clock = clock.plus(kLease).plus(std::chrono::seconds{1});
    EXPECT_EQ(must(review(id, coordinator, confirming(), true)).state, State::verified);
    expect_invariants();
}

TEST_P(Casework, of_what_concerns_children_only_a_hash_is_kept)
{
    const auto links = must(report("https://bad-place.com/x", "CSA", reporter));
    EXPECT_EQ(links.front().outcome, Outcome::sealed);
    EXPECT_THAT(links.front().shown, IsEmpty());
    EXPECT_EQ(read([](auto& s) { return s.template value<std::int64_t>("select count(*) from cyber_resource"); }), 0);
    EXPECT_EQ(read([](auto& s) { return s.template value<std::int64_t>("select count(*) from cyber_report where person_id is null and note = '' and resource_id is null"); }), 1);
    EXPECT_EQ(key_of(report("https://news.kz", "POL")), category_refused.key);
    expect_invariants();
}

TEST_P(Casework, the_queue_leaves_out_own_reports_own_reviews_and_what_others_hold)
{
    const auto mine = must(report("@first_one", "DRP", first)).front().resource;
    const auto held = must(report("@second_one")).front().resource;
    const auto done = must(report("@third_one")).front().resource;
    must(review(done, first, confirming()));
    write([&](auto& tx) { return claim_resource(tx, held, second, clock); });
    const auto queue = read([&](auto& s) { return list_resources(s, {.states = {State::triaged, State::in_review}, .not_of = first}, clock); });
    EXPECT_THAT(queue, IsEmpty());
    EXPECT_THAT(read([&](auto& s) { return list_resources(s, {.states = {State::triaged, State::in_review}, .not_of = second}, clock); }), SizeIs(3));
    EXPECT_EQ(key_of(attempt([&](auto& tx) { return claim_resource(tx, mine, first, clock); })), reviewer_reported.key);
    EXPECT_EQ(key_of(attempt([&](auto& tx) { return claim_resource(tx, held, coordinator, clock); })), claimed_by_other.key);
}

TEST_P(Casework, an_appeal_is_decided_by_two_who_had_no_part_in_it)
{
    const auto id = must(report("@dropkz")).front().resource;
    const auto filed = [&] { return attempt([&](auto& tx) { return file_appeal(tx, rules, "https://t.me/DropKZ", "owner@a.kz", "менде рұқсат бар", clock); }); };
    EXPECT_EQ(key_of(filed()), appeal_not_listed.key);
    must(review(id, first, confirming()));
    must(review(id, second, confirming()));
    const auto appeal = must(filed());
    EXPECT_EQ(key_of(filed()), appeal_open.key);
    const auto vote = [&](PersonId who, bool grants) { return attempt([&](auto& tx) { return vote_on_appeal(tx, appeal.id, grants, "қарадым", who, clock); }); };
    EXPECT_EQ(key_of(vote(first, false)), appeal_own_case.key);
    EXPECT_EQ(must(vote(coordinator, true)).state, AppealState::open);
    EXPECT_EQ(key_of(vote(coordinator, true)), appeal_own_case.key);
    EXPECT_EQ(must(vote(lawyer, false)).state, AppealState::open);
    EXPECT_EQ(must(vote(hire({people::Role::coordinator}, 1982), true)).state, AppealState::granted);
    EXPECT_EQ(resource(id).state, State::withdrawn);
    EXPECT_EQ(key_of(vote(young, true)), appeal_decided.key);
    EXPECT_THAT(read([](auto& s) { return listed_resources(s); }), IsEmpty());
    expect_invariants();
}

TEST_P(Casework, shows_reviewers_the_screenshot_of_whoever_reported_and_takes_none_without_a_name)
{
    test::TempDir folder;
    const files::Store files{folder.path(), ""};
    const auto shown_by = [&](PersonId who) {
        return attempt([&](auto& tx) -> Result<std::vector<ReportedLink>> {
            const auto picture = files.record(tx, files.prepare_archive("PNG", "image/png"), clock);
            return report_links(tx, rules, {.text = "https://drop-a.kz/ https://drop-b.kz/", .category = "DRP", .person = who, .screenshot = &picture}, clock);
        });
    };
    EXPECT_EQ(key_of(shown_by({})), screenshot_signed_in.key);
    const auto links = must(shown_by(reporter));
    const auto log = whole_log();
    EXPECT_NE(log.find("evidence.added"), log.rfind("evidence.added")) << "one for each resource";
    for (const auto& link : links) {
        EXPECT_THAT(must(read([&](auto& s) { return offer_to(s, {.person = first}, link.resource, clock); })).captures, ::testing::IsEmpty()) << "not before it is claimed";
        must(attempt([&](auto& tx) { return claim_resource(tx, link.resource, first, clock); }));
        const auto offer = must(read([&](auto& s) { return offer_to(s, {.person = first}, link.resource, clock); }));
        ASSERT_THAT(offer.captures, ::testing::SizeIs(1));
        auto said = confirming();
        said.no_capture.clear();
        said.capture = offer.captures.front().id;
        must(review(link.resource, first, said));
        // What a reviewer added is for that reviewer alone.
        must(attempt([&](auto& tx) { return claim_resource(tx, link.resource, second, clock); }));
        write([&](auto& tx) { return add_capture(tx, link.resource, files.record(tx, files.prepare_archive("more", "image/png"), clock), second, clock); });
        const auto third = hire({people::Role::reviewer}, 1992);
        clock = clock.plus(kLease);
        must(attempt([&](auto& tx) { return claim_resource(tx, link.resource, third, clock); }));
        EXPECT_THAT(must(read([&](auto& s) { return offer_to(s, {.person = third}, link.resource, clock); })).captures, ::testing::SizeIs(1));
    }
    expect_invariants();
}

TEST_P(Casework, the_set_of_categories_is_in_the_log_once_and_lists_give_points)
{
    must(report("@first_one"));
    must(report("@second_one"));
    const auto log = whole_log();
    EXPECT_THAT(log, HasSubstr("\"categories\":\"" + categories_sha256()));
    EXPECT_EQ(log.find("policy.set"), log.rfind("policy.set"));

    test::TempDir folder;
    MatchIndexBuilder builder{rules.suffixes};
    builder.add_list("known", "listed-shop.kz\n");
    must(write_whole_file(folder.path() + "/index", must(builder.file())));
    test::write_file(folder.path() + "/psl", "kz\ncom\n");
    const auto with_lists = must(Rulebook::open(folder.path() + "/psl", {}, folder.path() + "/index"));
    const auto links = write([&](auto& tx) { return report_links(tx, *with_lists, {.text = "https://listed-shop.kz/", .category = "FRD-SHOP"}, clock); });
    const auto listed = resource(links.front().resource);
    EXPECT_GE(listed.score, 40);
    EXPECT_EQ(listed.reasons.front().feature, "on_list");
    EXPECT_FALSE(Rulebook::open(folder.path() + "/psl", {}, folder.path() + "/none"));
    expect_invariants();
}

TEST_P(Casework, a_text_model_puts_links_in_order_and_says_so)
{
    TextModelTrainer trainer{rules.suffixes};
    std::string bad, good;
    for (int i = 0; i < 300; ++i) {
        bad += "https://zhuldyz" + std::to_string(i) + "-oyna.com/kirip-al\n";
        good += "https://mektep" + std::to_string(i) + "-kitap.org/sabaq\n";
    }
    trainer.add("bad", bad, true);
    trainer.add("good", good, false);
    test::TempDir folder;
    test::write_file(folder.path() + "/psl", "kz\ncom\norg\n");
    const auto bytes = must(trainer.train("2026-11-26")).file();
    test::write_file(folder.path() + "/model", bytes);
    const auto with_model = must(Rulebook::open(folder.path() + "/psl", {}, "", folder.path() + "/model"));
    const auto links = write([&](auto& tx) { return report_links(tx, *with_model, {.text = "https://oyna-zhuldyz.kz/ https://mektep-kitap.kz/sabaq @zhuldyz_oyna", .category = "FRD-SHOP"}, clock); });
    const auto risky = resource(links.at(0).resource), harmless = resource(links.at(1).resource), channel = resource(links.at(2).resource);
    EXPECT_GT(risky.score, harmless.score);
    EXPECT_EQ(risky.reasons.front().feature, "text_model");
    EXPECT_EQ(harmless.reasons.back().feature, "text_model_harmless");
    EXPECT_LT(harmless.reasons.back().points, 0);
    EXPECT_TRUE(std::ranges::none_of(channel.reasons, [](const Reason& one) { return one.feature.starts_with("text_model"); })) << "it was trained on web addresses";

    test::write_file(folder.path() + "/model", bytes.substr(0, bytes.size() - 1));
    const auto damaged = Rulebook::open(folder.path() + "/psl", {}, "", folder.path() + "/model");
    ASSERT_FALSE(damaged);
    EXPECT_EQ(damaged.error().params.at("reason"), "damaged");
    EXPECT_EQ(key_of(Rulebook::open(folder.path() + "/psl", {}, "", folder.path() + "/none")), text_model_missing.key);
    expect_invariants();
}

TEST_P(Casework, what_a_reviewer_does_not_want_is_not_given)
{
    must(report("@first_one", "DRP"));
    must(report("@second_one", "LOT"));
    const auto queue = [&] { return read([&](auto& s) { return list_resources(s, {.states = {State::triaged}, .not_of = first}, clock); }).size(); };
    EXPECT_EQ(queue(), 2U);
    attempt([&](auto& tx) -> Result<Done> { put_unwanted(tx, first, {"LOT"}); return done(); });
    EXPECT_EQ(queue(), 1U);
    EXPECT_THAT(read([&](auto& s) { return unwanted_of(s, first); }), ElementsAre("LOT"));
    attempt([&](auto& tx) -> Result<Done> { put_unwanted(tx, first, {}); return done(); });
    EXPECT_EQ(queue(), 2U);
}

TEST_P(Casework, credits_the_first_report_once_the_appeal_window_is_over)
{
    const auto id = must(report("https://drop-work.kz/join", "DRP", reporter)).front().resource;
    must(report("https://drop-work.kz/join", "DRP", young)); // the second one
    must(review(id, first, confirming()));
    must(review(id, second, confirming()));
    must(look(id, Seen::alive));
    write([&](auto& tx) { return mark_referred(tx, id, 1, coordinator, clock); });
    const auto credited = [&](Instant by) { return read([&](auto& s) { return credits(s, by); }); };
    EXPECT_THAT(credited(clock), IsEmpty());
    write([&](auto& tx) { return mark_accepted(tx, id, coordinator, clock); });
    EXPECT_THAT(credited(clock.plus(-kAppealWindow)), IsEmpty());
    EXPECT_THAT(credited(clock), ElementsAre(::testing::Field(&Credit::person, reporter)));
    const auto appeal = write([&](auto& tx) { return file_appeal(tx, rules, "https://drop-work.kz/join", "owner@example.kz", "заңды жұмыс", clock); });
    EXPECT_THAT(credited(clock), IsEmpty());
    write([&](auto& tx) { return vote_on_appeal(tx, appeal.id, false, "дәлел жоқ", coordinator, clock); });
    write([&](auto& tx) { return vote_on_appeal(tx, appeal.id, false, "дәлел жоқ", lawyer, clock); });
    EXPECT_THAT(credited(clock), SizeIs(1));
    write([&](auto& tx) { return withdraw_resource(tx, id, "сот шешімі", coordinator, clock); });
    EXPECT_THAT(credited(clock), IsEmpty());
}

TEST_P(Casework, pages_of_one_short_name_are_one_point)
{
    for (const auto* address : {"https://b24.kz/1", "https://b24.kz/2"}) {
        const auto id = must(report(address, "DRP", reporter)).front().resource;
        EXPECT_THAT(resource(id).cluster, IsEmpty());
        for (const auto who : {first, second}) must(review(id, who, confirming()));
        must(look(id, Seen::alive));
        write([&](auto& tx) { return mark_referred(tx, id, 1, coordinator, clock); });
        write([&](auto& tx) { return mark_accepted(tx, id, coordinator, clock); });
    }
    const auto found = read([&](auto& s) { return credits(s, clock); });
    EXPECT_THAT(found, ElementsAre(::testing::Field(&Credit::cluster, "b24.kz"), ::testing::Field(&Credit::cluster, "b24.kz")));
}

// All channels reported by a link of t.me shared the "cluster" of the platform: one point for all of them, and each other's mirrors.
TEST_P(Casework, channels_of_one_platform_are_no_mirrors_of_one_another)
{
    const auto cluster = [&](std::string text) { return resource(must(report(std::move(text))).front().resource).cluster; };
    EXPECT_EQ(cluster("https://t.me/drop_work24"), "dropwork");
    EXPECT_EQ(cluster("@dropwork7"), "dropwork");
    EXPECT_EQ(cluster("https://www.instagram.com/easy_money1"), "easymoney");
    EXPECT_EQ(cluster("https://www.instagram.com/other_name"), "othername");
    EXPECT_EQ(cluster("https://sites.google.com/view/kaspi-bonus"), ""); // a host for all
    const auto credited = [&](const char* address) {
        const auto id = must(report(address, "DRP", reporter)).front().resource;
        for (const auto who : {first, second}) must(review(id, who, confirming()));
        must(look(id, Seen::alive));
        write([&](auto& tx) { return mark_referred(tx, id, 1, coordinator, clock); });
        write([&](auto& tx) { return mark_accepted(tx, id, coordinator, clock); });
    };
    for (const auto* address : {"https://t.me/abc12345", "https://t.me/xyz67890"}) credited(address); // too few letters for a cluster
    EXPECT_THAT(read([&](auto& s) { return credits(s, clock); }), ElementsAre(::testing::Field(&Credit::cluster, ""), ::testing::Field(&Credit::cluster, "")));
}

TEST_P(Casework, the_board_shows_who_wishes_it)
{
    const auto wish = [&](PersonId who, bool shown) {
        write([&](auto& tx) -> Result<Done> {
            if (shown) put_on_board(tx, who, clock);
            else take_off_board(tx, who);
            return done();
        });
    };
    wish(first, true);
    wish(first, true);
    EXPECT_THAT(read([](auto& s) { return on_board(s); }), ElementsAre(first));
    EXPECT_TRUE(read([&](auto& s) { return is_on_board(s, first); }));
    wish(first, false);
    EXPECT_FALSE(read([&](auto& s) { return is_on_board(s, first); }));
}

TEST_P(Casework, sends_somebody_who_looked_for_ninety_minutes_home_and_keeps_the_review)
{
    std::vector<ResourceId> ids;
    for (int n = 0; n < 7; ++n) ids.push_back(must(report("https://drop-work" + std::string(1, static_cast<char>('a' + n)) + ".kz/join")).front().resource);
    const auto take = [&](ResourceId id) { return attempt([&](auto& tx) { return claim_resource(tx, id, first, clock); }); };
    for (const int n : {0, 1}) {
        must(take(ids[static_cast<std::size_t>(n)]));
        clock = clock.plus(std::chrono::minutes{20});
    }
    must(take(ids[2]));
    clock = clock.plus(std::chrono::minutes{15});
    EXPECT_EQ(key_of(take(ids[3])), exposure_pause.key);
    clock = clock.plus(std::chrono::minutes{60});
    for (const int n : {3, 4}) { // after three whole leases
        must(take(ids[static_cast<std::size_t>(n)]));
        clock = clock.plus(std::chrono::minutes{19});
        must(attempt([&](auto& tx) { return review_resource(tx, rules, ids[static_cast<std::size_t>(n)], confirming(), false, first, clock); }));
    }
    EXPECT_EQ(key_of(take(ids[5])), exposure_day.key);
    clock = clock.plus(std::chrono::hours{24});
    must(take(ids[5]));
    EXPECT_EQ(write([&](auto& tx) -> Result<std::int64_t> { return forget_looking(tx, clock.plus(-std::chrono::hours{1})); }), 5);
}

} // namespace adal::cyber
