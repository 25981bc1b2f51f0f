// The public account, the form, and what became of a report.
#include "cyber/pages.hpp"
#include "cyber/report_view.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace adal::cyber {

namespace report_routes {

using http::Reply;
using http::Request;
using storage::Snapshot;
using storage::Transaction;

Result<Reply> show_account(Snapshot& db, const Request& request)
{
    return render(request, account_page(request, funnel(db)));
}

Result<Reply> show_form(Snapshot&, const Request& request)
{
    // What another app shares comes as text, an address, or both.
    std::string text{request.query_value("text")};
    const auto url = request.query_value("url");
    if (!url.empty() && text.find(url) == std::string::npos) text += (text.empty() ? "" : "\n") + std::string{url};
    return render(request, report_form(request, text));
}

Result<Reply> show_check(Snapshot&, const Request& request)
{
    return render(request, check_page(request));
}

// A list somebody uploads: cells become lines.
std::string list_text(const Request& request)
{
    std::string out;
    for (const auto& upload : request.files) {
        if (upload.field != "list" || upload.size == 0 || upload.size > kMostText) continue;
        std::ifstream in(upload.path, std::ios::binary);
        out.append(std::istreambuf_iterator<char>(in), {});
    }
    std::ranges::replace_if(out, [](char c) { return c == ',' || c == ';' || c == '\t' || c == '"'; }, '\n');
    return out;
}

// Nothing of a category that nobody may look at is stored.
Result<std::optional<files::StoredFile>> screenshot_of(Transaction& tx, const Request& request, const files::Store& files)
{
    const auto upload = std::ranges::find(request.files, "screenshot", &http::UploadedFile::field);
    std::optional<files::StoredFile> none;
    if (upload == request.files.end() || upload->size == 0) return none;
    if (!request.principal) return fail(screenshot_signed_in);
    const auto* category = find_category(request.field("category"));
    if (category == nullptr || (category->accepted != Accepted::yes && category->accepted != Accepted::form)) return none; // refused with its reason, or sealed
    auto stored = files.add_photo(tx, upload->path, upload->file_name, request.at);
    if (!stored) return pass(stored);
    return std::optional{std::move(*stored)};
}

Result<Reply> post_report(Transaction& tx, const Request& request, const Rulebook& rules, const files::Store& files)
{
    const auto screenshot = screenshot_of(tx, request, files);
    if (!screenshot) return pass(screenshot);
    const NewReport report{.text = std::string{request.field("text")} + "\n" + list_text(request), .category = std::string{request.field("category")},
                           .note = std::string{request.field("note")}, .person = request.principal ? request.principal->person : PersonId{},
                           .screenshot = *screenshot ? &**screenshot : nullptr};
    const auto links = report_links(tx, rules, report, request.at);
    if (!links) return pass(links);
    auto reply = render(request, reported_page(request, *links));
    std::erase_if(reply.headers, [](const auto& header) { return header.first == "Cache-Control"; });
    reply.headers.emplace_back("Cache-Control", "no-store"); // what somebody reported stays on no shared phone
    return reply;
}

Result<Reply> post_sealed(Transaction& tx, const Request& request, const Rulebook& rules, const files::Store& files)
{
    const auto* category = find_category(request.field("category"));
    if (category == nullptr || category->accepted != Accepted::sealed) return fail(category_unknown);
    return post_report(tx, request, rules, files);
}

Result<Reply> show_appeal(Snapshot&, const Request& request)
{
    return render(request, appeal_form(request));
}

Result<Reply> post_appeal(Transaction& tx, const Request& request, const Rulebook& rules)
{
    const auto filed = file_appeal(tx, rules, request.field("address"), request.field("contact"), request.field("text"), request.at);
    if (!filed) return pass(filed);
    return render(request, appealed_page(request));
}

} // namespace report_routes

void add_report_routes(http::Router& router, const Rulebook& rules, files::Store& files)
{
    using namespace report_routes;
    router.page("/cyber", Permission::anyone, show_account, {.doc = "what became of reported resources, in numbers"});
    router.page("/cyber/report", Permission::anyone, show_form, {.doc = "form: report links"});
    router.page("/cyber/check", Permission::anyone, show_check, {.doc = "is a link listed, asked without telling us which"});
    router.page("/cyber/appeal", Permission::anyone, show_appeal, {.doc = "form: a resource is wrongly listed"});
    router.form("/cyber/appeal", Permission::anyone, [&rules](Transaction& tx, const Request& request) { return post_appeal(tx, request, rules); }, {.doc = "an owner says that a resource is wrongly listed"});
    router.form("/cyber/report", Permission::anyone, [&rules, &files](Transaction& tx, const Request& request) { return post_report(tx, request, rules, files); },
                {.body_limit = 18 << 20, .multipart = true, .max_files = 2, .doc = "report links: one, a message, a list"});
    router.form("/cyber/report/sealed", Permission::anyone, [&rules, &files](Transaction& tx, const Request& request) { return post_sealed(tx, request, rules, files); },
                {.doc = "report what nobody may look at: a hash is kept"});
}

void add_routes(http::Router& router, const Rulebook& rules, files::Store& files, std::string origin)
{
    add_report_routes(router, rules, files);
    add_case_routes(router, rules, files);
    add_leader_routes(router);
    add_probe_routes(router);
    add_feed_routes(router, std::move(origin));
}

} // namespace adal::cyber
