#include "cyber/feed.hpp"

#include "base/hash.hpp"
#include "base/json_text.hpp"
#include "base/large_text.hpp"
#include "cyber/listed_name.hpp"
#include "cyber/stix.hpp"

#include <algorithm>

namespace adal::cyber {

namespace feed_lines {

struct Format {
    Feed feed;
    std::string_view name, file, media;
};
constexpr std::array<Format, 8> kFormats{{{Feed::plain, "plain", "plain.txt", "text/plain; charset=utf-8"},
                                          {Feed::csv, "csv", "resources.csv", "text/csv; charset=utf-8"},
                                          {Feed::jsonl, "jsonl", "resources.jsonl", "application/jsonl; charset=utf-8"},
                                          {Feed::hosts, "hosts", "hosts.txt", "text/plain; charset=utf-8"},
                                          {Feed::dnsmasq, "dnsmasq", "dnsmasq.conf", "text/plain; charset=utf-8"},
                                          {Feed::adblock, "adblock", "adblock.txt", "text/plain; charset=utf-8"},
                                          {Feed::rpz, "rpz", "rpz.zone", "text/dns; charset=utf-8"},
                                          {Feed::stix, "stix", "stix-bundle.json", "application/stix+json;version=2.1"}}};

const Format& format_of(Feed feed)
{
    return *std::ranges::find(kFormats, feed, &Format::feed);
}

// Bytes, rather more than is usual: growing by doubling would copy all of a large feed once more.
constexpr std::size_t kUsualRow = 100, kUsualObject = 240, kUsualName = 50;

// Spreadsheets run what begins with these (CWE-1236).
void append_cell(std::string& out, std::string_view text)
{
    out += '"';
    if (!text.empty() && std::string_view{"=+-@\t\r"}.find(text.front()) != std::string_view::npos) out += '\'';
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    out += '"';
}

std::string day(std::optional<Instant> at)
{
    return at ? iso(local_date(*at)) : std::string{};
}

std::string csv(const std::vector<Resource>& resources)
{
    std::string out;
    reserve_large(out, (resources.size() + 1) * kUsualRow);
    out += "kind,identity,category,scope,state,first_reported,verified\r\n";
    for (const auto& r : resources) {
        out.append(text(r.identity.kind)).append(",");
        append_cell(out, after_kind(r));
        out.append(",").append(r.category).append(",").append(text(r.scope)).append(",").append(name(r.state));
        out.append(",").append(day(r.first_reported_at)).append(",").append(day(r.verified_at)).append("\r\n");
    }
    return out;
}

std::string jsonl(const std::vector<Resource>& resources)
{
    std::string out;
    reserve_large(out, resources.size() * kUsualObject);
    for (const auto& r : resources) {
        out.append(R"({"id":")").append(r.id.text()).append(R"(","kind":")").append(text(r.identity.kind)).append(R"(","identity":")");
        append_json_text(out, r.identity.key);
        out.append(R"(","category":")");
        append_json_text(out, r.category);
        out.append(R"(","scope":")").append(text(r.scope)).append(R"(","state":")").append(name(r.state));
        out.append(R"(","first_reported":")").append(day(r.first_reported_at)).append(R"(","verified":")").append(day(r.verified_at)).append("\"}\n");
    }
    return out;
}

template <typename F> std::string by_name(const std::vector<Resource>& resources, std::string_view head, F append_line)
{
    std::string out;
    reserve_large(out, head.size() + resources.size() * kUsualName);
    out += head;
    for (const auto& name : barred_names(resources)) append_line(out, name);
    return out;
}

// Signs by which a filter says more than an address; "#" never leaves the browser.
bool is_filter_text(std::string_view address)
{
    return address.find_first_of("*^|$#") == address.npos && address.find("://") == address.npos;
}

// "||" means what is below a name, too; a lone host is said with its schemes. "^" ends a path but for what is below it.
void append_filters(std::string& out, const Resource& r)
{
    const auto [kind, host] = barred_host(r);
    if (r.identity.kind != Kind::url || kind == HostKind::ipv6) return;
    if (r.scope == Scope::domain && !host.empty()) out.append("||").append(host).append("^\n");
    else if (!host.empty()) out.append("|http://").append(host).append("^\n|https://").append(host).append("^\n");
    else if (r.scope == Scope::path && is_filter_text(after_kind(r))) out.append("||").append(after_kind(r)).append("^\n");
}

std::string adblock(const std::vector<Resource>& resources)
{
    std::string out = "! Adal: verified resources\n";
    for (const auto& r : resources) append_filters(out, r);
    return out;
}

// The first four bytes, as a number.
std::uint32_t prefix_of(const Hash& hash)
{
    return (std::uint32_t{hash[0]} << 24) | (std::uint32_t{hash[1]} << 16) | (std::uint32_t{hash[2]} << 8) | hash[3];
}

} // namespace feed_lines

using namespace feed_lines;

std::string_view name(Feed feed) { return format_of(feed).name; }
std::string_view file_name(Feed feed) { return format_of(feed).file; }
std::string_view media_type(Feed feed) { return format_of(feed).media; }

std::optional<Feed> feed_of_file(std::string_view file_name)
{
    const auto found = std::ranges::find(kFormats, file_name, &Format::file);
    return found == kFormats.end() ? std::nullopt : std::optional{found->feed};
}

std::string write_feed(Feed feed, const std::vector<Resource>& resources)
{
    switch (feed) {
    case Feed::plain: {
        std::string out;
        for (const auto& resource : resources) out.append(resource.identity.key).append("\n");
        return out;
    }
    case Feed::csv: return csv(resources);
    case Feed::jsonl: return jsonl(resources);
    case Feed::hosts: return by_name(resources, "# Adal: verified resources\n", [](std::string& out, const BarredName& one) { out.append("0.0.0.0 ").append(one.name).append("\n"); });
    case Feed::dnsmasq: // dnsmasq always means what is below, too: a lone host is left to the other formats
        return by_name(resources, "# Adal: verified resources\n", [](std::string& out, const BarredName& one) {
            if (one.is_below_too) out.append("address=/").append(one.name).append("/\n");
        });
    case Feed::adblock: return adblock(resources);
    case Feed::rpz:
        return by_name(resources, "$TTL 300\n@ SOA localhost. root.localhost. 1 300 300 300 300\n@ NS localhost.\n", [](std::string& out, const BarredName& one) {
            out.append(one.name).append(" CNAME .\n");
            if (one.is_below_too) out.append("*.").append(one.name).append(" CNAME .\n");
        });
    case Feed::stix: return stix_bundle(resources);
    }
    check_failed("a known Feed", __FILE__, __LINE__);
}

std::string list_key(const Resource& resource)
{
    if (resource.identity.kind != Kind::url) return resource.identity.key;
    if (resource.scope == Scope::path) return std::string{after_kind(resource)};
    const bool is_domain = resource.scope == Scope::domain;
    return (is_domain ? "." : "") + (is_domain && !resource.registrable.empty() ? resource.registrable : resource.host) + "/";
}

std::vector<std::uint32_t> hash_prefixes(const std::vector<Resource>& resources)
{
    std::vector<std::uint32_t> out;
    out.reserve(resources.size());
    for (const auto& resource : resources) out.push_back(prefix_of(sha256(list_key(resource))));
    std::ranges::sort(out);
    const auto again = std::ranges::unique(out);
    out.erase(again.begin(), again.end());
    return out;
}

std::vector<Hash> hashes_under(const std::vector<Resource>& resources, std::uint32_t prefix)
{
    std::vector<Hash> out;
    for (const auto& resource : resources)
        if (const auto hash = sha256(list_key(resource)); prefix_of(hash) == prefix) out.push_back(hash);
    std::ranges::sort(out);
    return out;
}

} // namespace adal::cyber
