// What the Bot API gives and is given, and the bot over a wire that a test holds. Samples: core.telegram.org/bots/api.
#include "cyber/telegram_bot.hpp"
#include "cyber/telegram_view.hpp"
#include "cyber/telegram_store.hpp"
#include "ledger/ledger.hpp"
#include "support/support.hpp"

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>

namespace adal::cyber {

namespace telegram_tests {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using std::chrono::hours;
using std::chrono::seconds;

const std::string kToken = "4839574812:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc";
const Instant start = *parse_instant("2026-03-10T10:00:00+05:00");

std::string answer_of(const std::string& updates)
{
    return R"({"ok":true,"result":[)" + updates + "]}";
}

std::string message_update(int id, const std::string& fields, const std::string& language = "kk")
{
    return R"({"update_id":)" + std::to_string(id) + R"(,"message":{"message_id":7,"from":{"id":5,"language_code":")" + language +
           R"("},"chat":{"id":5,"type":"private"},)" + fields + "}}";
}

std::string tap_update(int id, const std::string& choice, const std::string& asked, int question = 8)
{
    return R"({"update_id":)" + std::to_string(id) + R"(,"callback_query":{"id":"q1","from":{"id":5,"language_code":"ru"},"data":")" + choice +
           R"(","message":{"message_id":)" + std::to_string(question) + R"(,"chat":{"id":5,"type":"private"},"reply_to_message":{"message_id":7,"text":")" + asked + R"("}}}})";
}

std::vector<TelegramUpdate> updates_in(const std::string& body)
{
    return read_telegram_updates(body).value_or(std::vector<TelegramUpdate>{});
}

