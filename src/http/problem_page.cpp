// What a person sees when something did not work: what happened, the way out, the number of the request,
// and what was typed, so that nothing is lost.
#include "http/page.hpp"

#include <fmt/format.h>

namespace adal::http {
namespace {

// Never shown again: secrets, tokens.
bool is_secret(std::string_view field)
{
    for (const auto* part : {"csrf", "pass", "secret", "token", "code"})
        if (field.find(part) != std::string_view::npos) return true;
    return false;
}

Html typed(const Request& request)
{
    Html list;
    for (const auto& [name, value] : request.form)
        if (!is_secret(name) && value.size() > 2) list += li({}, pre({}, value));
    if (list.empty()) return {};
    return details({cls("typed"), Attr{"open"}}, summary({}, t(request, "http.you_typed")), ul({}, list));
}

// Where the person came from, if that is a page of this site.
std::string way_back(const Request& request)
{
    const auto from = request.header("referer");
    const auto host = request.header("host");
    for (const auto* scheme : {"http://", "https://"}) {
        const auto origin = fmt::format("{}{}/", scheme, host);
        if (!host.empty() && from.starts_with(origin)) return std::string{from.substr(origin.size() - 1)};
    }
    return request.link("/");
}

std::string title_key(int status)
{
    if (status == 404) return "http.title_not_found";
    if (status == 401 || status == 403) return "http.title_not_allowed";
    if (status >= 500) return "http.title_failed";
    return "http.title_refused";
}

} // namespace

Html error_summary(const Request& request, const Problem& problem)
{
    Html sentence(i18n::sentence(request.language, problem));
    const auto field = problem.params.find("field");
    if (field != problem.params.end()) sentence = a({href("#f-" + field->second)}, sentence);
    return div({cls("notice bad"), Attr{"role", "alert"}, Attr{"tabindex", "-1"}, Attr{"data-problem", problem.code->key}},
               h2({}, t(request, "http.error_summary")), p({}, sentence));
}

Reply problem_page(const Request& request, const Problem& problem)
{
    const int status = problem.code->http_status;
    const auto title = i18n::text(request.language, title_key(status));
    Html body = h1({}, title) + p({cls("lead")}, i18n::sentence(request.language, problem)) + typed(request);
    Html ways = a({cls("button"), href(way_back(request))}, t(request, "http.go_back"));
    if (status == 401) ways = a({cls("button"), href(request.link("/sign-in"))}, t(request, "http.sign_in"));
    ways += a({cls("button quiet"), href(request.link("/"))}, t(request, "http.go_home"));
    body += p({cls("actions")}, ways);
    if (!request.request_id.empty())
        body += p({cls("quiet")}, t(request, "http.request_number", {{"number", request.request_id}}), " ",
                  code({}, problem.code->key));
    return render(request, {.title = title, .body = section({cls("problem")}, body)}, status);
}

Reply problem_json(const Request& request, const Problem& problem)
{
    json::object params;
    for (const auto& [name, value] : problem.params) params[name] = value;
    return json_reply(json::object{{"code", problem.code->key},
                                   {"params", std::move(params)},
                                   {"message", i18n::sentence(request.language, problem)},
                                   {"request", request.request_id}},
                      problem.code->http_status);
}

} // namespace adal::http
