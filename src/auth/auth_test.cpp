#include "auth/auth.hpp"

#include "support/support.hpp"

#include <gtest/gtest.h>

namespace adal::auth {
namespace {

using people::Role;
using people::Roles;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const Instant moment{1'790'000'000'000};
const std::string passphrase = "жеті бөрік қырда";

class AuthRoom : public test::BothEngines
{
protected:
    void SetUp() override
    {
        test::BothEngines::SetUp();
        if (!IsSkipped()) auth.emplace(db(), Settings{.origin = "http://127.0.0.1:8080"});
    }
    template <typename F> auto write(F&& f) { return db().write(std::forward<F>(f)); }
    NewInvitation invited(const Roles& roles)
    {
        return write([&](storage::Transaction& tx) {
                   return invite(tx,
                                 {.given_name = "Аружан", .family_name = "Серікқызы", .roles = roles, .birth_year = 1995},
                                 {}, moment);
               }).value();
    }
    SignedIn entered(const Roles& roles) { return *use(invited(roles).code, moment); }
    Result<SignedIn> use(const std::string& code, Instant now)
    {
        return write([&](storage::Transaction& tx) { return use_invitation(tx, code, "Firefox", now); });
    }
    Result<SignedIn> set(PersonId id, const std::string& old_one, const std::string& new_one,
                         const std::string& name = "aruzhan")
    {
        return auth->set_passphrase(id, {name, old_one, new_one}, "10.0.0.1", "Firefox", moment);
    }
    Result<SignedIn> sign_in(const std::string& name, const std::string& phrase, Instant now = moment)
    {
        return auth->sign_in(name, phrase, "10.0.0.1", "Firefox", now);
    }
    std::optional<http::Principal> who(const std::string& token, Instant now)
    {
        http::Request request;
        request.headers.emplace_back("Cookie", "adal=" + token);
        request.at = now;
        return db().read([&](storage::Snapshot& snapshot) { return auth->authenticate(snapshot, request); });
    }
    std::size_t live(PersonId id, Instant now)
    {
        return db().read([&](storage::Snapshot& s) { return live_sessions(s, id, now).size(); });
    }

