#include "cyber/exposure.hpp"

#include <gtest/gtest.h>

namespace adal::cyber {

namespace exposure_tests {

using std::chrono::minutes;

const Instant kNow = *parse_instant("2026-03-10T18:00:00+05:00");

Looking minutes_ago(int from, int until)
{
    return {.from = kNow.plus(-minutes{from}), .until = kNow.plus(-minutes{until})};
}
std::string_view key_of(const Result<Done>& result)
{
    return result ? std::string_view{} : result.error().code->key;
}

} // namespace exposure_tests

using namespace exposure_tests;

TEST(Exposure, what_overlaps_counts_once_and_what_is_to_come_not_at_all)
{
    EXPECT_EQ(looked({minutes_ago(30, 10), minutes_ago(20, 5), minutes_ago(25, 15)}, kNow.plus(-minutes{60}), kNow), minutes{25});
    EXPECT_EQ(looked({minutes_ago(5, -15)}, kNow.plus(-minutes{60}), kNow), minutes{5});
    EXPECT_EQ(looked({minutes_ago(90, 50)}, kNow.plus(-minutes{60}), kNow), minutes{10});
    EXPECT_EQ(looked({}, kNow.plus(-minutes{60}), kNow), minutes{0});
}

TEST(Exposure, ninety_minutes_are_a_day)
{
    std::vector<Looking> spans{minutes_ago(600, 560), minutes_ago(300, 251)};
    EXPECT_TRUE(may_look(spans, kNow));
    EXPECT_EQ(minutes_left(spans, kNow), 1);
    spans.push_back(minutes_ago(200, 199));
    EXPECT_EQ(key_of(may_look(spans, kNow)), exposure_day.key);
    EXPECT_EQ(minutes_left(spans, kNow), 0);
    EXPECT_TRUE(may_look(spans, kNow.plus(std::chrono::hours{20}))); // the next day
}

TEST(Exposure, an_hour_has_a_pause)
{
    EXPECT_TRUE(may_look({minutes_ago(55, 6)}, kNow));
    EXPECT_EQ(key_of(may_look({minutes_ago(60, 10)}, kNow)), exposure_pause.key);
    EXPECT_TRUE(may_look({minutes_ago(70, 20)}, kNow)); // ten minutes later
}

} // namespace adal::cyber
