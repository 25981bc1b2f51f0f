// Roles, invitations, sessions, the throttle: rules without a database.
#include "auth/auth.hpp"
#include "support/support.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace adal::auth {
namespace {

using people::Role;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

const Instant moment{1'790'000'000'000};

TEST(Roles, TheTableIsTheOneWeAgreedOn) { test::expect_golden("tests/golden/roles.txt", role_table()); }

TEST(Roles, AddUpAndAnybodyIsAnyone)
{
    EXPECT_EQ(permissions_of({}), std::set<Permission>{Permission::anyone});
    const auto both = permissions_of({Role::volunteer, Role::reviewer});
    EXPECT_TRUE(both.contains(Permission::take_assignments));
    EXPECT_TRUE(both.contains(Permission::verify_findings));
    EXPECT_FALSE(both.contains(Permission::manage_people));
}

TEST(Roles, NoSingleRoleBothClaimsAndApprovesASaving)
{
    for (const auto role : people::all_roles) {
        const auto held = permissions_of({role});
        EXPECT_FALSE(held.contains(Permission::claim_savings) && held.contains(Permission::approve_savings));
    }
}

TEST(Roles, EveryPermissionIsHeldBySomeRole)
{
    for (auto p = Permission::anyone; p <= Permission::operate; p = static_cast<Permission>(static_cast<int>(p) + 1)) {
        bool held = false;
        for (const auto role : people::all_roles) held = held || permissions_of({role}).contains(p);
        EXPECT_TRUE(held) << name(p);
    }
}

TEST(Roles, OnlyAPureVolunteerIsNotStaff)
{
    EXPECT_FALSE(is_staff({Role::volunteer}));
    EXPECT_TRUE(is_staff({Role::volunteer, Role::reviewer}));
    EXPECT_TRUE(is_staff({Role::officer}));
}

TEST(InvitationCode, Is26CrockfordCharactersOf128Bits)
{
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) {
        const auto code = make_code();
        EXPECT_EQ(code.size(), 26U);
        EXPECT_LE(code[0], '7');
        EXPECT_EQ(read_code(code), code);
        seen.insert(code);
    }
    EXPECT_EQ(seen.size(), 1000U);
}

TEST(InvitationCode, IsReadHoweverAPersonTypesIt)
{
    const std::string code = "0123456789abcdefghjkmnpqrs";
    EXPECT_EQ(read_code(" 012345-6789A-BCDEF-GHJKM-NPQRS\n"), code);
    EXPECT_EQ(read_code("OL23456789abcdefghjkmnpqrs"), code);
    EXPECT_EQ(read_code(readable_code(code)), code);
    EXPECT_FALSE(read_code(""));
    EXPECT_FALSE(read_code("012345"));
    EXPECT_FALSE(read_code(code + "0"));
    EXPECT_FALSE(read_code("8123456789abcdefghjkmnpqrs")); // more than 128 bits
    EXPECT_FALSE(read_code("u123456789abcdefghjkmnpqrs"));
}

TEST(InvitationCode, WhateverIsReadReadsTheSameAgain)
{
    rc::check("idempotent", [](const std::string& typed) {
        if (const auto code = read_code(typed)) RC_ASSERT(read_code(readable_code(*code)) == code);
    });
}

TEST(Invitation, WorksOnceUntilItExpires)
{
    Invitation invitation{.made_at = moment, .expires_at = moment.plus(kInvitationLife)};
    EXPECT_TRUE(may_be_used(invitation, moment.plus(hours{71})));
    EXPECT_TRUE(may_be_used(invitation, moment.plus(hours{72})).error().is(invitation_expired));
    invitation.used_at = moment;
    EXPECT_TRUE(may_be_used(invitation, moment).error().is(invitation_used));
    invitation.is_reusable = true;
    EXPECT_TRUE(may_be_used(invitation, moment));
    invitation.revoked_at = moment;
    EXPECT_TRUE(may_be_used(invitation, moment).error().is(invitation_revoked));
}

TEST(Session, DiesOfIdlenessAndOfAge)
{
    Session session{.started_at = moment, .last_seen_at = moment};
    EXPECT_TRUE(is_alive(session, kStaffLimits, {}, moment.plus(minutes{29})));
    EXPECT_FALSE(is_alive(session, kStaffLimits, {}, moment.plus(minutes{30})));
    EXPECT_TRUE(is_alive(session, kVolunteerLimits, {}, moment.plus(hours{11})));
    session.last_seen_at = moment.plus(hours{12});
    EXPECT_FALSE(is_alive(session, kStaffLimits, {}, moment.plus(hours{12})));
    session.last_seen_at = moment.plus(hours{24 * 30 - 1});
    EXPECT_TRUE(is_alive(session, kVolunteerLimits, {}, moment.plus(hours{24 * 30 - 1})));
    EXPECT_FALSE(is_alive(session, kVolunteerLimits, {}, moment.plus(hours{24 * 30})));
}