    std::optional<Auth> auth;
};
ADAL_BOTH_ENGINES(AuthRoom);

TEST_P(AuthRoom, AnInvitationOpensOnceAndActivatesThePerson)
{
    const auto invitation = invited({Role::volunteer});
    const auto signed_in = use(readable_code(invitation.code), moment);
    ASSERT_TRUE(signed_in);
    EXPECT_EQ(signed_in->person, invitation.person);
    const auto principal = who(signed_in->token, moment);
    ASSERT_TRUE(principal);
    EXPECT_TRUE(principal->may(Permission::take_assignments));
    EXPECT_FALSE(principal->may(Permission::manage_people));
    EXPECT_EQ(principal->csrf, csrf_token(signed_in->token));
    EXPECT_TRUE(use(invitation.code, moment).error().is(invitation_used));
}

TEST_P(AuthRoom, ExpiredRevokedAndUnknownInvitationsAreRefused)
{
    const auto old = invited({Role::volunteer});
    EXPECT_TRUE(use(old.code, moment.plus(kInvitationLife)).error().is(invitation_expired));
    const auto revoked = invited({Role::volunteer});
    ASSERT_TRUE(write([&](storage::Transaction& tx) { return revoke_invitation(tx, revoked.id, {}, moment); }));
    EXPECT_TRUE(use(revoked.code, moment).error().is(invitation_revoked));
    EXPECT_TRUE(write([&](storage::Transaction& tx) { return revoke_invitation(tx, revoked.id, {}, moment); })
                    .error()
                    .is(invitation_revoked));
    EXPECT_TRUE(use(make_code(), moment).error().is(invitation_unknown));
    EXPECT_TRUE(use("hello", moment).error().is(invitation_unknown));
}

TEST_P(AuthRoom, ADemonstrationLinkOpensAsOftenAsWanted)
{
    const auto person = invited({Role::reviewer}).person;
    const auto link = write([&](storage::Transaction& tx) {
        return make_sign_in_link(tx, person, moment, {.valid_for = hours{1000}, .is_reusable = true});
    });
    EXPECT_TRUE(use(link->code, moment));
    EXPECT_TRUE(use(link->code, moment.plus(hours{999})));
    EXPECT_FALSE(use(link->code, moment.plus(hours{1000})));
    EXPECT_EQ(invitation_link("http://h:1", i18n::Language::kk, "0ab"), "http://h:1/kk/invitation/0ab");
}

TEST_P(AuthRoom, SignsInByNameAndPassphraseWithANewTokenEachTime)
{
    const auto first = entered({Role::coordinator});
    const auto second = set(first.person, "", passphrase);
    ASSERT_TRUE(second);
    EXPECT_FALSE(who(first.token, moment)); // all earlier sessions ended
    EXPECT_TRUE(who(second->token, moment));
    const auto third = sign_in(" ARUZHAN ", passphrase);
    ASSERT_TRUE(third);
    EXPECT_NE(third->token, second->token);
    EXPECT_EQ(live(first.person, moment), 2U);
    EXPECT_TRUE(sign_in("aruzhan", passphrase + " ").error().is(wrong_sign_in));
    EXPECT_TRUE(sign_in("nobody", passphrase).error().is(wrong_sign_in));
}

TEST_P(AuthRoom, ANewPassphraseNeedsTheOldOne)
{
    const auto id = entered({Role::volunteer}).person;
    ASSERT_TRUE(set(id, "", passphrase));
    EXPECT_TRUE(set(id, "басқа бірдеңе", "жаңа сөз тіркесі").error().is(wrong_passphrase));
    EXPECT_TRUE(set(id, passphrase, "жаңа сөз тіркесі"));
    EXPECT_TRUE(sign_in("aruzhan", passphrase).error().is(wrong_sign_in));
}

TEST_P(AuthRoom, TwoPersonsDoNotShareASignInName)
{
    const auto one = entered({Role::volunteer}).person, other = entered({Role::volunteer}).person;
    ASSERT_TRUE(set(one, "", passphrase, "әсел"));
    EXPECT_TRUE(set(other, "", passphrase, "АСЕЛ").error().is(sign_in_name_taken));
    EXPECT_TRUE(set(other, "", passphrase, "а").error().is(bad_field));
}

TEST_P(AuthRoom, WrongPassphrasesMakeTheNextTryWait)
{
    ASSERT_TRUE(set(entered({Role::volunteer}).person, "", passphrase));
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(sign_in("aruzhan", "қате сөз тіркесі").error().is(wrong_sign_in));
    const auto refused = sign_in("aruzhan", passphrase);
    ASSERT_TRUE(refused.error().is(too_many_tries));
    EXPECT_EQ(refused.error().params.at("seconds"), "1");
    EXPECT_TRUE(sign_in("aruzhan", passphrase, moment.plus(seconds{1})));
}

TEST_P(AuthRoom, SessionsDieOfIdlenessButRequestsKeepThemAliveWithoutWriting)
{
    const auto staff = entered({Role::lawyer});
    EXPECT_TRUE(who(staff.token, moment.plus(minutes{20})));
    EXPECT_TRUE(who(staff.token, moment.plus(minutes{40}))); // idle counts from the last request
    EXPECT_FALSE(who(staff.token, moment.plus(minutes{71})));

    const auto volunteer = entered({Role::volunteer});
    EXPECT_TRUE(who(volunteer.token, moment.plus(hours{11})));
    auth->flush_last_seen();
    auth.emplace(db(), Settings{.origin = "http://127.0.0.1:8080"}); // a restart
    EXPECT_TRUE(who(volunteer.token, moment.plus(hours{22})));
    EXPECT_FALSE(who(volunteer.token, moment.plus(hours{24 * 31})));
}

TEST_P(AuthRoom, ASuspensionEndsEverythingAtOnceAndForGood)
{
    const auto signed_in = entered({Role::volunteer});
    ASSERT_TRUE(set(signed_in.person, "", passphrase));
    const auto token = sign_in("aruzhan", passphrase)->token;
    ASSERT_TRUE(who(token, moment.plus(seconds{1})));
    ASSERT_TRUE(write([&](storage::Transaction& tx) {
        return people::suspend(tx, signed_in.person, {}, "", moment.plus(seconds{2})); // people alone, without auth
    }));
    EXPECT_FALSE(who(token, moment.plus(seconds{3})));
    EXPECT_TRUE(sign_in("aruzhan", passphrase, moment.plus(seconds{3})).error().is(no_access));
    ASSERT_TRUE(write([&](storage::Transaction& tx) {
        return people::resume(tx, signed_in.person, {}, moment.plus(seconds{4}));
    }));
    EXPECT_FALSE(who(token, moment.plus(seconds{5}))); // old sessions do not come back
    EXPECT_TRUE(sign_in("aruzhan", passphrase, moment.plus(seconds{5})));
}

TEST_P(AuthRoom, RevokedAccessTakesInvitationsToo)
{
    const auto invitation = invited({Role::volunteer});
    ASSERT_TRUE(write([&](storage::Transaction& tx) { return revoke_access(tx, invitation.person, {}, "", moment); }));
    EXPECT_TRUE(use(invitation.code, moment).error().is(invitation_revoked));
    EXPECT_TRUE(write([&](storage::Transaction& tx) { return invite_again(tx, invitation.person, {}, moment); })
                    .error()
                    .is(people::suspended_person));
}

TEST_P(AuthRoom, AFreshInvitationForgetsTheOldAccess)
{
    const auto signed_in = entered({Role::volunteer});
    const auto with = set(signed_in.person, "", passphrase);
    const auto fresh = write([&](storage::Transaction& tx) { return invite_again(tx, signed_in.person, {}, moment); });
    ASSERT_TRUE(fresh);
    EXPECT_FALSE(who(with->token, moment));
    EXPECT_TRUE(sign_in("aruzhan", passphrase).error().is(wrong_sign_in));
    EXPECT_TRUE(use(fresh->code, moment));
    EXPECT_TRUE(set(signed_in.person, "", passphrase));
}

TEST_P(AuthRoom, ACoordinatorMakesNoWayIntoAReviewersAccount)
{
    const auto boss = entered({Role::coordinator}).person;
    const auto reviewer = entered({Role::reviewer}).person;
    const auto again = [&](PersonId id) {
        return write([&](storage::Transaction& tx) { return invite_again(tx, id, boss, moment); });
    };
    EXPECT_TRUE(again(reviewer).error().is(people::role_beyond_yours));
    EXPECT_TRUE(again(boss).error().is(people::own_state));
    EXPECT_TRUE(again(entered({Role::volunteer}).person));
}

TEST_P(AuthRoom, GarbageInTheCookieIsAVisitor)
{
    for (const auto* token : {"", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "' or 1=1 --"})
        EXPECT_FALSE(who(token, moment));
}

TEST_P(AuthRoom, WhatEndedLongAgoIsRemoved)
{
    entered({Role::volunteer});
    EXPECT_EQ(auth->remove_dead(moment.plus(hours{24})), 0);
    EXPECT_EQ(auth->remove_dead(moment.plus(hours{24 * 40})), 2);
}

} // namespace
} // namespace adal::auth
