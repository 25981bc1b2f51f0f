#include "cyber/test_casework.hpp"

#include <algorithm>
#include <gtest/gtest.h>

namespace adal::cyber {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ProbeDesk : public WithLog
{
protected:
    void SetUp() override
    {
        WithLog::SetUp();
        if (IsSkipped()) return;
        first = hire({people::Role::reviewer}, 1990);
        second = hire({people::Role::reviewer}, 1991);
        coordinator = hire({people::Role::coordinator}, 1980);
    }

    void enroll(const ledger::SigningKey& key, std::string country)
    {
        write([&](auto& tx) { return register_probe(tx, {.key = key.vkey(), .country = std::move(country), .network = "Желі", .person = coordinator}, clock); });
    }

    // Reported, verified by two, and not looked at yet.
    ResourceId verified(const std::string& text, const std::string& category = "DRP")
    {
        const auto id = write([&](auto& tx) { return report_links(tx, rules, {.text = text, .category = category}, clock); }).front().resource;
        for (const auto who : {first, second}) {
            write([&](auto& tx) { return claim_resource(tx, id, who, clock); });
            Review said{.verdict = Verdict::confirm, .category = category, .text = "көрдім", .no_capture = "кіру керек"};
            for (const auto& question : questions_of(*find_category(category))) said.answers.push_back({.question = question.id, .yes = true, .where = "басы"});
            write([&](auto& tx) { return review_resource(tx, rules, id, said, false, who, clock); });
        }
        return id;
    }
    ResourceId accepted(const std::string& text)
    {
        const auto id = verified(text);
        write([&](auto& tx) { return record_check(tx, {.resource = id, .vantage = "адам", .country = "KZ", .seen = Seen::alive}, coordinator, clock); });
        write([&](auto& tx) { return mark_referred(tx, id, 1, coordinator, clock); });
        clock = clock.plus(std::chrono::hours{30});
        write([&](auto& tx) { return mark_accepted(tx, id, coordinator, clock); });
        clock = clock.plus(std::chrono::minutes{1});
        return id;
    }

    enum class Sight { page, name_denied, silence };
    probe::Measurement measured(ResourceId id, const std::string& url, Sight sight) const
    {
        const auto site = *probe::parse_address("93.184.215.14");
        probe::Measurement out{.target = {.id = id.str(), .url = url}, .at = clock};
        out.here = out.control = {.status = probe::DnsStatus::ok, .addresses = {site}, .ms = 5};
        if (sight == Sight::name_denied) {
            out.here = {.status = probe::DnsStatus::no_name};
            return out;
        }
        probe::Attempt attempt{.address = site, .port = 443, .source = probe::Source::both, .tcp = {.status = sight == Sight::silence ? probe::TcpStatus::timeout : probe::TcpStatus::ok}};
        if (sight == Sight::page) {
            attempt.tls = {.status = probe::TlsStatus::ok, .certificate = probe::Certificate::valid, .fingerprint = std::string(64, 'a')};
            attempt.web = {.status = probe::WebStatus::ok, .code = 200, .bytes = 100};
        }
        out.attempts.push_back(attempt);
        return out;
    }
    std::string note(const ledger::SigningKey& key, const std::vector<probe::Measurement>& lines) const
    {
        return probe::sign_report({.probe = key.name(), .software = "test", .started = clock}, lines, key);
    }
    Result<TakenReport> send(const std::string& bytes)
    {
        return attempt([&](auto& tx) { return take_report(tx, bytes, clock); });
    }
    Result<std::vector<ProbeTask>> ask(const ledger::SigningKey& key, Instant at)
    {
        const auto question = probe::sign_question({.probe = key.name(), .to = "https://adal.test", .at = at}, key);
        return read([&](auto& s) { return tasks_for(s, question, clock); });
    }
    State state(ResourceId id)
    {
        return read([&](auto& s) { return find_resource(s, id); })->state;
    }

