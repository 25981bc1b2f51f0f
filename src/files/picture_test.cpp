#include "files/picture.hpp"

#include <gtest/gtest.h>

using namespace adal::files;

namespace {

// Each pixel is named by its red value.
Picture picture(Size size, const std::vector<int>& reds)
{
    Picture out{.size = size};
    for (const int red : reds) out.rgb.insert(out.rgb.end(), {static_cast<std::uint8_t>(red), 0, 0});
    return out;
}
std::vector<int> reds(const Picture& picture)
{
    std::vector<int> out;
    for (std::size_t i = 0; i < picture.rgb.size(); i += 3) out.push_back(picture.rgb[i]);
    return out;
}

TEST(Fit, keeps_the_shape_and_never_enlarges)
{
    EXPECT_EQ(fit({4000, 3000}, 1600), (Size{1600, 1200}));
    EXPECT_EQ(fit({3000, 4000}, 320), (Size{240, 320}));
    EXPECT_EQ(fit({100, 50}, 320), (Size{100, 50}));
    EXPECT_EQ(fit({65500, 1}, 1600), (Size{1600, 1}));
}

TEST(Shrinking, averages_areas)
{
    EXPECT_EQ(reds(shrink(picture({4, 2}, {0, 100, 200, 100, 100, 200, 0, 100}), 2)), (std::vector<int>{100, 100}));
    // 3 → 2: the middle pixel belongs to both halves.
    EXPECT_EQ(reds(shrink(picture({3, 1}, {30, 60, 90}), 2)), (std::vector<int>{40, 80}));
    EXPECT_EQ(reds(shrink(picture({1, 3}, {30, 60, 90}), 2)), (std::vector<int>{40, 80}));
}

TEST(Shrinking, keeps_an_even_colour_at_every_size)
{
    for (int from = 1; from <= 40; ++from)
        for (int side = 1; side <= from; ++side) {
            const auto small = shrink(picture({from, 3}, std::vector<int>(static_cast<std::size_t>(from) * 3, 201)), side);
            for (const int red : reds(small)) ASSERT_EQ(red, 201) << from << " to " << side;
            ASSERT_EQ(small.rgb.size(), static_cast<std::size_t>(small.size.width * small.size.height * 3));
        }
}

TEST(Upright, turns_each_of_the_eight_orientations)
{
    // Seen upright: 1 2 / 3 4 / 5 6. How a camera stores it under each orientation (CIPA DC-008).
    const std::vector<int> wanted{1, 2, 3, 4, 5, 6};
    const std::vector<std::pair<Size, std::vector<int>>> stored{
        {{2, 3}, {1, 2, 3, 4, 5, 6}}, // row 0 is the top, column 0 the left
        {{2, 3}, {2, 1, 4, 3, 6, 5}}, // top, right
        {{2, 3}, {6, 5, 4, 3, 2, 1}}, // bottom, right
        {{2, 3}, {5, 6, 3, 4, 1, 2}}, // bottom, left
        {{3, 2}, {1, 3, 5, 2, 4, 6}}, // left, top
        {{3, 2}, {2, 4, 6, 1, 3, 5}}, // right, top
        {{3, 2}, {6, 4, 2, 5, 3, 1}}, // right, bottom
        {{3, 2}, {5, 3, 1, 6, 4, 2}}, // left, bottom
    };
    for (std::size_t i = 0; i < stored.size(); ++i) {
        const auto turned = upright(picture(stored[i].first, stored[i].second), static_cast<int>(i) + 1);
        EXPECT_EQ(turned.size, (Size{2, 3})) << i + 1;
        EXPECT_EQ(reds(turned), wanted) << i + 1;
    }
}

} // namespace
