#include "cyber/page_copier.hpp"
#include "cyber/test_casework.hpp"

#include "capture/page.hpp"

#include <gtest/gtest.h>
#include <map>

namespace adal::cyber {
namespace {

using capture::Failure;
using capture::Hop;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// A web of a few pages: what each address answers.
struct SmallWeb {
    std::map<std::string, std::string> pages{};
    std::map<std::string, Failure> failures{};
    std::vector<std::string> asked{};

    PageFetch fetch()
    {
        return [this](const capture::Target&, const capture::Errand& errand) {
            asked.push_back(errand.url);
            Hop out{.url = errand.url, .at = Instant{1'000}};
            if (const auto failure = failures.find(errand.url); failure != failures.end()) out.failure = failure->second;
            const auto page = pages.find(errand.url);
            if (page == pages.end()) {
                if (out.failure == Failure::none) out.failure = Failure::name;
                return out;
            }
            out.request = "GET / HTTP/1.1\r\n\r\n";
            out.response = page->second;
            auto read = capture::read_page(page->second);
            out.status = read.status;
            out.mime = read.mime;
            out.location = read.location;
            out.title = read.title;
            out.text = read.text;
            out.links = read.links;
            out.body = read.body;
            return out;
        };
    }
};

std::string to(std::string_view place)
{
    return "HTTP/1.1 302 Found\r\nLocation: " + std::string{place} + "\r\nContent-Length: 0\r\n\r\n";
}

std::string html(std::string_view body)
{
    return "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + std::string{body};
}

const SuffixList& suffixes()
{
    static const auto list = must(SuffixList::read("kz\ncom\nru\n", "test"));
    return list;
}

TEST(VisitPage, FollowsAsABrowserWouldAndTakesTheIcon)
{
    SmallWeb web{.pages = {{"https://casino.kz/", to("//www.casino.kz/in?x=1#top")},
                           {"https://www.casino.kz/in?x=1", html("<title>T</title><a href='https://t.me/casinokz'>t</a> ойна")},
                           {"https://www.casino.kz/favicon.ico", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG"}}};
    const auto visit = visit_page("casino.kz", web.fetch());
    EXPECT_THAT(web.asked, ElementsAre("https://casino.kz/", "https://www.casino.kz/in?x=1", "https://www.casino.kz/favicon.ico"));
    ASSERT_EQ(visit.page, 1U);
    const auto copy = copy_of(visit, suffixes());
    EXPECT_EQ(copy.title, "T");
    EXPECT_EQ(copy.text, "t ойна");
    EXPECT_THAT(copy.contacts, ElementsAre("telegram:casinokz"));
    EXPECT_EQ(copy.icon.size(), 64U);
    EXPECT_THAT(copy.steps, SizeIs(2));
}

TEST(VisitPage, SpeaksPlainHttpWhereNobodySpeaksTls)
{
    SmallWeb web{.pages = {{"http://old.kz/a", html("x")}}, .failures = {{"https://old.kz/a", Failure::tls}}};
    const auto visit = visit_page("old.kz/a", web.fetch());
    EXPECT_EQ(visit.page, 1U);
    EXPECT_EQ(visit.failure, Failure::none);
}

TEST(VisitPage, ANameThatIsNotThereIsAskedOnce)
{
    SmallWeb web;
    const auto visit = visit_page("gone.kz", web.fetch());
    EXPECT_FALSE(visit.page);
    EXPECT_EQ(visit.failure, Failure::name);
    EXPECT_THAT(web.asked, SizeIs(1));
}

TEST(VisitPage, CirclesEndlessWaysAndAppsEnd)
{
    SmallWeb circle{.pages = {{"https://a.kz/", to("https://b.kz/")}, {"https://b.kz/", to("https://a.kz/")}}};
    EXPECT_EQ(visit_page("a.kz", circle.fetch()).failure, Failure::redirects);
    EXPECT_THAT(circle.asked, SizeIs(2));

    SmallWeb endless;
    for (int n = 0; n < 50; ++n) endless.pages["https://a.kz/" + (n == 0 ? std::string{} : std::to_string(n))] = to("/" + std::to_string(n + 1));
    const auto visit = visit_page("a.kz", endless.fetch());
    EXPECT_EQ(visit.failure, Failure::redirects);
    EXPECT_THAT(visit.hops, SizeIs(kMostRedirects + 1));

    for (const auto* place : {"tg://resolve?domain=casinokz", "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "https://"}) {
        SmallWeb app{.pages = {{"https://a.kz/", to(place)}}};
        EXPECT_EQ(visit_page("a.kz", app.fetch()).page, 0U) << place;
        EXPECT_THAT(app.asked, SizeIs(1)) << place;
    }
}

TEST(VisitPage, UserAndPasswordOfARedirectAreNotSent)
{
    SmallWeb web{.pages = {{"https://a.kz/", to("https://user:secret@b.kz:8443/x")}, {"https://b.kz:8443/x", html("x")}}};
    visit_page("a.kz", web.fetch());
    EXPECT_EQ(web.asked.at(1), "https://b.kz:8443/x");
}

const std::string kText = "ең үлкен ұтыс бізде тіркел де бонус ал алғашқы салымға жүз пайыз қосамыз ойна жең ақшаны бірден шығар карта арқылы салым сал құмар ойын әлемі сені күтеді "
                          "күн сайын жаңа сыйлық досыңды шақыр екеуің де бонус аласыңдар қолдау қызметі тәулік бойы жұмыс істейді";

TEST(Likeness, NearCopiesAreAlikeAndOthersAreNot)
{
    const auto first = likeness_of(kText);
    ASSERT_TRUE(first);
    EXPECT_TRUE(are_alike(*first, *likeness_of(kText + " 2026 777")));
    const auto other = likeness_of("мектептің кітапханасы дүйсенбіден жұмаға дейін сағат тоғыздан бестен он сегізге дейін ашық кітапты екі аптаға алуға болады оқырман билеті қажет емес "
                                   "балаларға арналған үйірме сенбі күні өтеді келіңіздер ата аналар да қатыса алады тегін");
    ASSERT_TRUE(other);
    EXPECT_FALSE(are_alike(*first, *other));
    EXPECT_FALSE(likeness_of("өте қысқа мәтін"));
    EXPECT_FALSE(likeness_of(""));
}

TEST(CopyWay, IsReadOrRefused)
{
    EXPECT_FALSE(must(read_copy_way("")).is_on());
    EXPECT_TRUE(must(read_copy_way("direct")).is_on());
    EXPECT_EQ(must(read_copy_way("gateway.example:3128")).port, 3128);
    for (const auto* bad : {"gateway", ":3128", "a:0", "a:65536", "a:12x", "a:"}) EXPECT_EQ(key_of(read_copy_way(bad)), bad_copy_way.key) << bad;
}

class PageCopies : public WithLog
{
protected:
    ResourceId report(std::string text)
    {
        return write([&](auto& tx) { return report_links(tx, rules, {.text = std::move(text), .category = "GMB-CAS"}, clock); }).front().resource;
    }
    bool take(SmallWeb& web)
    {
        return take_next_copy(db(), files, rules, web.fetch(), "Adal", [this] { return clock; });
    }
    std::optional<PageCopy> newest(ResourceId id)
    {
        return read([&](auto& s) { return newest_copy(s, id); });
    }

    test::TempDir folder;
    files::Store files{folder.path(), ""};
    Rulebook rules{must(SuffixList::read("kz\ncom\n", "test")), {}, true};
};
ADAL_BOTH_ENGINES(PageCopies);

TEST_P(PageCopies, a_reported_page_is_taken_sealed_and_kept_byte_for_byte)
{
    SmallWeb web{.pages = {{"https://casino-24.kz/", html(kText + "<a href=tel:+77011234567>x</a>")}}};
    const auto id = report("https://casino-24.kz/");
    EXPECT_FALSE(newest(id));
    EXPECT_TRUE(take(web));
    EXPECT_FALSE(take(web)) << "wanted once";
    const auto copy = newest(id);
    ASSERT_TRUE(copy);
    EXPECT_EQ(copy->text, kText + " x");
    EXPECT_THAT(copy->contacts, SizeIs(1));
    ASSERT_TRUE(copy->leaf);
    const auto stored = read([&](auto& s) { return files.find(s, copy->file); });
    ASSERT_TRUE(stored);
    EXPECT_EQ(sha256(files.read_original(stored->sha256)), stored->sha256);
    EXPECT_TRUE(copy->cdxj.starts_with("kz,casino-24)/ "));
    expect_invariants();
}

TEST_P(PageCopies, what_did_not_answer_is_told_and_not_sealed_and_may_be_asked_again)
{
    SmallWeb web;
    const auto id = report("https://casino-24.kz/");
    EXPECT_TRUE(take(web));
    const auto copies = read([&](auto& s) { return copies_of(s, id); });
    ASSERT_THAT(copies, SizeIs(1));
    EXPECT_EQ(copies.front().failure, Failure::name);
    EXPECT_FALSE(copies.front().is_kept() || copies.front().leaf);
    write([&](auto& tx) { return want_copy(tx, rules, id, clock); });
    EXPECT_EQ(key_of(attempt([&](auto& tx) { return want_copy(tx, rules, id, clock); })), copy_waits.key);
    web.pages["https://casino-24.kz/"] = html("енді бар");
    EXPECT_FALSE(take(web)) << "the site was asked a moment ago";
    clock = clock.plus(kSiteRest - std::chrono::seconds{1});
    EXPECT_FALSE(take(web));
    clock = clock.plus(std::chrono::seconds{1});
    EXPECT_TRUE(take(web));
    EXPECT_EQ(newest(id)->text, "енді бар");
    expect_invariants();
}

TEST_P(PageCopies, only_web_addresses_where_copies_are_on)
{
    const auto channel = report("@casinokz");
    EXPECT_EQ(key_of(attempt([&](auto& tx) { return want_copy(tx, rules, channel, clock); })), copy_not_web.key);
    const Rulebook off{must(SuffixList::read("kz\ncom\n", "test")), {}};
    EXPECT_EQ(key_of(attempt([&](auto& tx) { return want_copy(tx, off, channel, clock); })), copies_off.key);
    SmallWeb web;
    EXPECT_FALSE(take(web));
    EXPECT_THAT(web.asked, IsEmpty());
    const auto sealed = write([&](auto& tx) { return report_links(tx, rules, {.text = "https://bad-place.com/child", .category = "CSA"}, clock); });
    EXPECT_EQ(sealed.front().outcome, Outcome::sealed);
    EXPECT_FALSE(take(web)) << "of what concerns children nothing is fetched";
}

TEST_P(PageCopies, pages_are_alike_by_text_icon_and_contact)
{
    const std::string icon = "HTTP/1.1 200 OK\r\nContent-Type: image/x-icon\r\n\r\nICON";
    SmallWeb web{.pages = {{"https://one.kz/", html(kText)}, {"https://two.com/", html(kText + " 99 2025")},
                           {"https://three.kz/", html("<a href='https://t.me/same_one'>a</a>")}, {"https://three.kz/favicon.ico", icon},
                           {"https://four.kz/", html("<a href='https://telegram.me/same_one'>b</a>")}, {"https://five.kz/", html("бос")}, {"https://five.kz/favicon.ico", icon}}};
    const auto one = report("https://one.kz/"), two = report("https://two.com/"), three = report("https://three.kz/"), four = report("https://four.kz/"), five = report("https://five.kz/");
    for (int n = 0; n < 5; ++n) EXPECT_TRUE(take(web));
    const auto like = [&](ResourceId id) {
        std::map<ResourceId, AlikeBy> out;
        for (const auto& found : read([&](auto& s) { return alike(s, *newest_copy(s, id), 10); })) out[found.resource.id] = found.by;
        return out;
    };
    EXPECT_EQ(like(one), (std::map<ResourceId, AlikeBy>{{two, AlikeBy::text}}));
    EXPECT_EQ(like(three), (std::map<ResourceId, AlikeBy>{{four, AlikeBy::contact}, {five, AlikeBy::icon}}));
    EXPECT_EQ(like(four), (std::map<ResourceId, AlikeBy>{{three, AlikeBy::contact}}));
}

TEST_P(PageCopies, a_page_like_a_verified_one_goes_up_in_the_queue_once)
{
    SmallWeb web{.pages = {{"https://one.kz/", html(kText)}, {"https://two.com/", html(kText + " 99")}, {"https://three.kz/", html("бос")}}};
    const auto one = report("https://one.kz/");
    EXPECT_TRUE(take(web));
    for (const int year : {1990, 1991}) {
        const auto person = hire({people::Role::reviewer}, year);
        Review said{.verdict = Verdict::confirm, .category = "GMB-CAS", .text = "көрдім", .copy = newest(one)->id};
        for (const auto& question : questions_of(*find_category("GMB-CAS"))) said.answers.push_back({.question = question.id, .yes = true, .where = "басы"});
        write([&](auto& tx) { return claim_resource(tx, one, person, clock); });
        write([&](auto& tx) { return review_resource(tx, rules, one, said, false, person, clock); });
    }
    ASSERT_EQ(name(read([&](auto& s) { return find_resource(s, one); })->state), "verified");
    const auto two = report("https://two.com/"), three = report("https://three.kz/");
    const auto score = [&](ResourceId id) { return read([&](auto& s) { return find_resource(s, id); })->score; };
    const auto before = score(two), other = score(three);
    EXPECT_TRUE(take(web));
    EXPECT_TRUE(take(web));
    EXPECT_EQ(score(two), before + 25);
    EXPECT_EQ(score(three), other);
    EXPECT_EQ(read([&](auto& s) { return find_resource(s, two); })->reasons.front().feature, TriageRules::kAlike);
    clock = clock.plus(std::chrono::minutes{1});
    write([&](auto& tx) { return want_copy(tx, rules, two, clock); });
    EXPECT_TRUE(take(web));
    EXPECT_EQ(score(two), before + 25) << "once";
    expect_invariants();
}

TEST_P(PageCopies, a_review_may_point_to_the_copy_but_not_to_another_page)
{
    SmallWeb web{.pages = {{"https://casino-24.kz/", html(kText)}, {"https://other.kz/", html("x")}}};
    const auto id = report("https://casino-24.kz/"), other = report("https://other.kz/");
    EXPECT_TRUE(take(web));
    EXPECT_TRUE(take(web));
    const auto person = hire({people::Role::reviewer}, 1990);
    const auto review = [&](ResourceId of) {
        Review out{.verdict = Verdict::reject, .category = "GMB-CAS", .text = "жоқ", .copy = newest(of)->id};
        for (const auto& question : questions_of(*find_category("GMB-CAS"))) out.answers.push_back({.question = question.id, .yes = false});
        return out;
    };
    write([&](auto& tx) { return claim_resource(tx, id, person, clock); });
    EXPECT_EQ(key_of(attempt([&](auto& tx) { return review_resource(tx, rules, id, review(other), false, person, clock); })), not_found.key);
    write([&](auto& tx) { return review_resource(tx, rules, id, review(id), false, person, clock); });
    EXPECT_EQ(read([&](auto& s) { return reviews_of(s, id); }).front().copy, newest(id)->id);
    expect_invariants();
}

} // namespace
} // namespace adal::cyber
