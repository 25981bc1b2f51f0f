#include "cyber/listed_name.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace adal::cyber {

namespace barred {

// 1: may stand in a label; 2: a digit.
constexpr std::array<std::uint8_t, 256> kLetters = [] {
    std::array<std::uint8_t, 256> out{};
    for (unsigned c = 'a'; c <= 'z'; ++c) out[c] = 1;
    for (unsigned c = '0'; c <= '9'; ++c) out[c] = 2;
    out['-'] = out['_'] = 1;
    return out;
}();

// One walk: a feed asks it of a million hosts.
HostKind kind_of_labels(std::string_view host)
{
    if (host.size() > 253) return HostKind::none;
    std::size_t length = 0, dots = 0;
    bool is_number = true, are_numbers = true; // this label; those before it
    for (const char c : host) {
        if (c == '.') {
            if (length == 0 || length > 63) return HostKind::none;
            are_numbers = are_numbers && is_number;
            is_number = true;
            length = 0;
            ++dots;
            continue;
        }
        const auto letter = kLetters[static_cast<unsigned char>(c)];
        if (letter == 0) return HostKind::none;
        is_number = is_number && letter == 2;
        ++length;
    }
    if (length == 0 || length > 63) return HostKind::none;
    // The URL Standard reads every host whose last label is a number as an address.
    if (!is_number) return HostKind::name;
    return are_numbers && dots == 3 ? HostKind::ipv4 : HostKind::none;
}

// The first eight bytes as a number that sorts as they do: most names differ there, and the rest lies somewhere else in memory.
std::uint64_t front_of(std::string_view name)
{
    std::uint64_t out = 0;
    for (std::size_t at = 0; at < 8; ++at) out = out << 8 | (at < name.size() ? static_cast<unsigned char>(name[at]) : 0u);
    return out;
}

struct Keyed {
    std::uint64_t front = 0;
    BarredName name{};
};

} // namespace barred

std::string_view after_kind(const Resource& resource)
{
    const std::string_view key{resource.identity.key};
    return key.substr(std::min(key.size(), key.find(':') + 1));
}

HostKind host_kind(std::string_view host)
{
    if (host.starts_with('[')) return host.find_first_not_of("0123456789abcdef:", 1) == host.size() - 1 && host.ends_with(']') ? HostKind::ipv6 : HostKind::none;
    return barred::kind_of_labels(host);
}

BarredHost barred_host(const Resource& resource)
{
    if (resource.identity.kind != Kind::url || resource.scope == Scope::path) return {};
    const std::string_view host = resource.scope == Scope::domain && !resource.registrable.empty() ? resource.registrable : resource.host;
    const auto kind = host_kind(host);
    if (kind == HostKind::none) return {};
    return {kind, kind == HostKind::ipv6 ? host.substr(1, host.size() - 2) : host};
}

std::vector<BarredName> barred_names(const std::vector<Resource>& resources)
{
    using barred::Keyed;
    std::vector<Keyed> all;
    all.reserve(resources.size());
    for (const auto& resource : resources)
        if (const auto [kind, host] = barred_host(resource); kind == HostKind::name) all.push_back({barred::front_of(host), {host, resource.scope == Scope::domain}});
    std::ranges::sort(all, [](const Keyed& a, const Keyed& b) {
        if (a.front != b.front) return a.front < b.front;
        const int order = a.name.name.compare(b.name.name);
        return order != 0 ? order < 0 : a.name.is_below_too > b.name.is_below_too;
    });
    std::vector<BarredName> out;
    out.reserve(all.size());
    for (const auto& one : all) out.push_back(one.name);
    const auto again = std::ranges::unique(out, {}, &BarredName::name);
    out.erase(again.begin(), again.end());
    return out;
}

std::string barred_url(const Resource& resource)
{
    const auto address = after_kind(resource);
    const auto scheme = address.substr(0, address.find_first_of("/?#")); // "ftp:" of "ftp://example.kz"
    return (scheme.ends_with(':') ? "" : "https://") + std::string{address};
}

} // namespace adal::cyber
