#include "cyber/feed.hpp"

#include "base/hash.hpp"
#include "base/json.hpp"
#include "cyber/exchange.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <fmt/format.h>
#include <set>

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

std::string_view after_kind(const Resource& resource)
{
    const std::string_view key{resource.identity.key};
    return key.substr(std::min(key.size(), key.find(':') + 1));
}

// A host of the URL Standard may hold what a format takes for an order: "*.kz" as a line of our zone would deny the whole country.
// Letters, digits, hyphens and underscores in labels that are not empty pass (RFC 1123 §2.1, RFC 2181 §11).
bool is_plain(std::string_view name)
{
    const bool letters = std::ranges::all_of(name, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.'; });
    return letters && name.find("..") == std::string_view::npos && name.front() != '.' && name.back() != '.' && name.size() < 254;
}

bool is_name(const Resource& resource)
{
    if (!resource.host.empty() && !(is_plain(resource.host) && (resource.registrable.empty() || is_plain(resource.registrable)))) return false;
    return resource.identity.kind == Kind::url && resource.scope != Scope::path && !resource.host.empty() && resource.host.front() != '[' &&
           !(resource.host.front() >= '0' && resource.host.front() <= '9' && resource.host.find_first_not_of("0123456789.") == std::string::npos);
}

// A domain scope means the registrable name and what is below it; a host scope the name alone.
const std::string& blocked_name(const Resource& resource)
{
    return resource.scope == Scope::domain && !resource.registrable.empty() ? resource.registrable : resource.host;
}

// Spreadsheets run what begins with these (CWE-1236).
std::string cell(std::string_view text)
{
    std::string out = "\"";
    if (!text.empty() && std::string_view{"=+-@\t\r"}.find(text.front()) != std::string_view::npos) out += '\'';
    for (const char c : text) out += c == '"' ? std::string{"\"\""} : std::string(1, c);
    return out + "\"";
}

std::string day(std::optional<Instant> at)
{
    return at ? iso(local_date(*at)) : std::string{};
}

std::string csv(const std::vector<Resource>& resources)
{
    std::string out = "kind,identity,category,scope,state,first_reported,verified\r\n";
    for (const auto& r : resources)
        out += fmt::format("{},{},{},{},{},{},{}\r\n", text(r.identity.kind), cell(after_kind(r)), r.category, text(r.scope), name(r.state), day(r.first_reported_at), day(r.verified_at));
    return out;
}

std::string jsonl(const std::vector<Resource>& resources)
{
    std::string out;
    for (const auto& r : resources)
        out += to_text(json::object{{"id", r.id.str()}, {"kind", text(r.identity.kind)}, {"identity", r.identity.key}, {"category", r.category}, {"scope", text(r.scope)},
                                    {"state", name(r.state)}, {"first_reported", day(r.first_reported_at)}, {"verified", day(r.verified_at)}}) + "\n";
    return out;
}

// One line for each name, each once.
template <typename F> std::string by_name(const std::vector<Resource>& resources, std::string head, F line)
{
    std::set<std::string> lines;
    for (const auto& resource : resources)
        if (is_name(resource)) lines.insert(line(resource, blocked_name(resource)));
    for (const auto& one : lines) head += one;
    return head;
}

std::string adblock(const std::vector<Resource>& resources)
{
    std::set<std::string> lines;
    for (const auto& r : resources) {
        if (r.identity.kind != Kind::url) continue;
        if (r.scope == Scope::path) lines.insert(fmt::format("||{}|\n", after_kind(r)));
        else if (is_name(r)) lines.insert(fmt::format("||{}^\n", blocked_name(r)));
    }
    std::string out = "! Adal: verified resources\n";
    for (const auto& line : lines) out += line;
    return out;
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
        for (const auto& resource : resources) out += resource.identity.key + "\n";
        return out;
    }
    case Feed::csv: return csv(resources);
    case Feed::jsonl: return jsonl(resources);
    case Feed::hosts: return by_name(resources, "# Adal: verified resources\n", [](const Resource&, const std::string& host) { return fmt::format("0.0.0.0 {}\n", host); });
    case Feed::dnsmasq: // dnsmasq always means what is below, too: a lone host is left to the other formats
        return by_name(resources, "# Adal: verified resources\n", [](const Resource& r, const std::string& host) { return r.scope == Scope::domain ? fmt::format("address=/{}/\n", host) : std::string{}; });
    case Feed::adblock: return adblock(resources);
    case Feed::rpz:
        return by_name(resources, "$TTL 300\n@ SOA localhost. root.localhost. 1 300 300 300 300\n@ NS localhost.\n", [](const Resource& r, const std::string& host) {
            return fmt::format("{} CNAME .\n", host) + (r.scope == Scope::domain ? fmt::format("*.{} CNAME .\n", host) : std::string{});
        });
    case Feed::stix: return stix_bundle(resources);
    }
    check_failed("a known Feed", __FILE__, __LINE__);
}

std::string list_key(const Resource& resource)
{
    if (resource.identity.kind != Kind::url) return resource.identity.key;
    return resource.scope == Scope::path ? std::string{after_kind(resource)} : (resource.scope == Scope::domain ? "." : "") + blocked_name(resource) + "/";
}

std::vector<std::uint32_t> hash_prefixes(const std::vector<Resource>& resources)
{
    std::set<std::uint32_t> out;
    for (const auto& resource : resources) {
        const auto hash = sha256(list_key(resource));
        out.insert((std::uint32_t{hash[0]} << 24) | (std::uint32_t{hash[1]} << 16) | (std::uint32_t{hash[2]} << 8) | hash[3]);
    }
    return {out.begin(), out.end()};
}

std::vector<Hash> hashes_under(const std::vector<Resource>& resources, std::uint32_t prefix)
{
    std::vector<Hash> out;
    for (const auto& resource : resources) {
        const auto hash = sha256(list_key(resource));
        if (((std::uint32_t{hash[0]} << 24) | (std::uint32_t{hash[1]} << 16) | (std::uint32_t{hash[2]} << 8) | hash[3]) == prefix) out.push_back(hash);
    }
    std::ranges::sort(out);
    return out;
}

} // namespace adal::cyber
