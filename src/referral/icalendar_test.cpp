#include "referral/icalendar.hpp"

#include "base/text.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace adal::referral {
namespace {

const Instant stamp = *parse_instant("2026-03-18T09:30:05+05:00");

// As RFC 5545 §3.1 has a reader do it.
std::string unfolded(std::string text)
{
    for (std::size_t at = 0; (at = text.find("\r\n ", at)) != std::string::npos;) text.erase(at, 3);
    return text;
}

std::vector<std::string> lines_of(const std::string& text)
{
    std::vector<std::string> out;
    for (std::size_t begin = 0, end = 0; (end = text.find("\r\n", begin)) != std::string::npos; begin = end + 2)
        out.push_back(text.substr(begin, end - begin));
    return out;
}

TEST(Icalendar, says_one_day_with_its_letters_escaped)
{
    const auto text = icalendar("Мерзімдер", {{.uid = "r-1@adal", .day = make_date(2026, 4, 30), .summary = "Жауап: Әкімдік; 2, \\ бөлім\nекінші жол", .url = "https://a.example/kk"}}, stamp);
    const auto plain = unfolded(text);
    EXPECT_NE(plain.find("SUMMARY:Жауап: Әкімдік\\; 2\\, \\\\ бөлім\\nекінші жол\r\n"), std::string::npos);
    EXPECT_NE(plain.find("DTSTART;VALUE=DATE:20260430\r\nDTEND;VALUE=DATE:20260501\r\n"), std::string::npos);
    EXPECT_NE(plain.find("DTSTAMP:20260318T043005Z\r\n"), std::string::npos);
    EXPECT_TRUE(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
    EXPECT_TRUE(text.ends_with("END:VEVENT\r\nEND:VCALENDAR\r\n"));
}

TEST(Icalendar, lets_nobody_begin_a_line_of_his_own)
{
    const auto text = icalendar("x", {{.uid = "u", .day = make_date(2026, 1, 1), .summary = "a\r\nATTACH:http://evil"}}, stamp);
    EXPECT_EQ(text.find("\r\nATTACH"), std::string::npos);
    EXPECT_NE(text.find("SUMMARY:a\\nATTACH:http://evil"), std::string::npos);
}

RC_GTEST_PROP(Icalendar, folds_between_letters_and_loses_nothing, ())
{
    std::string summary;
    for (const int n : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 5))) {
        constexpr std::array<std::string_view, 5> letters{"a", "қ", "₸", "😀", "ұлы "};
        summary += letters.at(static_cast<std::size_t>(n));
    }
    const auto text = icalendar("n", {{.uid = "u", .day = make_date(2026, 1, 1), .summary = summary}}, stamp);
    for (const auto& line : lines_of(text)) {
        RC_ASSERT(line.size() <= 75u);
        RC_ASSERT(is_utf8(line));
    }
    RC_ASSERT(unfolded(text).find("SUMMARY:" + summary + "\r\n") != std::string::npos);
}

} // namespace
} // namespace adal::referral
