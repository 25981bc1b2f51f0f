// cyber/telegram.hpp: reports by a Telegram bot: the words of the Bot API (core.telegram.org/bots/api) alone. Who carries
// them is telegram_client, what is said telegram_view, when, telegram_bot. Pure; thread-safe.
#pragma once

#include "base/result.hpp"
#include "base/time.hpp"
#include "i18n/i18n.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::cyber {

inline constexpr ProblemCode telegram_bad_token{"telegram.bad_token", 422};     // params: file
inline constexpr ProblemCode telegram_bad_address{"telegram.bad_address", 422}; // params: url

struct TelegramSettings {
    std::string token{}; // secret: goes into the address of each call, never into a log
    std::string api{};   // without the last slash

    [[nodiscard]] bool is_on() const { return !token.empty(); }
    [[nodiscard]] std::string bot() const { return token.substr(0, token.find(':')); } // its number, public
};
// No file: off. The file is readable by its owner only. "https://…" anywhere, "http://…" on this machine only.
Result<TelegramSettings> telegram_settings(const std::string& token_file, std::string api);

inline constexpr std::size_t kMostTelegramText = 16 << 10; // bytes of a message with the links hidden in it
inline constexpr int kTelegramBatch = 20;                  // updates of one answer
inline constexpr int kTelegramPollSeconds = 25;

enum class TelegramKind { other, message, tap };
struct TelegramUpdate {
    std::int64_t id = 0;
    TelegramKind kind = TelegramKind::other; // other: passed over
    std::int64_t chat = 0;
    std::int64_t message = 0; // of the sender; of a tap: the question that was tapped
    i18n::Language language = i18n::Language::kk;
    std::string text{}; // with the addresses below words and buttons; of a tap: of the message that was asked about
    bool is_too_long = false;
    std::string query{}, choice{}; // of a tap
};
// By id. Only private chats count; what has no id is left out; nothing when it is no answer of the API.
std::optional<std::vector<TelegramUpdate>> read_telegram_updates(std::string_view body);

struct TelegramCall {
    std::string method{}, body{}; // JSON
};
TelegramCall telegram_get_updates(std::int64_t offset); // 0: none

// What came over HTTP. status 0: nothing.
struct TelegramAnswer {
    int status = 0;
    std::string body{}, words{};
};
// refused: this call will never be taken (a chat that is closed to us) · again: later, after `wait` when that is set.
enum class TelegramOutcome { done, refused, again };
struct TelegramVerdict {
    TelegramOutcome outcome = TelegramOutcome::again;
    std::optional<std::chrono::seconds> wait{}; // demanded by the server
    bool is_odd = false;                        // the server was there and failed
    std::string words{};                        // for the log, at most 200 bytes, without the token
};
TelegramVerdict read_telegram_verdict(const TelegramAnswer& answer, std::string_view token);

// How far was read. After a week of silence Telegram begins at another number, so an old one says nothing: what it keeps is
// a day old at most.
struct TelegramPosition {
    std::int64_t last = 0;
    Instant at{};
};
std::int64_t telegram_offset(const TelegramPosition& position, Instant now); // 0: none
bool is_repeated(const TelegramPosition& position, std::int64_t update, Instant now);

} // namespace adal::cyber
