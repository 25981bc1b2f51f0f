// The rules of a resource's way: who may look, what a review must say, and that nothing is referred that two people did
// not verify.
#include "cyber/agreement.hpp"
#include "cyber/intake.hpp"
#include "cyber/resource.hpp"
#include "cyber/rulebook.hpp"
#include "support/support.hpp"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>
#include <set>

namespace adal::cyber {

namespace resource_tests {

const Instant start = *parse_instant("2026-03-10T10:00:00+05:00");

const Rulebook& rules()
{
    static const Rulebook kRules{*SuffixList::read("kz\ncom\norg\nru\ngov.kz\n// ===BEGIN PRIVATE DOMAINS===\ngithub.io\n", "test"), {"adal.kz"}};
    return kRules;
}

Resource resource(std::string_view written = "https://casino-24.kz/")
{
    const auto link = read_link(written, rules().suffixes);
    return {.id = ResourceId::make(start), .identity = link.identity, .host = link.meant ? std::string{link.meant->host()} : "", .registrable = link.registrable,
            .scope = proposed_scope(link, rules().guard), .category = "GMB-CAS", .severity = 3, .first_reported_at = start};
}

Review confirming(PersonId reviewer, std::string category = "GMB-CAS")
{
    Review out{.id = ReviewId::make(start), .reviewer = reviewer, .verdict = Verdict::confirm, .category = category, .text = "көрдім", .no_capture = "бет ашылмайды", .at = start};
    for (const auto& question : questions_of(*find_category(category))) out.answers.push_back({.question = question.id, .yes = true, .where = "бірінші бет"});
    return out;
}

Review refusing(PersonId reviewer)
{
    return {.id = ReviewId::make(start), .reviewer = reviewer, .verdict = Verdict::reject, .text = "заңды", .at = start};
}

// Key of the problem; "" when there is none.
template <typename T> std::string_view key_of(const Result<T>& result)
{
    return result ? std::string_view{} : result.error().code->key;
}

std::vector<std::string> found_in(std::string_view text)
{
    std::vector<std::string> out;
    const auto found = find_links(text, rules().suffixes, rules().own);
    if (!found) return {std::string{found.error().code->key}};
    for (const auto& one : *found) out.push_back(one.link.identity.key + (one.refused.empty() ? "" : " " + std::string{one.refused}));
    return out;
}

} // namespace resource_tests

using namespace resource_tests;
using ::testing::ElementsAre;

TEST(Intake, FindsEachResourceOnceInAMessage)
{
    EXPECT_THAT(found_in("Мына сайттан сақ болыңыз: https://casino-24.kz/?utm_source=x, (casino-24.kz) және @casinokz!\n"
                         "тағы hxxps://phish[.]example[.]com/pay. Бағасы 2.5 мың, т.б."),
                ElementsAre("url:casino-24.kz", "telegram:casinokz", "url:phish.example.com/pay"));
    EXPECT_THAT(found_in("https://drop-work.kz/join https://t.me/dropkz shop-1.kz"), ElementsAre("url:drop-work.kz/join", "telegram:dropkz", "url:shop-1.kz"));
    EXPECT_THAT(found_in("8 701 123 45 67\nexample (точка) kz"), ElementsAre("phone:+77011234567", "url:example.kz"));
    EXPECT_THAT(found_in("жай ғана сөйлем"), ElementsAre("cyber.nothing_found"));
}

TEST(Intake, RefusesWhatMayNeverBeReported)
{
    EXPECT_THAT(found_in("http://192.168.0.1/admin"), ElementsAre("url:192.168.0.1/admin cyber.local_address"));
    EXPECT_THAT(found_in("https://www.adal.kz/kk/"), ElementsAre("url:adal.kz/kk cyber.own_domain"));
    EXPECT_THAT(found_in("github.io"), ElementsAre("cyber.nothing_found")); // nobody's domain
    EXPECT_THAT(found_in("javascript:alert(1)\ndata:text/html,x"), ElementsAre("cyber.nothing_found"));
    EXPECT_THAT(found_in(std::string(kMostText + 1, 'a')), ElementsAre("cyber.report_too_long"));
    EXPECT_THAT(found_in("http://" + std::string(900'000, 'a') + ".kz"), ElementsAre("cyber.nothing_found"));
    std::string many;
    for (int i = 0; i < 40'000; ++i) many += "site" + std::to_string(i) + ".kz\n";
    EXPECT_THAT(found_in(many), ElementsAre("cyber.too_many_links"));
}

// "adal.kz." got past the refusal of our own names: the identity has no dot at the end, the host had.
TEST(Intake, ADotAtTheEndOfAHostHidesNothing)
{
    EXPECT_THAT(found_in("https://adal.kz./x"), ElementsAre("url:adal.kz/x cyber.own_domain"));
    EXPECT_THAT(found_in("http://localhost./x"), ElementsAre("url:localhost/x cyber.local_address"));
    EXPECT_FALSE(rules().guard.hits("egov.kz.", Scope::host).empty());
    EXPECT_FALSE(rules().guard.protected_names("egov.kz.").empty());
    EXPECT_EQ(proposed_scope(read_link("https://egov.kz./", rules().suffixes), rules().guard), Scope::path);
}

TEST(Resource, MirrorsShareACluster)
{
    EXPECT_EQ(cluster_of(resource("casino-24.kz").identity, "casino-24.kz"), "casino");
    EXPECT_EQ(cluster_of(resource("casino25.com").identity, "casino25.com"), "casino");
    EXPECT_EQ(cluster_of(resource("b24.kz").identity, "b24.kz"), "");
    EXPECT_EQ(cluster_of(resource("https://t.me/casino_24").identity, "t.me"), "casino");
    EXPECT_EQ(cluster_of(resource("https://instagram.com/casino24").identity, "instagram.com"), "casino");
    EXPECT_EQ(defanged(resource("https://casino-24.kz/pay?a=1").identity), "casino-24[.]kz/pay?a=1");
}

TEST(Resource, TwoPeopleVerifyItAndNeitherReportedIt)
{
    const auto a = PersonId::make(start), b = PersonId::make(start), reporter = PersonId::make(start);
    Panel panel{.reporters = {reporter}};
    EXPECT_EQ(key_of(may_review(resource(), panel, reporter, true, 0)), reviewer_reported.key);
    EXPECT_EQ(key_of(may_review(resource(), panel, a, false, 0)), reviewer_not_adult.key);
    auto first = after_review(resource(), panel, confirming(a));
    EXPECT_EQ(first.state, State::in_review);
    panel.reviews = {confirming(a)};
    EXPECT_EQ(key_of(may_review(first, panel, a, true, 0)), reviewer_again.key);
    EXPECT_EQ(after_review(first, panel, confirming(b)).state, State::verified);
    EXPECT_EQ(after_review(first, panel, refusing(b)).state, State::arbitration);
    EXPECT_EQ(after_review(first, panel, confirming(b, "GMB-BET")).state, State::arbitration);
    auto severe = resource();
    severe.severity = 5;
    EXPECT_EQ(key_of(may_review(severe, {}, a, true, kSevereADay)), exposure_limit.key);
}

TEST(Resource, AGuardedOneNeedsThreeAndTwoWords)
{
    auto guarded = resource();
    guarded.is_guarded = true;
    guarded.state = State::guarded;
    Panel panel;
    for (int i = 0; i < 3; ++i) {
        EXPECT_NE(guarded.state, State::verified);
        const auto review = confirming(PersonId::make(start));
        guarded = after_review(guarded, panel, review);
        panel.reviews.push_back(review);
    }
    EXPECT_EQ(guarded.state, State::verified);
    const Check alive{.vantage = "a", .country = "KZ", .seen = Seen::alive, .at = start};
    guarded = after_check(guarded, alive, {alive});
    EXPECT_EQ(key_of(may_refer(guarded, panel.reviews, start)), guard_not_cleared.key);
    guarded.cleared_by_coordinator = PersonId::make(start);
    guarded.cleared_by_lawyer = PersonId::make(start);
    EXPECT_TRUE(may_refer(guarded, panel.reviews, start));
}

TEST(Resource, AReviewAnswersEveryQuestionAndSaysWhere)
{
    auto review = confirming(PersonId::make(start));
    EXPECT_TRUE(is_whole(review, resource(), rules().guard));
    review.answers[1].where = " ";
    EXPECT_EQ(key_of(is_whole(review, resource(), rules().guard)), review_not_shown.key);
    review.answers[1].yes = false;
    EXPECT_EQ(key_of(is_whole(review, resource(), rules().guard)), review_no_violation.key);
    review.answers.pop_back();
    review.answers.pop_back();
    EXPECT_EQ(key_of(is_whole(review, resource(), rules().guard)), review_unanswered.key);
    review = confirming(PersonId::make(start));
    review.no_capture.clear();
    EXPECT_EQ(key_of(is_whole(review, resource(), rules().guard)), review_capture_missing.key);
    for (const auto* code : {"CSA", "TER", "POL", "X"}) {
        review.category = code;
        EXPECT_EQ(key_of(is_whole(review, resource(), rules().guard)), review_category.key);
    }
    review = confirming(PersonId::make(start));
    review.scope = Scope::domain;
    EXPECT_EQ(key_of(is_whole(review, resource("https://egov.kz/pay"), rules().guard)), scope_too_wide.key);
    EXPECT_EQ(key_of(is_whole(review, resource("https://t.me/casinokz"), rules().guard)), scope_too_wide.key);
}

TEST(Resource, IsBlockedWhenTwoHereAndNoneAbroadSaySo)
{
    auto at = resource();
    at.state = State::accepted;
    const auto seen = [](std::string vantage, std::string country, Seen what) { return Check{.vantage = vantage, .country = country, .seen = what, .at = start}; };
    std::vector<Check> recent{seen("almaty", "KZ", Seen::blocked)};
    EXPECT_EQ(after_check(at, recent.back(), recent).state, State::accepted);
    recent.push_back(seen("almaty", "KZ", Seen::blocked)); // the same vantage twice is one
    EXPECT_EQ(after_check(at, recent.back(), recent).state, State::accepted);
    recent.push_back(seen("astana", "KZ", Seen::blocked));
    EXPECT_EQ(after_check(at, recent.back(), recent).state, State::accepted);
    recent.push_back(seen("berlin", "DE", Seen::alive));
    at = after_check(at, recent.back(), recent);
    EXPECT_EQ(at.state, State::blocked);
    EXPECT_EQ(after_check(at, seen("berlin", "DE", Seen::alive), recent).state, State::blocked);
    at = after_check(at, seen("almaty", "KZ", Seen::alive), recent);
    EXPECT_EQ(at.state, State::relapsed);
    EXPECT_EQ(after_check(at, seen("almaty", "KZ", Seen::alive), recent).state, State::ready);
}

// The example of Cohen's κ that everybody computes: 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no gives 0.4.
TEST(Agreement, KappaAndPairsThatDecideTooMuch)
{
    const auto a = PersonId::make(start), b = PersonId::make(start), c = PersonId::make(start);
    std::vector<VerdictPair> pairs;
    const auto add = [&](int times, Verdict x, Verdict y, PersonId second) {
        for (int i = 0; i < times; ++i) pairs.push_back({a, second, x, y});
    };
    add(20, Verdict::confirm, Verdict::confirm, b);
    add(5, Verdict::confirm, Verdict::reject, c);
    add(10, Verdict::reject, Verdict::confirm, c);
    add(15, Verdict::reject, Verdict::reject, c);
    const auto seen = agreement_of(pairs);
    EXPECT_NEAR(*seen.kappa, 0.4, 1e-12);
    EXPECT_EQ(seen.frequent.size(), 2U);
    EXPECT_EQ(seen.frequent.front().percent + seen.frequent.back().percent, 100);
    pairs.resize(5);
    EXPECT_FALSE(agreement_of(pairs).kappa);
    pairs.assign(20, {a, b, Verdict::confirm, Verdict::confirm});
    EXPECT_FALSE(agreement_of(pairs).kappa);
}

TEST(Category, EveryGroundNamesAnActAndEveryAcceptedCategoryHasQuestions)
{
    for (const auto& category : categories()) {
        for (const auto& basis : category.basis) EXPECT_NE(act_title(basis.act).kk, basis.act) << category.code;
        if (category.accepted == Accepted::no) continue;
        EXPECT_FALSE(category.basis.empty()) << category.code;
        if (category.accepted != Accepted::sealed) {
            EXPECT_FALSE(questions_of(category).empty()) << category.code;
        }
    }
    EXPECT_TRUE(basis_on(*find_category("DRP"), *parse_date("2026-01-01")));
    EXPECT_FALSE(basis_on(*find_category("DRP"), *parse_date("2025-09-15"))); // art. 232-1 was not in force
}

TEST(Resource, WhatIsBlockedIsLookedAtAgainForNinetyDays)
{
    auto at = resource();
    EXPECT_FALSE(next_look(at, {}));
    at.state = State::blocked;
    at.changed_at = start;
    std::vector<Check> checks;
    std::vector<int> days;
    while (const auto due = next_look(at, checks)) {
        days.push_back(static_cast<int>((due->ms - start.ms) / 86'400'000));
        checks.push_back({.seen = Seen::blocked, .at = *due});
    }
    EXPECT_THAT(days, ElementsAre(1, 3, 7, 14, 30, 60, 90));
    // Somebody who comes late does one look, not three.
    EXPECT_EQ(next_look(at, {{.seen = Seen::blocked, .at = start.plus(std::chrono::hours{24 * 8})}})->ms, start.plus(std::chrono::hours{24 * 14}).ms);
}

// Whatever is tried in whatever order: nothing is referred without two distinct people, a look within a day, a ground in law.
RC_GTEST_PROP(ResourceProperty, NothingIsReferredWithoutTwoPeopleALookAndAGround, ())
{
    auto at = resource();
    if (*rc::gen::arbitrary<bool>()) at.is_guarded = true, at.state = State::guarded;
    Panel panel;
    std::vector<Check> checks;
    std::vector<PersonId> people;
    for (int i = 0; i < 4; ++i) people.push_back(PersonId::make(start));
    panel.reporters = {people[0]};
    auto now = start;
    for (const auto step : *rc::gen::container<std::vector<int>>(40, rc::gen::inRange(0, 12))) {
        const auto person = people[static_cast<std::size_t>(*rc::gen::inRange(0, 4))];
        now = now.plus(std::chrono::hours{*rc::gen::inRange(0, 30)});
        if (step < 4) {
            if (!may_review(at, panel, person, true, 0)) continue;
            auto review = step == 0 ? refusing(person) : confirming(person, step == 1 ? "GMB-BET" : "GMB-CAS");
            review.at = now;
            at = after_review(at, panel, review);
            panel.reviews.push_back(review);
        } else if (step < 8) {
            const Check check{.vantage = step % 2 == 0 ? "a" : "b", .country = step < 7 ? "KZ" : "DE", .seen = static_cast<Seen>(*rc::gen::inRange(0, 3)), .at = now};
            if (!is_listed(at.state)) continue;
            checks.push_back(check);
            at = after_check(at, check, checks);
        } else if (step == 8) {
            at.cleared_by_coordinator = people[1];
        } else if (step == 9) {
            at.cleared_by_lawyer = people[2];
        } else if (const auto referred = refer(at, panel.reviews, now)) {
            std::set<PersonId> confirmed;
            for (const auto& review : panel.reviews)
                if (review.verdict == Verdict::confirm) confirmed.insert(review.reviewer);
            RC_ASSERT(confirmed.size() >= (at.is_guarded ? 3U : 2U));
            RC_ASSERT(!confirmed.contains(people[0]));
            RC_ASSERT(at.alive_at && at.alive_at->plus(kFreshLiveness) >= now);
            RC_ASSERT(basis_on(*find_category(at.category), local_date(now)).has_value());
            at = *referred;
        } else if (const auto moved = step == 10 ? accept(at, now) : withdraw(at, "қате", now)) {
            at = *moved;
        }
    }
}

} // namespace adal::cyber
