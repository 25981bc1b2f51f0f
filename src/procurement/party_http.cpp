#include "procurement/pages.hpp"
#include "procurement/party_store.hpp"
#include "procurement/party_view.hpp"
#include "procurement/search_store.hpp"

namespace adal::procurement {

namespace {

constexpr std::size_t kLongestPartySearch = 200; // bytes
constexpr int kPartnersShown = 12, kLatestShown = 6;

Result<http::Reply> show_parties(storage::Snapshot& snapshot, const http::Request& request)
{
    PartiesPage view{.search = {.words = search_from(request.query).words, .after = std::string{request.query_value("after").substr(0, kLongestPartySearch)}}};
    view.list = PartyStore{snapshot}.list(view.search);
    return http::render(request, parties_page(request, view));
}

Result<http::Reply> show_party(storage::Snapshot& snapshot, const http::Request& request, PartySide side)
{
    const auto id = request.path_id<PartyId>();
    if (!id) return pass(id);
    PartyStore store{snapshot};
    auto party = store.find(*id);
    if (!party) return fail(not_found);
    PartyProfile view{.party = std::move(*party), .side = side};
    if (side == PartySide::buyer ? view.party.bought == 0 : view.party.sold + view.party.offered == 0) return fail(not_found);
    view.years = store.by_year(*id, side);
    view.methods = store.by_method(*id, side);
    view.flags = store.by_flag(*id, side);
    view.partners = store.partners(*id, side, kPartnersShown);
    if (side == PartySide::supplier) {
        view.co_bidders = store.co_bidders(*id, kPartnersShown);
        view.lost = store.bids_without_win(*id);
    }
    view.ties = store.ties(side == PartySide::buyer ? view.partners : view.co_bidders);
    Search search{.most = kLatestShown};
    search.value(side == PartySide::buyer ? Facet::buyer : Facet::supplier) = id->str();
    view.latest = SearchStore{snapshot}.page(search).rows;
    return http::render(request, party_page(request, view));
}

http::ReadHandler party_handler(PartySide side)
{
    return [side](storage::Snapshot& snapshot, const http::Request& request) { return show_party(snapshot, request, side); };
}

} // namespace

void add_party_routes(http::Router& router)
{
    router.page("/procurement/parties", Permission::anyone, show_parties, {.doc = "Buyers and suppliers, the busiest first; search"});
    router.page("/procurement/buyers/{id}", Permission::anyone, party_handler(PartySide::buyer), {.doc = "A buyer: sums, methods, signs, suppliers, network"});
    router.page("/procurement/suppliers/{id}", Permission::anyone, party_handler(PartySide::supplier), {.doc = "A supplier: sums, buyers, signs, who it bids beside"});
}

} // namespace adal::procurement
