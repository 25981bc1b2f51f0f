#include "cyber/exchange.hpp"

#include "base/hash.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <openssl/evp.h>
#include <stdexcept>

namespace adal::cyber {

namespace exchange_words {

std::string_view rest_of_key(const Resource& resource)
{
    const std::string_view key{resource.identity.key};
    return key.substr(std::min(key.size(), key.find(':') + 1));
}

const std::string& barred_name(const Resource& resource)
{
    return resource.scope == Scope::domain && !resource.registrable.empty() ? resource.registrable : resource.host;
}

std::vector<const Resource*> page_of(const std::vector<Resource>& resources, const TaxiiQuery& query, bool& more)
{
    std::vector<const Resource*> all;
    for (const auto& resource : resources)
        if (!query.added_after || resource.changed_at > *query.added_after) all.push_back(&resource);
    std::ranges::sort(all, [](const Resource* a, const Resource* b) { return std::pair{a->changed_at, a->id} < std::pair{b->changed_at, b->id}; });
    const auto from = std::min(query.next, all.size());
    const auto to = std::min(all.size(), from + query.limit);
    more = to < all.size();
    return {all.begin() + static_cast<std::ptrdiff_t>(from), all.begin() + static_cast<std::ptrdiff_t>(to)};
}

// Only as the key that MISP looks its cache up with; it protects nothing.
std::string md5_hex(std::string_view text)
{
    std::array<unsigned char, 16> digest{};
    unsigned length = 0;
    if (EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_md5(), nullptr) != 1) throw std::runtime_error("MD5 is not there");
    return hex({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

template <typename F> json::object envelope(const std::vector<Resource>& resources, const TaxiiQuery& query, F make)
{
    bool more = false;
    json::array objects;
    for (const auto* resource : page_of(resources, query, more)) objects.push_back(make(*resource));
    json::object out{{"more", more}};
    if (more) out["next"] = std::to_string(query.next + query.limit);
    if (!objects.empty()) out["objects"] = std::move(objects);
    return out;
}

struct MispKind {
    std::string_view type, category;
};

MispKind misp_kind(const Resource& r)
{
    if (r.identity.kind == Kind::phone) return {"phone-number", "Financial fraud"};
    if (r.identity.kind != Kind::url) return {"text", "Social network"};
    return r.scope == Scope::path ? MispKind{"url", "Network activity"} : MispKind{"domain", "Network activity"};
}

std::string misp_value(const Resource& r)
{
    if (r.identity.kind != Kind::url) return r.identity.key;
    return r.scope == Scope::path ? "https://" + std::string{rest_of_key(r)} : barred_name(r);
}

} // namespace exchange_words

using namespace exchange_words;

json::object stix_indicator(const Resource& resource)
{
    std::string text;
    append_indicator(text, resource);
    return parse_json(text)->as_object();
}

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

json::object taxii_objects(const std::vector<Resource>& resources, const TaxiiQuery& query)
{
    return envelope(resources, query, [](const Resource& resource) { return stix_indicator(resource); });
}

json::object taxii_manifest(const std::vector<Resource>& resources, const TaxiiQuery& query)
{
    return envelope(resources, query, [](const Resource& r) {
        return json::object{{"id", "indicator--" + uuid_of(r.identity.key)}, {"date_added", iso(r.changed_at)}, {"version", iso(r.changed_at)}, {"media_type", kStixType}};
    });
}

MispFeed misp_feed(const std::vector<Resource>& resources)
{
    MispFeed out{.uuid = uuid_of("adal misp event")};
    json::array attributes;
    Instant newest{};
    for (const auto& r : resources) {
        const auto value = misp_value(r);
        const auto kind = misp_kind(r);
        newest = std::max(newest, r.changed_at);
        attributes.push_back(json::object{{"uuid", uuid_of("misp " + r.identity.key)}, {"type", kind.type}, {"category", kind.category}, {"to_ids", r.identity.kind == Kind::url}, {"value", value},
                                          {"comment", r.category}, {"timestamp", std::to_string(r.changed_at.ms / 1000)}});
        out.hashes += md5_hex(value) + "," + out.uuid + "\n";
    }
    const auto stamp = std::to_string(newest.ms / 1000);
    const json::object orgc{{"name", "Adal"}, {"uuid", uuid_of("adal organisation")}};
    const json::object head{{"info", "Adal: verified resources"}, {"date", iso(local_date(newest))}, {"analysis", "2"}, {"threat_level_id", "2"}, {"timestamp", stamp}, {"Orgc", orgc}};
    out.manifest = to_text(json::object{{out.uuid, head}}) + "\n";
    auto event = head;
    event["uuid"] = out.uuid;
    event["published"] = true;
    event["publish_timestamp"] = stamp;
    event["Attribute"] = std::move(attributes);
    out.event = to_text(json::object{{"Event", std::move(event)}}) + "\n";
    return out;
}

} // namespace adal::cyber
