// The identity of a web address.
#include "cyber/link.hpp"

#include "cyber/url_encode.hpp"
#include "cyber/url_host.hpp"

#include <algorithm>
#include <array>

namespace adal::cyber {

namespace url_key {

// Parameters that only count visitors; the same page opens without them.
constexpr std::array<std::string_view, 24> kCounters = {
    "_ga", "_gl", "dclid", "fbclid", "gad_source", "gbraid", "gclid", "gclsrc", "igsh", "igshid", "li_fat_id", "mc_cid", "mc_eid", "mkt_tok",
    "msclkid", "openstat", "ref_src", "srsltid", "ttclid", "twclid", "wbraid", "yclid", "ymclid", "ysclid"};

bool is_counter(std::string_view parameter)
{
    const auto name = parameter.substr(0, parameter.find('='));
    return name.starts_with("utm_") || std::ranges::binary_search(kCounters, name);
}

bool is_unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
}

// RFC 3986 §6.2.2: an escaped plain letter is the letter; other escapes in capitals.
std::string with_plain_escapes(std::string_view text)
{
    if (text.find('%') == text.npos) return std::string{text};
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int high = text[i] == '%' && i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
        const int low = high < 0 ? -1 : hex_digit(text[i + 2]);
        if (low < 0) {
            out += text[i];
            continue;
        }
        const char byte = static_cast<char>(high * 16 + low);
        if (is_unreserved(byte)) out += byte;
        else append_escape(out, byte);
        i += 2;
    }
    return out;
}

bool is_mail_char(char c)
{
    return is_unreserved(c) || c == '+';
}

// Whose mail address a phishing link was made for is nobody's business: "a@b.kz" becomes "(mail)".
std::string without_mail(std::string text)
{
    for (std::size_t at = 0; at < text.size();) {
        const auto sign = std::min(text.find('@', at), text.find("%40", at));
        if (sign == text.npos) break;
        const auto domain = sign + (text[sign] == '@' ? 1U : 3U);
        auto begin = sign, end = domain;
        while (begin > at && is_mail_char(text[begin - 1]))
            --begin;
        while (end < text.size() && is_mail_char(text[end]))
            ++end;
        const auto name = std::string_view{text}.substr(domain, end - domain);
        const auto dot = name.rfind('.');
        if (begin == sign || dot == name.npos || dot == 0 || name.size() - dot < 3) {
            at = domain;
            continue;
        }
        text.replace(begin, end - begin, "(mail)");
        at = begin + 6;
    }
    return text;
}

void append_query(std::string& key, std::string_view query)
{
    char before = '?';
    for (std::size_t at = 0; at <= query.size();) {
        const auto end = std::min(query.find('&', at), query.size());
        const auto parameter = query.substr(at, end - at);
        at = end + 1;
        if (parameter.empty() || is_counter(parameter)) continue;
        key += before;
        key += parameter;
        before = '&';
    }
}

std::string_view folded_host(std::string_view host, const SuffixList& suffixes)
{
    while (host.ends_with('.'))
        host.remove_suffix(1);
    while (host.starts_with("www.") && !suffixes.registrable(host.substr(4)).empty()) host.remove_prefix(4);
    return host;
}

std::string_view without_last_slashes(std::string_view path)
{
    while (path.ends_with('/'))
        path.remove_suffix(1);
    return path;
}

bool is_web_scheme(std::string_view scheme)
{
    return scheme == "http" || scheme == "https" || scheme == "ws" || scheme == "wss";
}

} // namespace url_key

Identity url_identity(const Url& url, const SuffixList& suffixes)
{
    using namespace url_key;
    const auto host = folded_host(url.host(), suffixes);
    if (host.empty()) return {};
    std::string rest{without_last_slashes(url.path())};
    append_query(rest, url.query());
    if (url.fragment().starts_with('!')) rest.append("#").append(url.fragment());
    std::string key = "url:";
    if (!is_web_scheme(url.scheme())) key.append(url.scheme()).append("://");
    key += host;
    if (url.port_number >= 0) key += ':' + std::to_string(url.port_number);
    const bool has_mail = rest.find('@') != std::string::npos || rest.find("%40") != std::string::npos;
    key += rest.find('%') == std::string::npos && !has_mail ? rest : without_mail(with_plain_escapes(rest));
    return {Kind::url, std::move(key)};
}

} // namespace adal::cyber
