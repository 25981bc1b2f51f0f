#include "referral/authority.hpp"

#include "support/support.hpp"

#include <algorithm>
#include <gtest/gtest.h>

namespace adal::referral {
namespace {

AuthorityVersion version(LocalDate from, std::optional<LocalDate> to)
{
    return {.names = {.kk = "Агенттік"}, .valid_from = from, .valid_to = to};
}

TEST(Authority, exists_on_the_days_of_its_versions)
{
    const std::vector versions{version(make_date(2019, 1, 1), make_date(2025, 6, 29)),
                               version(make_date(2025, 6, 30), std::nullopt)};
    EXPECT_EQ(version_on(versions, make_date(2018, 12, 31)), nullptr);
    EXPECT_EQ(version_on(versions, make_date(2025, 6, 29)), &versions[0]);
    EXPECT_EQ(version_on(versions, make_date(2025, 6, 30)), &versions[1]);
}

TEST(Authority, has_one_version_a_day)
{
    const std::vector existing{version(make_date(2019, 1, 1), make_date(2025, 6, 29))};
    EXPECT_TRUE(may_add(existing, version(make_date(2025, 6, 30), std::nullopt)));
    EXPECT_TRUE(may_add(existing, version(make_date(2025, 6, 29), std::nullopt)).error().is(authority_overlap));
}

TEST(Authority, needs_a_name_a_right_number_and_days_in_order)
{
    auto nameless = version(make_date(2026, 1, 1), std::nullopt);
    nameless.names = {};
    EXPECT_TRUE(may_add({}, nameless).error().is(authority_name_missing));
    auto numbered = version(make_date(2026, 1, 1), std::nullopt);
    numbered.bin = "12345";
    EXPECT_TRUE(may_add({}, numbered).error().is(authority_bad_bin));
    EXPECT_TRUE(may_add({}, version(make_date(2026, 2, 1), make_date(2026, 1, 1))).error().is(authority_dates_reversed));
}

TEST(AuthoritySeed, is_readable_and_links_the_agency_to_its_successor)
{
    const auto entries = read_authorities(adal::test::read_file(adal::test::repository_path("data/authorities/kz.json")));
    ASSERT_TRUE(entries);
    EXPECT_GE(entries->size(), 15u);
    const auto agency = std::ranges::find(*entries, "anticorruption-agency", &AuthorityEntry::key);
    ASSERT_NE(agency, entries->end());
    EXPECT_FALSE(is_valid_on(agency->version, make_date(2025, 6, 30)));
    EXPECT_EQ(agency->succeeded_by, "anticorruption-service");
}

TEST(AuthorityFile, names_the_entry_and_field_that_is_wrong)
{
    const auto bad = read_authorities(
        R"({"authorities":[{"key":"a","kk":"А","channel":"pigeon","valid_from":"2026-01-01","source":"s"}]})");
    ASSERT_FALSE(bad);
    EXPECT_EQ(bad.error().params.at("entry"), "a");
    EXPECT_EQ(bad.error().params.at("field"), "channel");
}

} // namespace
} // namespace adal::referral