TEST(Session, BegunBeforeASuspensionIsDead)
{
    const Session session{.started_at = moment, .last_seen_at = moment};
    EXPECT_FALSE(is_alive(session, kVolunteerLimits, moment, moment.plus(seconds{1})));
    EXPECT_TRUE(is_alive(session, kVolunteerLimits, moment.plus(milliseconds{-1}), moment.plus(seconds{1})));
}

TEST(Session, FormTokensDifferBetweenSessionsAndNotWithin)
{
    const auto one = make_token(), other = make_token();
    EXPECT_TRUE(is_token(one));
    EXPECT_FALSE(is_token(one + "x"));
    EXPECT_FALSE(is_token("../../../../../../../../../../../../../../../.."));
    EXPECT_EQ(csrf_token(one), csrf_token(one));
    EXPECT_NE(csrf_token(one), csrf_token(other));
    EXPECT_EQ(csrf_token(one).find(one), std::string::npos);
}

TEST(Session, CookieIsHostBoundOnHttpsOnly)
{
    const auto secure = session_cookie("t", kStaffLimits, true);
    EXPECT_EQ(secure, "__Host-adal=t; Path=/; Max-Age=43200; HttpOnly; SameSite=Lax; Secure");
    const auto loopback = session_cookie("t", kStaffLimits, false);
    EXPECT_EQ(loopback, "adal=t; Path=/; Max-Age=43200; HttpOnly; SameSite=Lax");
    EXPECT_NE(ended_cookie(true).find("Max-Age=0"), std::string::npos);
}

TEST(Throttle, WaitsGrowAndAreForgiven)
{
    Throttle throttle;
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(throttle.wait("a", "1.2.3.4", moment).count(), 0);
        throttle.tried("a", "1.2.3.4", moment);
    }
    EXPECT_EQ(throttle.wait("a", "1.2.3.4", moment), seconds{1});
    throttle.tried("a", "1.2.3.4", moment);
    EXPECT_EQ(throttle.wait("a", "1.2.3.4", moment), seconds{2});
    EXPECT_EQ(throttle.wait("a", "1.2.3.4", moment.plus(seconds{2})).count(), 0);
    EXPECT_EQ(throttle.wait("b", "1.2.3.4", moment).count(), 0);
    EXPECT_EQ(throttle.wait("a", "5.6.7.8", moment).count(), 0);
}

TEST(Throttle, NeverLocksOutForEver)
{
    Throttle throttle;
    for (int i = 0; i < 2000; ++i) throttle.tried("a", "1.2.3.4", moment);
    EXPECT_LE(throttle.wait("a", "1.2.3.4", moment), Throttle::kPair.cap);
    EXPECT_GT(throttle.wait("a", "9.9.9.9", moment), seconds{0});
    EXPECT_LE(throttle.wait("a", "9.9.9.9", moment), Throttle::kAccount.cap);
    EXPECT_LE(throttle.wait("b", "9.9.9.9", moment), Throttle::kGlobal.cap);
}

TEST(Throttle, ARightPassphraseCostsNothing)
{
    Throttle throttle;
    for (int i = 0; i < 1000; ++i) {
        throttle.tried("a", "1.2.3.4", moment);
        throttle.succeeded("a", "1.2.3.4");
    }
    EXPECT_EQ(throttle.wait("a", "1.2.3.4", moment).count(), 0);
}

TEST(Throttle, SurvivesAFloodOfNames)
{
    Throttle throttle;
    for (std::size_t i = 0; i < Throttle::kMostEntries; ++i) throttle.tried("n" + std::to_string(i), "1.2.3.4", moment);
    EXPECT_GT(throttle.wait("new", "9.9.9.9", moment), seconds{0}); // everything has slowed down
}

TEST(Throttle, Ipv6AddressesCountByTheirNetwork)
{
    EXPECT_EQ(address_group("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2");
    EXPECT_EQ(address_group("2001:db8::5"), "2001:db8");
    EXPECT_EQ(address_group("10.0.0.1"), "10.0.0.1");
    EXPECT_EQ(address_group("::1"), "::1");
    EXPECT_EQ(address_group(""), "");
}

} // namespace
} // namespace adal::auth
