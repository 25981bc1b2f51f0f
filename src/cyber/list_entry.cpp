#include "cyber/list_entry.hpp"

#include "base/text.hpp"
#include "cyber/url_host.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace adal::cyber {

namespace list_line {

// Lines of a hosts file that only name the machine itself.
constexpr std::array<std::string_view, 9> kMachineNames = {"localhost", "localhost.localdomain", "local", "broadcasthost", "ip6-localhost", "ip6-loopback", "ip6-allnodes", "ip6-allrouters", "0.0.0.0"};

// Restrictions of an adblock rule that do not narrow it to some visits.
constexpr std::array<std::string_view, 7> kWholeOptions = {"all", "doc", "document", "important", "popup", "first-party", "1p"};

bool is_or_below(std::string_view host, std::string_view domain)
{
    return host == domain || (host.ends_with(domain) && host[host.size() - domain.size() - 1] == '.');
}

std::string_view name_problem(std::string_view host, Scope scope, const SuffixList& suffixes, const std::vector<std::string>& own)
{
    if (is_local_host(host)) return "cyber.local_address";
    if (scope != Scope::path && suffixes.is_suffix(host)) return "cyber.public_suffix";
    for (const auto& name : own)
        if (is_or_below(host, name) || (scope == Scope::domain && is_or_below(name, host))) return "cyber.own_domain";
    return {};
}

void add_name(ListLine& read, std::string_view name, Scope scope, const SuffixList& suffixes, const std::vector<std::string>& own)
{
    const auto url = parse_url("http://" + std::string{name} + "/");
    const bool bare = url && url->path() == "/" && url->query_begin == Url::kNone && url->fragment_begin == Url::kNone && url->host_begin == 7;
    if (!bare) {
        read.refused = "cyber.not_a_name";
        return;
    }
    auto host = url->host();
    while (host.ends_with('.'))
        host.remove_suffix(1);
    if (const auto problem = name_problem(host, scope, suffixes, own); !problem.empty()) {
        read.refused = problem;
        return;
    }
    read.entries.push_back({.scope = is_ip_address(host) ? Scope::host : scope, .key = std::string{host}});
}

void add_address(ListLine& read, std::string_view written, const SuffixList& suffixes, const std::vector<std::string>& own)
{
    const auto link = read_link(written, suffixes);
    if (link.identity.kind == Kind::none) {
        read.refused = "cyber.not_an_address";
        return;
    }
    if (link.identity.kind == Kind::url) {
        const auto& url = *link.meant;
        const bool whole_host = url.path().find_first_not_of('/') == std::string_view::npos && url.query().empty() && !url.fragment().starts_with('!') && url.port_number < 0;
        if (whole_host) return add_name(read, url.host(), Scope::host, suffixes, own);
        if (const auto problem = name_problem(url.host(), Scope::path, suffixes, own); !problem.empty()) {
            read.refused = problem;
            return;
        }
    }
    read.entries.push_back({.scope = Scope::path, .key = link.identity.key, .kind = link.identity.kind});
}

// "||name^", "||name^$document", "||name/path"
void add_adblock(ListLine& read, std::string_view rule, const SuffixList& suffixes, const std::vector<std::string>& own)
{
    const auto dollar = rule.find('$');
    for (const auto option : dollar == rule.npos ? std::vector<std::string_view>{} : split(rule.substr(dollar + 1), ','))
        if (std::ranges::find(kWholeOptions, option) == kWholeOptions.end()) {
            read.refused = "cyber.rule_option";
            return;
        }
    rule = rule.substr(0, dollar);
    while (rule.ends_with('^') || rule.ends_with('|') || (rule.ends_with('*') && rule.find('/') != rule.npos))
        rule.remove_suffix(1);
    if (rule.find_first_of("*^|") != rule.npos) read.refused = "cyber.rule_pattern";
    else if (rule.find('/') == rule.npos) add_name(read, rule, Scope::domain, suffixes, own);
    else add_address(read, "http://" + std::string{rule}, suffixes, own);
}

std::vector<std::string_view> words_of(std::string_view line)
{
    std::vector<std::string_view> words;
    for (std::size_t at = 0; at < line.size();) {
        const auto begin = line.find_first_not_of(" \t", at);
        if (begin == line.npos) break;
        const auto end = std::min(line.find_first_of(" \t", begin), line.size());
        words.push_back(line.substr(begin, end - begin));
        at = end;
    }
    return words;
}

bool is_address_word(std::string_view word)
{
    if (word.find_first_not_of("0123456789abcdefABCDEF.:") != word.npos) return false;
    if (word.find(':') != word.npos) return parse_url("http://[" + std::string{word} + "]/").has_value();
    return std::ranges::count(word, '.') == 3 && word.find_first_not_of("0123456789.") == word.npos;
}

bool is_comment(std::string_view line)
{
    return line.empty() || starts_with_any_of(line, "#!;") || line.starts_with("//") || (line.starts_with('[') && line.ends_with(']'));
}

std::string_view without_comment(std::string_view line)
{
    for (auto at = line.find('#'); at != line.npos; at = line.find('#', at + 1))
        if (at > 0 && (line[at - 1] == ' ' || line[at - 1] == '\t')) return trim(line.substr(0, at));
    return line;
}

void read_hosts_line(ListLine& read, const std::vector<std::string_view>& words, const SuffixList& suffixes, const std::vector<std::string>& own)
{
    for (const auto name : words) {
        if (std::ranges::find(kMachineNames, name) == kMachineNames.end()) add_name(read, name, Scope::host, suffixes, own);
        if (!read.refused.empty()) return;
    }
}

} // namespace list_line

