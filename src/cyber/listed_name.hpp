// cyber/listed_name.hpp: what a program has to bar of a listed resource, in words that no format of a feed can misread.
// Hosts of the URL Standard hold signs that a zone file or a filter list takes for orders ("*.kz", "a;b.kz", "a(b.kz") and
// labels that DNS cannot hold; such a host is no name. Pure; thread-safe.
#pragma once

#include "cyber/resource.hpp"

#include <string_view>
#include <vector>

namespace adal::cyber {

std::string_view after_kind(const Resource& resource); // "example.kz/pay", "casinokz"

enum class HostKind { none, name, ipv4, ipv6 };
// name: labels of 1 to 63 of a-z, 0-9, "-", "_" (RFC 1035 §2.3.4; RFC 2181 §11), 253 in all. none: anything else.
HostKind host_kind(std::string_view host);

// The host to bar: of a domain scope the registrable name, of a host scope the host; empty: a path, a channel, a number,
// or a host that is of no kind. An IPv6 address comes without its brackets.
struct BarredHost {
    HostKind kind = HostKind::none;
    std::string_view text{}; // of the resource: valid as long as it is
};
BarredHost barred_host(const Resource& resource);

struct BarredName {
    std::string_view name{}; // of the resource: valid as long as it is
    bool is_below_too = false; // a domain scope: what is below the name, too
};
// Names only, each once, sorted. Who is on the list by both scopes is there by the wider.
std::vector<BarredName> barred_names(const std::vector<Resource>& resources);

// The address of a path scope as it would be asked for: "https://example.kz/pay", "ftp://example.kz/x".
std::string barred_url(const Resource& resource);

} // namespace adal::cyber
