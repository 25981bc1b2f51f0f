// Addresses of the working-day calendar: the days of a year as they are known, and the day the operator enters.
#include "http/page.hpp"
#include "referral/calendar_store.hpp"
#include "referral/form_http.hpp"
#include "referral/label_view.hpp"
#include "referral/pages.hpp"

#include <algorithm>

namespace adal::referral {

namespace calendar_pages {

using namespace http;
using storage::Snapshot;
using storage::Transaction;

// A day of the year with where it comes from.
struct ListedDay {
    CalendarDay day{};
    bool is_entered = false;
};

std::vector<ListedDay> days_of_year(Snapshot& db, const Law& law, int year)
{
    std::vector<ListedDay> out;
    for (const auto& day : law.days)
        if (day.date.year() == year) out.push_back({day, false});
    for (const auto& entered : entered_days(db))
        if (entered.day.date.year() == year) out.push_back({entered.day, true});
    std::ranges::stable_sort(out, [](const ListedDay& a, const ListedDay& b) {
        return a.day.date != b.day.date ? a.day.date < b.day.date : a.day.known_from < b.day.known_from;
    });
    return out;
}

int wanted_year(const Request& request)
{
    const auto date = parse_date(std::string(request.query_value("year")) + "-01-01");
    const auto year = date ? date->year() : local_date(request.at).year();
    return std::clamp(year, first_calendar_year, last_calendar_year);
}

Html day_table(const Request& request, const std::vector<ListedDay>& days)
{
    std::vector<std::vector<Html>> rows;
    for (const auto& [day, is_entered] : days) {
        Html known = i18n::date(request.language, day.known_from);
        if (day.known_to) known += Html{" – " + i18n::date(request.language, *day.known_to)};
        rows.push_back({Html{i18n::date(request.language, day.date)},
                        say(request, "weekday." + std::to_string(day.date.iso_weekday())),
                        say(request, "day_kind." + std::string(name(day.kind))), known, Html{day.source},
                        badge(say(request, is_entered ? "day_entered" : "day_shipped"), is_entered ? "info" : "neutral")});
    }
    const auto column = [&](std::string_view key) { return i18n::text(request.language, "referral." + std::string(key)); };
    return data_table(say(request, "calendar.days"), {column("calendar.date"), column("calendar.weekday"), column("calendar.kind"),
                                                      column("calendar.known"), column("source"), column("calendar.origin")}, rows);
}

// Weekend holidays whose day off moved, and every working weekend: what the rule makes of the days.
Html moved_days(const Request& request, const WorkingDays& calendar, const std::vector<ListedDay>& days, int year)
{
    Html list;
    for (const auto date : calendar.days_off()) {
        const bool is_listed = std::ranges::any_of(days, [&](const ListedDay& listed) { return listed.day.date == date; });
        if (date.year() == year && !is_listed) list += li({}, i18n::long_date(request.language, date));
    }
    return list.empty() ? Html{} : section({}, h2({}, say(request, "calendar.moved")), p({cls("hint")}, say(request, "calendar.moved_hint")), ul({}, list));
}

Html enter_form(const Request& request)
{
    if (!request.may(Permission::import_data)) return {};
    std::vector<Choice> kinds;
    for (const auto kind : {DayKind::religious, DayKind::day_off, DayKind::working, DayKind::holiday, DayKind::ordinary})
        kinds.push_back({std::string(name(kind)), say(request, "day_kind." + std::string(name(kind)))});
    return details({cls("card")}, summary({}, say(request, "calendar.enter")),
                   post_form(request, "/working-days",
                             p({cls("hint")}, say(request, "calendar.enter_hint")) +
                                 text_field("date", say(request, "calendar.date"), "", {Attr("type", "date"), Attr("required")}) +
                                 select_field("kind", say(request, "calendar.kind"), kinds, "religious") +
                                 text_field("known_from", say(request, "calendar.known_from"), iso(local_date(request.at)), {Attr("type", "date"), Attr("required")}) +
                                 text_field("source", say(request, "calendar.act"), "", {Attr("required"), Attr("maxlength", 300)}) +
                                 submit(say(request, "save"))));
}

Html year_links(const Request& request, int year)
{
    Html out;
    for (int other = year - 1; other <= year + 1; ++other) {
        if (other == year || other < first_calendar_year || other > last_calendar_year) continue;
        out += a({href(request.link("/working-days?year=" + std::to_string(other)))}, std::to_string(other)) + Html{" "};
    }
    return p({cls("actions")}, out);
}

Result<http::Reply> show(Snapshot& db, const Request& request, const Law& law)
{
    const auto year = wanted_year(request);
    const auto calendar = calendar_on(db, law, local_date(request.at));
    const auto days = days_of_year(db, law, year);
    const auto working = calendar.between(make_date(year - 1, 12, 31), make_date(year, 12, 31));
    Page page{.title = i18n::text(request.language, "referral.calendar.title", {{"year", std::to_string(year)}})};
    page.body = div({cls("page-head")}, h1({}, page.title), p({cls("lead")}, say(request, "calendar.lead"))) +
                div({cls("stats")}, stat(Html{working}, say(request, "calendar.working_days"),
                                         say(request, "calendar.version", {{"version", calendar.version()}}))) +
                year_links(request, year) + day_table(request, days) + moved_days(request, calendar, days, year) + enter_form(request);
    return render(request, page);
}

Result<http::Reply> enter(Transaction& tx, const Request& request, const Law& law)
{
    const auto date = read_day(request, "date");
    if (!date) return pass(date);
    const auto kind = day_kind_from(request.field("kind"));
    if (!kind) return bad_choice("kind", kind);
    const auto known_from = read_day(request, "known_from");
    if (!known_from) return pass(known_from);
    const CalendarDay day{.date = *date, .kind = *kind, .source = std::string(request.field("source")), .known_from = *known_from};
    const auto change = enter_calendar_day(tx, law, day, request.person(), request.at);
    if (!change) return pass(change);
    return see_other(request.link("/working-days?year=" + std::to_string(date->year())));
}

} // namespace calendar_pages

void add_calendar_routes(http::Router& router, const Law& law)
{
    router.page("/working-days", Permission::anyone,
                [&law](storage::Snapshot& db, const http::Request& request) { return calendar_pages::show(db, request, law); },
                {.doc = "working-day calendar of a year, with sources"});
    router.form("/working-days", Permission::import_data,
                [&law](storage::Transaction& tx, const http::Request& request) { return calendar_pages::enter(tx, request, law); },
                {.doc = "enter a day off or a moved working day; open deadlines follow"});
}

} // namespace adal::referral
