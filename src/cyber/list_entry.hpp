// cyber/list_entry.hpp: a line of a list of addresses, in whichever of the usual spellings. Pure.
//
// Hosts files, plain names and addresses, adblock ("||name^") and dnsmasq ("address=/name/") lines. What cannot be
// taken without blocking more than is meant is refused with a reason (a key of the catalogues, "reason.cyber.…").
#pragma once

#include "cyber/link.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace adal::cyber {

// How much an entry covers.
enum class Scope : std::uint8_t {
    host,   // this name alone
    domain, // the name and everything below it
    path,   // one address and what is below it; one channel, person or number of a platform
};
std::string_view text(Scope scope);

struct ListEntry {
    Scope scope = Scope::domain;
    std::string key{};  // the name; for a path the key of its identity
    Kind kind = Kind::url;
};

struct ListLine {
    std::vector<ListEntry> entries{}; // a line of a hosts file may hold many
    std::string_view refused{};       // reason; empty when nothing is wrong (comments have neither entry nor reason)
};

// `own`: names of the deployer's own; neither they nor anything below them may be on a list.
ListLine read_list_line(std::string_view line, const SuffixList& suffixes, const std::vector<std::string>& own = {});

// Loopback, private, link-local and other addresses that are nobody's on the web, names without a dot, and the
// special names of RFC 6761 and RFC 6762. `host` as Url::host() gives it.
bool is_local_host(std::string_view host);

} // namespace adal::cyber
