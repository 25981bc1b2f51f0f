#include "cyber/exchange.hpp"

#include "base/hash.hpp"
#include "base/json_text.hpp"
#include "base/large_text.hpp"
#include "cyber/listed_name.hpp"
#include "cyber/stix.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <openssl/evp.h>
#include <stdexcept>

namespace adal::cyber {

namespace misp_words {

// Only as the key that MISP looks its cache up with; it protects nothing.
std::string md5_hex(std::string_view bytes)
{
    static const EVP_MD* const fetched = EVP_MD_fetch(nullptr, "MD5", nullptr);
    std::array<char, 16> digest{};
    if (!fetched || EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(digest.data()), nullptr, fetched, nullptr) != 1) throw std::runtime_error("MD5 is not there");
    return hex({digest.data(), digest.size()});
}

// Types and categories of MISP's own table (misp-project.org/datamodels).
struct Described {
    std::string_view type, category;
    std::string value{};
};

Described described(const Resource& r)
{
    if (const auto [kind, host] = barred_host(r); kind != HostKind::none) return {kind == HostKind::name ? "domain" : "ip-dst", "Network activity", std::string{host}};
    switch (r.identity.kind) {
    case Kind::url: return {"url", "Network activity", barred_url(r)};
    case Kind::phone: return {"phone-number", "Financial fraud", std::string{after_kind(r)}};
    case Kind::card: return {"text", "Financial fraud", r.identity.key};
    default: return {"text", "Social network", r.identity.key};
    }
}

Instant newest_of(const std::vector<Resource>& resources)
{
    Instant out{};
    for (const auto& r : resources) out = std::max(out, r.changed_at);
    return out;
}

json::object head_of(const std::vector<Resource>& resources, std::string_view site)
{
    const auto newest = newest_of(resources);
    return {{"info", "Adal: verified resources"}, {"date", iso(local_date(newest))}, {"analysis", "2"}, {"threat_level_id", "2"}, {"timestamp", std::to_string(newest.ms / 1000)},
            {"Orgc", json::object{{"name", "Adal"}, {"uuid", uuid_of("adal organisation " + std::string{site})}}}};
}

void append_attribute(std::string& out, const Resource& r)
{
    const auto what = described(r);
    out.append(R"({"uuid":")").append(uuid_of("misp " + r.identity.key)).append(R"(","type":")").append(what.type);
    out.append(R"(","category":")").append(what.category).append(r.identity.kind == Kind::url ? R"(","to_ids":true,"value":")" : R"(","to_ids":false,"value":")");
    append_json_text(out, what.value);
    out.append(R"(","comment":")");
    append_json_text(out, r.category);
    out.append(R"(","timestamp":")").append(std::to_string(r.changed_at.ms / 1000)).append(R"("})");
}

} // namespace misp_words

using namespace misp_words;

std::string misp_event_id(std::string_view site)
{
    return uuid_of("adal misp event " + std::string{site});
}

std::string misp_manifest(const std::vector<Resource>& resources, std::string_view site)
{
    return to_text(json::object{{misp_event_id(site), head_of(resources, site)}}) + "\n";
}

std::string misp_event(const std::vector<Resource>& resources, std::string_view site)
{
    constexpr std::size_t kUsualAttribute = 240;
    auto head = head_of(resources, site);
    head["uuid"] = misp_event_id(site);
    head["published"] = true;
    head["publish_timestamp"] = head["timestamp"];
    auto out = R"({"Event":)" + to_text(head);
    out.back() = ','; // the object goes on
    out += R"("Attribute":[)";
    reserve_large(out, out.size() + resources.size() * kUsualAttribute);
    for (const auto& resource : resources) {
        append_attribute(out, resource);
        out += ',';
    }
    if (!resources.empty()) out.pop_back();
    return out += "]}}\n";
}

std::string misp_hashes(const std::vector<Resource>& resources, std::string_view site)
{
    const auto event = misp_event_id(site);
    std::string out;
    reserve_large(out, resources.size() * (32 + 1 + event.size() + 1));
    for (const auto& resource : resources) out.append(md5_hex(described(resource).value)).append(",").append(event).append("\n");
    return out;
}

} // namespace adal::cyber
