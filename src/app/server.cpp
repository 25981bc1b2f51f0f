#include "app/server.hpp"

#include "app/routes.hpp"

#include "http/page.hpp"
#include "auth/auth.hpp"
#include "cyber/page_copier.hpp"
#include "cyber/telegram_bot.hpp"
#include "http/server.hpp"
#include "oversight/oversight.hpp"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <thread>

namespace adal::app {

namespace {

// Small work that comes back. One thread, stops with the object.
class Repeated
{
public:
    Repeated(std::chrono::seconds every, std::function<void()> work, spdlog::logger& log)
        : m_thread([every, work = std::move(work), &log](const std::stop_token& stop) { run(stop, every, work, log); })
    {}

private:
    static void run(const std::stop_token& stop, std::chrono::seconds every, const std::function<void()>& work, spdlog::logger& log)
    {
        std::mutex mutex;
        std::condition_variable_any wake;
        std::unique_lock lock(mutex);
        while (!wake.wait_for(lock, stop, every, [] { return false; }) && !stop.stop_requested()) {
            try {
                work();
            } catch (const std::exception& error) {
                log.error("job failed: {}", error.what());
            }
        }
    }
    std::jthread m_thread;
};

void keep_clocks(House& house, auth::Auth& auth, spdlog::logger& log)
{
    auth.flush_last_seen();
    auth.remove_dead(now());
    static_cast<void>(house.database.write([&](storage::Transaction& tx) -> Result<std::int64_t> { return cyber::forget_looking(tx, now().plus(-std::chrono::hours{48})); }));
    const auto moved = house.database.write([&](storage::Transaction& tx) -> Result<int> { return referral::redate_open(tx, house.law, now()); });
    if (moved && *moved > 0) log.info("the calendar changed: {} deadlines moved", *moved);
    const auto missed = house.database.write([&](storage::Transaction& tx) -> Result<int> { return referral::record_missed(tx, house.law, local_date(now()), now()); });
    if (missed && *missed > 0) log.info("recorded {} missed deadlines", *missed);
    static_cast<void>(house.database.write([&](storage::Transaction& tx) -> Result<int> { return referral::queue_reminders(tx, house.law, house.settings.origin, now()); }));
}

void send_letters(House& house, spdlog::logger& log)
{
    referral::queue_letters(house.database, house.law, house.settings.origin, now());
    if (!house.settings.smtp.is_on()) return;
    const auto failed = [&](mail::MailId id, const std::string& words) { log.warn("letter {} was not taken: {}", id.str(), words); };
    if (const int sent = mail::send_due(house.database, house.settings.smtp, now, failed); sent > 0) log.info("sent {} letters", sent);
}

std::jthread telegram_thread(House& house, spdlog::logger& log)
{
    if (!house.settings.telegram.is_on()) return {};
    return std::jthread{[&house, &log](const std::stop_token& stop) {
        cyber::run_telegram(house.database, *house.cyber, house.settings.telegram, house.settings.origin, stop, [&log](const std::string& words) { log.warn("telegram {}", words); });
    }};
}

std::jthread page_copies_thread(House& house, spdlog::logger& log)
{
    const auto way = *cyber::read_copy_way(house.settings.page_copies); // judged when the house was opened
    if (!way.is_on()) return {};
    return std::jthread{[&house, &log, way](const std::stop_token& stop) {
        cyber::run_page_copies(house.database, house.files, *house.cyber, cyber::fetch_by(house.settings.program, way, now), "Adal", stop,
                               [&log](const std::string& words) { log.error("no copies of pages are taken: {}", words); });
    }};
}

http::Hooks hooks_of(auth::Auth& auth, spdlog::logger& log, bool quiet)
{
    http::Hooks hooks;
    hooks.authenticate = [&auth](storage::Snapshot& db, const http::Request& request) { return auth.authenticate(db, request); };
    if (!quiet)
        hooks.access = [&log](const http::AccessRecord& r) { log.info("{} {} {} {} {} {}B {}us", r.request_id, r.peer, r.method, r.path, r.status, r.bytes, r.microseconds); };
    hooks.failed = [&log](const std::string& request_id, const std::string& what) { log.error("{} {}", request_id, what); };
    return hooks;
}

} // namespace

void serve(House& house, const Serving& serving)
{
    const auto log = spdlog::get("adal") ? spdlog::get("adal") : spdlog::stderr_logger_mt("adal");
    const auto& settings = house.settings;
    auth::Auth auth{house.database, {.origin = settings.origin, .after_sign_in = "/account"}};
    people::set_release_assignments([](storage::Transaction& tx, PersonId person, Instant at) -> Result<Done> {
        oversight::release_assignments_of(tx, person, "consent", at);
        return done();
    });
    set_site_navigation();
    http::set_origin(settings.origin);
    http::ServerOptions options{.listen = settings.listen, .workers = settings.workers};
    options.dispatch.spool_directory = settings.spool_directory();
    options.dispatch.origin = settings.origin;
    options.dispatch.behind_proxy = serving.behind_proxy;
    http::Server server{all_routes(house, auth, settings.origin), house.database, hooks_of(auth, *log, settings.quiet), options};
    const auto address = server.listen();
    house.publisher->start([log](const std::string& reason) { log->error("the public log is not published: {}", reason); });
    house.imports->start([log](const std::string& reason) { log->error("an import failed: {}", reason); });
    const Repeated clocks{std::chrono::minutes{1}, [&] { keep_clocks(house, auth, *log); }, *log};
    const Repeated requests{std::chrono::seconds{5}, [&] { referral::carry_open311(house.database, house.law, referral::call_web, house.settings.open311_keys, house.settings.origin, now()); }, *log};
    const Repeated erased{std::chrono::seconds{10}, [&] { house.files.remove_erased(house.database); }, *log};
    const Repeated orphans{std::chrono::hours{1}, [&] { house.files.collect(house.database, now()); }, *log};
    const Repeated letters{std::chrono::seconds{5}, [&] { send_letters(house, *log); }, *log};
    const auto telegram = telegram_thread(house, *log);
    const auto page_copies = page_copies_thread(house, *log);
    if (serving.ready) serving.ready(address);
    server.run();
    house.imports->stop();
    house.publisher->stop();
}

} // namespace adal::app
