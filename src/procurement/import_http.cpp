#include "people/people.hpp"
#include "procurement/import_job.hpp"
#include "procurement/import_view.hpp"
#include "procurement/pages.hpp"

#include <charconv>

namespace adal::procurement {

namespace {

constexpr std::uint64_t kUploadLimit = 256ULL << 20; // bytes; longer files are brought in by the command line
constexpr int kJobsShown = 30, kRowsShown = 100;

Result<http::Reply> show_imports(storage::Snapshot& snapshot, const http::Request& request)
{
    return http::render(request, imports_page(request, ImportStore{snapshot}.latest(kJobsShown)));
}

std::int64_t first_row(std::string_view after)
{
    std::int64_t from = 0;
    const auto [end, error] = std::from_chars(after.data(), after.data() + after.size(), from);
    return error == std::errc{} && end == after.data() + after.size() && from > 0 ? from : 0;
}

Result<http::Reply> show_import(storage::Snapshot& snapshot, const http::Request& request)
{
    const auto id = request.path_id<ImportId>();
    if (!id) return pass(id);
    ImportStore store{snapshot};
    auto job = store.find(*id);
    if (!job) return fail(not_found);
    ImportPage view{.job = std::move(*job), .rows = store.rows(*id, first_row(request.query_value("after")), kRowsShown)};
    const auto names = people::full_names(snapshot, {view.job.made_by});
    if (const auto who = names.find(view.job.made_by); who != names.end()) view.who = who->second;
    auto reply = http::render(request, import_page(request, view));
    // The page comes again by itself until the import is over; without it there is a link.
    if (!is_over(view.job.state)) reply.headers.emplace_back("Refresh", "3");
    return reply;
}

Result<http::Reply> post_import(ImportDesk& desk, const http::Request& request)
{
    if (request.files.empty() || request.files.front().size == 0) return fail(bad_field, {{"field", "file"}, {"reason", "missing"}});
    const auto& file = request.files.front();
    const auto job = desk.take(file.path, file.file_name, file.size, request.person(), request.at);
    if (!job) return pass(job);
    return http::see_other(request.link("/procurement/imports/" + job->str()));
}

} // namespace

void add_import_routes(http::Router& router, ImportDesk& desk)
{
    router.page("/procurement/imports", Permission::import_data, show_imports, {.doc = "Bring procurement data in; imports of before"});
    router.page("/procurement/imports/{id}", Permission::import_data, show_import, {.doc = "How far an import is, and the rows it refused"});
    router.plain_form("/procurement/imports", Permission::import_data, [&desk](const http::Request& request) { return post_import(desk, request); },
                      {.body_limit = kUploadLimit, .multipart = true, .max_files = 1, .doc = "take a file of procurement data"});
}

} // namespace adal::procurement
