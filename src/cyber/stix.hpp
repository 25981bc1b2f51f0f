// cyber/stix.hpp: verified resources as STIX 2.1 indicators (OASIS Standard, 2021-06), written straight into text: a feed has
// millions. The same resource has the same id on every server. Pure; thread-safe.
#pragma once

#include "cyber/resource.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace adal::cyber {

inline constexpr std::string_view kStixType = "application/stix+json;version=2.1";

// RFC 9562 §5.5 (version 5, SHA-1) in a namespace of our own: STIX §2.9 keeps its own for observables, and its schemas as MISP
// refuse the younger versions. It names, and protects nothing.
std::string uuid_of(std::string_view seed);
// The same in any namespace (16 bytes).
std::string uuid5(std::string_view space, std::string_view seed);

std::string indicator_id(const Resource& resource);
// One indicator as compact JSON.
void append_indicator(std::string& out, const Resource& resource);
std::string stix_bundle(const std::vector<Resource>& resources);

} // namespace adal::cyber