TEST(Telegram, AMessageIsItsWordsAndTheAddressesHiddenInIt)
{
    const auto updates = updates_in(answer_of(message_update(3, R"("caption":"ойна\u0000\u0007!","caption_entities":[{"type":"text_link","url":"https://a.kz"},{"type":"bold"},7],
        "reply_markup":{"inline_keyboard":[[{"text":"x","url":"https://b.kz"},{"text":"y"}],{"url":"https://c.kz"}]})")));
    ASSERT_THAT(updates, SizeIs(1));
    EXPECT_EQ(updates[0].text, "ойна  !\nhttps://a.kz\nhttps://b.kz");
    EXPECT_EQ(updates[0].kind, TelegramKind::message);
    EXPECT_EQ(updates[0].chat, 5);
}

TEST(Telegram, UpdatesComeInOrderAndWhatIsNoMessageIsPassedOver)
{
    const auto updates = updates_in(answer_of(message_update(9, R"("text":"b")") + R"(,{"update_id":4,"poll":{}},{"update_id":"5"},{"update_id":-1},7,null,[],
        {"update_id":6,"message":{"message_id":1,"text":"group","chat":{"id":-7,"type":"group"}}},{"update_id":7,"message":[]},{"update_id":8,"callback_query":{"id":"x","message":null}})"));
    ASSERT_THAT(updates, SizeIs(5));
    EXPECT_EQ(updates[0].id, 4);
    for (int i = 0; i < 4; ++i) EXPECT_EQ(updates[static_cast<std::size_t>(i)].kind, TelegramKind::other);
    EXPECT_EQ(updates[4].id, 9);
}

TEST(Telegram, HostileAnswersAreNoAnswersAndLongOnesAreBounded)
{
    for (const auto* bad : {"", "null", "[]", "{", R"({"ok":true})", R"({"ok":true,"result":{}})", R"({"result":[],"result":[]})", "{\"result\":[\"\xff\"]}", "<html>"})
        EXPECT_FALSE(read_telegram_updates(bad)) << bad;
    EXPECT_FALSE(read_telegram_updates(R"({"result":)" + std::string(5000, '[') + std::string(5000, ']') + "}"));
    std::string many;
    for (int i = 1; i <= 500; ++i) many += (i > 1 ? "," : "") + message_update(i, R"("text":"x")");
    EXPECT_THAT(updates_in(answer_of(many)), SizeIs(kTelegramBatch));
    const auto longest = updates_in(answer_of(message_update(1, R"("text":")" + std::string(kMostTelegramText + 1, 'a') + "\"")));
    ASSERT_THAT(longest, SizeIs(1));
    EXPECT_TRUE(longest[0].is_too_long);
    EXPECT_THAT(longest[0].text, IsEmpty());
}

TEST(Telegram, TheLanguageIsTheSendersKazakhWhenUnknownEnglishWhenForeign)
{
    const auto language = [](const std::string& code) { return updates_in(answer_of(message_update(1, R"("text":"x")", code))).at(0).language; };
    EXPECT_EQ(language("kk"), i18n::Language::kk);
    EXPECT_EQ(language("ru-KZ"), i18n::Language::ru);
    EXPECT_EQ(language("de"), i18n::Language::en);
    EXPECT_EQ(language(""), i18n::Language::kk);
}

TEST(Telegram, VerdictsRespectRetryAfterAndNeverTellTheToken)
{
    const auto verdict = [](int status, const std::string& body) { return read_telegram_verdict({.status = status, .body = body}, kToken); };
    EXPECT_EQ(verdict(200, R"({"ok":true,"result":[]})").outcome, TelegramOutcome::done);
    EXPECT_EQ(verdict(403, R"({"ok":false,"description":"Forbidden: bot was blocked by the user"})").outcome, TelegramOutcome::refused);
    EXPECT_EQ(verdict(429, R"({"ok":false,"parameters":{"retry_after":35}})").wait, seconds{35});
    EXPECT_EQ(verdict(429, R"({"ok":false,"parameters":{"retry_after":-1}})").wait, seconds{1});
    EXPECT_EQ(verdict(429, "gateway").wait, seconds{5});
    for (const int status : {401, 404, 409}) EXPECT_EQ(verdict(status, "{}").outcome, TelegramOutcome::again);
    EXPECT_TRUE(verdict(200, "<html>").is_odd);
    EXPECT_TRUE(verdict(502, "").is_odd);
    EXPECT_FALSE(read_telegram_verdict({.words = "no route"}, kToken).is_odd);
    EXPECT_THAT(verdict(400, R"({"description":"a bot)" + kToken + R"(\nb"})").words, Not(HasSubstr("AAEhBOweik")));
}

TEST(Telegram, AnOldNumberSaysNothingAfterAWeekOfSilence)
{
    const TelegramPosition position{.last = 100, .at = start};
    EXPECT_EQ(telegram_offset({}, start), 0);
    EXPECT_EQ(telegram_offset(position, start.plus(hours{1})), 101);
    EXPECT_TRUE(is_repeated(position, 100, start.plus(hours{1})));
    EXPECT_FALSE(is_repeated(position, 101, start.plus(hours{1})));
    EXPECT_EQ(telegram_offset(position, start.plus(hours{24 * 7})), 0);
    EXPECT_FALSE(is_repeated(position, 7, start.plus(hours{24 * 7})));
}

TEST(Telegram, SettingsAreASecretFileAndASafeAddress)
{
    const test::TempDir folder;
    const auto file = folder / "token";
    const auto put = [&](const std::string& text, std::filesystem::perms perms) {
        std::ofstream(file) << text;
        std::filesystem::permissions(file, perms);
    };
    const auto owner = std::filesystem::perms::owner_read | std::filesystem::perms::owner_write;
    EXPECT_FALSE(telegram_settings("", "https://api.telegram.org")->is_on());
    EXPECT_FALSE(telegram_settings(file, "https://api.telegram.org"));
    put(kToken + "\n", owner);
    EXPECT_EQ(telegram_settings(file, "https://api.telegram.org/")->api, "https://api.telegram.org");
    EXPECT_EQ(telegram_settings(file, "http://127.0.0.1:81")->bot(), "4839574812");
    for (const auto* bad : {"", "http://api.telegram.org", "https://", "https://u@h", "https://h?x", "http://localhost.evil.example", "ftp://h"}) EXPECT_FALSE(telegram_settings(file, bad)) << bad;
    put(kToken, owner | std::filesystem::perms::group_read);
    EXPECT_FALSE(telegram_settings(file, "https://api.telegram.org"));
    for (const auto* bad : {"", "token", "1:short", "a:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc", "1:AAEhBOweik6ad9r/../QXMENQjcrGbq"}) {
        put(bad, owner);
        EXPECT_FALSE(telegram_settings(file, "https://api.telegram.org")) << bad;
    }
}

TEST(Telegram, AChatHasItsShareOfAnHourAndIsToldOnce)
{
    ChatLimit limit;
    for (int i = 0; i < kTelegramStepsAnHour; ++i) EXPECT_EQ(limit.take(5, start), ChatPass::yes);
    EXPECT_EQ(limit.take(5, start), ChatPass::no);
    EXPECT_EQ(limit.take(5, start), ChatPass::no_silently);
    EXPECT_EQ(limit.take(6, start), ChatPass::yes);
    EXPECT_EQ(limit.take(5, start.plus(hours{1})), ChatPass::yes);
}

TEST(Telegram, WhatIsSaidFitsAndIsEscaped)
{
    const TelegramUpdate to{.chat = 5, .message = 7, .language = i18n::Language::ru};
    EXPECT_LT(say_start(to, "https://adal.example").body.size(), 8000U);
    std::vector<ReportedLink> links(500, ReportedLink{.outcome = Outcome::fresh, .shown = "<b>" + std::string(5000, 'x')});
    auto tap = to;
    tap.choice = "DRP";
    const auto body = say_reported(tap, links).body;
    EXPECT_THAT(body, HasSubstr("&lt;b&gt;xxx"));
    EXPECT_THAT(body, HasSubstr("485"));
    EXPECT_LT(body.size(), 4096U);
}

class TelegramBots : public test::BothEngines
{
protected:
    void SetUp() override
    {
        BothEngines::SetUp();
        if (IsSkipped()) return;
        ledger::open_vault_in_memory();
        const auto begun = db().write([&](storage::Transaction& tx) { return ledger::begin_log(tx, "log.test/adal", "log.test/adal+00000000+AAAA", start); });
        ASSERT_TRUE(begun);
    }

    TelegramBot made()
    {
        const auto wire = [this](const TelegramCall& call) {
            calls.push_back(call);
            if (call.method == "getUpdates") return TelegramAnswer{.status = 200, .body = answer_of(given)};
            return said;
        };
        return {db(), rules, {.token = kToken, .api = "https://api.telegram.org"}, "https://adal.example", wire, [this] { return at; },
                [this](const std::string& words) { heard.push_back(words); }};
    }

    std::int64_t reports()
    {
        return db().read([&](storage::Snapshot& s) { return count_reports_since(s, start.plus(-hours{1}), true); });
    }
    std::int64_t reached()
    {
        return db().read([&](storage::Snapshot& s) { return telegram_position(s, "4839574812").last; });
    }
    std::ptrdiff_t count(std::string_view method) { return std::ranges::count(calls, method, &TelegramCall::method); }

    Rulebook rules{*SuffixList::read("kz\ncom\n", "test"), {}};
    Instant at = start;
    std::string given{};
    TelegramAnswer said{.status = 200, .body = R"({"ok":true,"result":true})"};
    std::vector<TelegramCall> calls{};
    std::vector<std::string> heard{};
};
ADAL_BOTH_ENGINES(TelegramBots);

TEST_P(TelegramBots, a_pressed_button_makes_the_report_once_also_after_a_restart)
{
    auto bot = made();
    given = message_update(10, R"("text":"https://casino-24.kz")");
    bot.round();
    EXPECT_EQ(reports(), 0);
    EXPECT_EQ(reached(), 10);
    EXPECT_THAT(calls.back().body, HasSubstr("GMB-CAS"));
    given = tap_update(11, "GMB-CAS", "https://casino-24.kz");
    bot.round();
    EXPECT_EQ(reports(), 1);
    EXPECT_EQ(reached(), 11);
    EXPECT_EQ(bot.round(), seconds{1});
    auto after = made();
    after.round();
    EXPECT_EQ(reports(), 1);
    EXPECT_EQ(count("editMessageText"), 1);
    EXPECT_THAT(calls.back().body, HasSubstr("\"offset\":12"));
    given = tap_update(12, "GMB-CAS", "https://casino-24.kz");
    bot.round();
    EXPECT_EQ(reports(), 1) << "the second press of one button";
}

TEST_P(TelegramBots, an_answer_that_did_not_go_out_goes_out_later_and_only_then_the_message_is_done)
{
    auto bot = made();
    given = message_update(10, R"("text":"https://casino-24.kz")");
    said = {.status = 429, .body = R"({"ok":false,"parameters":{"retry_after":35}})"};
    EXPECT_EQ(bot.round(), seconds{35});
    EXPECT_EQ(reached(), 0);
    said = {.words = "no route"};
    EXPECT_GT(bot.round(), seconds{1});
    said = {.status = 200, .body = R"({"ok":true})"};
    bot.round();
    EXPECT_EQ(count("sendMessage"), 3);
    EXPECT_EQ(reached(), 10);
}

TEST_P(TelegramBots, a_server_that_fails_at_one_answer_for_ever_does_not_stop_the_rest)
{
    auto bot = made();
    given = message_update(10, R"("text":"https://casino-24.kz")");
    said = {.status = 500};
    for (int i = 0; i < 5; ++i) bot.round();
    EXPECT_EQ(count("sendMessage"), 5);
    EXPECT_EQ(reached(), 10);
    said = {.status = 403, .body = R"({"ok":false,"description":"blocked"})"};
    given = message_update(12, R"("text":"/start")");
    bot.round();
    EXPECT_EQ(reached(), 12);
    EXPECT_EQ(heard.back(), "sendMessage: 403 blocked");
}

TEST_P(TelegramBots, what_nobody_may_look_at_leaves_a_hash_alone)
{
    auto bot = made();
    given = tap_update(11, "CSA", "https://bad-place.com/child");
    bot.round();
    EXPECT_EQ(reports(), 1);
    EXPECT_FALSE(db().read([&](storage::Snapshot& s) { return find_resource(s, read_link("https://bad-place.com/child", rules.suffixes).identity.key); }));
    EXPECT_THAT(calls.back().body, Not(HasSubstr("bad-place")));
}

} // namespace telegram_tests

} // namespace adal::cyber
