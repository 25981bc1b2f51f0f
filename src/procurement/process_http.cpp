#include "procurement/ocds_writer.hpp"
#include "procurement/pages.hpp"
#include "procurement/party_store.hpp"
#include "procurement/process_view.hpp"

namespace adal::procurement {

namespace {

// Where evidence points to other purchases: their ids, so that a reader can follow.
std::map<std::string, std::string> other_processes(ProcurementStore& store, const ProcessPage& view)
{
    constexpr std::size_t kMostOthers = 60;
    std::map<std::string, std::string> out;
    for (const auto& one : view.answers) {
        if (one.answer.outcome != Outcome::fail) continue;
        for (const auto& item : one.answer.evidence) {
            if (item.ocid.empty() || item.ocid == view.summary.ocid || out.contains(item.ocid) || out.size() >= kMostOthers) continue;
            if (const auto id = store.find_by_ocid(item.ocid)) out.emplace(item.ocid, id->str());
        }
    }
    return out;
}

Result<http::Reply> show_process(storage::Snapshot& snapshot, const http::Request& request)
{
    const auto id = request.path_id<ProcessId>();
    if (!id) return pass(id);
    ProcurementStore store{snapshot};
    auto summary = store.find(*id);
    auto process = store.find_facts(*id);
    if (!summary || !process) return fail(not_found);
    ProcessPage view{.summary = std::move(*summary), .process = std::move(*process), .answers = store.answers_of(*id)};
    view.parties = PartyStore{snapshot}.ids_of(*id);
    view.elsewhere = other_processes(store, view);
    view.places = release_places(release_of(view.process, request.at));
    view.screened_at = store.screened_at(*id);
    return http::render(request, process_page(request, view));
}

Result<http::Reply> show_release(storage::Snapshot& snapshot, const http::Request& request)
{
    const auto id = request.path_id<ProcessId>();
    if (!id) return pass(id);
    ProcurementStore store{snapshot};
    auto summary = store.find(*id);
    const auto process = store.find_facts(*id);
    if (!summary || !process) return fail(not_found);
    const auto imported = store.imported_at(*id).value_or(request.at);
    return http::render(request, release_page(request, {.summary = std::move(*summary), .release = release_of(*process, imported)}));
}

} // namespace

void add_process_routes(http::Router& router)
{
    router.page("/procurement/{id}", Permission::anyone, show_process, {.doc = "One contracting process: facts, bids, risk signs with evidence, contract versions"});
    router.page("/procurement/{id}/release", Permission::anyone, show_release, {.doc = "The compiled release of a process, every value with its JSON pointer"});
}

} // namespace adal::procurement
