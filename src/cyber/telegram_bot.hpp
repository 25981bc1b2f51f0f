// cyber/telegram_bot.hpp: the Telegram bot that takes reports without a name. A message with links is answered with the
// question of what kind they are; the button that is pressed makes the report. Nothing waits with us in between: Telegram
// gives the message back with the button.
//
// Guaranteed: an update is acknowledged to Telegram only when what it brought is committed, with its number, in the same
// transaction; so none is lost and none counts twice. An answer to a message that could not be sent is sent again, also after
// a restart; the answer to a pressed button may get lost in a crash, its report not. Not thread-safe: one thread has it.
#pragma once

#include "cyber/cyber.hpp"
#include "cyber/telegram.hpp"
#include "cyber/telegram_limit.hpp"

#include <deque>
#include <functional>
#include <stop_token>

namespace adal::cyber {

using TelegramWire = std::function<TelegramAnswer(const TelegramCall&)>;
using TelegramHeard = std::function<void(const std::string& words)>; // what went wrong, for the log

class TelegramBot
{
public:
    // origin: of the site, may be empty.
    TelegramBot(storage::Database& database, const Rulebook& rules, TelegramSettings settings, std::string origin, TelegramWire wire, std::function<Instant()> clock,
                TelegramHeard heard);

    // Sends what is owed, asks for updates and takes them. How long to wait before the next round.
    std::chrono::seconds round();
    // Something unexpected broke: how long to wait.
    std::chrono::seconds failed();

private:
    struct Step {
        std::deque<TelegramCall> calls{};
        bool is_saved = false; // with its number
    };
    std::chrono::seconds take(const std::vector<TelegramUpdate>& updates);
    Step step_of(const TelegramUpdate& update);
    Step message_step(const TelegramUpdate& message);
    Step tap_step(const TelegramUpdate& tap);
    Result<std::vector<ReportedLink>> report(const TelegramUpdate& tap);
    bool settle(std::chrono::seconds& wait); // everything owed is sent, or given up
    void save(std::int64_t update);
    std::chrono::seconds put_off(const std::string& method, const TelegramVerdict& verdict);

    storage::Database& m_database;
    const Rulebook& m_rules;
    TelegramSettings m_settings;
    std::string m_origin;
    TelegramWire m_wire;
    std::function<Instant()> m_clock;
    TelegramHeard m_heard;
    ChatLimit m_limit{};
    TelegramPosition m_position{};
    std::deque<TelegramCall> m_owed{};
    std::int64_t m_unsaved = 0; // update whose number is written when nothing is owed any more
    int m_tries = 0, m_failures = 0;
};

// Rounds until it is asked to stop.
void run_telegram(storage::Database& database, const Rulebook& rules, const TelegramSettings& settings, const std::string& origin, const std::stop_token& stop,
                  const TelegramHeard& heard);

} // namespace adal::cyber
