#include "cyber/link.hpp"

#include "cyber/look_alikes.hpp"
#include "cyber/url_host.hpp"

#include <algorithm>
#include <array>

namespace adal::cyber {

namespace link_reading {

bool is_web(const Url& url)
{
    return url.scheme() == "http" || url.scheme() == "https";
}

consteval std::array<bool, 256> hiding_bytes()
{
    std::array<bool, 256> hides{};
    for (int c = 0; c < 256; ++c)
        hides[static_cast<std::size_t>(c)] = c <= ' ' || c >= 0x7F;
    for (const char c : std::string_view{"\"'()<>[]`{}"})
        hides[static_cast<unsigned char>(c)] = true;
    return hides;
}
constexpr auto kHides = hiding_bytes();

// Bytes that stand for nothing else in an ordinary address; all that undisguised() could change has one of the others.
bool may_hide(std::string_view written)
{
    return std::ranges::any_of(written, [](char c) { return kHides[static_cast<unsigned char>(c)]; }) || written.find("xn--") != written.npos;
}

std::string_view top_label(std::string_view host)
{
    if (host.ends_with('.')) host.remove_suffix(1);
    const auto dot = host.rfind('.');
    return dot == host.npos ? host : host.substr(dot + 1);
}

// "t.mе" with a Cyrillic letter: no such top-level name exists, but the one it looks like does.
void see_through_top_label(Url& url, const SuffixList& suffixes)
{
    const auto top = top_label(url.host());
    if (!top.starts_with("xn--") || suffixes.is_suffix(top)) return;
    if (!suffixes.is_suffix(latin_by_sight(domain_to_unicode(top)))) return;
    const auto seen = latin_by_sight(domain_to_unicode(url.host()));
    const auto rewritten = url.href.substr(0, url.host_begin) + seen + url.href.substr(url.host_end);
    if (auto read = parse_url(rewritten)) url = std::move(*read);
}

// "casino.kz/x": a name that somebody could have registered, or an address in digits.
std::optional<Url> without_scheme(std::string_view plain, const SuffixList& suffixes)
{
    if (plain.find('.') == plain.npos || plain.find_first_of(" \t\n") != plain.npos) return std::nullopt;
    while (plain.starts_with('/'))
        plain.remove_prefix(1);
    auto url = parse_url("http://" + std::string{plain});
    if (!url) return std::nullopt;
    see_through_top_label(*url, suffixes);
    const bool named = suffixes.is_suffix(top_label(url->host())) && !suffixes.is_suffix(url->host());
    if (!named && !is_ip_address(url->host())) return std::nullopt;
    return url;
}

std::optional<Url> meant_url(std::string_view plain, const std::optional<Url>& beside_base, const SuffixList& suffixes)
{
    auto url = parse_url(plain);
    if (url && !is_special(url->scheme())) {
        // "casino.kz:8080/x" has the scheme "casino.kz"; "tg://…" is what it says.
        if (url->scheme().find('.') != std::string_view::npos) url = without_scheme(plain, suffixes);
        return url;
    }
    if (url) see_through_top_label(*url, suffixes);
    if (!url) url = beside_base;
    if (!url) url = without_scheme(plain, suffixes);
    return url;
}

void identify(Link& link, const SuffixList& suffixes)
{
    const auto& url = *link.meant;
    link.identity = platform_identity(url);
    if (link.identity.kind == Kind::none) link.identity = url_identity(url, suffixes);
    if (is_special(url.scheme())) link.registrable = suffixes.registrable(url.host());
}

} // namespace link_reading

std::string_view text(Kind kind)
{
    constexpr std::string_view kTexts[] = {"none", "url", "telegram", "instagram", "tiktok", "vk", "youtube", "olx", "whatsapp", "phone", "card"};
    return kTexts[static_cast<std::size_t>(kind)];
}

Link read_link(std::string_view written, const SuffixList& suffixes, const Url* base)
{
    using namespace link_reading;
    Link link;
    link.url = parse_url(written, base);
    if (link.url && !base && is_web(*link.url) && !may_hide(written)) {
        link.meant = link.url;
        identify(link, suffixes);
        return link;
    }
    const auto plain = undisguised(written);
    link.identity = text_identity(plain);
    if (link.identity.kind != Kind::none) return link;
    link.meant = meant_url(plain, base ? link.url : std::nullopt, suffixes);
    if (link.meant) identify(link, suffixes);
    return link;
}

std::string_view host_of(const Link& link)
{
    if (!link.meant) return {};
    auto host = link.meant->host();
    while (host.ends_with('.')) host.remove_suffix(1);
    return host;
}

} // namespace adal::cyber
