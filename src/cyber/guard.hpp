// cyber/guard.hpp: what must not be referred as a whole, because blocking it would hit many who did nothing.
//
// A pure rule over data: names kept in data/cyber/protected.json and lists a deployer adds. It looks at the scope that
// is asked for; one address or one channel on a protected host can be referred, the host cannot. Thread-safe once filled.
#pragma once

#include "cyber/list_entry.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::cyber {

enum class Protection : std::uint8_t { government, education, press, bank, popular, civic, hosting, shortener, public_suffix, local };
std::string_view text(Protection protection);
std::optional<Protection> protection_from(std::string_view text); // those a list may have: not public_suffix, local

struct GuardHit {
    Protection protection = Protection::popular;
    std::string name{}; // the protected name that would be hit
    bool operator==(const GuardHit&) const = default;
};

class Guard
{
public:
    explicit Guard(const SuffixList& suffixes); // with the names of data/cyber/protected.json
    // Names, one a line, or addresses (of which the host counts); "." or "*." before a name and comments are let be.
    // How many names were taken.
    std::size_t add_list(Protection protection, std::string_view text);

    // Empty: nothing protected would be hit. A host or domain scope with a hit cannot be referred.
    [[nodiscard]] std::vector<GuardHit> hits(std::string_view host, Scope scope) const;

    // The widest scope without a hit, never wider than the host.
    [[nodiscard]] Scope smallest_scope(std::string_view host) const { return hits(host, Scope::host).empty() ? Scope::host : Scope::path; }
    // The host, or a name above it that stands for what is below: a person should look twice at any scope.
    [[nodiscard]] std::vector<GuardHit> protected_names(std::string_view host) const;

private:
    void add(Protection protection, std::string_view host);

    const SuffixList& m_suffixes;
    std::map<std::string, std::uint16_t, std::less<>> m_names{}; // a bit for each protection
    std::map<std::string, std::string, std::less<>> m_above{};   // a name → one protected below it
    std::map<std::string, Protection, std::less<>> m_suffix_labels{};
};

} // namespace adal::cyber
