#include "oversight/fix.hpp"
#include "oversight/test_records.hpp"

namespace adal::oversight {
namespace {

using test::key;
using test::moment;
using test::place;

const PersonId contractor = PersonId::make(moment), checker = PersonId::make(moment);

FixClaim claim() { return {.id = *FixId::parse("01h00000000000000000000006"), .claimant = Claimant::contractor, .claimed_by = contractor, .text = "жамалды", .at = moment}; }

FixCheck check(bool is_fixed = true)
{
    auto after = test::photo("after");
    after.role = PhotoRole::after;
    return {.claim = claim().id, .checker = checker, .is_fixed = is_fixed, .position = test::position(), .photos = {after}, .text = "көрдім", .at = moment};
}

Result<FixCheck> checking(const FixCheck& with, const FixClaim& of = claim(), const Place& at = place()) { return checked(with, of, {test::author, test::mate}, at); }

// Metres east of the place.
FixCheck from(double metres, bool is_fixed = true)
{
    auto there = check(is_fixed);
    there.position->at.longitude += metres / 81'215; // a degree at latitude 43.24
    return there;
}

TEST(FixCheck, on_the_spot_with_a_photo_is_taken)
{
    const auto good = checking(check());
    ASSERT_TRUE(good);
    EXPECT_NEAR(*good->distance_m, 0, 0.01);
}

TEST(I1, neither_the_claimant_nor_an_author_checks_a_fix)
{
    auto own = check();
    own.checker = contractor;
    EXPECT_EQ(key(checking(own)), fix_checker_is_claimant.key);
    for (const auto person : {test::author, test::mate}) {
        own.checker = person;
        EXPECT_EQ(key(checking(own)), fix_checker_is_author.key);
    }
}

TEST(FixCheck, needs_a_stored_photo_of_afterwards)
{
    auto without = check();
    without.photos.front().role = PhotoRole::before;
    EXPECT_EQ(key(checking(without)), fix_photo_missing.key);
    without = check();
    without.photos.front().file = {};
    EXPECT_EQ(key(checking(without)), fix_photo_missing.key);
    without.photos.clear();
    EXPECT_EQ(key(checking(without)), fix_photo_missing.key);
    without.is_fixed = false; // a failed one needs it too: the pair goes back to the authority
    EXPECT_EQ(key(checking(without)), fix_photo_missing.key);
}

TEST(FixCheck, needs_a_position_on_this_globe)
{
    auto lost = check();
    lost.position.reset();
    EXPECT_EQ(key(checking(lost)), fix_position_missing.key);
    lost = check();
    lost.position->at.latitude = 95;
    EXPECT_EQ(key(checking(lost)), visit_bad_position.key);
}

TEST(FixCheck, from_more_than_fifty_metres_does_not_pass_however_inexact_the_phone)
{
    EXPECT_EQ(key(checking(from(49))), "fine");
    auto far = from(52);
    far.position->accuracy_m = 500;
    const auto refused = checking(far);
    ASSERT_FALSE(refused);
    EXPECT_TRUE(refused.error().is(fix_too_far));
    EXPECT_EQ(refused.error().params.at("distance"), "52");
    EXPECT_EQ(refused.error().params.at("limit"), "50");
    EXPECT_EQ(key(checking(from(200, false))), "fine"); // that nothing was mended may be said from farther
}

TEST(FixCheck, of_a_place_without_geometry_rests_on_the_photo)
{
    auto nowhere = place();
    nowhere.geometry.reset();
    const auto good = checking(from(5000), claim(), nowhere);
    ASSERT_TRUE(good);
    EXPECT_FALSE(good->distance_m);
}

TEST(FixClaim, is_checked_once)
{
    for (const auto state : {FixState::passed, FixState::failed}) {
        auto done = claim();
        done.state = state;
        EXPECT_EQ(key(checking(check(), done)), fix_already_checked.key);
    }
}

TEST(Fix, names_are_looked_up_both_ways)
{
    for (const auto one : all_claimants) EXPECT_EQ(claimant_from(name(one)), one);
    for (const auto one : {FixState::claimed, FixState::passed, FixState::failed}) EXPECT_EQ(fix_state_from(name(one)), one);
}

} // namespace
} // namespace adal::oversight
