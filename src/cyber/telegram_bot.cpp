#include "cyber/telegram_bot.hpp"

#include "cyber/telegram_client.hpp"
#include "cyber/telegram_view.hpp"
#include "cyber/telegram_store.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace adal::cyber {

namespace telegram_rounds {

using std::chrono::seconds;

constexpr int kMostTries = 5; // of one answer, at a server that is there and fails
constexpr seconds kLongest{300};

// "/start", "/start word", "/help@bot"
bool is_command(std::string_view text)
{
    const auto word = text.substr(0, text.find_first_of(" \n@"));
    return word == "/start" || word == "/help";
}

Problem too_long()
{
    return fail(report_too_long, {{"limit", std::to_string(kMostTelegramText / 1024)}}).value();
}

void pause(seconds wait, const std::stop_token& stop)
{
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    wake.wait_for(lock, stop, wait, [] { return false; });
}

} // namespace telegram_rounds

using namespace telegram_rounds;

TelegramBot::TelegramBot(storage::Database& database, const Rulebook& rules, TelegramSettings settings, std::string origin, TelegramWire wire,
                         std::function<Instant()> clock, TelegramHeard heard)
    : m_database(database), m_rules(rules), m_settings(std::move(settings)), m_origin(std::move(origin)), m_wire(std::move(wire)), m_clock(std::move(clock)),
      m_heard(std::move(heard))
{
    m_position = m_database.read([&](storage::Snapshot& db) { return telegram_position(db, m_settings.bot()); });
}

seconds TelegramBot::round()
{
    seconds wait{0};
    if (!settle(wait)) return wait;
    const auto begun = m_clock();
    const auto answer = m_wire(telegram_get_updates(telegram_offset(m_position, begun)));
    auto verdict = read_telegram_verdict(answer, m_settings.token);
    const auto updates = verdict.outcome == TelegramOutcome::done ? read_telegram_updates(answer.body) : std::nullopt;
    if (!updates) return put_off("getUpdates", verdict);
    m_failures = 0;
    const bool is_news = std::ranges::any_of(*updates, [&](const TelegramUpdate& update) { return !is_repeated(m_position, update.id, begun); });
    // A server that has nothing and does not wait would be asked without end.
    if (!is_news) return m_clock().since(begun) < seconds{1} ? seconds{1} : seconds{0};
    return take(*updates);
}

seconds TelegramBot::take(const std::vector<TelegramUpdate>& updates)
{
    seconds wait{0};
    for (const auto& update : updates) {
        if (is_repeated(m_position, update.id, m_clock())) continue;
        auto step = step_of(update);
        m_owed = std::move(step.calls);
        m_unsaved = step.is_saved ? 0 : update.id;
        if (!settle(wait)) return wait; // those behind it are given again
    }
    return wait;
}

TelegramBot::Step TelegramBot::step_of(const TelegramUpdate& update)
{
    if (update.kind == TelegramKind::other) return {};
    switch (m_limit.take(update.chat, m_clock())) {
    case ChatPass::no_silently: return {};
    case ChatPass::no: return {.calls = {say_sentence(update, "cyber.telegram_too_many")}};
    case ChatPass::yes: break;
    }
    return update.kind == TelegramKind::tap ? tap_step(update) : message_step(update);
}

TelegramBot::Step TelegramBot::message_step(const TelegramUpdate& message)
{
    if (is_command(message.text)) return {.calls = {say_start(message, m_origin)}};
    if (message.is_too_long) return {.calls = {say_problem(message, too_long())}};
    if (message.text.empty()) return {.calls = {say_sentence(message, "cyber.telegram_no_text")}};
    const auto found = find_links(message.text, m_rules.suffixes, m_rules.own);
    if (!found) return {.calls = {say_problem(message, found.error())}};
    return {.calls = {say_found(message, *found)}};
}

TelegramBot::Step TelegramBot::tap_step(const TelegramUpdate& tap)
{
    Step step{.calls = {say_heard(tap)}};
    if (m_limit.has_answered(tap.chat, tap.message)) return step;
    if (tap.text.empty()) {
        step.calls.push_back(say_sentence(tap, "cyber.telegram_gone"));
        return step;
    }
    const auto links = report(tap);
    step.is_saved = links.has_value();
    if (links) m_limit.put_answered(tap.chat, tap.message);
    step.calls.push_back(links ? say_reported(tap, *links) : say_problem(tap, links.error()));
    return step;
}

Result<std::vector<ReportedLink>> TelegramBot::report(const TelegramUpdate& tap)
{
    if (tap.is_too_long) return tl::unexpected{too_long()};
    const TelegramPosition reached{.last = tap.id, .at = m_clock()};
    auto links = m_database.write([&](storage::Transaction& tx) {
        auto taken = report_links(tx, m_rules, {.text = tap.text, .category = tap.choice}, reached.at);
        if (taken) put_telegram_position(tx, m_settings.bot(), reached);
        return taken;
    });
    if (links) m_position = reached;
    return links;
}

bool TelegramBot::settle(seconds& wait)
{
    while (!m_owed.empty()) {
        const auto& call = m_owed.front();
        const auto verdict = read_telegram_verdict(m_wire(call), m_settings.token);
        const bool is_over = verdict.outcome != TelegramOutcome::again || (verdict.is_odd && ++m_tries >= kMostTries);
        if (!is_over) {
            wait = put_off(call.method, verdict);
            return false;
        }
        if (verdict.outcome != TelegramOutcome::done) m_heard(call.method + ": " + verdict.words);
        m_owed.pop_front();
        m_tries = m_failures = 0;
    }
    if (m_unsaved != 0) save(m_unsaved);
    m_unsaved = 0;
    return true;
}

void TelegramBot::save(std::int64_t update)
{
    const TelegramPosition reached{.last = update, .at = m_clock()};
    static_cast<void>(m_database.write([&](storage::Transaction& tx) -> Result<Done> { return put_telegram_position(tx, m_settings.bot(), reached), done(); }));
    m_position = reached;
}

seconds TelegramBot::put_off(const std::string& method, const TelegramVerdict& verdict)
{
    const auto grown = failed();
    m_heard(method + ": " + verdict.words);
    return verdict.wait.value_or(grown);
}

seconds TelegramBot::failed()
{
    return std::min(kLongest, seconds{1 << std::min(m_failures++, 9)});
}

void run_telegram(storage::Database& database, const Rulebook& rules, const TelegramSettings& settings, const std::string& origin, const std::stop_token& stop,
                  const TelegramHeard& heard)
{
    const auto wire = [&](const TelegramCall& call) { return call_telegram(settings, call, stop); };
    const auto unless_stopping = [&](const std::string& words) {
        if (!stop.stop_requested()) heard(words);
    };
    TelegramBot bot{database, rules, settings, origin, wire, now, unless_stopping};
    while (!stop.stop_requested()) {
        seconds wait{0};
        try {
            wait = bot.round();
        } catch (const std::exception& error) {
            unless_stopping(error.what());
            wait = bot.failed();
        }
        if (wait.count() > 0) pause(wait, stop);
    }
}

} // namespace adal::cyber
