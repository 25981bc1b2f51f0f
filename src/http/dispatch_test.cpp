#include "http/call.hpp"

#include "http/page.hpp"
#include "support/support.hpp"

#include <filesystem>
#include <gtest/gtest.h>

using namespace adal;
using namespace adal::http;

namespace {

int g_made = 0; // pages made by the counting handler

Result<Reply> show(storage::Snapshot&, const Request& request)
{
    return render(request, {.title = "<Place>", .body = p({}, request.param("id"))});
}

Result<Reply> count(storage::Snapshot&, const Request& request)
{
    ++g_made;
    return render(request, {.title = "Counted", .body = p({}, std::to_string(g_made))});
}

Result<Reply> save(storage::Transaction& tx, const Request& request)
{
    tx.exec("insert into notes(text) values (?1)", request.field("text"));
    if (request.field("text") == "refuse") return fail(stale_form);
    if (request.field("text") == "throw") throw std::runtime_error("disk secret");
    return see_other(request.link("/notes"));
}

Result<Reply> upload(storage::Transaction&, const Request& request)
{
    std::string out;
    for (const auto& file : request.files) out += file.field + "=" + file.file_name + ":" + test::read_file(file.path) + ";";
    return text_reply(out + std::string{request.field("note")});
}

Result<Reply> echo(storage::Transaction&, const Request& request) { return json_reply(json::object{{"body", request.body}}); }

Router routes()
{
    Router router;
    router.page("/", Permission::anyone, show);
    router.page("/places/{id}", Permission::anyone, show);
    router.page("/counted", Permission::anyone, count);
    router.page("/tasks", Permission::take_assignments, show);
    router.form("/notes", Permission::signed_in, save);
    router.form("/photos", Permission::signed_in, upload, {.body_limit = 1 << 20, .multipart = true, .max_files = 2});
    router.post("/api/v1/echo", Permission::signed_in, echo, {.body_limit = 100});
    return router;
}

class Dispatch : public testing::Test
{
protected:
    Dispatch()
    {
        m_database.db().write([](storage::Transaction& tx) {
            tx.exec("create table notes(text TEXT)");
            return done();
        });
    }
    std::int64_t notes()
    {
        return m_database.db().read([](storage::Snapshot& s) { return s.value<std::int64_t>("select count(*) from notes").value(); });
    }
    static Principal volunteer()
    {
        return {.person = PersonId::make(now()),
                .display_name = "Ерікті",
                .permissions = {Permission::signed_in, Permission::take_assignments}};
    }
    test::TempDir m_spool;
    test::TestDatabase m_database{storage::Engine::sqlite, test::Migrated::no};
    Call m_call{routes(), m_database.db(), m_spool.path()};
};

bool contains(const Reply& reply, std::string_view text) { return body_of(reply).find(text) != std::string::npos; }

} // namespace

TEST_F(Dispatch, makes_a_kept_page_again_after_any_write_of_the_process)
{
    const auto first = body_of(m_call.get("/kk/counted"));
    EXPECT_EQ(body_of(m_call.get("/kk/counted")), first);
    m_database.db().write([](storage::Transaction& tx) { // a background job: no request
        tx.exec("insert into notes(text) values ('job')");
        return done();
    });
    const auto second = body_of(m_call.get("/kk/counted"));
    EXPECT_NE(second, first);
    EXPECT_EQ(body_of(m_call.get("/kk/counted")), second);
}

TEST_F(Dispatch, never_gives_a_visitors_page_to_a_person_nor_a_persons_page_to_a_visitor)
{
    const auto visitors = m_call.get("/kk/counted");
    m_call.as(volunteer());
    const auto own = m_call.get("/kk/counted");
    EXPECT_TRUE(contains(own, "Ерікті"));
    EXPECT_EQ(header_of(own, "Cache-Control"), "no-store");
    m_call.as_visitor();
    EXPECT_EQ(body_of(m_call.get("/kk/counted")), body_of(visitors));
    EXPECT_FALSE(contains(m_call.get("/ru/counted"), "Ерікті"));
}