    Rulebook rules{must(SuffixList::read("kz\ncom\n", "test")), {}};
    ledger::SigningKey almaty = ledger::SigningKey::make("almaty"), astana = ledger::SigningKey::make("astana"), berlin = ledger::SigningKey::make("berlin");
    PersonId first{}, second{}, coordinator{};
};
ADAL_BOTH_ENGINES(ProbeDesk);

TEST_P(ProbeDesk, two_probes_here_and_one_abroad_find_it_blocked)
{
    enroll(almaty, "KZ");
    enroll(astana, "KZ");
    enroll(berlin, "DE");
    const auto id = accepted("https://drop-shop.kz/");
    const std::string url = "https://drop-shop.kz";
    EXPECT_EQ(must(ask(almaty, clock)).front().url, url);
    must(send(note(berlin, {measured(id, url, Sight::page)})));
    const auto taken = must(send(note(almaty, {measured(id, url, Sight::silence)})));
    EXPECT_EQ(taken.counted(), 1);
    EXPECT_EQ(name(taken.lines.front().verdict.by), "tcp");
    EXPECT_EQ(state(id), State::accepted) << "one is not enough";
    must(send(note(astana, {measured(id, url, Sight::name_denied)})));
    EXPECT_EQ(state(id), State::blocked);
    EXPECT_THAT(must(ask(almaty, clock)), IsEmpty()) << "nothing is due before a day has passed";
    clock = clock.plus(std::chrono::hours{25});
    EXPECT_THAT(must(ask(almaty, clock)), SizeIs(1));
    must(send(note(almaty, {measured(id, url, Sight::page)})));
    EXPECT_EQ(state(id), State::relapsed);
    expect_invariants();
}

TEST_P(ProbeDesk, what_is_silent_for_those_inside_alone_is_not_gone)
{
    enroll(almaty, "KZ");
    enroll(astana, "KZ");
    const auto id = accepted("https://drop-shop.kz/");
    for (const auto& key : {almaty, astana}) {
        const auto taken = must(send(note(key, {measured(id, "https://drop-shop.kz", Sight::silence)})));
        EXPECT_EQ(taken.lines.front().refused, "unclear");
    }
    EXPECT_EQ(state(id), State::accepted);
    enroll(berlin, "DE");
    must(send(note(berlin, {measured(id, "https://drop-shop.kz", Sight::silence)})));
    clock = clock.plus(std::chrono::minutes{1});
    must(send(note(almaty, {measured(id, "https://drop-shop.kz", Sight::silence)})));
    EXPECT_EQ(state(id), State::removed);
}

TEST_P(ProbeDesk, a_report_counts_once_and_only_of_a_key_that_speaks_for_us)
{
    const auto id = verified("https://drop-shop.kz/");
    const auto bytes = note(almaty, {measured(id, "https://drop-shop.kz", Sight::page)});
    EXPECT_EQ(key_of(send(bytes)), probe_unknown.key);
    enroll(almaty, "KZ");
    EXPECT_EQ(key_of(attempt([&](auto& tx) { return register_probe(tx, {.key = almaty.vkey(), .country = "KZ", .network = "x", .person = coordinator}, clock); })), probe_known.key);
    const auto forged = note(ledger::SigningKey::make("almaty"), {measured(id, "https://drop-shop.kz", Sight::page)});
    EXPECT_EQ(key_of(send(forged)), probe::not_signed.key);
    must(send(bytes));
    EXPECT_EQ(state(id), State::ready);
    EXPECT_EQ(key_of(send(bytes)), probe_repeated.key);
    auto changed = bytes;
    changed[changed.find("\"code\":200") + 7] = '5';
    EXPECT_FALSE(send(changed));
    EXPECT_FALSE(send("no note"));
    write([&](auto& tx) { return retire_probe(tx, "almaty", clock); });
    EXPECT_EQ(key_of(send(note(almaty, {}))), probe_unknown.key);
    EXPECT_EQ(key_of(ask(almaty, clock)), probe_unknown.key);
    expect_invariants();
}

TEST_P(ProbeDesk, a_wrong_line_is_told_and_loses_no_other)
{
    enroll(almaty, "KZ");
    const auto id = verified("https://drop-shop.kz/"), channel = verified("@drop_channel");
    const std::string url = "https://drop-shop.kz";
    auto young = measured(id, url, Sight::page), old = young;
    young.at = clock.plus(std::chrono::hours{1});
    old.at = clock.plus(-std::chrono::hours{25});
    const auto only = [&](const probe::Measurement& one) { return must(send(note(almaty, {one}))).lines.front().refused; };
    EXPECT_EQ(only(young), "future");
    EXPECT_EQ(only(old), "old");
    EXPECT_EQ(only(measured(channel, url, Sight::page)), "resource");
    EXPECT_EQ(only(measured(ResourceId::make(clock), url, Sight::page)), "resource");
    EXPECT_EQ(only(measured(id, "https://other.kz", Sight::page)), "address");
    const auto both = must(send(note(almaty, {measured(id, "https://other.kz", Sight::page), measured(id, url, Sight::page), measured(channel, url, Sight::page)})));
    EXPECT_EQ(both.lines.at(0).refused, "address");
    EXPECT_EQ(both.lines.at(1).refused, "twice") << "one look at a resource in a report";
    EXPECT_EQ(must(send(note(almaty, {measured(channel, url, Sight::page), measured(id, url, Sight::page)}))).counted(), 1);
}

TEST_P(ProbeDesk, tasks_are_for_these_minutes_and_never_of_the_gravest)
{
    enroll(almaty, "KZ");
    verified("@drop_channel");
    const auto grave = verified("https://grave-shop.kz/", "DRG-SHOP");
    const auto id = verified("https://drop-shop.kz/");
    EXPECT_EQ(key_of(ask(almaty, clock.plus(std::chrono::minutes{6}))), probe_late.key);
    EXPECT_EQ(key_of(ask(almaty, clock.plus(-std::chrono::minutes{6}))), probe_late.key);
    const auto tasks = must(ask(almaty, clock));
    ASSERT_THAT(tasks, SizeIs(1)) << "a channel is no address to connect to, and the gravest are looked at by nobody";
    EXPECT_EQ(must(send(note(almaty, {measured(grave, "https://grave-shop.kz", Sight::page)}))).lines.front().refused, "resource");
    EXPECT_EQ(tasks.front().id, id);
    must(send(note(almaty, {measured(id, tasks.front().url, Sight::page)})));
    EXPECT_THAT(must(ask(almaty, clock)), IsEmpty()) << "looked at a moment ago";
    for (int n = 0; n < kReportsAnHour - 2; ++n) {
        clock = clock.plus(std::chrono::milliseconds{1});
        must(send(note(almaty, {})));
    }
    EXPECT_EQ(key_of(send(note(almaty, {measured(id, tasks.front().url, Sight::page)}))), probe_too_often.key);
}

TEST(SeenOf, AnUnclearVerdictIsNoLook)
{
    EXPECT_FALSE(seen_of({.outcome = probe::Outcome::unclear}, "KZ", {}));
    EXPECT_EQ(seen_of({.outcome = probe::Outcome::down}, "DE", {}), Seen::dead);
    EXPECT_FALSE(seen_of({.outcome = probe::Outcome::down}, "KZ", {}));
    EXPECT_EQ(seen_of({.outcome = probe::Outcome::down}, "KZ", {{.country = "DE", .seen = Seen::dead}}), Seen::dead);
}

} // namespace
} // namespace adal::cyber
