// The pages of people and auth as a browser sees them: cookies, form tokens, redirects.
#include "auth/auth.hpp"
#include "http/dispatch.hpp"
#include "http/page.hpp"
#include "http/target.hpp"
#include "support/support.hpp"

#include <gtest/gtest.h>

namespace adal::auth {
namespace {

using http::Reply;
using people::Role;
using people::Roles;
using Fields = std::vector<std::pair<std::string, std::string>>;

const std::string passphrase = "жеті бөрік қырда";

std::string body_of(const Reply& reply)
{
    const auto* text = std::get_if<std::string>(&reply.body);
    return text != nullptr ? *text : "";
}

std::string header_of(const Reply& reply, std::string_view name)
{
    for (const auto& [key, value] : reply.headers)
        if (key == name) return value;
    return "";
}

class Pages : public ::testing::Test
{
protected:
    Pages()
    {
        http::Router router;
        add_auth_routes(router, auth);
        people::add_people_routes(router);
        http::Hooks hooks;
        hooks.authenticate = [this](storage::Snapshot& s, const http::Request& r) { return auth.authenticate(s, r); };
        hooks.failed = [](const std::string&, const std::string& what) { ADD_FAILURE() << what; };
        dispatcher.emplace(std::move(router), base.db(), std::move(hooks), http::DispatchOptions{});
    }

    Reply send(std::string method, const std::string& target, const std::string& body)
    {
        http::RequestHead head{.method = std::move(method), .target = target, .peer = "127.0.0.1"};
        head.headers = {{"Host", "127.0.0.1:8080"}, {"Accept", "text/html"}, {"User-Agent", "Test browser"}};
        if (!token.empty()) head.headers.emplace_back("Cookie", "adal=" + token);
        if (!body.empty()) head.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
        auto exchange = dispatcher->open(std::move(head));
        if (!body.empty() && dispatcher->accept_body(*exchange, body.size()) && dispatcher->write_body(*exchange, body))
            dispatcher->finish_body(*exchange);
        auto reply = dispatcher->answer(*exchange);
        keep_cookie(header_of(reply, "Set-Cookie"));
        return reply;
    }
    Reply get(const std::string& target) { return send("GET", target, ""); }
    Reply post(const std::string& target, const Fields& fields)
    {
        std::string body = "csrf=" + (token.empty() ? "" : csrf_token(token));
        for (const auto& [name, value] : fields) body += "&" + http::percent_encoded(name) + "=" + http::percent_encoded(value);
        return send("POST", target, body);
    }
    void keep_cookie(const std::string& cookie)
    {
        if (!cookie.starts_with("adal=")) return;
        token = cookie.substr(5, cookie.find(';') - 5);
    }
    PersonId enter_as(const Roles& roles, int birth_year = 1990)
    {
        const auto invitation = base.db().write([&](storage::Transaction& tx) {
            return invite(tx, {.given_name = "Аружан", .family_name = "Серікқызы", .roles = roles, .birth_year = birth_year}, {}, now());
        });
        token.clear();
        post("/kk/invitation/" + invitation->code, {});
        EXPECT_FALSE(token.empty());
        return invitation->person;
    }
    people::Person read(PersonId id)
    {
        return base.db().read([&](storage::Snapshot& s) { return *people::find(s, id); });
    }

