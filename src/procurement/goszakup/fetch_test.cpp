#include "procurement/goszakup/fetch.hpp"

#include "base/json.hpp"
#include "support/support.hpp"

#include <filesystem>
#include <gtest/gtest.h>

namespace adal::procurement::goszakup {
namespace {

TEST(GoszakupQueries, The_built_in_ones_ask_for_a_page_after_an_id)
{
    const auto* query = Queries::standard().find("TrdBuy");
    ASSERT_NE(query, nullptr);
    const auto request = parse_json(query->page_request("17000001", 200));
    ASSERT_TRUE(request);
    const auto* variables = find(*request, "variables");
    EXPECT_EQ(int_at(*variables, "after"), 17000001);
    EXPECT_EQ(int_at(*variables, "limit"), 200);
    EXPECT_NE(text_at(*request, "query")->find(" TrdBuy(filter: $filter, limit: $limit, after: $after) { id "), std::string_view::npos);
    EXPECT_EQ(find(*find(*parse_json(query->page_request("", 200)), "variables"), "after"), nullptr);
}

TEST(GoszakupQueries, A_changed_copy_is_checked)
{
    const auto refused = [](std::string_view text) { return Queries::read(text).error().params.at("field"); };
    EXPECT_EQ(refused(R"({"roots":[]})"), "/roots");
    EXPECT_EQ(refused(R"({"roots":[{"root":"Trd Buy","filter":"F","fields":"id"}]})"), "/roots/0/root");
    EXPECT_EQ(refused(R"({"roots":[{"root":"TrdBuy","filter":"F) { x","fields":"id"}]})"), "/roots/0/filter");
    EXPECT_EQ(refused(R"({"roots":[{"root":"TrdBuy","filter":"F","fields":""}]})"), "/roots/0/fields");
    EXPECT_TRUE(Queries::read(R"({"roots":[{"root":"TrdBuy","filter":"F","fields":"id"}]})"));
}

TEST(GoszakupClient, The_token_travels_in_the_open_on_this_machine_only)
{
    for (const char* good : {"https://ows.goszakup.gov.kz", "http://127.0.0.1:8080", "http://localhost", "http://[::1]:80/x"})
        EXPECT_TRUE(check_portal_address(good)) << good;
    for (const char* bad : {"http://ows.goszakup.gov.kz", "http://127.0.0.1.example", "http://127.0.0.1@example", "ftp://127.0.0.1", "https://", ""})
        EXPECT_FALSE(check_portal_address(bad)) << bad;
}

TEST(GoszakupFetchState, Goes_on_where_it_was_and_cuts_off_half_a_line)
{
    const test::TempDir folder;
    auto state = open_state(folder.path(), "http://localhost", "2026-07-01", Instant{0});
    ASSERT_TRUE(state);
    state->lists.push_back({.name = "TrdBuy-1", .root = "TrdBuy"});
    append_line(folder.path(), state->lists[0], "{}");
    state->lists[0].after = "7";
    save_state(folder.path(), *state);
    test::write_file(folder / "TrdBuy-1.part", "{}\n{\"half");
    auto again = open_state(folder.path(), "http://localhost", "2026-07-01", Instant{9'000'000});
    ASSERT_TRUE(again);
    EXPECT_EQ(again->started, state->started);
    ASSERT_EQ(again->lists.size(), 1U);
    EXPECT_EQ(again->lists[0].after, "7");
    append_line(folder.path(), again->lists[0], "[]");
    EXPECT_EQ(test::read_file(folder / "TrdBuy-1.part"), "{}\n[]\n");
    again->lists[0].is_done = true;
    publish_list(folder.path(), again->lists[0]);
    publish_list(folder.path(), again->lists[0]); // a second time changes nothing
    EXPECT_EQ(test::read_file(folder / "TrdBuy-1.jsonl"), "{}\n[]\n");
}

TEST(GoszakupFetchState, Another_day_or_address_does_not_mix_with_an_unfinished_fetch)
{
    const test::TempDir folder;
    auto state = open_state(folder.path(), "http://localhost", "2026-07-01", Instant{0});
    save_state(folder.path(), *state);
    EXPECT_TRUE(open_state(folder.path(), "http://localhost", "2026-07-02", Instant{0}).error().is(fetch_unfinished));
    EXPECT_TRUE(open_state(folder.path(), "http://127.0.0.1", "2026-07-01", Instant{0}).error().is(fetch_unfinished));
    state->is_done = true;
    save_state(folder.path(), *state);
    EXPECT_TRUE(open_state(folder.path(), "http://localhost", "2026-07-02", Instant{0}));
    test::write_file(folder / "fetch-state.json", "{}");
    EXPECT_TRUE(open_state(folder.path(), "http://localhost", "2026-07-02", Instant{0}).error().is(bad_fetch_state));
}

TEST(GoszakupFetchState, A_part_that_lost_bytes_is_not_filled_with_nothing)
{
    const test::TempDir folder;
    ListState list{.name = "TrdBuy-1", .root = "TrdBuy", .bytes = 10};
    EXPECT_THROW(append_line(folder.path(), list, "{}"), std::runtime_error);
}

TEST(GoszakupFetchState, One_fetch_works_in_a_folder)
{
    const test::TempDir folder;
    {
        const auto first = FolderLock::take(folder / "out");
        ASSERT_TRUE(first);
        EXPECT_TRUE(FolderLock::take(folder / "out").error().is(fetch_running));
    }
    EXPECT_TRUE(FolderLock::take(folder / "out"));
}

} // namespace
} // namespace adal::procurement::goszakup
