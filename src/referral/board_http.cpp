// Addresses of the board of clocks and of the personal calendar of deadlines.
#include "auth/auth.hpp"
#include "mail/mail.hpp"
#include "people/people.hpp"
#include "referral/board_view.hpp"
#include "referral/icalendar.hpp"
#include "referral/pages.hpp"

namespace adal::referral {

namespace board_pages {

using Answer = Result<http::Reply>;
using http::Request;
using storage::Snapshot;
using storage::Transaction;

constexpr std::string_view suffix = ".ics";
constexpr int feed_events = 2000;

// Without a configured origin the address is the one the reader came by.
std::string feed_address(const Request& request, const std::string& origin, const std::string& secret)
{
    const auto host = origin.empty() ? "http://" + std::string(request.header("Host")) : origin;
    return host + "/calendar/" + secret + std::string(suffix);
}

Answer make(Transaction& tx, const Request& request, const std::string& origin)
{
    const auto secret = make_feed(tx, request.person(), request.language, request.at);
    return render(request, feed_page(request, feed_address(request, origin, secret)));
}

Answer stop(Transaction& tx, const Request& request)
{
    stop_feed(tx, request.person());
    return http::see_other(request.link("/clocks"));
}

Answer save_digest(Transaction& tx, const Request& request)
{
    auto address = mail::mail_address(request.field("address"));
    if (!address) return pass(address);
    save(tx, {.person = request.person(), .address = std::move(*address), .language = request.language}, request.at);
    return http::see_other(request.link("/clocks") + "#digest");
}

Answer end_digest(Transaction& tx, const Request& request)
{
    stop_digest(tx, request.person());
    return http::see_other(request.link("/clocks"));
}

CalendarEvent event_of(const ClockRow& row, i18n::Language language, const std::string& origin)
{
    const auto id = row.step.is_set() ? row.step.str() : row.recommendation.str();
    const auto link = "/" + std::string(i18n::code(language)) + "/documents/" + row.document.str();
    return {.uid = id + "@adal",
            .day = row.due,
            .summary = clock_label(language, row) + " · " + row.authority_name.in(language),
            .description = row.title,
            .url = origin.empty() ? std::string{} : origin + link};
}

CalendarEvent event_of(const PendingSend& send, i18n::Language language, const std::string& origin)
{
    const auto link = "/" + std::string(i18n::code(language)) + "/clocks";
    return {.uid = "send-" + send.control.str() + "@adal",
            .day = send.deadline.due,
            .summary = i18n::text(language, "referral.board.send_document"),
            .description = send.title,
            .url = origin.empty() ? std::string{} : origin + link};
}

// A wrong secret, a stopped feed and a person who may no longer see the board all look the same: not there.
Result<Feed> live_feed(Snapshot& db, const Request& request)
{
    const auto file = request.param("token");
    if (!file.ends_with(suffix)) return fail(not_found);
    const auto feed = find_feed(db, file.substr(0, file.size() - suffix.size()));
    if (!feed) return fail(not_found);
    if (!auth::permissions_of(people::acting_roles(db, feed->person)).contains(Permission::send_referrals)) return fail(not_found);
    return *feed;
}

Answer calendar(Snapshot& db, const Request& request, const Law& law, const std::string& origin)
{
    const auto feed = live_feed(db, request);
    if (!feed) return pass(feed);
    std::vector<CalendarEvent> events;
    for (const auto& send : pending_sends(db, law, local_date(request.at))) events.push_back(event_of(send, feed->language, origin));
    for (const auto& row : open_clocks(db, feed_events)) events.push_back(event_of(row, feed->language, origin));
    auto reply = http::bytes_reply(icalendar(i18n::text(feed->language, "referral.feed.name"), events, request.at),
                                   "text/calendar; charset=utf-8");
    reply.headers.emplace_back("Cache-Control", "private, no-store");
    return reply;
}

} // namespace board_pages

void add_board_routes(http::Router& router, const Law& law, std::string origin)
{
    using enum Permission;
    router.page("/clocks", send_referrals,
                [&law](storage::Snapshot& db, const http::Request& request) -> Result<http::Reply> {
                    return render(request, board_page(request, board(db, law, local_date(request.at)), feed_of(db, request.person()), digest_of(db, request.person())));
                },
                {.doc = "board of clocks: overdue, due today, waiting for us, waiting for them"});
    router.form("/clocks/feed", send_referrals,
                [origin](storage::Transaction& tx, const http::Request& request) { return board_pages::make(tx, request, origin); },
                {.doc = "make or renew the personal calendar address"});
    router.form("/clocks/feed/stop", send_referrals, board_pages::stop, {.doc = "stop the personal calendar address"});
    router.form("/clocks/digest", send_referrals, board_pages::save_digest, {.doc = "where the day's deadlines are sent by e-mail"});
    router.form("/clocks/digest/stop", send_referrals, board_pages::end_digest, {.doc = "no deadlines by e-mail any more"});
    router.get("/calendar/{token}", anyone,
               [&law, origin](storage::Snapshot& db, const http::Request& request) { return board_pages::calendar(db, request, law, origin); },
               {.doc = "deadlines as iCalendar, by a personal secret address"});
}

} // namespace adal::referral