    test::TestDatabase base;
    Auth auth{base.db(), {.origin = "http://127.0.0.1:8080"}};
    std::optional<http::Dispatcher> dispatcher;
    std::string token;
};

TEST_F(Pages, AnInvitationLinkIsOpenedReadAndOnlyThenUsed)
{
    const auto invitation = *base.db().write([&](storage::Transaction& tx) {
        return invite(tx, {.given_name = "Әсел", .family_name = "Ж", .roles = {Role::volunteer}, .birth_year = 1999}, {}, now());
    });
    const auto path = "/kk/invitation/" + invitation.code;
    for (int i = 0; i < 3; ++i) { // a messenger's preview, twice, and the person
        const auto page = get(path);
        EXPECT_EQ(page.status, 200);
        EXPECT_NE(body_of(page).find("Әсел"), std::string::npos);
        EXPECT_EQ(header_of(page, "Cache-Control"), "no-store");
        EXPECT_TRUE(token.empty());
    }
    const auto entered = post(path, {});
    EXPECT_EQ(entered.status, 303);
    EXPECT_EQ(header_of(entered, "Location"), "/kk/account/passphrase");
    EXPECT_EQ(get("/kk/account").status, 200);
    EXPECT_EQ(get(path).status, 410);
    token.clear();
    EXPECT_EQ(post(path, {}).status, 410);
    EXPECT_EQ(get("/kk/invitation/0000000000000000000000000a").status, 404);
}

TEST_F(Pages, AVisitorIsLedToSignInAndBack)
{
    const auto closed = get("/ru/account");
    EXPECT_EQ(closed.status, 303);
    EXPECT_EQ(header_of(closed, "Location"), "/ru/sign-in?next=%2Fru%2Faccount");
    enter_as({Role::volunteer});
    ASSERT_EQ(post("/ru/account/passphrase", {{"sign_in_name", "aruzhan"}, {"passphrase", passphrase}}).status, 303);
    post("/ru/sign-out", {});
    EXPECT_TRUE(token.empty());
    const auto in = post("/ru/sign-in", {{"sign_in_name", "aruzhan"}, {"passphrase", passphrase}, {"next", "/ru/account"}});
    EXPECT_EQ(header_of(in, "Location"), "/ru/account");
    EXPECT_EQ(get("/ru/account").status, 200);
}

TEST_F(Pages, AForeignAddressAfterSignInIsRefused)
{
    enter_as({Role::volunteer});
    post("/kk/account/passphrase", {{"sign_in_name", "aruzhan"}, {"passphrase", passphrase}});
    const auto in = post("/kk/sign-in", {{"sign_in_name", "aruzhan"}, {"passphrase", passphrase}, {"next", "//evil.example"}});
    EXPECT_EQ(header_of(in, "Location"), "/");
}

TEST_F(Pages, AWrongPassphraseKeepsTheNameAndSaysNothingMore)
{
    for (const auto* language : {"kk", "ru", "en"}) {
        const auto page = post(std::string("/") + language + "/sign-in", {{"sign_in_name", "kimdir"}, {"passphrase", "қате сөз"}});
        EXPECT_EQ(page.status, 401);
        EXPECT_NE(body_of(page).find("kimdir"), std::string::npos);
        EXPECT_EQ(body_of(page).find("қате сөз"), std::string::npos);
    }
    EXPECT_TRUE(token.empty());
}

TEST_F(Pages, AFormWithoutItsTokenOrWithSomebodyElsesIsRefused)
{
    const auto id = enter_as({Role::volunteer});
    EXPECT_EQ(send("POST", "/kk/account/language", "language=ru").status, 403);
    EXPECT_EQ(send("POST", "/kk/account/language", "language=ru&csrf=" + csrf_token(make_token())).status, 403);
    EXPECT_EQ(read(id).language, i18n::Language::kk);
    EXPECT_EQ(post("/kk/account/language", {{"language", "ru"}}).status, 303);
    EXPECT_EQ(read(id).language, i18n::Language::ru);
}

TEST_F(Pages, AWeakPassphraseIsRefusedAndTheNameKept)
{
    enter_as({Role::volunteer});
    const auto page = post("/kk/account/passphrase", {{"sign_in_name", "aruzhan-s"}, {"passphrase", "құпиясөз"}});
    EXPECT_EQ(page.status, 422);
    EXPECT_NE(body_of(page).find("aruzhan-s"), std::string::npos);
}

TEST_F(Pages, OtherSessionsAreEndedFromTheAccountPage)
{
    enter_as({Role::volunteer});
    post("/kk/account/passphrase", {{"sign_in_name", "aruzhan"}, {"passphrase", passphrase}});
    const auto first = token;
    token.clear();
    post("/kk/sign-in", {{"sign_in_name", "aruzhan"}, {"passphrase", passphrase}});
    ASSERT_NE(token, first);
    EXPECT_NE(body_of(get("/kk/account")).find("Test browser"), std::string::npos);
    EXPECT_EQ(post("/kk/account/sessions/end-others", {}).status, 303);
    EXPECT_EQ(get("/kk/account").status, 200);
    token = first;
    EXPECT_EQ(get("/kk/account").status, 303);
}

TEST_F(Pages, ACoordinatorInvitesAndTheCodeIsShownOnce)
{
    enter_as({Role::coordinator});
    const Fields typed{{"given_name", "Нұрлан"}, {"family_name", "Бекұлы"}, {"birth_year", "2001"}, {"roles", "volunteer"}, {"language", "kk"}};
    const auto made = post("/kk/invite", typed);
    ASSERT_EQ(made.status, 200);
    const auto text = body_of(made);
    const auto at = text.find("/kk/invitation/");
    ASSERT_NE(at, std::string::npos);
    const auto path = text.substr(at, 15 + 26);
    EXPECT_EQ(header_of(made, "Cache-Control"), "no-store");
    EXPECT_NE(body_of(get("/kk/people")).find("Бекұлы Нұрлан"), std::string::npos);
    token.clear();
    EXPECT_EQ(get(path).status, 200);
    EXPECT_EQ(post(path, {}).status, 303);
}

TEST_F(Pages, ARefusedInvitationKeepsWhatWasTyped)
{
    enter_as({Role::coordinator});
    const auto page = post("/kk/invite", {{"given_name", "Нұрлан"}, {"family_name", "Бекұлы"}, {"roles", "volunteer"}});
    EXPECT_EQ(page.status, 422);
    EXPECT_NE(body_of(page).find("Бекұлы"), std::string::npos);
    EXPECT_NE(body_of(page).find("#f-birth_year"), std::string::npos);
    EXPECT_EQ(post("/kk/invite", {{"given_name", "Н"}, {"family_name", "Б"}, {"roles", "reviewer"}}).status, 403);
}

TEST_F(Pages, ThePersonPageChangesRolesSuspendsAndRecordsConsent)
{
    const auto minor = enter_as({Role::volunteer}, local_date(now()).year() - 15);
    const auto minors_token = token;
    enter_as({Role::administrator});
    const auto path = "/kk/people/" + minor.str();
    EXPECT_EQ(get(path).status, 200);
    EXPECT_EQ(post(path + "/consent", {{"guardian", "Ана"}, {"relation", "анасы"}, {"method", "paper"}, {"given_on", "2026-02-31"}}).status, 422);
    EXPECT_EQ(post(path + "/consent", {{"guardian", "Ана"}, {"relation", "анасы"}, {"method", "paper"}, {"given_on", "2026-01-15"}}).status, 303);
    EXPECT_TRUE(read(minor).has_valid_consent());
    EXPECT_EQ(post(path + "/consent/withdraw", {{"reason", "өтініш"}}).status, 303);
    EXPECT_FALSE(read(minor).has_valid_consent());
    const auto version = std::to_string(read(minor).version);
    EXPECT_EQ(post(path + "/roles", {{"version", version}, {"roles", "partner"}}).status, 303);
    EXPECT_EQ(post(path + "/roles", {{"version", version}, {"roles", "volunteer"}}).status, 409);
    EXPECT_EQ(post(path + "/roles", {{"roles", "volunteer"}}).status, 409);
    EXPECT_EQ(post(path + "/suspend", {{"reason", "тәртіп"}}).status, 303);
    EXPECT_NE(body_of(get(path)).find("тәртіп"), std::string::npos);
    token = minors_token;
    EXPECT_EQ(get("/kk/account").status, 303);
}

TEST_F(Pages, OwnRolesAreNotChangedAndAReviewerSeesNobody)
{
    const auto self = enter_as({Role::administrator});
    const auto path = "/en/people/" + self.str();
    EXPECT_EQ(get(path).status, 200);
    const auto version = std::to_string(read(self).version);
    EXPECT_EQ(post(path + "/roles", {{"version", version}, {"roles", "reviewer"}}).status, 403);
    EXPECT_EQ(post(path + "/suspend", {}).status, 403);
    enter_as({Role::reviewer});
    EXPECT_EQ(get("/kk/people").status, 403);
    EXPECT_EQ(get("/kk/invite").status, 403);
}

TEST_F(Pages, TheAccessPageGivesAFreshInvitationAndRevokesIt)
{
    const auto volunteer = enter_as({Role::volunteer});
    enter_as({Role::coordinator});
    const auto path = "/kk/people/" + volunteer.str();
    EXPECT_EQ(post(path + "/invitation", {}).status, 200);
    const auto page = body_of(get(path + "/access"));
    const auto at = page.find("/kk/invitations/");
    ASSERT_NE(at, std::string::npos);
    const auto revoke = page.substr(at, page.find('"', at) - at);
    EXPECT_EQ(post(revoke, {}).status, 303);
    EXPECT_EQ(post(revoke, {}).status, 410);
}

TEST_F(Pages, EveryPageIsThereInThreeLanguages)
{
    const auto id = enter_as({Role::administrator}).str();
    for (const auto* language : {"/kk", "/ru", "/en"})
        for (const auto& path : {std::string("/account"), std::string("/account/passphrase"), std::string("/people"),
                                 "/people/" + id, "/people/" + id + "/access", std::string("/invite")})
            EXPECT_EQ(get(language + path).status, 200) << language << path;
}

} // namespace
} // namespace adal::auth
