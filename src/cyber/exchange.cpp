#include "cyber/exchange.hpp"

#include "cyber/listed_name.hpp"
#include "cyber/stix.hpp"

#include <algorithm>
#include <boost/json.hpp>

namespace adal::cyber {

namespace exchange_words {

// By when each was changed, then by id; only what is on the page is put in order.
std::vector<const Resource*> page_of(const std::vector<Resource>& resources, const TaxiiQuery& query, bool& more)
{
    std::vector<const Resource*> all;
    for (const auto& resource : resources)
        if (!query.added_after || resource.changed_at > *query.added_after) all.push_back(&resource);
    const auto from = static_cast<std::ptrdiff_t>(std::min(query.next, all.size()));
    const auto to = from + static_cast<std::ptrdiff_t>(std::min(query.limit, all.size() - static_cast<std::size_t>(from)));
    std::ranges::partial_sort(all, all.begin() + to, [](const Resource* a, const Resource* b) { return a->changed_at != b->changed_at ? a->changed_at < b->changed_at : a->id < b->id; });
    more = static_cast<std::size_t>(to) < all.size();
    return {all.begin() + from, all.begin() + to};
}

template <typename F> TaxiiPage envelope(const std::vector<Resource>& resources, const TaxiiQuery& query, F append)
{
    bool more = false;
    const auto page = page_of(resources, query, more);
    TaxiiPage out;
    out.text = more ? R"({"more":true,"next":")" + std::to_string(query.next + query.limit) + '"' : R"({"more":false)";
    if (!page.empty()) {
        out.first = page.front()->changed_at;
        out.last = page.back()->changed_at;
        char before = '[';
        out.text += R"(,"objects":)";
        for (const auto* resource : page) {
            out.text += before;
            append(out.text, *resource);
            before = ',';
        }
        out.text += ']';
    }
    out.text += '}';
    return out;
}

} // namespace exchange_words

using namespace exchange_words;

std::string collection_id()
{
    return uuid_of("adal verified resources");
}

json::object taxii_discovery(std::string_view origin)
{
    const auto root = std::string{origin} + "/taxii2/adal/";
    return {{"title", "Adal"}, {"default", root}, {"api_roots", json::array{json::string{root}}}};
}

json::object taxii_api_root()
{
    return {{"title", "Adal"}, {"versions", json::array{json::string{kTaxiiType}}}, {"max_content_length", 0}};
}

json::object taxii_collection()
{
    return {{"id", collection_id()}, {"title", "Verified resources"}, {"can_read", true}, {"can_write", false}, {"media_types", json::array{json::string{kStixType}}}};
}

TaxiiPage taxii_objects(const std::vector<Resource>& resources, const TaxiiQuery& query)
{
    return envelope(resources, query, append_indicator);
}

TaxiiPage taxii_manifest(const std::vector<Resource>& resources, const TaxiiQuery& query)
{
    return envelope(resources, query, [](std::string& out, const Resource& r) {
        const auto at = iso(r.changed_at);
        out.append(R"({"id":")").append(indicator_id(r)).append(R"(","date_added":")").append(at).append(R"(","version":")").append(at);
        out.append(R"(","media_type":")").append(kStixType).append(R"("})");
    });
}

} // namespace adal::cyber
