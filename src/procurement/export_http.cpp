// Exports are given out in pieces of a bounded size: the header Link (rel="next", RFC 8288) and, in JSON, "next" lead to
// the rest, so that a large set never has to fit into memory.
#include "base/text.hpp"
#include "procurement/export.hpp"
#include "procurement/ocds_writer.hpp"
#include "procurement/pages.hpp"
#include "procurement/search_store.hpp"

#include "http/target.hpp"

#include <charconv>
#include <fmt/format.h>

namespace adal::procurement {

namespace {

constexpr int kMostRows = 5000, kMostReleases = 1000;
inline constexpr ProblemCode bad_limit{"procurement.bad_limit", 422}; // params: most

// ?limit=, at most as many as the kind of answer allows.
Result<Search> export_search(const http::Request& request, int most)
{
    auto search = search_from(request.query);
    search.most = most;
    const auto text = request.query_value("limit");
    if (text.empty()) return search;
    int wanted = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), wanted);
    if (error != std::errc{} || end != text.data() + text.size() || wanted < 1 || wanted > most) return fail(bad_limit, {{"most", std::to_string(most)}});
    search.most = wanted;
    return search;
}

std::string next_address(const http::Request& request, const std::string& next)
{
    if (next.empty()) return {};
    auto query = request.query;
    query["after"] = next;
    return request.raw_path + "?" + http::query_text(query);
}

http::Reply as_download(const http::Request& request, std::string bytes, std::string_view type, std::string_view file, const std::string& next)
{
    auto reply = http::download(http::bytes_reply(std::move(bytes), std::string{type}), file);
    if (const auto address = next_address(request, next); !address.empty()) reply.headers.emplace_back("Link", "<" + address + ">; rel=\"next\"");
    return reply;
}

Result<http::Reply> give_csv(storage::Snapshot& snapshot, const http::Request& request)
{
    const auto search = export_search(request, kMostRows);
    if (!search) return pass(search);
    std::string out = csv_head();
    const auto next = SearchStore{snapshot}.each_export(*search, [&](const ExportRow& row) { out += csv_line(row); });
    return as_download(request, std::move(out), "text/csv; charset=utf-8", "procurement.csv", next);
}

Result<http::Reply> give_json(storage::Snapshot& snapshot, const http::Request& request)
{
    const auto search = export_search(request, kMostRows);
    if (!search) return pass(search);
    SearchStore store{snapshot};
    json::array list;
    const auto next = store.each_export(*search, [&](const ExportRow& row) { list.push_back(json_of(row)); });
    json::object out{{"format", "adal/procurement/v1"}, {"total", store.total(*search)}, {"count", list.size()}};
    if (!next.empty()) out["next"] = next_address(request, next);
    out["processes"] = std::move(list);
    return as_download(request, to_text(out) + "\n", "application/json", "procurement.json", next);
}

// Calls give(release) for each of the piece; returns the key of the next.
template <typename Give> std::string each_release(storage::Snapshot& snapshot, const Search& search, Give give)
{
    ProcurementStore store{snapshot};
    const auto found = SearchStore{snapshot}.ids(search);
    for (const auto& text : found.ids) {
        const auto id = ProcessId::parse(text);
        if (!id) continue;
        if (const auto process = store.find_facts(*id)) give(release_of(*process, store.imported_at(*id).value_or(Instant{})));
    }
    return found.next;
}

Result<http::Reply> give_lines(storage::Snapshot& snapshot, const http::Request& request)
{
    const auto search = export_search(request, kMostReleases);
    if (!search) return pass(search);
    std::string out;
    const auto next = each_release(snapshot, *search, [&](const json::object& release) { out += to_text(release) + "\n"; });
    return as_download(request, std::move(out), "application/x-ndjson", "procurement.ocds.jsonl", next);
}

// The address the client asked for, as the package must name itself.
std::string own_address(const http::Request& request)
{
    std::string host;
    for (const char c : request.header("Host"))
        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '-' || c == ':') host += c;
    const auto query = http::query_text(request.query);
    return "https://" + (host.empty() ? std::string{"localhost"} : host) + request.raw_path + (query.empty() ? "" : "?" + query);
}

json::object package_of(const http::Request& request, json::array releases)
{
    return {{"uri", own_address(request)},
            {"version", "1.1"},
            {"publishedDate", iso(request.at)},
            {"publisher", json::object{{"name", "Adal"}}},
            {"releases", std::move(releases)}};
}

Result<http::Reply> give_package(storage::Snapshot& snapshot, const http::Request& request)
{
    const auto search = export_search(request, kMostReleases);
    if (!search) return pass(search);
    json::array releases;
    const auto next = each_release(snapshot, *search, [&](json::object release) { releases.push_back(std::move(release)); });
    auto package = package_of(request, std::move(releases));
    if (!next.empty()) package["links"] = json::object{{"next", "https://" + own_address(request).substr(8, own_address(request).find('/', 8) - 8) + next_address(request, next)}};
    return as_download(request, to_text(package) + "\n", "application/json", "procurement.ocds.json", next);
}

Result<http::Reply> give_release(storage::Snapshot& snapshot, const http::Request& request)
{
    const auto id = request.path_id<ProcessId>();
    if (!id) return pass(id);
    ProcurementStore store{snapshot};
    const auto process = store.find_facts(*id);
    if (!process) return fail(not_found);
    json::array releases;
    releases.push_back(release_of(*process, store.imported_at(*id).value_or(request.at)));
    return http::json_reply(package_of(request, std::move(releases)));
}

} // namespace

void add_export_routes(http::Router& router)
{
    router.get("/api/v1/procurement.csv", Permission::anyone, give_csv, {.doc = "a search of processes as CSV"});
    router.get("/api/v1/procurement.json", Permission::anyone, give_json, {.doc = "a search of processes as JSON"});
    router.get("/api/v1/procurement.ocds.jsonl", Permission::anyone, give_lines, {.doc = "a search of processes as OCDS compiled releases, one a line"});
    router.get("/api/v1/procurement.ocds.json", Permission::anyone, give_package, {.doc = "a search of processes as an OCDS release package"});
    router.get("/api/v1/procurement/{id}/release.json", Permission::anyone, give_release, {.doc = "one process as an OCDS release package"});
}

} // namespace adal::procurement
