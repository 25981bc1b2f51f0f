#include "referral/attachment.hpp"
#include "referral/competence.hpp"
#include "referral/statistics.hpp"

#include <gtest/gtest.h>

namespace adal::referral {
namespace {

const LocalDate from = make_date(2020, 1, 1), today = make_date(2026, 3, 1);
const AuthorityId city = AuthorityId::make(Instant{1}), district = AuthorityId::make(Instant{2}), gone = AuthorityId::make(Instant{3});

std::vector<Competence> some()
{
    return {{.authority = city, .topic = "yards", .territory = "kz/almaty", .valid_from = from, .source = "s"},
            {.authority = district, .topic = "yards", .territory = "kz/almaty/medeu", .valid_from = from, .source = "s"},
            {.authority = gone, .topic = "yards", .territory = "kz/almaty/medeu", .valid_from = from, .valid_to = make_date(2025, 6, 29), .source = "s"}};
}

TEST(Competence, is_of_the_nearest_territory_on_that_day)
{
    EXPECT_EQ(route(some(), "yards", "kz/almaty/medeu", today), (std::vector{district, city}));
    EXPECT_EQ(route(some(), "yards", "kz/almaty/auezov", today), std::vector{city});
    EXPECT_EQ(route(some(), "yards", "kz/almaty/medeu", make_date(2025, 6, 29)).size(), 3u);
    EXPECT_TRUE(route(some(), "roads", "kz/almaty/medeu", today).empty());
    EXPECT_TRUE(route(some(), "yards", "kz/astana", today).empty());
}

TEST(Competence, finds_the_path_of_a_district_by_its_code)
{
    EXPECT_EQ(path_of_district(some(), "medeu"), "kz/almaty/medeu");
    EXPECT_EQ(path_of_district(some(), "turksib"), "kz");
    EXPECT_EQ(path_of_district(some(), ""), "kz");
}

TEST(Territory, covers_what_lies_below_it_and_nothing_that_only_looks_so)
{
    EXPECT_TRUE(covers("kz/almaty", "kz/almaty/medeu"));
    EXPECT_FALSE(covers("kz/almaty", "kz/almaty-region"));
    EXPECT_TRUE(is_territory("kz/almaty-region/qaskeleng"));
    for (const auto* bad : {"", "ru", "kz/", "kz/Almaty", "kz/a/b/c/d", "/kz", "kz//a"}) EXPECT_FALSE(is_territory(bad)) << bad;
}

TEST(Competence, names_what_is_wrong_with_it)
{
    auto wrong = some().front();
    wrong.topic = "weather";
    EXPECT_TRUE(checked(wrong).error().is(competence_unknown_topic));
    wrong = some().front();
    wrong.territory = "almaty";
    EXPECT_TRUE(checked(wrong).error().is(competence_bad_territory));
    wrong = some().front();
    wrong.source = " ";
    EXPECT_TRUE(checked(wrong).error().is(competence_source_missing));
}

TEST(Channel, refuses_what_it_does_not_take_and_nothing_for_a_limit_nobody_knows)
{
    Channel channel{.kind = ChannelKind::eotinish, .address = "a", .max_letters = 2000, .max_files = 2, .max_file_bytes = 1024, .valid_from = from, .source = "s"};
    EXPECT_TRUE(fits(channel, {.letters = 2000, .file_bytes = {1024, 1}}));
    EXPECT_TRUE(fits(channel, {.letters = 2001}).error().is(channel_text_too_long));
    EXPECT_TRUE(fits(channel, {.file_bytes = {1, 1, 1}}).error().is(channel_too_many_files));
    EXPECT_TRUE(fits(channel, {.file_bytes = {1025}}).error().is(channel_file_too_large));
    channel.max_letters.reset();
    EXPECT_TRUE(fits(channel, {.letters = 1'000'000}));
}

TEST(Channel, is_the_newest_of_its_kind_in_force)
{
    const std::vector<Channel> channels{{.kind = ChannelKind::email, .address = "old", .valid_from = from},
                                        {.kind = ChannelKind::email, .address = "new", .valid_from = make_date(2026, 1, 1)}};
    EXPECT_EQ(channel_on(channels, ChannelKind::email, today)->address, "new");
    EXPECT_EQ(channel_on(channels, ChannelKind::email, make_date(2025, 12, 31))->address, "old");
    EXPECT_EQ(channel_on(channels, ChannelKind::portal, today), nullptr);
}

TEST(Attachment, is_what_its_name_says)
{
    EXPECT_TRUE(is_what_it_says("хат.PDF", "application/pdf"));
    EXPECT_TRUE(is_what_it_says("scan", "image/jpeg"));
    const auto disguised = is_what_it_says("invoice.pdf", "image/png");
    ASSERT_FALSE(disguised);
    EXPECT_TRUE(disguised.error().is(attachment_disguised));
    EXPECT_EQ(disguised.error().params.at("is"), "image/png");
}

using oversight::FindingState;
using oversight::Standing;

TEST(FixRate, counts_checked_fixes_only_and_no_tenge_twice)
{
    std::map<FindingId, Standing> standings;
    std::vector<FindingId> referred;
    const auto add = [&](FindingState state, PlaceId place, std::optional<Money> sum) {
        referred.push_back(FindingId::make(Instant{100}));
        standings[referred.back()] = {.state = state, .place = place, .contract_sum = sum};
    };
    const auto road = PlaceId::make(Instant{1}), yard = PlaceId::make(Instant{2}), park = PlaceId::make(Instant{3});
    add(FindingState::fixed_verified, road, Money::tenge(300));
    add(FindingState::fix_claimed, road, Money::tenge(300));
    add(FindingState::not_fixed, road, Money::tenge(300));
    add(FindingState::fixed_verified, yard, Money::tenge(100));
    add(FindingState::refused, park, std::nullopt);
    add(FindingState::duplicate, yard, Money::tenge(100));
    add(FindingState::invalid, park, std::nullopt);
    const auto counts = count_fixes(referred, standings);
    EXPECT_EQ(counts.referred, 5);
    EXPECT_EQ(counts.fixed_verified, 2);
    EXPECT_EQ(counts.claimed_unchecked, 1);
    EXPECT_EQ(counts.not_fixed, 1);
    EXPECT_EQ(counts.refused, 1);
    EXPECT_EQ(counts.valued, 4);
    EXPECT_EQ(counts.value, Money::tenge(400));
    EXPECT_EQ(counts.fixed_value, Money::tenge(200));
    EXPECT_DOUBLE_EQ(*counts.share(), 0.4);
    EXPECT_DOUBLE_EQ(*counts.value_share(), 0.5);
    EXPECT_FALSE(count_fixes({}, {}).share());
}

} // namespace
} // namespace adal::referral
