#include "procurement/pages.hpp"
#include "procurement/search_store.hpp"
#include "procurement/search_view.hpp"

namespace adal::procurement {

namespace {

Result<http::Reply> show_search(storage::Snapshot& snapshot, const http::Request& request)
{
    SearchStore store{snapshot};
    SearchPage view{.search = search_from(request.query)};
    view.found = store.counts(view.search);
    view.list = store.page(view.search);
    view.all = view.search.is_everything() ? view.found.total : totals(snapshot).processes;
    return http::render(request, search_page(request, view));
}

} // namespace

void add_search_routes(http::Router& router)
{
    router.page("/procurement", Permission::anyone, show_search, {.doc = "Contracting processes with their risk signs: search, facets, pages"});
}

} // namespace adal::procurement
