#include "referral/icalendar.hpp"

#include <fmt/format.h>

namespace adal::referral {

namespace icalendar_text {

// §3.3.11: backslash, semicolon, comma, line break. Other control characters are not allowed in a value.
std::string escaped(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        if (c == '\\' || c == ';' || c == ',') out += {'\\', c};
        else if (c == '\n') out += "\\n";
        else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) out += c;
    }
    return out;
}

bool begins_letter(char c)
{
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
}

// §3.1: at most 75 octets a line without the break; a continued line begins with a space. UTF-8 letters stay whole.
void add_line(std::string& out, std::string_view line)
{
    constexpr std::size_t longest = 75;
    std::size_t room = longest;
    while (line.size() > room) {
        auto cut = room;
        while (!begins_letter(line[cut])) --cut;
        out.append(line.substr(0, cut)).append("\r\n ");
        line.remove_prefix(cut);
        room = longest - 1;
    }
    out.append(line).append("\r\n");
}

std::string date(LocalDate day)
{
    return fmt::format("{:04}{:02}{:02}", day.year(), day.month(), day.day());
}

// §3.3.5 in UTC: 20260318T093000Z.
std::string moment(Instant instant)
{
    std::string out;
    for (const char c : iso(instant).substr(0, 19))
        if (c != '-' && c != ':') out += c;
    return out + "Z";
}

void add_event(std::string& out, const CalendarEvent& event, Instant stamp)
{
    add_line(out, "BEGIN:VEVENT");
    add_line(out, "UID:" + escaped(event.uid));
    add_line(out, "DTSTAMP:" + moment(stamp));
    add_line(out, "DTSTART;VALUE=DATE:" + date(event.day));
    add_line(out, "DTEND;VALUE=DATE:" + date(event.day.plus_days(1)));
    add_line(out, "SUMMARY:" + escaped(event.summary));
    if (!event.description.empty()) add_line(out, "DESCRIPTION:" + escaped(event.description));
    if (!event.url.empty()) add_line(out, "URL:" + event.url);
    add_line(out, "TRANSP:TRANSPARENT");
    add_line(out, "BEGIN:VALARM");
    add_line(out, "ACTION:DISPLAY");
    add_line(out, "DESCRIPTION:" + escaped(event.summary));
    add_line(out, "TRIGGER:-PT15H");
    add_line(out, "END:VALARM");
    add_line(out, "END:VEVENT");
}

} // namespace icalendar_text

std::string icalendar(std::string_view name, const std::vector<CalendarEvent>& events, Instant stamp)
{
    using namespace icalendar_text;
    std::string out;
    add_line(out, "BEGIN:VCALENDAR");
    add_line(out, "VERSION:2.0");
    add_line(out, "PRODID:-//Adal//Deadlines//KK");
    add_line(out, "CALSCALE:GREGORIAN");
    add_line(out, "METHOD:PUBLISH");
    add_line(out, "NAME:" + escaped(name));
    add_line(out, "X-WR-CALNAME:" + escaped(name));
    add_line(out, "REFRESH-INTERVAL;VALUE=DURATION:PT1H");
    for (const auto& event : events) add_event(out, event, stamp);
    add_line(out, "END:VCALENDAR");
    return out;
}

} // namespace adal::referral
