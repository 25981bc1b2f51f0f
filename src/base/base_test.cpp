#include "base/hash.hpp"
#include "base/id.hpp"
#include "base/money.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <limits>
#include <rapidcheck/gtest.h>
#include <set>
#include <thread>

namespace adal {
namespace {

TEST(Hash, Gives_the_digests_of_the_standards)
{
    EXPECT_EQ(hex(view(sha256("abc"))),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(hex(view(sha256(""))),
              "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    // RFC 4231 case 2
    EXPECT_EQ(hex(view(hmac_sha256("Jefe", "what do ya want for nothing?"))),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(hex(view(hmac_sha256("", ""))),
              "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

RC_GTEST_PROP(Hash, Hashing_in_pieces_equals_hashing_at_once,
              (const std::string& a, const std::string& b))
{
    Sha256 pieces;
    pieces.update(a);
    pieces.update(b);
    RC_ASSERT(pieces.finish() == sha256(a + b));
}

TEST(Hash, A_finished_hash_refuses_more)
{
    Sha256 once;
    once.finish();
    EXPECT_THROW(once.update("x"), CheckFailed);
    EXPECT_THROW(once.finish(), CheckFailed);
}

TEST(Hash, Base64_gives_the_vectors_of_rfc_4648)
{
    EXPECT_EQ(base64(""), "");
    EXPECT_EQ(base64("f"), "Zg==");
    EXPECT_EQ(base64("fo"), "Zm8=");
    EXPECT_EQ(base64("foo"), "Zm9v");
    EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
    EXPECT_EQ(base64url("\xfb\xff"), "-_8");
    EXPECT_EQ(unbase64("Zm9vYg=="), "foob");
}

TEST(Hash, Base64_has_one_spelling_per_byte_string)
{
    for (const auto* bad : {"Zg", "Zg=", "Zh==", "Zm9=", "Zm9v\n", " Zm9v", "Zm-v",
                            "====", "Z===", "Zg==Zg==", "A=A="})
        EXPECT_FALSE(unbase64(bad)) << bad;
    for (const auto* bad : {"Zg==", "Zh", "Z", "Zm9", "Zm+v", "Zm9v="})
        EXPECT_FALSE(unbase64url(bad)) << bad;
}

RC_GTEST_PROP(Hash, Encodings_come_back, (const std::string& bytes))
{
    RC_ASSERT(unbase64(base64(bytes)) == bytes);
    RC_ASSERT(unbase64url(base64url(bytes)) == bytes);
    RC_ASSERT(unhex(hex(bytes)) == bytes);
}

TEST(Hash, Hex_is_lower_case_and_even)
{
    EXPECT_EQ(hex(std::string("\x00\xaf", 2)), "00af");
    EXPECT_FALSE(unhex("AF"));
    EXPECT_FALSE(unhex("a"));
    EXPECT_FALSE(unhex("0x"));
}

TEST(Hash, Secrets_compare_by_content_and_random_bytes_differ)
{
    EXPECT_TRUE(equal_secret("", ""));
    EXPECT_TRUE(equal_secret("key", "key"));
    EXPECT_FALSE(equal_secret("key", "kez"));
    EXPECT_FALSE(equal_secret("key", "keys"));
    EXPECT_EQ(random_bytes(33).size(), 33u);
    EXPECT_NE(random_bytes(16), random_bytes(16));
    EXPECT_FALSE(hash_from("short"));
}

TEST(Id, Ids_of_one_millisecond_sort_in_the_order_in_which_they_were_made)
{
    const Instant moment{1'769'644'800'000};
    auto last = PlaceId::make(moment);
    for (int i = 0; i < 5000; ++i) {
        const auto next = PlaceId::make(moment);
        ASSERT_LT(last.text(), next.text());
        last = next;
    }
    EXPECT_LT(last.text(), PlaceId::make(moment.plus(std::chrono::milliseconds{1})).text());
}

TEST(Id, The_first_ten_letters_are_the_time)
{
    // The example of the ULID specification.
    EXPECT_EQ(PlaceId::make({1'469'922'850'259}).text().substr(0, 10), "01arz3ndek");
    EXPECT_EQ(PlaceId::make({0}).text().substr(0, 10), "0000000000");
    EXPECT_EQ(PlaceId::make({(std::int64_t{1} << 48) - 1}).text().substr(0, 10), "7zzzzzzzzz");
    EXPECT_THROW(PlaceId::make({-1}), CheckFailed);
}

TEST(Id, Threads_never_share_an_id)
{
    std::vector<std::vector<std::string>> made(4);
    {
        std::vector<std::jthread> threads;
        for (auto& mine : made)
            threads.emplace_back([&mine] {
                for (int i = 0; i < 2000; ++i)
                    mine.push_back(PlaceId::make({1'769'644'800'000 + i % 3}).str());
            });
    }
    std::set<std::string> all;
    for (const auto& mine : made)
        all.insert(mine.begin(), mine.end());
    EXPECT_EQ(all.size(), 8000u);
}

TEST(Id, Reads_only_ulids)
{
    const auto id = FindingId::make({1'769'644'800'000});
    EXPECT_EQ(FindingId::parse(id.text()), id);
    auto upper = id.str();
    std::transform(upper.begin(), upper.end(), upper.begin(),
                   [](char c) { return static_cast<char>(std::toupper(c)); });
    EXPECT_EQ(FindingId::parse(upper), id);
    for (const auto* bad : {"", "01arz3ndektsv4rrffq69g5fa", "01arz3ndektsv4rrffq69g5favx",
                            "01arz3ndektsv4rrffq69g5fai", "01arz3ndektsv4rrffq69g5fau",
                            "81arz3ndektsv4rrffq69g5fav", "01arz3ndektsv4rrffq69g5fa-"})
        EXPECT_FALSE(FindingId::parse(bad)) << bad;
    EXPECT_FALSE(FindingId{}.is_set());
    EXPECT_EQ(FindingId{}.text(), "");
}

TEST(Money, Reads_what_people_and_files_write)
{
    EXPECT_EQ(parse_money("104228291.83")->tiyn, 10'422'829'183);
    EXPECT_EQ(parse_money("104 228 291,83")->tiyn, 10'422'829'183);
    EXPECT_EQ(parse_money("104\u00a0228\u202f291")->tiyn, 10'422'829'100);
    EXPECT_EQ(parse_money("-0,05")->tiyn, -5);
    EXPECT_EQ(parse_money("7.5")->tiyn, 750);
    EXPECT_EQ(parse_money("0")->tiyn, 0);
    EXPECT_EQ(parse_money("-92233720368547758.08")->tiyn, std::numeric_limits<std::int64_t>::min());
}

TEST(Money, Refuses_what_could_be_misread)
{
    for (const auto* bad : {"",
                            "-",
                            "1e3",
                            "+5",
                            "1.",
                            ".5",
                            "1.234",
                            "1,234.50",
                            "12 34",
                            "1234 567",
                            "1 2345",
                            "1  234",
                            " 1",
                            "1 ",
                            "٣",
                            "1_000",
                            "0x10",
                            "92233720368547758.08",
                            "-92233720368547758.09",
                            "99999999999999999999"})
        EXPECT_FALSE(parse_money(bad)) << bad;
}

TEST(Money, Sums_never_wrap_around)
{
    const Money most{std::numeric_limits<std::int64_t>::max()},
        least{std::numeric_limits<std::int64_t>::min()};
    EXPECT_FALSE(add(most, {1}));
    EXPECT_FALSE(add(least, {-1}));
    EXPECT_FALSE(subtract(least, {1}));
    EXPECT_EQ(add({5}, {-7})->tiyn, -2);
    EXPECT_EQ(subtract(most, most)->tiyn, 0);
}

TEST(Money, Is_written_for_machines_and_for_people)
{
    EXPECT_EQ(plain({10'422'829'183}), "104228291.83");
    EXPECT_EQ(plain({100}), "1");
    EXPECT_EQ(plain({-5}), "-0.05");
    EXPECT_EQ(plain({std::numeric_limits<std::int64_t>::min()}), "-92233720368547758.08");
    EXPECT_EQ(display(Money::tenge(2'500'000)), "2\u00a0500\u00a0000\u00a0₸");
    EXPECT_EQ(display({10'422'829'183}), "104\u00a0228\u00a0291,83\u00a0₸");
    EXPECT_EQ(display({-99'950}), "-999,50\u00a0₸");
}

RC_GTEST_PROP(Money, Comes_back_from_its_plain_form, (std::int64_t tiyn))
{
    RC_ASSERT(parse_money(plain({tiyn})) == Money{tiyn});
}

TEST(Time, Almaty_is_six_hours_ahead_until_march_2024_and_five_after)
{
    const auto before = local_time(*parse_instant("2024-02-29T17:59:59Z"));
    EXPECT_EQ(iso(before.date), "2024-02-29");
    EXPECT_EQ(before.hour, 23);
    const auto after = local_time(*parse_instant("2024-02-29T18:00:00Z"));
    EXPECT_EQ(iso(after.date), "2024-02-29"); // the clock went back an hour at midnight
    EXPECT_EQ(after.hour, 23);
    EXPECT_EQ(iso(local_date(*parse_instant("2024-02-29T19:00:00Z"))), "2024-03-01");
    EXPECT_EQ(local_time(*parse_instant("2026-01-29T09:30:15Z")).hour, 14);
    EXPECT_EQ(local_time(*parse_instant("2026-01-29T09:30:15Z")).second, 15);
}

TEST(Time, A_day_starts_at_local_midnight)
{
    EXPECT_EQ(iso(start_of(make_date(2026, 1, 29))), "2026-01-28T19:00:00.000Z");
    EXPECT_EQ(iso(start_of(make_date(2023, 1, 29))), "2023-01-28T18:00:00.000Z");
    EXPECT_EQ(iso(start_of(make_date(2024, 3, 1))), "2024-02-29T19:00:00.000Z");
    EXPECT_EQ(iso(start_of(make_date(2024, 2, 29))), "2024-02-28T18:00:00.000Z");
}

TEST(Time, Every_day_since_1950_begins_exactly_at_its_start)
{
    for (auto date = make_date(1950, 1, 1); date.year() < 2040; date = date.plus_days(1)) {
        const auto start = start_of(date);
        ASSERT_EQ(local_date(start), date) << iso(date);
        ASSERT_LT(local_date({start.ms - 1}), date) << iso(date);
    }
}

TEST(Time, Reads_only_dates_that_exist)
{
    EXPECT_EQ(parse_date("2024-02-29"), make_date(2024, 2, 29));
    for (const auto* bad : {"2026-02-29", "2026-13-01", "2026-00-10", "2026-1-01", "2026-01-32",
                            "20260101", "2026-01-01 ", "", "+026-01-01"})
        EXPECT_FALSE(parse_date(bad)) << bad;
}

TEST(Time, Reads_moments_with_a_zone_only)
{
    EXPECT_EQ(parse_instant("1970-01-01T00:00:00Z")->ms, 0);
    EXPECT_EQ(parse_instant("2026-03-18T14:30:00+05:00")->ms,
              parse_instant("2026-03-18T09:30:00Z")->ms);
    EXPECT_EQ(parse_instant("2026-03-18T09:30:00.25Z")->ms % 1000, 250);
    EXPECT_EQ(parse_instant("2026-03-18t09:30:00.123456z")->ms % 1000, 123);
    for (const auto* bad :
         {"2026-03-18T09:30:00", "2026-03-18", "2026-03-18T24:00:00Z", "2026-03-18T09:60:00Z",
          "2026-03-18T09:30Z", "2026-03-18T09:30:00.Z", "2026-03-18 09:30:00Z",
          "2026-03-18T09:30:00+0500", "2026-03-18T09:30:00ZZ", "", "2026"})
        EXPECT_FALSE(parse_instant(bad)) << bad;
}

RC_GTEST_PROP(Time, Moments_come_back_from_their_text, ())
{
    const auto ms = *rc::gen::inRange<std::int64_t>(-62'135'596'800'000, 253'402'300'800'000);
    RC_ASSERT(parse_instant(iso(Instant{ms})) == Instant{ms});
}

TEST(Time, The_week_starts_on_monday)
{
    EXPECT_EQ(make_date(2026, 1, 29).iso_weekday(), 4u);
    EXPECT_EQ(make_date(2026, 2, 1).iso_weekday(), 7u);
    EXPECT_EQ(make_date(2026, 2, 28).plus_days(1), make_date(2026, 3, 1));
}

} // namespace
} // namespace adal
