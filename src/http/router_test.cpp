#include "http/router.hpp"

#include <gtest/gtest.h>

using namespace adal;
using namespace adal::http;

namespace {

Result<Reply> read_it(storage::Snapshot&, const Request&) { return text_reply("read"); }
Result<Reply> write_it(storage::Transaction&, const Request&) { return text_reply("written"); }

Router some_routes()
{
    Router router;
    router.page("/", Permission::anyone, read_it);
    router.page("/places", Permission::anyone, read_it);
    router.page("/places/{id}", Permission::anyone, read_it);
    router.page("/places/new", Permission::plan_controls, read_it);
    router.form("/places/new", Permission::plan_controls, write_it);
    router.get("/api/v1/places/{id}/findings/{finding}", Permission::anyone, read_it);
    router.get("/log/{rest*}", Permission::anyone, read_it);
    return router;
}

std::string pattern(const Router::Match& match) { return match.route == nullptr ? "" : match.route->pattern; }

} // namespace

TEST(Router, takes_the_language_off_a_page_address)
{
    const auto router = some_routes();
    const auto match = router.match("GET", "/ru/places");
    EXPECT_EQ(pattern(match), "/places");
    EXPECT_EQ(match.language, i18n::Language::ru);
    EXPECT_EQ(match.path, "/places");
    EXPECT_EQ(pattern(router.match("GET", "/kk")), "/");
    EXPECT_EQ(pattern(router.match("GET", "/kk/")), "/");
    EXPECT_EQ(pattern(router.match("GET", "/de/places")), "");
    EXPECT_EQ(pattern(router.match("GET", "/places")), "") << "a page has a language";
    EXPECT_EQ(pattern(router.match("GET", "/kk/log/checkpoint")), "") << "a raw path has none";
}

TEST(Router, prefers_a_literal_segment_over_a_parameter)
{
    const auto router = some_routes();
    EXPECT_EQ(pattern(router.match("GET", "/kk/places/new")), "/places/new");
    const auto other = router.match("GET", "/kk/places/newer");
    EXPECT_EQ(pattern(other), "/places/{id}");
    EXPECT_EQ(other.params.at("id"), "newer");
    EXPECT_EQ(pattern(router.match("GET", "/kk/places/")), "") << "an empty segment is no id";
}

TEST(Router, gives_all_parameters_and_the_rest)
{
    const auto router = some_routes();
    const auto two = router.match("GET", "/api/v1/places/7/findings/8");
    EXPECT_EQ(two.params.at("id"), "7");
    EXPECT_EQ(two.params.at("finding"), "8");
    EXPECT_EQ(router.match("GET", "/log/tile/0/x001/067").params.at("rest"), "tile/0/x001/067");
    EXPECT_EQ(router.match("GET", "/log").route, nullptr);
}

TEST(Router, knows_a_path_with_another_method)
{
    const auto router = some_routes();
    const auto match = router.match("POST", "/kk/places");
    EXPECT_EQ(match.route, nullptr);
    EXPECT_TRUE(match.method_known);
    EXPECT_EQ(router.methods(Place::page, "/places/new"), "GET, HEAD, POST");
    EXPECT_FALSE(router.match("POST", "/kk/nothing").method_known);
    EXPECT_EQ(pattern(router.match("HEAD", "/kk/places")), "/places");
}

TEST(Router, refuses_the_same_route_twice)
{
    auto router = some_routes();
    EXPECT_THROW(router.page("/places", Permission::anyone, read_it), CheckFailed);
}
