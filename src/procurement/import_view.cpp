#include "procurement/import_view.hpp"

#include <array>
#include <cmath>

namespace adal::procurement {

using namespace adal::http;

namespace {

std::string import_word(const Request& request, std::string_view key)
{
    return i18n::text(request.language, "procurement.import." + std::string{key});
}

Html import_badge(const Request& request, ImportState state)
{
    const std::string_view tone = state == ImportState::done ? "good" : state == ImportState::refused || state == ImportState::failed ? "bad" : "info";
    return badge(import_word(request, "state." + std::string{name(state)}), tone);
}

std::string size_text(const Request& request, std::int64_t bytes)
{
    constexpr double kKilobyte = 1e3, kMegabyte = 1e6;
    const auto size = static_cast<double>(bytes);
    if (size < kMegabyte) return i18n::number(request.language, std::ceil(size / kKilobyte), 0) + " " + import_word(request, "kilobytes");
    return i18n::number(request.language, size / kMegabyte, 1) + " " + import_word(request, "megabytes");
}

Html upload_form(const Request& request)
{
    return section({cls("card")}, h2({}, import_word(request, "new")), p({}, import_word(request, "what")),
                   post_form(request, "/procurement/imports",
                             file_field("file", import_word(request, "file"), ".json,.jsonl,.ndjson,application/json", false, import_word(request, "file_hint"))
                                 + submit(import_word(request, "start")),
                             true));
}

// Where it is among the four steps, as a bar and as words.
Html steps(const Request& request, const ImportJob& job)
{
    constexpr std::array kSteps{ImportState::waiting, ImportState::reading, ImportState::saving, ImportState::screening};
    const auto at = std::ranges::find(kSteps, job.state) - kSteps.begin();
    const auto label_text = import_word(request, "state." + std::string{name(job.state)});
    Html out = element("progress", {Attr{"max", static_cast<std::int64_t>(kSteps.size())}, Attr{"value", static_cast<std::int64_t>(at) + 1}, Attr{"aria-label", label_text}}, label_text);
    return div({Attr{"role", "status"}}, p({}, strong({}, label_text)), out,
               p({cls("hint")}, t(request, "procurement.import.refresh_note"), " ", a({href(request.link("/procurement/imports/" + job.id.str()))}, t(request, "procurement.import.refresh"))));
}

Html counts(const Request& request, const ImportJob& job)
{
    std::vector<std::pair<Html, Html>> pairs;
    for (const std::string_view key : {"rows", "refused", "added", "changed", "unchanged", "skipped", "duplicates", "processes", "flagged"})
        if (const auto n = int_at(json::value(job.report), key)) pairs.emplace_back(Html{import_word(request, "count." + std::string{key})}, Html{i18n::number(request.language, *n)});
    return pairs.empty() ? Html{} : facts(pairs);
}

std::string reason_text(const Request& request, const std::string& reason)
{
    const std::string key = "reason." + reason;
    return i18n::has(key) ? i18n::text(request.language, key) : reason;
}

Html rows_section(const Request& request, const ImportPage& view)
{
    if (view.rows.rows.empty()) return {};
    std::vector<std::vector<Html>> rows;
    for (const auto& row : view.rows.rows)
        rows.push_back({Html{i18n::number(request.language, row.line)}, Html{import_word(request, "verdict." + std::string{text(row.verdict)})}, Html{row.ocid},
                        row.field.empty() ? Html{} : code({}, row.field), Html{reason_text(request, row.reason)}});
    Html more;
    if (view.rows.next > 0) more = pager(request, "/procurement/imports/" + view.job.id.str(), std::to_string(view.rows.next));
    return section({}, h2({}, import_word(request, "rows_title")),
                   data_table(import_word(request, "rows_title"),
                              {import_word(request, "line"), import_word(request, "verdict"), "OCID", import_word(request, "field"), import_word(request, "reason")}, rows),
                   more);
}

} // namespace

Page imports_page(const Request& request, const std::vector<ImportJob>& jobs)
{
    Page page{.title = i18n::text(request.language, "procurement.imports"), .audience = Audience::office, .styles = {"procurement.css"}, .active = "nav.procurement"};
    std::vector<std::vector<Html>> rows;
    for (const auto& job : jobs)
        rows.push_back({a({href(request.link("/procurement/imports/" + job.id.str()))}, job.file), Html{i18n::date_time(request.language, job.made_at)},
                        Html{size_text(request, job.bytes)}, import_badge(request, job.state)});
    page.body = div({cls("page-head")}, p({cls("crumbs")}, a({href(request.link("/procurement"))}, t(request, "procurement.title"))), h1({}, page.title)) + upload_form(request)
                + section({}, h2({}, import_word(request, "latest")),
                          rows.empty() ? empty_state(import_word(request, "none"))
                                       : data_table(import_word(request, "latest"), {import_word(request, "file"), import_word(request, "begun"), "#" + import_word(request, "size"), import_word(request, "state")}, rows));
    return page;
}

Page import_page(const Request& request, const ImportPage& view)
{
    const auto& job = view.job;
    Page page{.title = job.file, .audience = Audience::office, .styles = {"procurement.css"}, .active = "nav.procurement"};
    Html state;
    if (!is_over(job.state)) state = section({cls("card")}, steps(request, job));
    else if (job.problem) state = notice(p({}, i18n::sentence(request.language, *job.problem)), "bad");
    else state = notice(p({}, import_word(request, "ended_well"), " ", a({href(request.link("/procurement?flag=any"))}, t(request, "procurement.import.see_result"))), "good");
    page.body = div({cls("page-head")}, p({cls("crumbs")}, a({href(request.link("/procurement/imports"))}, t(request, "procurement.imports"))), h1({}, job.file),
                    p({cls("badges")}, import_badge(request, job.state)))
                + state + facts({{import_word(request, "begun"), i18n::date_time(request.language, job.made_at)},
                                 {import_word(request, "changed"), i18n::date_time(request.language, job.changed_at)},
                                 {import_word(request, "size"), size_text(request, job.bytes)},
                                 {import_word(request, "who"), view.who}})
                + counts(request, job) + rows_section(request, view);
    return page;
}

} // namespace adal::procurement
