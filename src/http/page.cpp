// The frame of every page. Building blocks are in blocks.cpp, problem pages in problem_page.cpp.
#include "http/page.hpp"

#include "http/assets.hpp"
#include "http/security_headers.hpp"
#include "http/target.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace adal::http {
namespace {

struct Site {
    std::vector<NavigationEntry> navigation{};
    std::string origin{};
};

Site& site()
{
    static Site the_site;
    return the_site;
}

// The same page in another language.
std::string in_language(const Request& request, i18n::Language language)
{
    std::string out = fmt::format("/{}", i18n::code(language));
    auto path = std::string_view{request.raw_path};
    if (path.size() >= 3 && i18n::language_from(path.substr(1, 2)) && (path.size() == 3 || path[3] == '/'))
        path.remove_prefix(3);
    else path = {};
    if (path != "/") out += path;
    if (!request.query.empty()) out += "?" + query_text(request.query);
    return out;
}

Html alternates(const Request& request)
{
    Html out;
    const auto link = [&](std::string_view code, i18n::Language language) {
        out += void_element("link", {Attr{"rel", "alternate"}, Attr{"hreflang", code},
                                     href(site().origin + in_language(request, language))});
    };
    for (const auto language : i18n::all_languages) link(i18n::code(language), language);
    link("x-default", i18n::Language::kk);
    return out;
}

Html head(const Request& request, const Page& page)
{
    const auto name = i18n::text(request.language, "http.site_name");
    Html out = void_element("meta", {Attr{"charset", "utf-8"}});
    out += void_element("meta", {Attr{"name", "viewport"}, Attr{"content", "width=device-width, initial-scale=1"}});
    out += element("title", {}, page.title.empty() || page.title == name ? Html(name) : Html(page.title + " — " + name));
    if (!page.description.empty())
        out += void_element("meta", {Attr{"name", "description"}, Attr{"content", page.description}});
    out += void_element("meta", {Attr{"name", "color-scheme"}, Attr{"content", "light dark"}});
    out += void_element("link", {Attr{"rel", "stylesheet"}, href(asset_path("adal.css"))});
    for (const auto& style : page.styles)
        out += void_element("link", {Attr{"rel", "stylesheet"}, href(asset_path(style))});
    out += void_element("link", {Attr{"rel", "icon"}, Attr{"type", "image/svg+xml"}, href(asset_path("mark.svg"))});
    out += void_element("link", {Attr{"rel", "manifest"}, href(asset_path("app.webmanifest"))});
    out += alternates(request);
    for (const auto& script : page.scripts)
        out += element("script", {Attr{"type", "module"}, src(asset_path(script))}, {});
    return element("head", {}, out);
}

Html navigation_list(const Request& request, const Page& page)
{
    Html out;
    for (const auto& entry : site().navigation) {
        if (entry.permission != Permission::anyone && !request.may(entry.permission)) continue;
        const bool current = entry.key == page.active;
        out += li({}, a({href(request.link(entry.path)), current ? Attr{"aria-current", "page"} : Attr::none()},
                        t(request, entry.key)));
    }
    return ul({}, out);
}

Html languages(const Request& request)
{
    static constexpr std::pair<i18n::Language, std::string_view> kNames[] = {
        {i18n::Language::kk, "Қаз"}, {i18n::Language::ru, "Рус"}, {i18n::Language::en, "Eng"}};
    Html out;
    for (const auto& [language, name] : kNames) {
        const auto code = i18n::code(language);
        const bool current = language == request.language;
        out += li({}, a({href(in_language(request, language)), Attr{"lang", code}, Attr{"hreflang", code},
                         current ? Attr{"aria-current", "true"} : Attr::none()},
                        Html(name)));
    }
    return nav({cls("languages"), Attr{"aria-label", i18n::text(request.language, "http.languages")}}, ul({}, out));
}

Html account(const Request& request)
{
    if (!request.principal)
        return a({cls("sign-in"), href(request.link("/sign-in"))}, t(request, "http.sign_in"));
    return div({cls("account")}, a({cls("account-name"), href(request.link("/account"))}, request.principal->display_name),
               post_form(request, "/sign-out", button({cls("link")}, t(request, "http.sign_out"))));
}

// The list is there twice, one of them displayed: a closed <details> cannot be opened by a style sheet.
Html top_bar(const Request& request, const Page& page)
{
    const auto list = navigation_list(request, page);
    const Attr label_attr{"aria-label", i18n::text(request.language, "http.navigation")};
    return header({cls("top")},
                  div({cls("top-inner")},
                      a({cls("brand"), href(request.link("/"))},
                        img({src(asset_path("mark.svg")), Attr{"alt", ""}, Attr{"width", 32}, Attr{"height", 32}}),
                        span({}, t(request, "http.site_name"))),
                      nav({cls("wide"), label_attr}, list),
                      div({cls("tools")}, languages(request), account(request)),
                      details({cls("narrow")}, summary({}, t(request, "http.menu")), nav({label_attr}, list))));
}

Html bottom(const Request& request)
{
    return footer({cls("bottom")},
                  div({cls("bottom-inner")}, p({}, strong({}, t(request, "http.site_name")), " · ", t(request, "http.tagline")),
                      p({cls("quiet")}, t(request, "http.footer_note"))));
}

} // namespace

void set_navigation(std::vector<NavigationEntry> entries) { site().navigation = std::move(entries); }
void set_origin(std::string origin) { site().origin = std::move(origin); }

Reply render(const Request& request, const Page& page, int status)
{
    const bool office = page.audience == Audience::office;
    const Html body = element("body", {cls(office ? "office" : "open")},
                              a({cls("skip"), href("#main")}, t(request, "http.skip")) + top_bar(request, page) +
                                  main_({id_("main"), Attr{"tabindex", "-1"}}, page.body) + bottom(request));
    const Html document = element("html", {Attr{"lang", i18n::code(request.language)}}, head(request, page) + body);
    auto reply = html_reply("<!doctype html>\n" + document.markup(), status);
    reply.headers.emplace_back("Content-Language", i18n::code(request.language));
    reply.headers.emplace_back("Cache-Control", office || request.principal ? "no-store" : "no-cache");
    if (std::find(page.styles.begin(), page.styles.end(), "leaflet.css") != page.styles.end())
        reply.headers.emplace_back("Content-Security-Policy", std::string{kPolicyForLeaflet});
    return reply;
}

Html t(const Request& request, std::string_view key, const i18n::Params& params)
{
    return Html(i18n::text(request.language, key, params));
}

} // namespace adal::http
