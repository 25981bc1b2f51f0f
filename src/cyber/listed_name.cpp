#include "cyber/listed_name.hpp"

#include <algorithm>

namespace adal::cyber {

namespace barred {

bool is_label(std::string_view label)
{
    return !label.empty() && label.size() <= 63 && std::ranges::all_of(label, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_'; });
}

bool is_name(std::string_view host)
{
    if (host.size() > 253) return false;
    while (true) {
        const auto dot = host.find('.');
        if (!is_label(host.substr(0, dot))) return false;
        if (dot == host.npos) return true;
        host.remove_prefix(dot + 1);
    }
}

} // namespace barred

std::string_view after_kind(const Resource& resource)
{
    const std::string_view key{resource.identity.key};
    return key.substr(std::min(key.size(), key.find(':') + 1));
}

HostKind host_kind(std::string_view host)
{
    if (host.starts_with('[') && host.ends_with(']') && host.find_first_not_of("0123456789abcdef:", 1) == host.size() - 1) return HostKind::ipv6;
    if (!barred::is_name(host)) return HostKind::none;
    // The URL Standard reads every host whose last label is a number as an address.
    const auto last = host.substr(host.rfind('.') + 1);
    if (last.find_first_not_of("0123456789") != last.npos) return HostKind::name;
    return host.find_first_not_of("0123456789.") == host.npos && std::ranges::count(host, '.') == 3 ? HostKind::ipv4 : HostKind::none;
}

std::string_view barred_host(const Resource& resource)
{
    if (resource.identity.kind != Kind::url || resource.scope == Scope::path) return {};
    const std::string_view host = resource.scope == Scope::domain && !resource.registrable.empty() ? resource.registrable : resource.host;
    switch (host_kind(host)) {
    case HostKind::none: return {};
    case HostKind::ipv6: return host.substr(1, host.size() - 2);
    case HostKind::name:
    case HostKind::ipv4: return host;
    }
    return {};
}

std::vector<BarredName> barred_names(const std::vector<Resource>& resources)
{
    std::vector<BarredName> out;
    out.reserve(resources.size());
    for (const auto& resource : resources)
        if (const auto host = barred_host(resource); host_kind(host) == HostKind::name) out.push_back({host, resource.scope == Scope::domain});
    std::ranges::sort(out, [](const BarredName& a, const BarredName& b) { return a.name != b.name ? a.name < b.name : a.is_below_too > b.is_below_too; });
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
