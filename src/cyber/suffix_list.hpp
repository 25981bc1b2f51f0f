// cyber/suffix_list.hpp: where a name ends that anybody may register below (publicsuffix.org/list).
//
// The list is data of its operators: the system's package by default, a newer file by option. Both its parts
// count, ICANN's and the private one (github.io, webflow.io): whom to ask about a resource depends on either.
// A list does not change after it is read; thread-safe.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace adal::cyber {

// params: file, line, reason
inline constexpr ProblemCode bad_suffix_list{"cyber.suffix_list", 422};

inline constexpr const char* kSystemSuffixList = "/usr/share/publicsuffix/public_suffix_list.dat";

// A host seen through the list; views into the host.
struct DomainParts {
    std::string_view suffix{};      // "kz", "gov.kz", "github.io"; empty for an IP address
    std::string_view registrable{}; // one label more; empty when there is none
    bool private_suffix = false;    // by the private part: a hosting platform, whose domain is many people's
};

class SuffixList
{
public:
    // The text of the list; problem when there is no rule in it. `name` is told in problems.
    static Result<SuffixList> read(std::string_view text, const std::string& name);

    // `host` as Url::host() gives it: lower case, ASCII. By the published algorithm, with "*" as the rule of names
    // the list does not know. A dot at the end is not looked at.
    [[nodiscard]] DomainParts parts(std::string_view host) const;
    [[nodiscard]] std::string_view registrable(std::string_view host) const { return parts(host).registrable; }
    [[nodiscard]] bool is_suffix(std::string_view host) const; // a rule says so; "*" does not count

    [[nodiscard]] std::size_t rules() const { return m_rules; }
    [[nodiscard]] const std::string& version() const { return m_version; } // "VERSION:" of the file, or SHA-256

private:
    struct Slot {
        std::uint64_t hash = 0; // 0: free
        std::uint8_t kind = 0;
    };
    enum Kind : std::uint8_t { plain = 1, wildcard = 2, exception = 4, from_private = 8 };

    void add(std::string_view name, int kind);
    void grow();
    [[nodiscard]] std::uint8_t kind_of(std::uint64_t hash) const;

    std::vector<Slot> m_slots = std::vector<Slot>(256);
    std::size_t m_used = 0, m_rules = 0;
    std::string m_version{};
};

} // namespace adal::cyber
