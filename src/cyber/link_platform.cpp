// The identity of what lives on a platform: a name or number of theirs, not an address. Addresses that are about the
// platform itself (its help, its search) are no resource of anybody and stay plain web addresses.
#include "cyber/link.hpp"

#include "base/text.hpp"
#include "cyber/url_encode.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace adal::cyber {

namespace platform {

using Segments = std::vector<std::string>;

Segments segments_of(std::string_view path)
{
    Segments found;
    for (const auto piece : split(path, '/'))
        if (!piece.empty()) found.push_back(percent_decoded(piece));
    return found;
}

bool is_any_of(std::string_view one, std::initializer_list<std::string_view> names)
{
    return std::ranges::find(names, one) != names.end();
}

// Letters, digits and the marks a platform's names may have.
bool is_name(std::string_view name, std::size_t least, std::size_t most, std::string_view marks)
{
    return name.size() >= least && name.size() <= most && std::ranges::all_of(name, [&](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || marks.find(c) != marks.npos;
           });
}

bool all_digits(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::string parameter(const Url& url, std::string_view name)
{
    for (const auto piece : split(url.query(), '&'))
        if (piece.starts_with(name) && piece.substr(name.size()).starts_with('=')) return percent_decoded(piece.substr(name.size() + 1));
    return {};
}

Identity named(Kind kind, std::string_view prefix, std::string_view name)
{
    return {kind, std::string{prefix} + ":" + std::string{name}};
}

Identity named_lower(Kind kind, std::string_view prefix, std::string_view name)
{
    return named(kind, prefix, lower(name));
}

Identity phone_or_none(Kind kind, std::string_view digits)
{
    auto phone = text_identity((digits.starts_with('+') ? "" : "+") + std::string{digits});
    if (phone.kind != Kind::phone) return {};
    return {kind, std::string{text(kind)} + phone.key.substr(phone.key.find(':'))};
}

// t.me/name, t.me/name/5, t.me/s/name, t.me/+invite, t.me/joinchat/invite, t.me/c/123/5, name.t.me
Identity telegram_name(std::string_view name)
{
    const bool starts_well = !name.empty() && !(name[0] >= '0' && name[0] <= '9') && name[0] != '_';
    return starts_well && is_name(name, 3, 32, "_") ? named_lower(Kind::telegram, "telegram", name) : Identity{};
}

Identity telegram_invite(std::string_view code)
{
    if (all_digits(code) && code.size() >= 10) return phone_or_none(Kind::telegram, code);
    return is_name(code, 10, 64, "_-") ? named(Kind::telegram, "telegram-invite", code) : Identity{};
}

Identity telegram(const Segments& path)
{
    if (path.empty()) return {};
    const auto& first = path[0];
    if (first.starts_with('+') || first.starts_with(' ')) return telegram_invite(first.substr(1));
    const bool second = path.size() > 1;
    if (first == "joinchat") return second ? telegram_invite(path[1]) : Identity{};
    if (first == "s") return second ? telegram_name(path[1]) : Identity{};
    if (first == "c") return second && all_digits(path[1]) ? named(Kind::telegram, "telegram-id", path[1]) : Identity{};
    if (is_any_of(lower(first), {"addemoji", "addlist", "addstickers", "addtheme", "bg", "boost", "confirmphone", "contact", "giftcode", "invoice", "iv", "login",
                                 "m", "msg", "nft", "proxy", "setlanguage", "share", "socks"}))
        return {};
    return telegram_name(first.starts_with('@') ? first.substr(1) : first);
}

// tg://resolve?domain=name, tg://join?invite=code; also written tg:resolve?…
Identity telegram_scheme(const Url& url)
{
    const auto what = url.has_host ? url.host() : url.path();
    if (what == "join") return telegram_invite(parameter(url, "invite"));
    if (what == "privatepost" && all_digits(parameter(url, "channel"))) return named(Kind::telegram, "telegram-id", parameter(url, "channel"));
    if (what != "resolve") return {};
    const auto phone = parameter(url, "phone");
    return phone.empty() ? telegram_name(parameter(url, "domain")) : phone_or_none(Kind::telegram, phone);
}

Identity instagram(const Segments& path)
{
    if (path.empty()) return {};
    const bool second = path.size() > 1;
    const auto post = std::ranges::find_if(path, [](const auto& piece) { return is_any_of(piece, {"p", "reel", "reels", "tv"}); });
    if (post != path.end() && post + 1 != path.end() && post - path.begin() < 2) return is_name(post[1], 5, 64, "_-") ? named(Kind::instagram, "instagram-post", post[1]) : Identity{};
    const auto& name = is_any_of(path[0], {"stories", "_u", "_n"}) && second ? path[1] : path[0];
    if (is_any_of(lower(name), {"about", "accounts", "ar", "developer", "direct", "directory", "explore", "legal", "p", "press", "privacy", "reel", "reels", "stories", "tv", "web"})) return {};
    return is_name(name, 1, 30, "._") ? named_lower(Kind::instagram, "instagram", name) : Identity{};
}

Identity tiktok(std::string_view host, const Segments& path)
{
    if (path.empty()) return {};
    if (is_any_of(host, {"vm.tiktok.com", "vt.tiktok.com"})) return is_name(path[0], 5, 32, "") ? named(Kind::tiktok, "tiktok-link", path[0]) : Identity{};
    if (path[0] == "t" && path.size() > 1) return is_name(path[1], 5, 32, "") ? named(Kind::tiktok, "tiktok-link", path[1]) : Identity{};
    if (path.size() > 2 && is_any_of(path[1], {"video", "photo"}) && all_digits(path[2])) return named(Kind::tiktok, "tiktok-video", path[2]);
    if (!path[0].starts_with('@')) return {};
    return is_name(path[0].substr(1), 2, 24, "._") ? named_lower(Kind::tiktok, "tiktok", path[0].substr(1)) : Identity{};
}

Identity vk(const Segments& path)
{
    if (path.empty()) return {};
    const auto name = lower(path[0]);
    if (name.starts_with("wall") && name.find('_') != name.npos && is_name(name.substr(4), 3, 40, "-_")) return named(Kind::vk, "vk-wall", name.substr(4));
    for (const std::string_view prefix : {"public", "club", "event"}) // one number, three spellings
        if (name.starts_with(prefix) && all_digits(name.substr(prefix.size()))) return named(Kind::vk, "vk", "club" + name.substr(prefix.size()));
    if (name.ends_with(".php") || is_any_of(name, {"about", "apps", "audio", "audios", "blog", "clips", "dev", "doc", "docs", "feed", "friends", "groups", "im", "images", "jobs", "join", "legal",
                                                   "market", "menu", "photo", "photos", "privacy", "search", "services", "settings", "terms", "video", "videos"}))
        return {};
    return is_name(name, 2, 32, "._") ? named(Kind::vk, "vk", name) : Identity{};
}

bool is_video_id(std::string_view id)
{
    return is_name(id, 11, 11, "_-");
}

Identity youtube(std::string_view host, const Url& url, const Segments& path)
{
    const auto video = [](std::string_view id) { return is_video_id(id) ? named(Kind::youtube, "youtube-video", id) : Identity{}; };
    if (host == "youtu.be") return path.empty() ? Identity{} : video(path[0]);
    if (path.empty()) return {};
    if (path[0] == "watch") return video(parameter(url, "v"));
    if (path[0].starts_with('@')) return is_name(path[0].substr(1), 1, 90, "._-") ? named_lower(Kind::youtube, "youtube", path[0].substr(1)) : Identity{};
    if (path.size() < 2) return {};
    if (is_any_of(path[0], {"shorts", "embed", "live", "v"})) return video(path[1]);
    if (path[0] == "channel") return is_name(path[1], 24, 24, "_-") ? named(Kind::youtube, "youtube-channel", path[1]) : Identity{};
    if (is_any_of(path[0], {"c", "user"})) return is_name(path[1], 1, 90, "._-") ? named_lower(Kind::youtube, "youtube-name", path[1]) : Identity{};
    return {};
}

// …/d/obyavlenie/some-words-IDabc12.html, …/list/user/name/
Identity olx(const Segments& path)
{
    if (path.empty()) return {};
    std::string_view last = path.back();
    if (last.ends_with(".html")) last.remove_suffix(5);
    const auto id = last.rfind("-ID");
    if (id != last.npos && is_name(last.substr(id + 3), 3, 16, "")) return named(Kind::olx, "olx", last.substr(id + 1));
    const auto user = std::ranges::find(path, "user");
    if (user != path.end() && user + 1 != path.end() && is_name(user[1], 1, 64, "._-")) return named(Kind::olx, "olx-user", user[1]);
    return {};
}

Identity whatsapp(std::string_view host, const Url& url, const Segments& path)
{
    if (host == "chat.whatsapp.com") {
        const auto code = path.empty() ? std::string{} : path[0] == "invite" && path.size() > 1 ? path[1] : path[0];
        return is_name(code, 8, 64, "_-") ? named(Kind::whatsapp, "whatsapp-invite", code) : Identity{};
    }
    if (const auto phone = parameter(url, "phone"); !phone.empty()) return phone_or_none(Kind::whatsapp, phone);
    if (path.empty()) return {};
    if (path.size() > 1 && is_any_of(path[0], {"message", "qr", "channel"})) return is_name(path[1], 5, 64, "_-") ? named(Kind::whatsapp, "whatsapp-" + path[0], path[1]) : Identity{};
    return host == "wa.me" ? phone_or_none(Kind::whatsapp, path[0]) : Identity{};
}

std::string_view last_two_labels(std::string_view host)
{
    const auto top = host.rfind('.');
    const auto dot = top == host.npos || top == 0 ? host.npos : host.rfind('.', top - 1);
    return dot == host.npos ? host : host.substr(dot + 1);
}

Identity by_scheme(const Url& url)
{
    if (url.scheme() == "tg") return telegram_scheme(url);
    if (url.scheme() == "whatsapp") return whatsapp({}, url, {});
    if (url.scheme() == "tel") return text_identity(percent_decoded(url.path()));
    return {};
}

} // namespace platform

Identity platform_identity(const Url& url)
{
    using namespace platform;
    if (!is_special(url.scheme())) return by_scheme(url);
    auto host = url.host();
    if (host.ends_with('.')) host.remove_suffix(1);
    const auto domain = last_two_labels(host); // none of theirs is longer
    const auto path = [&] { return segments_of(url.path()); };
    if (is_any_of(domain, {"t.me", "telegram.me", "telegram.dog"})) {
        auto below = host.substr(0, host.size() - domain.size()); // "name.", "www.", ""
        while (below.starts_with("www."))
            below.remove_prefix(4);
        return below.empty() ? telegram(path()) : telegram_name(below.substr(0, below.size() - 1));
    }
    if (is_any_of(domain, {"instagram.com", "instagr.am"})) return instagram(path());
    if (domain == "tiktok.com") return tiktok(host, path());
    if (is_any_of(domain, {"vk.com", "vk.ru", "vkontakte.ru"})) return vk(path());
    if (is_any_of(domain, {"youtube.com", "youtu.be", "youtube-nocookie.com"})) return youtube(host, url, path());
    if (domain == "olx.kz") return olx(path());
    if (is_any_of(domain, {"wa.me", "whatsapp.com"})) return whatsapp(host, url, path());
    return {};
}

} // namespace adal::cyber
