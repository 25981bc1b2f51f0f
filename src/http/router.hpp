// http/router.hpp: the table of all routes. Permission is an argument of every route, so no route exists
// without one and the table can be printed (`adal routes`, golden test).
//
// Pages live under /{kk|ru|en}/… (the path here is without that prefix) and get `hreflang` links; the API
// under /api/v1/… and raw paths (/log/…, /health) have no language prefix.
// A write handler runs inside one transaction: committed when it returns a value, rolled back when it
// returns a Problem or throws. A read handler sees one snapshot.
#pragma once

#include "base/result.hpp"
#include "http/message.hpp"
#include "storage/storage.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace adal::http {

using ReadHandler = std::function<Result<Reply>(storage::Snapshot&, const Request&)>;
using WriteHandler = std::function<Result<Reply>(storage::Transaction&, const Request&)>;
// For what needs no database: tiles, static files, health. Open GETs run on the I/O thread: they must not wait
// for anything.
using PlainHandler = std::function<Result<Reply>(const Request&)>;

enum class Place { page, raw }; // page: under the language prefix

struct RouteOptions {
    std::uint64_t body_limit = 64 << 10; // bytes; above: 413 before reading
    bool multipart = false;              // accepts files (streamed to the spool)
    int max_files = 20;
    std::string_view doc{};              // one line for openapi and the route table
};

struct Route {
    std::string method{};
    std::string pattern{}; // "/places/{id}", last segment may be "{rest*}"
    Place place = Place::page;
    Permission permission = Permission::anyone;
    RouteOptions options{};
    std::variant<ReadHandler, WriteHandler, PlainHandler> handler{};
};

class Router
{
public:
    // Pages (language prefix). POST from a form: CSRF token checked before the handler.
    void page(std::string_view pattern, Permission needed, ReadHandler handler, RouteOptions options = {});
    void form(std::string_view pattern, Permission needed, WriteHandler handler, RouteOptions options = {});
    // A form whose handler opens its own transactions: slow work (a passphrase hash) must not hold the writer.
    void plain_form(std::string_view pattern, Permission needed, PlainHandler handler, RouteOptions options = {});
    // API and raw paths.
    void get(std::string_view pattern, Permission needed, ReadHandler handler, RouteOptions options = {});
    void post(std::string_view pattern, Permission needed, WriteHandler handler, RouteOptions options = {});
    void put(std::string_view pattern, Permission needed, WriteHandler handler, RouteOptions options = {});
    void plain(std::string_view pattern, Permission needed, PlainHandler handler, RouteOptions options = {});

    struct Match {
        const Route* route = nullptr; // null: nothing there
        bool method_known = false;    // the path exists; with a null route: another method, 405
        std::map<std::string, std::string> params{};
        i18n::Language language = i18n::Language::kk;
        bool has_language = false;
        std::string path{}; // without the prefix
    };
    [[nodiscard]] Match match(std::string_view method, std::string_view decoded_path) const;
    [[nodiscard]] const std::vector<Route>& routes() const { return m_routes; }

    // "GET, HEAD, POST": what the path answers, for Allow.
    [[nodiscard]] std::string methods(Place place, std::string_view path) const;

private:
    void find(std::string_view method, Place place, Match& match) const;
    void add(std::string_view method, Place place, std::string_view pattern, Permission needed,
             decltype(Route::handler) handler, RouteOptions options);
    std::vector<Route> m_routes;
    // By literal first segment ("" for patterns that begin with a parameter, and for "/"), nearest first.
    std::map<std::string, std::vector<std::size_t>, std::less<>> m_index;
};

} // namespace adal::http