TEST_F(Dispatch, keeps_a_page_for_each_language_query_and_packing_apart)
{
    const auto plain = body_of(m_call.get("/kk/counted"));
    EXPECT_NE(body_of(m_call.get("/ru/counted")), plain);
    EXPECT_NE(body_of(m_call.get("/kk/counted?after=1")), plain);
    EXPECT_EQ(header_of(m_call.get("/kk/counted", {{"Accept-Encoding", "gzip"}}), "Content-Encoding"), "gzip");
    EXPECT_EQ(body_of(m_call.get("/kk/counted")), plain);
}

TEST_F(Dispatch, sends_a_visitor_to_a_language_first)
{
    const auto reply = m_call.get("/", {{"Accept-Language", "ru-RU,ru;q=0.9"}});
    EXPECT_EQ(reply.status, 302);
    EXPECT_EQ(header_of(reply, "Location"), "/ru");
    EXPECT_EQ(header_of(m_call.get("/"), "Location"), "/kk");
    EXPECT_EQ(header_of(m_call.get("/places/7?x=1"), "Location"), "/kk/places/7?x=1");
    EXPECT_EQ(header_of(m_call.get("/kk/places/7/"), "Location"), "/kk/places/7");
}

TEST_F(Dispatch, writes_pages_in_the_language_of_the_address)
{
    const auto reply = m_call.get("/kk/places/%3Cb%3E");
    EXPECT_EQ(reply.status, 200);
    EXPECT_TRUE(contains(reply, "<html lang=\"kk\">"));
    EXPECT_TRUE(contains(reply, "&lt;Place&gt;"));
    EXPECT_TRUE(contains(reply, "<p>&lt;b&gt;</p>"));
    EXPECT_TRUE(contains(reply, "hreflang=\"ru\" href=\"/ru/places/%3Cb%3E\""));
    EXPECT_FALSE(contains(reply, "<script>"));
}

TEST_F(Dispatch, answers_what_is_not_there_with_a_page_or_with_json)
{
    const auto page = m_call.get("/ru/nothing");
    EXPECT_EQ(page.status, 404);
    EXPECT_TRUE(contains(page, "<html lang=\"ru\">"));
    const auto refused = m_call.post("/kk/places/7", {});
    EXPECT_EQ(refused.status, 405);
    EXPECT_EQ(header_of(refused, "Allow"), "GET, HEAD");
    const auto broken = m_call.get("/ru/../etc/passwd");
    EXPECT_EQ(broken.status, 400);
    EXPECT_TRUE(contains(broken, "<html lang=\"ru\">")) << "the address is broken, its language is known";
}

TEST_F(Dispatch, asks_who_it_is_before_it_asks_what_he_may)
{
    const auto asked = m_call.get("/kk/tasks?day=1");
    EXPECT_EQ(asked.status, 303);
    EXPECT_EQ(header_of(asked, "Location"), "/kk/sign-in?next=%2Fkk%2Ftasks%3Fday%3D1");
    EXPECT_EQ(m_call.post("/kk/notes", {{"text", "a"}}).status, 401);
    EXPECT_EQ(m_call.send("POST", "/api/v1/echo", "application/json", "{}").status, 401);
    m_call.as({.person = PersonId::make(now()), .permissions = {Permission::signed_in}});
    EXPECT_EQ(m_call.get("/kk/tasks").status, 403);
    m_call.as(volunteer());
    EXPECT_EQ(m_call.get("/kk/tasks").status, 200);
}

TEST_F(Dispatch, commits_what_succeeds_and_nothing_else)
{
    m_call.as(volunteer());
    EXPECT_EQ(m_call.post("/kk/notes", {{"text", "kept"}}).status, 303);
    const auto stale = m_call.post("/kk/notes", {{"text", "refuse"}});
    EXPECT_EQ(stale.status, 409);
    EXPECT_TRUE(contains(stale, "<pre>refuse</pre>")) << "what was typed is not lost";
    const auto failed = m_call.post("/kk/notes", {{"text", "throw"}});
    EXPECT_EQ(failed.status, 500);
    EXPECT_FALSE(contains(failed, "disk secret"));
    EXPECT_EQ(m_call.failures().size(), 1U);
    EXPECT_EQ(notes(), 1);
}