std::string_view text(Scope scope)
{
    return scope == Scope::host ? "host" : scope == Scope::domain ? "domain" : "path";
}

ListLine read_list_line(std::string_view line, const SuffixList& suffixes, const std::vector<std::string>& own)
{
    using namespace list_line;
    ListLine read;
    line = trim(line);
    if (line.starts_with("\xEF\xBB\xBF")) line = trim(line.substr(3));
    if (is_comment(line)) return read;
    line = without_comment(line);
    if (line.starts_with("@@")) read.refused = "cyber.exception_rule";
    else if (line.starts_with("||")) add_adblock(read, line.substr(2), suffixes, own);
    else if (line.starts_with("address=/") || line.starts_with("server=/") || line.starts_with("local=/")) add_name(read, line.substr(line.find('/') + 1, line.rfind('/') - line.find('/') - 1), Scope::domain, suffixes, own);
    else if (const auto words = words_of(line); words.size() > 1 && is_address_word(words[0])) read_hosts_line(read, {words.begin() + 1, words.end()}, suffixes, own);
    else if (words.size() > 1) read.refused = "cyber.not_an_address";
    else if (line.find("##") != line.npos || line.starts_with('|')) read.refused = "cyber.rule_pattern";
    else if (line.find('/') != line.npos || line.find(':') != line.npos || line.starts_with('@') || line.find("[.]") != line.npos) add_address(read, line, suffixes, own);
    else add_name(read, line.substr(line.starts_with("*.") ? 2 : line.starts_with('.') ? 1 : 0), Scope::domain, suffixes, own);
    return read;
}

namespace list_line {

// RFC 6890 and its like: networks that are nobody's on the web. First address, bits.
struct Network {
    std::uint32_t first;
    int bits;
};
constexpr Network kLocal[] = {{0x00000000, 8}, {0x0A000000, 8}, {0x64400000, 10}, {0x7F000000, 8}, {0xA9FE0000, 16}, {0xAC100000, 12}, {0xC0000000, 24}, {0xC0000200, 24}, {0xC0A80000, 16}, {0xC6120000, 15}, {0xC6336400, 24}, {0xCB007100, 24}, {0xE0000000, 3}};

bool is_local_ipv4(std::string_view host)
{
    std::uint32_t address = 0;
    for (const auto piece : split(host, '.')) {
        unsigned byte = 0;
        std::from_chars(piece.data(), piece.data() + piece.size(), byte);
        address = address << 8 | byte;
    }
    return std::ranges::any_of(kLocal, [&](const Network& net) { return (address ^ net.first) >> (32 - net.bits) == 0; });
}

// Loopback, unspecified, IPv4 inside, documentation, unique local, link local, multicast.
bool is_local_ipv6(std::string_view host)
{
    for (const std::string_view start : {"[::", "[64:ff9b:", "[2001:db8:", "[fc", "[fd", "[fe8", "[fe9", "[fea", "[feb", "[ff"})
        if (host.starts_with(start)) return true;
    return false;
}

} // namespace list_line

bool is_local_host(std::string_view host)
{
    if (host.empty()) return true;
    if (host.front() == '[') return list_line::is_local_ipv6(host);
    if (is_ip_address(host)) return list_line::is_local_ipv4(host);
    if (host.find('.') == host.npos) return true;
    for (const std::string_view top : {".localhost", ".local", ".internal", ".invalid", ".test", ".example", ".onion", ".home.arpa", ".localdomain"})
        if (host.ends_with(top)) return top != ".onion";
    return false;
}

} // namespace adal::cyber
