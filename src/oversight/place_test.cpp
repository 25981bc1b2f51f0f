#include "oversight/place.hpp"
#include "oversight/process_place.hpp"

#include <gtest/gtest.h>

namespace adal::oversight {
namespace {

TEST(Place, of_a_special_regime_refuses_public_control)
{
    Place place{.name = {.kk = "Әскери бөлім"}, .restricted = true};
    const auto refused = may_be_controlled(place);
    ASSERT_FALSE(refused);
    EXPECT_TRUE(refused.error().is(restricted_object));
    EXPECT_EQ(refused.error().params.at("place"), "Әскери бөлім");
    place.restricted = false;
    EXPECT_TRUE(may_be_controlled(place));
}

TEST(Place, needs_a_name_in_one_language_at_least)
{
    EXPECT_TRUE(checked({}).error().is(place_name_missing));
    EXPECT_TRUE(checked({.name = {.kk = " \t "}}).error().is(place_name_missing));
    for (const Place& named : {Place{.name = {.kk = "Саябақ"}}, Place{.name = {.ru = "Парк"}}, Place{.name = {.en = "Park"}}})
        EXPECT_TRUE(checked(named));
}

TEST(Place, has_its_texts_cleaned)
{
    const auto place = checked({.name = {.kk = "  Əуезов\u200b көшесі "}, .contract = {.contractor = "ЖШС\t«Жол»"}});
    ASSERT_TRUE(place);
    EXPECT_EQ(place->name.kk, "Әуезов көшесі");
    EXPECT_EQ(place->contract.contractor, "ЖШС «Жол»");
    const auto broken = checked({.name = {.kk = "\xff"}});
    EXPECT_TRUE(broken.error().is(bad_field));
    EXPECT_EQ(broken.error().params.at("reason"), "not_utf8");
}

TEST(Place, does_not_end_its_works_before_they_start)
{
    Place place{.name = {.kk = "Жол"}, .works = {.start = make_date(2025, 6, 2), .end = make_date(2025, 6, 1)}};
    EXPECT_TRUE(checked(place).error().is(place_dates_reversed));
    place.works.end = place.works.start;
    EXPECT_TRUE(checked(place));
}

TEST(Warranty, runs_to_the_end_of_its_last_day)
{
    const Place place{.contract = {.warranty_until = make_date(2026, 5, 31)}};
    EXPECT_TRUE(under_warranty(place, make_date(2026, 5, 31)));
    EXPECT_FALSE(under_warranty(place, make_date(2026, 6, 1)));
    EXPECT_FALSE(under_warranty(Place{}, make_date(2026, 5, 31)));
}

TEST(Place, is_searched_by_names_address_parties_and_contract)
{
    const Place place{.name = {"Әуезов көшесі", "улица Ауэзова", "Auezov street"}, .address = "12-үй", .contract = {.process = "ocds-5-1", .buyer = "Жол басқармасы", .contractor = "АлматыЖол"}};
    const auto text = search_text(place);
    for (const auto* word : {"ауезов", "улица", "street", "12", "ocds", "баскармасы", "алматыжол"})
        EXPECT_NE(text.find(word), std::string::npos) << word << " in " << text;
}

TEST(Place, names_of_kinds_and_statuses_are_looked_up_both_ways)
{
    for (const auto kind : all_place_kinds) EXPECT_EQ(place_kind_from(name(kind)), kind);
    for (const auto status : all_works_statuses) EXPECT_EQ(works_status_from(name(status)), status);
    EXPECT_EQ(place_kind_from("moon"), std::nullopt);
    EXPECT_EQ(works_status_from(""), std::nullopt);
}

procurement::Summary road_contract()
{
    procurement::Summary process;
    process.ocid = "ocds-kz-77";
    process.title = "Абай даңғылын орташа жөндеу";
    process.work_kind = "road_section";
    process.locality = "Алматы";
    process.buyer_name = "Қалалық мобилділік басқармасы";
    process.buyer_id = "KZ-BIN-001240000128";
    process.supplier_name = "Жол ЖШС";
    return process;
}

TEST(PlaceOfAContract, takes_over_parties_title_and_kind_but_invents_no_geometry)
{
    const auto place = place_from(road_contract());
    EXPECT_EQ(place.kind, PlaceKind::road_section);
    EXPECT_EQ(place.name.kk, "Абай даңғылын орташа жөндеу");
    EXPECT_EQ(place.contract.contractor, "Жол ЖШС");
    EXPECT_EQ(place.source + "/" + place.source_id, "ocds/ocds-kz-77");
    EXPECT_FALSE(place.geometry);
}

TEST(PlaceOfAContract, of_unknown_works_is_a_lot)
{
    auto process = road_contract();
    process.work_kind = "software";
    EXPECT_EQ(place_from(process).kind, PlaceKind::procurement_lot);
}

TEST(PlaceOfAContract, whose_works_ended_before_it_was_signed_has_no_start)
{
    auto process = road_contract();
    process.signed_at = parse_instant("2026-05-02T10:00:00+05:00");
    process.ends = parse_instant("2026-05-01T10:00:00+05:00");
    const auto place = place_from(process);
    EXPECT_FALSE(place.works.start);
    EXPECT_EQ(place.works.end, make_date(2026, 5, 1));
    EXPECT_TRUE(checked(place));
}

TEST(ObjectOfAContract, is_the_buyer_with_its_bin_only_when_the_check_digit_is_right)
{
    auto process = road_contract();
    const auto object = object_from(process);
    EXPECT_EQ(object.name, process.buyer_name);
    EXPECT_EQ(object.bin, "001240000128");
    process.buyer_id = "KZ-BIN-001240000127";
    EXPECT_EQ(object_from(process).bin, "");
    process.buyer_id = "7";
    EXPECT_EQ(object_from(process).bin, "");
}

} // namespace
} // namespace adal::oversight
