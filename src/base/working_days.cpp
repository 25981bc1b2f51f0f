#include "base/working_days.hpp"

#include "base/hash.hpp"
#include "base/json.hpp"

#include <algorithm>
#include <map>

namespace adal {

namespace {

bool is_weekend(LocalDate date)
{
    return date.iso_weekday() >= 6;
}

bool known(const CalendarDay& day, LocalDate on)
{
    return day.known_from <= on && (!day.known_to || on <= *day.known_to);
}

// The last moment at which each day was declared ordinary, as known on that day.
std::map<LocalDate, LocalDate> ordinary_since(const std::vector<CalendarDay>& days, LocalDate known_on)
{
    std::map<LocalDate, LocalDate> since;
    for (const auto& day : days)
        if (day.kind == DayKind::ordinary && known(day, known_on)) {
            auto& from = since[day.date];
            from = std::max(from, day.known_from);
        }
    return since;
}

std::string days_hash(std::string_view text)
{
    return hex(view(sha256(text))).substr(0, 12);
}

tl::unexpected<Problem> bad_entry(std::size_t entry, std::string_view field, std::string reason)
{
    return fail(bad_calendar, {{"line", std::to_string(entry)},
                               {"field", std::string{field}},
                               {"reason", std::move(reason)}});
}

// What single days and yearly rules have in common; the date is filled in later.
Result<CalendarDay> read_common(const json::value& entry, std::size_t number)
{
    CalendarDay day;
    const auto kind = day_kind_from(text_at(entry, "kind").value_or(""));
    if (!kind) return bad_entry(number, "kind", "unknown");
    day.kind = *kind;
    day.source = text_at(entry, "source").value_or("");
    if (day.source.empty()) return bad_entry(number, "source", "missing");
    const auto from = parse_date(text_at(entry, "known_from").value_or(""));
    if (!from) return bad_entry(number, "known_from", "not_a_date");
    day.known_from = *from;
    if (find(entry, "known_to")) {
        day.known_to = parse_date(text_at(entry, "known_to").value_or(""));
        if (!day.known_to) return bad_entry(number, "known_to", "not_a_date");
    }
    return day;
}

Result<Done> read_yearly(std::vector<CalendarDay>& days, const json::value& entry,
                         std::size_t number, int first_year, int last_year)
{
    auto day = read_common(entry, number);
    if (!day) return pass(day);
    const auto month = int_at(entry, "month").value_or(0);
    const auto of_month = int_at(entry, "day").value_or(0);
    if (month < 1 || month > 12) return bad_entry(number, "month", "out_of_range");
    if (of_month < 1 || of_month > 31) return bad_entry(number, "day", "out_of_range");
    const auto from =
        std::max<std::int64_t>(first_year, int_at(entry, "from_year").value_or(first_year));
    const auto to = std::min<std::int64_t>(last_year, int_at(entry, "to_year").value_or(last_year));
    for (auto year = from; year <= to; ++year) {
        day->date = make_date(static_cast<int>(year), static_cast<unsigned>(month),
                              static_cast<unsigned>(of_month));
        if (!day->date.ymd.ok()) return bad_entry(number, "day", "out_of_range");
        days.push_back(*day);
    }
    return done();
}

Result<Done> read_single(std::vector<CalendarDay>& days, const json::value& entry,
                         std::size_t number, int first_year, int last_year)
{
    auto day = read_common(entry, number);
    if (!day) return pass(day);
    const auto date = parse_date(text_at(entry, "date").value_or(""));
    if (!date) return bad_entry(number, "date", "not_a_date");
    day->date = *date;
    if (date->year() >= first_year && date->year() <= last_year) days.push_back(*day);
    return done();
}

} // namespace

std::string_view name(DayKind kind)
{
    switch (kind) {
    case DayKind::holiday: return "holiday";
    case DayKind::religious: return "religious";
    case DayKind::day_off: return "day_off";
    case DayKind::working: return "working";
    case DayKind::ordinary: return "ordinary";
    }
    return {};
}

std::optional<DayKind> day_kind_from(std::string_view text)
{
    using enum DayKind;
    for (const auto kind : {holiday, religious, day_off, working, ordinary})
        if (name(kind) == text) return kind;
    return std::nullopt;
}

WorkingDays::WorkingDays(const std::vector<CalendarDay>& days, LocalDate known_on)
{
    std::set<LocalDate> holidays;
    const auto ordinary = ordinary_since(days, known_on);
    LocalDate changed = make_date(1970, 1, 1);
    for (const auto& day : days) {
        if (day.known_to && *day.known_to < known_on)
            changed = std::max(changed, day.known_to->plus_days(1));
        if (!known(day, known_on)) continue;
        changed = std::max(changed, day.known_from);
        const auto voided = ordinary.find(day.date);
        if (day.kind == DayKind::ordinary) continue;
        if (voided != ordinary.end() && day.known_from <= voided->second) continue;
        if (day.kind == DayKind::working)
            m_working.insert(day.date);
        else
            m_off.insert(day.date);
        if (day.kind == DayKind::holiday) holidays.insert(day.date);
    }
    for (const auto date : m_working)
        m_off.erase(date);
    // Law on holidays, art. 5; in order of date, so that 21 and 22 March give 24 and 25.
    for (const auto holiday : holidays) {
        if (!is_weekend(holiday)) continue;
        auto next = holiday.plus_days(1);
        while (!is_working(next))
            next = next.plus_days(1);
        m_off.insert(next);
    }
    m_version = iso(changed) + "." + days_hash(text());
}

std::string WorkingDays::text() const
{
    std::string content;
    for (const auto date : m_off) content += iso(date) + "\n";
    content += "working\n";
    for (const auto date : m_working) content += iso(date) + "\n";
    return content;
}

std::optional<WorkingDays> WorkingDays::from_text(std::string_view version, std::string_view text)
{
    WorkingDays out;
    auto* days = &out.m_off;
    for (std::size_t end = 0; (end = text.find('\n')) != std::string_view::npos; text.remove_prefix(end + 1)) {
        const auto line = text.substr(0, end);
        if (line == "working") {
            days = &out.m_working;
            continue;
        }
        const auto date = parse_date(line);
        if (!date) return std::nullopt;
        days->insert(*date);
    }
    if (!version.ends_with("." + days_hash(out.text()))) return std::nullopt;
    out.m_version = version;
    return out;
}

bool WorkingDays::is_working(LocalDate date) const
{
    if (m_off.contains(date)) return false;
    return !is_weekend(date) || m_working.contains(date);
}

LocalDate WorkingDays::add(LocalDate start, int n) const
{
    ADAL_CHECK(n >= 1);
    auto date = start;
    for (int counted = 0; counted < n;) {
        date = date.plus_days(1);
        if (is_working(date)) ++counted;
    }
    return date;
}

LocalDate WorkingDays::subtract(LocalDate end, int n) const
{
    ADAL_CHECK(n >= 1);
    auto date = end;
    for (int counted = 0; counted < n;) {
        date = date.plus_days(-1);
        if (is_working(date)) ++counted;
    }
    return date;
}

LocalDate WorkingDays::working_day_from(LocalDate date) const
{
    while (!is_working(date)) date = date.plus_days(1);
    return date;
}

int WorkingDays::between(LocalDate from, LocalDate to) const
{
    if (to < from) return -between(to, from);
    int count = 0;
    for (auto date = from.plus_days(1); date <= to; date = date.plus_days(1))
        if (is_working(date)) ++count;
    return count;
}

Result<std::vector<CalendarDay>> read_calendar(std::string_view json, int first_year, int last_year)
{
    const auto document = parse_json(json);
    if (!document) return pass(document);
    const auto* yearly = array_at(*document, "yearly");
    const auto* single = array_at(*document, "days");
    if (!yearly) return bad_entry(0, "yearly", "missing");
    if (!single) return bad_entry(0, "days", "missing");

    std::vector<CalendarDay> days;
    std::size_t number = 0;
    for (const auto& entry : *yearly)
        if (const auto read = read_yearly(days, entry, ++number, first_year, last_year); !read)
            return pass(read);
    for (const auto& entry : *single)
        if (const auto read = read_single(days, entry, ++number, first_year, last_year); !read)
            return pass(read);
    return days;
}

} // namespace adal
