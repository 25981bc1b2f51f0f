#include "procurement/works.hpp"

#include <gtest/gtest.h>

namespace adal::procurement {
namespace {

std::string kind(const std::string& title, const std::string& category = "works")
{
    return Works::standard().kind_of({.ocid = "a", .title = title, .category = category});
}

TEST(Works, Are_known_in_three_languages)
{
    EXPECT_EQ(kind("Көше жолын орташа жөндеу"), "road_section");
    EXPECT_EQ(kind("Средний ремонт дорожного покрытия, парк у школы"), "road_section");
    EXPECT_EQ(kind("Periodical renewal of a road km 0/0 to 3/625"), "road_section");
    EXPECT_EQ(kind("Балалар алаңын жабдықтау"), "playground");
    EXPECT_EQ(kind("Капитальный ремонт здания, улица Абая"), "building");
    EXPECT_EQ(kind("Саябақты абаттандыру"), "park");
}

TEST(Works, Are_not_what_only_sounds_like_them)
{
    EXPECT_EQ(kind("Светильник уличный", "goods"), "");
    EXPECT_EQ(kind("Ремонт автомобильной техники", "services"), "");
    EXPECT_EQ(kind("Услуги по уборке улиц", "services"), "");
    EXPECT_EQ(kind("Improvement of Bushal road"), "road_section");
    EXPECT_EQ(kind("Ремонт парковки"), "");
}

TEST(Works, Are_known_by_their_classification_when_the_title_is_silent)
{
    const Process roads{.ocid = "a",
                        .title = "Лот 7",
                        .category = "works",
                        .classifications = {"ENSTRU:421120.100.000000"}};
    EXPECT_EQ(Works::standard().kind_of(roads), "road_section");
}

} // namespace
} // namespace adal::procurement
