// What is said to an Open311 server and what its answers mean. Samples of answers: wiki.open311.org/GeoReport_v2.
#include "referral/open311_client.hpp"
#include "support/support.hpp"

#include <filesystem>
#include <gmock/gmock.h>

namespace adal::referral {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const Instant start = *parse_instant("2026-03-10T10:00:00+05:00");

TEST(Open311, AddressNamesServiceAndPerhapsJurisdiction)
{
    const auto endpoint = parse_open311("https://city.example/open311/v2/?service_code=001&jurisdiction_id=city.example");
    ASSERT_TRUE(endpoint);
    EXPECT_EQ(endpoint->base, "https://city.example/open311/v2");
    EXPECT_EQ(open311_post_url(*endpoint), "https://city.example/open311/v2/requests.json");
    EXPECT_EQ(open311_status_url(*endpoint, "a/b?c"), "https://city.example/open311/v2/requests/a%2Fb%3Fc.json?jurisdiction_id=city.example");
    for (const auto* bad : {"", "https://", "https://?service_code=1", "https://city.example", "http://city.example?service_code=1", "https://a@b?service_code=1",
                            "javascript:alert(1)?service_code=1", "http://localhost.evil.example?service_code=1", "https://c ity?service_code=1"})
        EXPECT_FALSE(parse_open311(bad)) << bad;
    EXPECT_TRUE(parse_open311("http://[::1]:80/v2?service_code=1"));
}

TEST(Open311, FormSaysWhatWhereAndWhoWithoutBreakingOut)
{
    const Open311Endpoint to{.base = "https://c", .service = "001&x=1"};
    std::string words;
    for (int i = 0; i < 5000; ++i) words += "ұ";
    const auto form = open311_form(to, {.description = words, .at = oversight::Point{76.9, 43.25}, .address = "Абай & Сейфуллин"}, "key&y=2");
    EXPECT_THAT(form, HasSubstr("api_key=key%26y%3D2&service_code=001%26x%3D1&lat=43.250000&long=76.900000&address_string="));
    EXPECT_EQ(std::ranges::count(form, '&'), 5);
    EXPECT_THAT(form, Not(HasSubstr("media_url")));
    EXPECT_EQ(form.substr(form.find("description=") + 12).size(), 4000 * 6);
}

TEST(Open311, ReceiptIsANumberOrATokenAndNeitherIsNotASuccess)
{
    EXPECT_EQ(read_open311_receipt({.status = 200, .body = R"([{"service_request_id":293944,"service_notice":"x","account_id":null}])"})->request, "293944");
    EXPECT_EQ(read_open311_receipt({.status = 201, .body = R"([{"token":"12345"}])"})->token, "12345");
    const auto failure = [](WebAnswer answer) { return read_open311_receipt(answer).error().failure; };
    EXPECT_EQ(failure({.status = 200, .body = "<service_requests/>"}), Open311Failure::unsure);
    EXPECT_EQ(failure({.status = 200, .body = "[]"}), Open311Failure::unsure);
    EXPECT_EQ(failure({.status = 500}), Open311Failure::unsure);
    EXPECT_EQ(failure({.status = 0, .words = "timeout", .is_sent = true}), Open311Failure::unsure);
    EXPECT_EQ(failure({.status = 0, .words = "no route", .is_sent = false}), Open311Failure::again);
    EXPECT_EQ(failure({.status = 503}), Open311Failure::again);
    EXPECT_EQ(failure({.status = 302}), Open311Failure::refused);
    EXPECT_EQ(read_open311_receipt({.status = 403, .body = R"([{"code":403,"description":"api_key\nmissing"}])"}).error().words, "403: api_key missing");
}

TEST(Open311, AnItemWaitsLongerEachTimeAndNeverPostsAgainByItself)
{
    Open311Item item{.state = Open311State::waiting, .next_at = start};
    for (const int minutes : {1, 2, 4, 8}) {
        item = after_post(item, {.status = 503}, start);
        EXPECT_EQ(item.state, Open311State::waiting);
        EXPECT_EQ(item.next_at.ms - start.ms, minutes * 60'000);
    }
    EXPECT_EQ(after_post(item, {.status = 0, .words = "timeout"}, start).state, Open311State::unsure);
    item = after_post(item, {.status = 200, .body = R"([{"token":"t1"}])"}, start);
    EXPECT_EQ(item.token, "t1");
    item = after_token(item, {.status = 404, .body = R"([{"code":404,"description":"unknown"}])"}, start);
    EXPECT_EQ(item.state, Open311State::waiting);
    item = after_token(item, {.status = 200, .body = R"([{"service_request_id":"77","token":"t1"}])"}, start);
    EXPECT_EQ(item.state, Open311State::sent);
    EXPECT_EQ(item.request, "77");
    item = after_look(item, {.status = 200, .body = R"([{"service_request_id":"77","status":"open","status_notes":"работаем"}])"}, start);
    EXPECT_EQ(item.words, "работаем");
    EXPECT_EQ(item.state, Open311State::sent);
    EXPECT_EQ(after_look(item, {.status = 500}, start).state, Open311State::sent);
    EXPECT_EQ(after_look(item, {.status = 200, .body = R"([{"status":"closed"}])"}, start).state, Open311State::closed);
}

TEST(Open311, KeysAreReadFromAFileNobodyElseMayRead)
{
    test::TempDir folder;
    const auto file = folder.path() + "/keys";
    test::write_file(file, "# city\nhttps://city.example/v2/ abc\n\n");
    std::filesystem::permissions(file, std::filesystem::perms::owner_read | std::filesystem::perms::group_read);
    EXPECT_FALSE(read_open311_keys(file));
    std::filesystem::permissions(file, std::filesystem::perms::owner_all);
    EXPECT_EQ(read_open311_keys(file)->at("https://city.example/v2"), "abc");
    test::write_file(file, "https://city.example/v2\n");
    EXPECT_EQ(read_open311_keys(file).error().params.at("line"), "1");
    EXPECT_FALSE(read_open311_keys(folder.path() + "/none"));
}

} // namespace
} // namespace adal::referral