TEST_F(Dispatch, refuses_a_form_that_another_site_sent)
{
    m_call.as(volunteer());
    const auto send = [&](const std::string& body, Headers headers) {
        return m_call.send("POST", "/kk/notes", "application/x-www-form-urlencoded", body, std::move(headers)).status;
    };
    EXPECT_EQ(send("text=a", {}), 403);
    EXPECT_EQ(send("text=a&csrf=wrong", {}), 403);
    EXPECT_EQ(send("text=a&csrf=token-of-the-test", {{"Origin", "https://evil.example"}}), 403);
    EXPECT_EQ(send("text=a&csrf=token-of-the-test", {{"Origin", "null"}}), 403);
    EXPECT_EQ(send("text=a&csrf=token-of-the-test", {{"Sec-Fetch-Site", "cross-site"}}), 403);
    EXPECT_EQ(notes(), 0);
    EXPECT_EQ(send("text=a&csrf=token-of-the-test", {{"Origin", "https://adal.test"}, {"Sec-Fetch-Site", "same-origin"}}), 303);
    EXPECT_EQ(notes(), 1);
}

TEST_F(Dispatch, refuses_bodies_it_was_not_made_for)
{
    m_call.as(volunteer());
    EXPECT_EQ(m_call.send("POST", "/api/v1/echo", "application/json", std::string(101, 'x')).status, 413);
    EXPECT_EQ(m_call.send("POST", "/kk/notes", "application/json", "{}").status, 415);
    EXPECT_EQ(m_call.post_files("/kk/notes", {}, {}).status, 415);
    const auto bytes = m_call.send("POST", "/kk/notes", "application/x-www-form-urlencoded", "text=%ff&csrf=token-of-the-test");
    EXPECT_EQ(bytes.status, 400);
    EXPECT_TRUE(contains(bytes, "http.bad_form"));
}

TEST_F(Dispatch, spools_files_and_removes_them)
{
    m_call.as(volunteer());
    const auto reply = m_call.post_files("/kk/photos", {{"note", "n"}}, {{"photo", "а.jpg", "JPEG"}, {"photo", "b", ""}});
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(body_of(reply), "photo=а.jpg:JPEG;photo=b:;n");
    EXPECT_EQ(m_call.post_files("/kk/photos", {}, {{"p", "a", "1"}, {"p", "b", "2"}, {"p", "c", "3"}}).status, 413);
    EXPECT_TRUE(std::filesystem::is_empty(m_spool.path()));
}

TEST_F(Dispatch, makes_a_public_page_once_for_many_visitors)
{
    const auto made = g_made;
    const auto first = m_call.get("/kk/counted"), second = m_call.get("/kk/counted");
    EXPECT_EQ(g_made, made + 1);
    EXPECT_EQ(body_of(first), body_of(second));
    EXPECT_EQ(m_call.get("/kk/counted", {{"If-None-Match", header_of(first, "ETag")}}).status, 304);
    m_call.as(volunteer());
    m_call.get("/kk/counted");
    EXPECT_EQ(g_made, made + 2) << "somebody who is signed in gets a page of his own";
    m_call.post("/kk/notes", {{"text", "a"}});
    m_call.as_visitor();
    m_call.get("/kk/counted");
    EXPECT_EQ(g_made, made + 3) << "a write forgets all";
}

TEST_F(Dispatch, serves_styles_under_the_hash_of_their_content)
{
    const auto page = body_of(m_call.get("/kk"));
    const auto begin = page.find("/static/");
    const auto path = page.substr(begin, page.find('"', begin) - begin);
    const auto reply = m_call.get(path, {{"Accept-Encoding", "gzip"}});
    EXPECT_EQ(reply.status, 200);
    EXPECT_NE(header_of(reply, "Cache-Control").find("immutable"), std::string::npos);
    EXPECT_EQ(header_of(m_call.get("/static/00000000/adal.css"), "Cache-Control"), "no-cache");
    EXPECT_EQ(m_call.get("/static/00000000/passwd").status, 404);
}
