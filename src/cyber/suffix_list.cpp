#include "cyber/suffix_list.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"
#include "cyber/url_host.hpp"

namespace adal::cyber {

namespace suffix_rules {

// A name is hashed from its last byte to its first, so that one walk over a host hashes all its endings.
constexpr std::uint64_t kStart = 0x9E3779B97F4A7C15ULL;

std::uint64_t with_byte(std::uint64_t hash, char c)
{
    hash = (hash ^ static_cast<unsigned char>(c)) * 0xFF51AFD7ED558CCDULL;
    return hash ^ (hash >> 32);
}

std::uint64_t hash_of(std::string_view name)
{
    std::uint64_t hash = kStart;
    for (auto at = name.size(); at-- > 0;)
        hash = with_byte(hash, name[at]);
    return hash | 1;
}

std::string_view first_word(std::string_view line)
{
    line = trim(line);
    return line.substr(0, line.find_first_of(" \t"));
}

} // namespace suffix_rules

void SuffixList::grow()
{
    std::vector<Slot> larger(m_slots.size() * 2);
    for (const auto& slot : m_slots) {
        if (slot.hash == 0) continue;
        auto at = slot.hash >> 7;
        while (larger[at & (larger.size() - 1)].hash != 0)
            ++at;
        larger[at & (larger.size() - 1)] = slot;
    }
    m_slots = std::move(larger);
}

void SuffixList::add(std::string_view name, int kind)
{
    if (m_used * 2 > m_slots.size()) grow();
    const auto hash = suffix_rules::hash_of(name);
    for (auto at = hash >> 7;; ++at) {
        auto& slot = m_slots[at & (m_slots.size() - 1)];
        if (slot.hash != 0 && slot.hash != hash) continue;
        if (slot.hash == 0) ++m_used;
        slot.hash = hash;
        slot.kind = static_cast<std::uint8_t>(slot.kind | kind);
        ++m_rules;
        return;
    }
}

std::uint8_t SuffixList::kind_of(std::uint64_t hash) const
{
    for (auto at = hash >> 7;; ++at) {
        const auto& slot = m_slots[at & (m_slots.size() - 1)];
        if (slot.hash == hash) return slot.kind;
        if (slot.hash == 0) return 0;
    }
}

Result<SuffixList> SuffixList::read(std::string_view text, const std::string& name)
{
    SuffixList list;
    int part = 0;
    std::size_t number = 0;
    for (const auto line : split(text, '\n')) {
        ++number;
        if (line.find("===BEGIN PRIVATE DOMAINS===") != line.npos) part = from_private;
        if (line.find("===END PRIVATE DOMAINS===") != line.npos) part = 0;
        if (line.starts_with("// VERSION:")) list.m_version = trim(line.substr(11));
        auto rule = suffix_rules::first_word(line);
        if (rule.empty() || rule.starts_with("//")) continue;
        int kind = plain;
        if (rule.starts_with('!')) kind = exception;
        if (rule.starts_with("*.")) kind = wildcard;
        rule.remove_prefix(kind == plain ? 0 : kind == exception ? 1 : 2);
        const auto ascii = domain_to_ascii(rule);
        if (!ascii || ascii->find_first_of("/*<>") != std::string::npos) return fail(bad_suffix_list, {{"file", name}, {"line", std::to_string(number)}, {"reason", "syntax"}});
        list.add(*ascii, kind | part);
    }
    if (list.m_rules == 0) return fail(bad_suffix_list, {{"file", name}, {"line", std::to_string(number)}, {"reason", "cyber.no_rule"}});
    if (list.m_version.empty()) list.m_version = "sha256:" + hex(view(sha256(text)));
    return list;
}

bool SuffixList::is_suffix(std::string_view host) const
{
    if (host.ends_with('.')) host.remove_suffix(1);
    const auto found = parts(host);
    if (found.suffix != host || host.empty()) return false;
    const bool by_rule = (kind_of(suffix_rules::hash_of(host)) & plain) != 0;
    return by_rule || host.find('.') != host.npos; // two labels and a suffix: by a wildcard rule
}

DomainParts SuffixList::parts(std::string_view host) const
{
    using namespace suffix_rules;
    if (host.ends_with('.')) host.remove_suffix(1);
    if (host.empty() || host.front() == '.' || is_ip_address(host)) return {};
    std::size_t suffix = 0;
    int from = 0, above = 0; // kinds of the rule that holds, and of the ending one label shorter
    std::uint64_t hash = kStart;
    for (std::size_t end = host.size(), start = end; start > 0; end = start - 1) {
        const auto dot = end == 0 ? host.npos : host.rfind('.', end - 1);
        start = dot == host.npos ? 0 : dot + 1;
        for (auto at = end; at-- > start;)
            hash = with_byte(hash, host[at]);
        const int kind = kind_of(hash | 1);
        if (kind & exception) { // the rule less its first label
            suffix = end + 1;
            from = kind;
            break;
        }
        if (end == host.size() || (above & wildcard) || (kind & plain)) {
            suffix = start;
            from = (kind & plain) ? kind : above;
        }
        above = kind;
        hash = with_byte(hash, '.');
    }
    DomainParts found{.suffix = host.substr(suffix), .private_suffix = (from & from_private) != 0};
    if (suffix < 2 || host[suffix - 2] == '.') return found;
    const auto dot = host.rfind('.', suffix - 2);
    found.registrable = host.substr(dot == host.npos ? 0 : dot + 1);
    return found;
}

} // namespace adal::cyber
