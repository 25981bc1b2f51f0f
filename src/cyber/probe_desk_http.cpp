// Probes: the coordinators' page, and the two addresses programs speak to.
#include "cyber/pages.hpp"
#include "http/page.hpp"

#include <fstream>
#include <iterator>

namespace adal::cyber {

namespace probe_routes {

using http::Html;
using http::Reply;
using http::Request;
using storage::Snapshot;
using storage::Transaction;

constexpr std::uint64_t kQuestionLimit = 16 << 10;

std::string word(const Request& request, std::string_view key)
{
    return i18n::text(request.language, "cyber." + std::string{key});
}

Html probe_row(const Request& request, const Probe& probe)
{
    using namespace http;
    const Html heard = probe.heard_at ? Html{i18n::date_time(request.language, *probe.heard_at)} : Html{word(request, "probe_never")};
    const Html side = probe.retired_at ? badge(word(request, "probe_retired"), "neutral")
                                       : post_form(request, "/cyber/probes/retire", hidden_field("name", probe.key.name) + submit(word(request, "probe_retire"), "secondary"));
    return li({cls("row")}, div({cls("row-main")}, strong({}, probe.key.name), p({cls("row-note")}, probe.country, " · ", probe.network, " · ", word(request, "probe_heard"), ": ", heard),
                                p({cls("row-note")}, code({cls("break")}, probe.key.text()))),
              div({cls("row-side")}, side));
}

http::Page probes_page(const Request& request, const std::vector<Probe>& probes)
{
    using namespace http;
    Page page;
    page.title = word(request, "probes");
    page.audience = Audience::office;
    page.active = "nav.cyber_desk";
    Html rows;
    for (const auto& probe : probes) rows += probe_row(request, probe);
    page.body = div({cls("page-head")}, p({cls("crumbs")}, a({href(request.link("/cyber/desk"))}, word(request, "desk_title"))), h1({}, page.title), p({cls("lead")}, word(request, "probes_lead"))) +
                (probes.empty() ? empty_state(Html{word(request, "probes_none")}) : ul({cls("rows")}, rows)) +
                section({cls("card")}, h2({}, word(request, "probe_upload")),
                        post_form(request, "/cyber/probes/upload", file_field("report", word(request, "probe_file"), "text/plain,.txt,.note", false, word(request, "probe_upload_hint")) + submit(word(request, "upload"), "secondary"), true)) +
                section({cls("card")}, h2({}, word(request, "probe_add")),
                        post_form(request, "/cyber/probes",
                                  text_field("vkey", word(request, "probe_key"), "", {Attr("required"), Attr("maxlength", 400)}, word(request, "probe_key_hint")) +
                                      text_field("country", word(request, "probe_country"), "KZ", {Attr("required"), Attr("maxlength", 2)}, word(request, "probe_country_hint")) +
                                      text_field("network", word(request, "probe_network"), "", {Attr("required"), Attr("maxlength", 60)}, word(request, "probe_network_hint")) +
                                      submit(word(request, "probe_add"))));
    return page;
}

http::Page taken_page(const Request& request, const TakenReport& report)
{
    using namespace http;
    Page page;
    page.title = word(request, "probe_taken");
    page.audience = Audience::office;
    page.active = "nav.cyber_desk";
    Html left_out;
    for (const auto& line : report.lines)
        if (!line.refused.empty()) left_out += li({}, "№ ", line.number, ": ", word(request, "probe_line." + std::string{line.refused}));
    page.body = div({cls("page-head")}, p({cls("crumbs")}, a({href(request.link("/cyber/probes"))}, word(request, "probes"))), h1({}, page.title),
                    p({cls("lead")}, t(request, "cyber.probe_counted", {{"count", std::to_string(report.counted())}}))) +
                (left_out.empty() ? Html{} : section({}, h2({}, word(request, "probe_left_out")), ul({}, left_out)));
    return page;
}

Result<Reply> show(Snapshot& db, const Request& request)
{
    return render(request, probes_page(request, list_probes(db)));
}

Result<Reply> post_probe(Transaction& tx, const Request& request)
{
    auto key = ledger::parse_vkey(request.field("vkey"));
    if (!key) return pass(key);
    const auto kept = register_probe(tx, {.key = std::move(*key), .country = std::string{request.field("country")}, .network = std::string{request.field("network")}, .person = request.person()}, request.at);
    if (!kept) return pass(kept);
    return http::see_other(request.link("/cyber/probes"));
}

Result<Reply> post_retire(Transaction& tx, const Request& request)
{
    if (const auto retired = retire_probe(tx, request.field("name"), request.at); !retired) return pass(retired);
    return http::see_other(request.link("/cyber/probes"));
}

Result<Reply> post_upload(Transaction& tx, const Request& request)
{
    if (request.files.empty() || request.files.front().size == 0) return fail(bad_field, {{"field", "report"}, {"reason", "missing"}});
    std::ifstream in(request.files.front().path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    const auto taken = take_report(tx, bytes, request.at);
    if (!taken) return pass(taken);
    return render(request, taken_page(request, *taken));
}

Result<Reply> answer_tasks(Transaction& tx, const Request& request)
{
    const auto tasks = tasks_for(tx, request.body, request.at);
    if (!tasks) return pass(tasks);
    json::array rows;
    for (const auto& task : *tasks) rows.push_back(json::object{{"id", task.id.str()}, {"url", task.url}});
    return http::json_reply(json::object{{"tasks", std::move(rows)}});
}

Result<Reply> answer_report(Transaction& tx, const Request& request)
{
    const auto taken = take_report(tx, request.body, request.at);
    if (!taken) return pass(taken);
    json::array rows;
    for (const auto& line : taken->lines)
        rows.push_back(json::object{{"line", line.number}, {"verdict", probe::name(line.verdict.outcome)}, {"by", probe::name(line.verdict.by)}, {"refused", line.refused}});
    return http::json_reply(json::object{{"counted", taken->counted()}, {"lines", std::move(rows)}});
}

} // namespace probe_routes

void add_probe_routes(http::Router& router)
{
    using namespace probe_routes;
    router.page("/cyber/probes", Permission::refer_resources, show, {.doc = "programs that look at addresses from their own network"});
    router.form("/cyber/probes", Permission::refer_resources, post_probe, {.doc = "register a probe by its public key"});
    router.form("/cyber/probes/retire", Permission::refer_resources, post_retire, {.doc = "a probe speaks for us no longer"});
    router.form("/cyber/probes/upload", Permission::refer_resources, post_upload, {.body_limit = 2 << 20, .multipart = true, .max_files = 1, .doc = "a probe's report, carried by hand"});
    router.post("/api/v1/probe-tasks", Permission::anyone, answer_tasks, {.body_limit = kQuestionLimit, .doc = "what a probe is to look at; the question is signed"});
    router.post("/api/v1/probe-reports", Permission::anyone, answer_report, {.body_limit = probe::kMostReport, .doc = "a probe's signed report"});
}

} // namespace adal::cyber
