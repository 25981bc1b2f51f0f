// The pages of the law's clock as a browser asks for them, with everything on them that can be.
#include "referral/step_store.hpp"
#include "referral/test_path.hpp"

#include "http/call.hpp"

namespace adal::referral {
namespace {

using http::body_of;
using http::header_of;

class ClockPages : public DocumentPath
{
protected:
    void SetUp() override
    {
        DocumentPath::SetUp();
        if (IsSkipped()) return;
        document = signed_document();
        must(send(document.id, "2026-03-17T10:00:00+05:00"));
        at->clock = moment("2026-04-06T10:00:00+05:00");
        must(reply(document, 0, ReplyClass::refused, "2026-04-06"));
        http::Router router;
        add_routes(router, law, at->files(), "https://adal.example");
        call = std::make_unique<http::Call>(std::move(router), db(), folder.path());
    }

    void TearDown() override
    {
        if (call) {
            EXPECT_THAT(call->failures(), ::testing::IsEmpty());
        }
        DocumentPath::TearDown();
    }

    void as_coordinator()
    {
        call->as({.person = at->coordinator, .permissions = {Permission::anyone, Permission::signed_in, Permission::send_referrals, Permission::import_data}});
    }
    void as_lawyer()
    {
        call->as({.person = at->lawyer, .permissions = {Permission::anyone, Permission::signed_in, Permission::send_referrals, Permission::sign_documents}});
    }

    std::string page(const std::string& path, int status = 200)
    {
        const auto reply = call->get(path);
        EXPECT_EQ(reply.status, status) << path << "\n" << body_of(reply).substr(0, 2000);
        return body_of(reply);
    }
    std::string post(const std::string& path, const http::Call::Fields& fields, int status)
    {
        const auto reply = call->post(path, fields);
        EXPECT_EQ(reply.status, status) << path << "\n" << body_of(reply).substr(0, 3000);
        return body_of(reply);
    }

    std::string of_document(std::string_view rest = "") { return "/en/documents/" + document.id.str() + std::string(rest); }

    http::Call::Fields escalation(std::string text = "They refused <i>quietly</i>")
    {
        const auto prosecutor = db().read([](storage::Snapshot& s) { return find_authority(s, "Бас прокуратура", make_date(1900, 1, 1)); }).value();
        return {{"recommendation", document.recommendations.front().id.str()}, {"kind", "escalation"}, {"authority", prosecutor.str()},
                {"channel", "paper"}, {"number", "17/B"}, {"on", "2026-04-07"}, {"text", std::move(text)}};
    }

