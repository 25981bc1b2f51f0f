#include "http/router.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace adal::http {
namespace {

bool is_parameter(std::string_view segment) { return segment.starts_with('{'); }
bool is_rest(std::string_view segment) { return segment.ends_with("*}"); }

std::vector<std::string_view> segments_of(std::string_view path)
{
    if (path.size() <= 1) return {};
    return split(path.substr(1), '/');
}

// The name inside "{id}" or "{rest*}".
std::string name_of(std::string_view segment)
{
    segment.remove_prefix(1);
    segment.remove_suffix(is_rest(segment) ? 2 : 1);
    return std::string{segment};
}

// Fills `params` and says whether the path fits the pattern.
bool fits(std::string_view pattern, const std::vector<std::string_view>& path,
          std::map<std::string, std::string>& params)
{
    const auto wanted = segments_of(pattern);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (i >= path.size()) return false;
        if (path[i].empty()) return false;
        if (is_rest(wanted[i])) {
            const auto* begin = path[i].data();
            const auto* end = path.back().data() + path.back().size();
            params[name_of(wanted[i])] = std::string{begin, end};
            return true;
        }
        if (is_parameter(wanted[i])) params[name_of(wanted[i])] = std::string{path[i]};
        else if (wanted[i] != path[i]) return false;
    }
    return wanted.size() == path.size();
}

// A literal segment is nearer than a parameter, a parameter nearer than the rest: '0' < '1' < '2'.
std::string nearness(std::string_view pattern)
{
    std::string out;
    for (const auto segment : segments_of(pattern))
        out += is_rest(segment) ? '2' : is_parameter(segment) ? '1' : '0';
    return out;
}

bool method_fits(const Route& route, std::string_view method)
{
    return route.method == method || (method == "HEAD" && route.method == "GET");
}

} // namespace

void Router::add(std::string_view method, Place place, std::string_view pattern, Permission needed,
                 decltype(Route::handler) handler, RouteOptions options)
{
    ADAL_CHECK(pattern.starts_with('/'));
    for (const auto& route : m_routes)
        ADAL_CHECK(route.method != method || route.place != place || route.pattern != pattern);
    m_routes.push_back({.method = std::string{method},
                        .pattern = std::string{pattern},
                        .place = place,
                        .permission = needed,
                        .options = options,
                        .handler = std::move(handler)});
    const auto segments = segments_of(pattern);
    const bool literal_first = !segments.empty() && !is_parameter(segments.front());
    auto& bucket = m_index[literal_first ? std::string{segments.front()} : std::string{}];
    bucket.push_back(m_routes.size() - 1);
    std::stable_sort(bucket.begin(), bucket.end(), [&](std::size_t a, std::size_t b) {
        return nearness(m_routes[a].pattern) < nearness(m_routes[b].pattern);
    });
}

void Router::page(std::string_view pattern, Permission needed, ReadHandler handler, RouteOptions options)
{
    add("GET", Place::page, pattern, needed, std::move(handler), options);
}

void Router::form(std::string_view pattern, Permission needed, WriteHandler handler, RouteOptions options)
{
    add("POST", Place::page, pattern, needed, std::move(handler), options);
}

void Router::plain_form(std::string_view pattern, Permission needed, PlainHandler handler, RouteOptions options)
{
    add("POST", Place::page, pattern, needed, std::move(handler), options);
}

void Router::get(std::string_view pattern, Permission needed, ReadHandler handler, RouteOptions options)
{
    add("GET", Place::raw, pattern, needed, std::move(handler), options);
}

void Router::post(std::string_view pattern, Permission needed, WriteHandler handler, RouteOptions options)
{
    add("POST", Place::raw, pattern, needed, std::move(handler), options);
}

void Router::put(std::string_view pattern, Permission needed, WriteHandler handler, RouteOptions options)
{
    add("PUT", Place::raw, pattern, needed, std::move(handler), options);
}

void Router::plain(std::string_view pattern, Permission needed, PlainHandler handler, RouteOptions options)
{
    add("GET", Place::raw, pattern, needed, std::move(handler), options);
}

Router::Match Router::match(std::string_view method, std::string_view decoded_path) const
{
    Match match;
    match.path = std::string{decoded_path};
    if (decoded_path.size() >= 3 && (decoded_path.size() == 3 || decoded_path[3] == '/')) {
        if (const auto language = i18n::language_from(decoded_path.substr(1, 2))) {
            match.language = *language;
            match.has_language = true;
            match.path = decoded_path.size() <= 4 ? "/" : std::string{decoded_path.substr(3)};
        }
    }
    find(method, match.has_language ? Place::page : Place::raw, match);
    return match;
}

void Router::find(std::string_view method, Place place, Match& match) const
{
    const auto path = segments_of(match.path);
    const auto look = [&](const std::string& key) {
        const auto bucket = m_index.find(key);
        if (bucket == m_index.end()) return false;
        return std::any_of(bucket->second.begin(), bucket->second.end(), [&](std::size_t number) {
            const auto& route = m_routes[number];
            std::map<std::string, std::string> params;
            if (route.place != place || !fits(route.pattern, path, params)) return false;
            match.method_known = true;
            if (!method_fits(route, method)) return false;
            match.route = &route;
            match.params = std::move(params);
            return true;
        });
    };
    if (!path.empty() && look(std::string{path.front()})) return;
    look("");
}

std::string Router::methods(Place place, std::string_view path) const
{
    std::string out;
    for (const auto* method : {"GET", "POST", "PUT"}) {
        Match match;
        match.path = std::string{path};
        find(method, place, match);
        if (match.route == nullptr) continue;
        if (!out.empty()) out += ", ";
        out += method;
        if (match.route->method == "GET") out += ", HEAD";
    }
    return out;
}

} // namespace adal::http
