// cyber/feed.hpp: verified resources in the formats that programs read. Only what two people verified and nobody took back
// is given in; what a format cannot say without blocking more than was meant is left out of it (an address with a path has
// no place in a hosts file). Pure; thread-safe.
//
// Formats: hosts(5); dnsmasq(8) `address=`; Adblock Plus filter syntax; RPZ zone (draft-vixie-dnsop-dns-rpz); CSV of
// RFC 4180 with formulas made harmless; JSON Lines; STIX 2.1 (OASIS) bundle of indicators.
#pragma once

#include "base/hash.hpp"
#include "cyber/resource.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::cyber {

enum class Feed { plain, csv, jsonl, hosts, dnsmasq, adblock, rpz, stix };
inline constexpr std::array<Feed, 8> all_feeds{Feed::plain, Feed::csv, Feed::jsonl, Feed::hosts, Feed::dnsmasq, Feed::adblock, Feed::rpz, Feed::stix};
std::string_view name(Feed feed); // and its file name: "plain.txt", "resources.csv", …
std::string_view file_name(Feed feed);
std::string_view media_type(Feed feed);
std::optional<Feed> feed_of_file(std::string_view file_name);

// In the order given (the store's: by identity), names by name; the same resources give the same bytes.
std::string write_feed(Feed feed, const std::vector<Resource>& resources);

// Prefixes for a phone that asks whether a link is listed without saying which: the first 4 bytes of the SHA-256 of
// each key ("casino.kz/": that name; ".casino.kz/": it and what is below it; "casino.kz/pay"; "telegram:casinokz"), sorted,
// each once.
std::string list_key(const Resource& resource);
std::vector<std::uint32_t> hash_prefixes(const std::vector<Resource>& resources);
std::vector<Hash> hashes_under(const std::vector<Resource>& resources, std::uint32_t prefix);

} // namespace adal::cyber