    Document document;
    adal::test::TempDir folder;
    std::unique_ptr<http::Call> call;
};
ADAL_BOTH_ENGINES(ClockPages);

// What stands between the first `begin` and the next `end`; empty when it is not there.
std::string text_after(const std::string& text, std::string_view begin, std::string_view end)
{
    const auto at = text.find(begin);
    if (at == std::string::npos) return {};
    const auto from = at + begin.size();
    const auto to = text.find(end, from);
    return to == std::string::npos ? std::string{} : text.substr(from, to - from);
}

TEST_P(ClockPages, show_the_clock_in_three_languages_to_whom_it_concerns)
{
    const auto id = authority.str();
    for (const std::string language : {"kk", "ru", "en"}) {
        call->as_visitor();
        page("/" + language + "/clocks", 303);
        page("/" + language + "/working-days?year=2026");
        page("/" + language + "/authorities");
        EXPECT_THAT(page("/" + language + "/authorities/" + id), ::testing::Not(::testing::HasSubstr("<form")));
        page("/" + language + "/documents/" + document.id.str() + "/public");
        as_coordinator();
        EXPECT_THAT(page("/" + language + "/clocks"), ::testing::HasSubstr("#r-2"));
        page("/" + language + "/authorities/" + id);
        page("/" + language + "/documents/" + document.id.str());
        page("/" + language + "/documents");
        page("/" + language + "/controls/" + document.control.str() + "/joint");
    }
    EXPECT_THAT(page("/en/working-days?year=2026"), ::testing::HasSubstr(">247<"));
    EXPECT_THAT(page("/en/authorities/" + id), ::testing::HasSubstr("0 of 2"));
    page("/en/authorities/01jh0000000000000000000000", 404);
}

TEST_P(ClockPages, record_an_escalation_lose_nothing_typed_and_end_it_once)
{
    as_coordinator();
    EXPECT_THAT(page(of_document()), ::testing::HasSubstr("Write to the authority above"));
    auto nameless = escalation();
    nameless.at(4).second = "";
    EXPECT_THAT(post(of_document("/step"), nameless, 422), ::testing::HasSubstr("They refused &lt;i&gt;quietly&lt;/i&gt;"));
    post(of_document("/step"), escalation(), 303);
    const auto shown = page(of_document());
    EXPECT_THAT(shown, ::testing::HasSubstr("They refused &lt;i&gt;quietly"));
    EXPECT_THAT(shown, ::testing::Not(::testing::HasSubstr("<i>quietly")));
    EXPECT_THAT(page("/en/clocks"), ::testing::HasSubstr("answer of the authority above"));
    call->as_visitor();
    const auto open = page(of_document("/public"));
    EXPECT_THAT(open, ::testing::HasSubstr("Escalation"));
    EXPECT_THAT(open, ::testing::Not(::testing::HasSubstr("quietly")));
    as_coordinator();
    const auto steps = db().read([&](storage::Snapshot& s) { return steps_in(s, document.id); });
    ASSERT_EQ(steps.size(), 1u);
    const http::Call::Fields ending{{"step", steps.front().id.str()}, {"outcome", "upheld"}, {"on", "2026-04-20"}, {"number", "5"}, {"text", "The authority must act"}};
    post(of_document("/step-end"), ending, 303);
    post(of_document("/step-end"), ending, 409);
    EXPECT_THAT(page(of_document()), ::testing::HasSubstr("The authority must act"));
    expect_sound();
}

TEST_P(ClockPages, take_a_letter_that_is_what_its_name_says_and_no_other)
{
    as_coordinator();
    const auto sent = [&](const std::string& name, const std::string& bytes) {
        return call->post_files(of_document("/step"), escalation("They refused"), {{"letter", name, bytes}}).status;
    };
    EXPECT_EQ(sent("letter.pdf", "To the Prosecutor General, in plain text"), 415);
    EXPECT_EQ(sent("letter.pdf", std::string("\x7f""ELF\x01\x02", 6)), 415);
    EXPECT_EQ(sent("letter.txt", "To the Prosecutor General"), 303);
    const auto steps = db().read([&](storage::Snapshot& s) { return steps_in(s, document.id); });
    ASSERT_EQ(steps.size(), 1u);
    EXPECT_EQ(steps.front().files.size(), 1u);
}

TEST_P(ClockPages, enter_a_day_and_move_what_is_open)
{
    as_coordinator();
    const http::Call::Fields day{{"date", "2026-04-02"}, {"kind", "day_off"}, {"known_from", "2026-03-28"}, {"source", "Decree <b>1</b>"}};
    post("/en/working-days", day, 303);
    EXPECT_THAT(page("/en/working-days?year=2026"), ::testing::HasSubstr("Decree &lt;b&gt;1&lt;/b&gt;"));
    post("/en/working-days", day, 409);
    post("/en/working-days", {{"date", "2026-02-30"}, {"kind", "day_off"}, {"known_from", "2026-03-28"}, {"source", "x"}}, 422);
    EXPECT_EQ(iso(stored(document.id).recommendations.at(1).deadline->due), "2026-04-06");
    EXPECT_THAT(page(of_document()), ::testing::HasSubstr("the working-day calendar changed"));
    call->as({.person = at->volunteer, .permissions = {Permission::anyone, Permission::signed_in}});
    post("/en/working-days", {{"date", "2027-01-12"}}, 403);
}

TEST_P(ClockPages, complete_the_register_and_confirm_a_successor)
{
    as_coordinator();
    const auto path = "/en/authorities/" + authority.str();
    post(path + "/competences", {{"topic", "weather"}, {"territory", "kz"}, {"valid_from", "2026-01-01"}, {"source", "s"}}, 422);
    post(path + "/competences", {{"topic", "roads"}, {"territory", "kz/almaty"}, {"valid_from", "2026-01-01"}, {"source", "s"}}, 303);
    post(path + "/channels", {{"kind", "email"}, {"address", "a@b.kz"}, {"max_files", "many"}, {"valid_from", "2026-01-01"}, {"source", "s"}}, 422);
    post(path + "/channels", {{"kind", "email"}, {"address", "a@b.kz"}, {"max_files", "2"}, {"max_kilobytes", "500"}, {"valid_from", "2026-01-01"}, {"source", "s"}}, 303);
    EXPECT_THAT(page(path), ::testing::HasSubstr("up to 2 files"));
    post(path + "/versions", {{"kk", "Әкімдік"}, {"channel", "paper"}, {"valid_from", "2026-06-01"}, {"source", "s"}, {"territory", "almaty"}}, 422);
    post(path + "/versions", {{"kk", "Әкімдік"}, {"channel", "paper"}, {"valid_from", "2026-06-01"}, {"source", "s"}, {"territory", "kz/almaty"}}, 303);
    const auto other = db().read([](storage::Snapshot& s) { return find_authority(s, "Бас прокуратура", make_date(1900, 1, 1)); }).value();
    post(path + "/succession", {{"to", authority.str()}, {"kind", "merge"}, {"on", "2026-07-01"}, {"act", "x"}}, 422);
    post(path + "/succession", {{"to", other.str()}, {"kind", "merge"}, {"on", "2026-07-01"}, {"act", "Order"}}, 303);
    post(path + "/close", {{"last_day", "2026-07-01"}}, 303);
    post(path + "/close", {{"last_day", "2026-07-01"}}, 409);
    EXPECT_THAT(page("/en/clocks"), ::testing::HasSubstr("confirm the successor"));
    post(of_document("/step"), {{"recommendation", document.recommendations.at(1).id.str()}, {"kind", "succession"}, {"authority", other.str()},
                                {"on", "2026-07-02"}, {"text", "Order"}}, 303);
    EXPECT_THAT(page("/en/clocks"), ::testing::Not(::testing::HasSubstr("confirm the successor")));
    expect_sound();
}

TEST_P(ClockPages, give_a_calendar_by_a_secret_address_until_it_is_stopped)
{
    as_coordinator();
    const auto made = post("/ru/clocks/feed", {}, 200);
    const auto secret = text_after(made, "https://adal.example/calendar/", ".ics");
    ASSERT_EQ(secret.size(), 43U);
    const std::string address = "/calendar/" + secret + ".ics";
    call->as_visitor();
    const auto reply = call->get(address);
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.type, "text/calendar; charset=utf-8");
    EXPECT_THAT(body_of(reply), ::testing::StartsWith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
    EXPECT_THAT(body_of(reply), ::testing::HasSubstr("DTSTART;VALUE=DATE:20260403\r\n"));
    page("/calendar/nothing.ics", 404);
    page("/calendar/nothing", 404);
    as_coordinator();
    post("/ru/clocks/feed/stop", {}, 303);
    page(address, 404);
}

TEST_P(ClockPages, keep_the_compartments_of_a_joint_control_apart)
{
    as_coordinator();
    const auto path = "/en/controls/" + document.control.str() + "/joint";
    const auto police = db().read([](storage::Snapshot& s) { return find_authority(s, "Бас прокуратура", make_date(1900, 1, 1)); }).value();
    post(path, {{"authority", police.str()}, {"number", ""}, {"on", "2026-03-02"}}, 422);
    post(path, {{"authority", police.str()}, {"number", "8"}, {"on", "2026-03-02"}, {"text", "Together"}}, 303);
    post(path + "/entries", {{"compartment", "theirs"}, {"text", "Secret"}}, 403);
    post(path + "/entries", {{"compartment", "shared"}, {"text", "Seen together"}}, 303);
    as_lawyer();
    post(path + "/entries", {{"compartment", "theirs"}, {"text", "Told in confidence"}}, 303);
    const auto shown = page(path);
    EXPECT_THAT(shown, ::testing::HasSubstr("Told in confidence"));
    const auto entry = text_after(shown, "name=\"entry\" value=\"", "\"");
    ASSERT_EQ(entry.size(), 26U);
    post(path + "/agree", {{"entry", entry}, {"post", ""}}, 422);
    post(path + "/agree", {{"entry", entry}, {"post", "Senior inspector"}}, 303);
    as_coordinator();
    EXPECT_THAT(page(path), ::testing::Not(::testing::HasSubstr("Told in confidence")));
}

} // namespace
} // namespace adal::referral
