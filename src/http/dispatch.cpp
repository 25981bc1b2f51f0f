#include "http/dispatch.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"
#include "http/assets.hpp"
#include "http/finish.hpp"
#include "http/page.hpp"
#include "http/target.hpp"

#include <fmt/format.h>

namespace adal::http {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kSmallBody = 8 << 10;

bool is_read(std::string_view method) { return method == "GET" || method == "HEAD"; }

bool has_credentials(const Request& request)
{
    return !request.header("cookie").empty() || !request.header("authorization").empty();
}

bool is_loopback(std::string_view address) { return address.starts_with("127.") || address == "::1"; }

// The address our own proxy saw is the last one of the list; the rest anybody can write.
std::string forwarded_peer(const Request& request)
{
    const auto list = request.header("x-forwarded-for");
    const auto last = trim(list.substr(list.find_last_of(',') + 1));
    const bool good = !last.empty() && last.size() <= 45 &&
                      last.find_first_not_of("0123456789abcdefABCDEF:.") == std::string_view::npos;
    return good ? std::string{last} : request.peer;
}

// "/ru/…" says the reader's language even where the rest of the address is broken.
std::optional<i18n::Language> language_of_address(std::string_view target)
{
    const bool is_prefix = target.size() == 3 || (target.size() > 3 && (target[3] == '/' || target[3] == '?'));
    return is_prefix && target.front() == '/' ? i18n::language_from(target.substr(1, 2)) : std::nullopt;
}

Reply redirect(int status, std::string location)
{
    auto reply = see_other(std::move(location));
    reply.status = status;
    reply.headers.emplace_back("Vary", "Accept-Language");
    reply.headers.emplace_back("Cache-Control", "no-cache");
    return reply;
}

std::string with_query(std::string path, const std::map<std::string, std::string>& query)
{
    return query.empty() ? path : path + "?" + query_text(query);
}

// Visitors' reads of open pages may be answered from the cache.
bool is_shared_page(const Exchange& exchange)
{
    const auto* route = exchange.route;
    return route != nullptr && route->place == Place::page && route->method == "GET" &&
           route->permission == Permission::anyone && !has_credentials(exchange.request);
}

Result<Reply> static_file(const Request& request)
{
    return asset_reply(request.param("hash"), request.param("name"), accepts_gzip(request));
}

} // namespace

Dispatcher::Dispatcher(Router router, storage::Database& database, Hooks hooks, DispatchOptions options)
    : m_router(std::move(router)), m_database(database), m_hooks(std::move(hooks)), m_options(std::move(options)),
      m_cache(m_options.cache_time), m_run(hex(random_bytes(4)))
{
    m_router.plain("/static/{hash}/{name}", Permission::anyone, static_file, {.doc = "Styles, scripts, pictures"});
    if (!m_options.spool_directory.empty()) clean_spool(m_options.spool_directory);
}

std::string Dispatcher::next_request_id() { return fmt::format("{}-{:x}", m_run, ++m_count); }

std::unique_ptr<Exchange> Dispatcher::open(RequestHead head)
{
    auto exchange = std::make_unique<Exchange>(m_options.spool_directory);
    auto& request = exchange->request;
    request.method = std::move(head.method);
    request.headers = std::move(head.headers);
    request.peer = std::move(head.peer);
    request.at = now();
    request.request_id = next_request_id();
    if (m_options.behind_proxy && is_loopback(request.peer)) request.peer = forwarded_peer(request);
    request.language = i18n::negotiate(request.header("accept-language"));

    auto target = read_target(head.target);
    if (!target) {
        exchange->problem = target.error();
        if (const auto language = language_of_address(head.target)) request.language = *language;
        return exchange;
    }
    request.raw_path = std::move(target->raw_path);
    request.path = std::move(target->path);
    request.query = std::move(target->query);
    match(*exchange);
    if (exchange->route != nullptr && is_shared_page(*exchange) && m_cache.is_on()) {
        if (const auto kept = m_cache.find(m_cache.ticket(request, accepts_gzip(request), m_database.commits()))) {
            exchange->ready = *kept;
            finish(*exchange->ready, request);
        }
    }
    return exchange;
}

void Dispatcher::match(Exchange& exchange)
{
    auto& request = exchange.request;
    auto found = m_router.match(request.method, request.path);
    if (found.has_language) request.language = found.language;
    const bool wants_page = request.header("accept").find("text/html") != std::string_view::npos;
    const bool wants_json = !wants_page && request.header("accept").starts_with("application/json"); // our own scripts
    exchange.is_page = (found.has_language && !wants_json) || (!found.method_known && wants_page);
    request.path = std::move(found.path);
    if (found.route != nullptr) {
        exchange.route = found.route;
        request.path_params = std::move(found.params);
        return;
    }
    const auto place = found.has_language ? Place::page : Place::raw;
    if (found.method_known) {
        exchange.problem = Problem{&method_not_allowed};
        exchange.allow = m_router.methods(place, request.path);
        return;
    }
    if (is_read(request.method)) {
        const bool slash = request.path.size() > 1 && request.path.ends_with('/');
        const auto bare = slash ? request.path.substr(0, request.path.size() - 1) : request.path;
        if (slash && !m_router.methods(place, bare).empty())
            exchange.ready = redirect(308, with_query(request.raw_path.substr(0, request.raw_path.size() - 1), request.query));
        else if (!found.has_language && !m_router.methods(Place::page, bare).empty())
            exchange.ready = redirect(302, with_query(request.link(request.raw_path), request.query));
    }
    if (!exchange.ready) exchange.problem = Problem{&not_found};
}

bool Dispatcher::is_quick(const Exchange& exchange) const
{
    if (exchange.ready) return true;
    const auto* route = exchange.route;
    if (route == nullptr) return !has_credentials(exchange.request);
    return route->method == "GET" && route->permission == Permission::anyone &&
           std::holds_alternative<PlainHandler>(route->handler);
}

bool Dispatcher::must_admit_first(const Exchange& exchange, std::optional<std::uint64_t> content_length) const
{
    const bool is_small = content_length && *content_length <= kSmallBody;
    if (is_small && exchange.route != nullptr && !exchange.route->options.multipart) return false;
    return exchange.route != nullptr && !exchange.is_admitted && exchange.route->permission != Permission::anyone;
}

void Dispatcher::identify(Exchange& exchange, storage::Snapshot& snapshot)
{
    exchange.request.principal = m_hooks.authenticate(snapshot, exchange.request);
}

void Dispatcher::admit(Exchange& exchange)
{
    if (exchange.is_admitted) return;
    exchange.is_admitted = true;
    auto& request = exchange.request;
    const auto* route = exchange.route;
    const bool needs_nobody = route != nullptr && route->permission == Permission::anyone && route->place == Place::raw &&
                              is_read(route->method) && std::holds_alternative<PlainHandler>(route->handler);
    if (m_hooks.authenticate && has_credentials(request) && !needs_nobody) {
        m_database.read([&](storage::Snapshot& snapshot) {
            identify(exchange, snapshot);
            return 0;
        });
    }
    if (route == nullptr) return;
    if (const auto allowed = check_permission(exchange); !allowed) {
        if (allowed.error().is(sign_in_needed) && route->place == Place::page && is_read(request.method)) {
            const auto next = with_query(request.raw_path, request.query);
            exchange.ready = see_other(request.link("/sign-in") + "?next=" + percent_encoded(next));
        } else {
            exchange.problem = allowed.error();
        }
        return;
    }
    if (exchange.problem) return; // of the body: told only to those who may send it
    // The token of a form is in its body; where the form comes from is known before.
    if (!is_read(request.method) && !is_same_origin(request)) exchange.problem = Problem{&csrf_refused};
}

Result<Done> Dispatcher::check_permission(const Exchange& exchange) const
{
    const auto needed = exchange.route->permission;
    if (needed == Permission::anyone) return done();
    if (!exchange.request.principal) return fail(sign_in_needed);
    if (needed != Permission::signed_in && !exchange.request.may(needed)) return fail(not_allowed);
    return done();
}

// A browser says where a request comes from; other programs carry no cookie of somebody else.
bool Dispatcher::is_same_origin(const Request& request) const
{
    const auto site = request.header("sec-fetch-site");
    if (!site.empty() && site != "same-origin" && site != "none") return false;
    const auto origin = request.header("origin");
    if (origin.empty() || (!m_options.origin.empty() && origin == m_options.origin)) return true;
    const auto host = request.header("host");
    return origin == fmt::format("http://{}", host) || origin == fmt::format("https://{}", host);
}

// Forms of a signed-in person carry the session's token; API writes with a cookie carry a header that no
// foreign page can set without asking (X-Adal), or come with a bearer token instead of a cookie.
Result<Done> Dispatcher::check_forgery(const Exchange& exchange) const
{
    const auto& request = exchange.request;
    if (is_read(request.method) || !request.principal) return done();
    const auto& token = request.principal->csrf;
    if (exchange.route->place == Place::page) {
        if (token.empty() || !equal_secret(request.field("csrf"), token)) return fail(csrf_refused);
        return done();
    }
    if (request.header("authorization").empty() && request.header("x-adal").empty()) return fail(csrf_refused);
    return done();
}

bool Dispatcher::accept_body(Exchange& exchange, std::optional<std::uint64_t> content_length)
{
    if (exchange.problem || exchange.ready || exchange.route == nullptr) return false;
    const auto limit = exchange.route->options.body_limit;
    if (content_length && *content_length > limit) {
        exchange.problem = Problem{&body_too_large, {{"limit", std::to_string(limit >> 10)}}};
        return false;
    }
    auto sink = body_sink(exchange.request, *exchange.route, exchange.spool);
    if (!sink) {
        exchange.problem = sink.error();
        return false;
    }
    exchange.body = std::move(*sink);
    return true;
}

bool Dispatcher::write_body(Exchange& exchange, std::string_view piece)
{
    try {
        if (const auto taken = exchange.body->write(piece); !taken) exchange.problem = taken.error();
    } catch (const std::exception& error) {
        if (m_hooks.failed) m_hooks.failed(exchange.request.request_id, error.what());
        exchange.problem = Problem{&internal_error};
    }
    return !exchange.problem;
}

bool Dispatcher::finish_body(Exchange& exchange)
{
    if (exchange.body)
        if (const auto finished = exchange.body->finish(); !finished) exchange.problem = finished.error();
    return !exchange.problem;
}

Reply Dispatcher::answer(Exchange& exchange)
{
    Reply reply;
    try {
        if (!exchange.ready) admit(exchange);
        reply = exchange.ready ? std::move(*exchange.ready) : run_handler(exchange);
    } catch (const std::exception& error) {
        reply = failed_reply(exchange, error.what());
    }
    if (!exchange.allow.empty()) reply.headers.emplace_back("Allow", exchange.allow);
    finish(reply, exchange.request);
    return reply;
}

Reply Dispatcher::run_handler(Exchange& exchange)
{
    if (exchange.problem) return problem_reply(exchange, *exchange.problem);
    if (const auto checked = check_forgery(exchange); !checked) return problem_reply(exchange, checked.error());
    const bool shared = is_shared_page(exchange) && m_cache.is_on();
    const auto packed = accepts_gzip(exchange.request);
    const auto ticket = shared ? m_cache.ticket(exchange.request, packed, m_database.commits()) : ReplyCache::Ticket{};
    auto result = handle(exchange);
    if (!result) return problem_reply(exchange, result.error());
    if (shared) {
        pack(*result, exchange.request);
        m_cache.keep(ticket, *result);
    }
    return std::move(*result);
}

Result<Reply> Dispatcher::handle(Exchange& exchange)
{
    const auto& request = exchange.request;
    const auto& handler = exchange.route->handler;
    if (const auto* plain = std::get_if<PlainHandler>(&handler)) return (*plain)(request);
    if (const auto* read = std::get_if<ReadHandler>(&handler))
        return m_database.read([&](storage::Snapshot& snapshot) { return (*read)(snapshot, request); });
    const auto& write = std::get<WriteHandler>(handler);
    return m_database.write([&](storage::Transaction& tx) { return write(tx, request); });
}

Reply Dispatcher::problem_reply(const Exchange& exchange, const Problem& problem) const
{
    const auto& request = exchange.request;
    auto reply = exchange.is_page ? problem_page(request, problem) : problem_json(request, problem);
    if (reply.status == 503 || reply.status == 429) reply.headers.emplace_back("Retry-After", "2");
    return reply;
}

Reply Dispatcher::failed_reply(const Exchange& exchange, const std::string& what) const
{
    if (m_hooks.failed) m_hooks.failed(exchange.request.request_id, what);
    try {
        return problem_reply(exchange, Problem{&internal_error});
    } catch (const std::exception&) { // the page itself is what failed
        return text_reply("internal error, request " + exchange.request.request_id + "\n", 500);
    }
}

Reply Dispatcher::refusal(const Exchange* exchange, int status) const
{
    if (exchange != nullptr && status == 413 && exchange->route != nullptr) {
        const auto limit = exchange->route->options.body_limit >> 10;
        return problem_reply(*exchange, Problem{&body_too_large, {{"limit", std::to_string(limit)}}});
    }
    if (exchange != nullptr && status == 503) return problem_reply(*exchange, Problem{&busy});
    if (exchange != nullptr && status == 404) { // a file that is not there
        auto reply = problem_reply(*exchange, Problem{&not_found});
        finish(reply, exchange->request);
        return reply;
    }
    auto reply = text_reply(std::string{reason_of(status)} + "\n", status);
    if (status == 503) reply.headers.emplace_back("Retry-After", "2");
    return reply;
}

void Dispatcher::record(const Exchange& exchange, int status, std::uint64_t bytes) const
{
    if (!m_hooks.access) return;
    const auto& request = exchange.request;
    const auto* route = exchange.route;
    const bool secret = route != nullptr && (route->pattern.find("{code") != std::string::npos ||
                                             route->pattern.find("{token") != std::string::npos);
    const auto spent = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - exchange.began);
    m_hooks.access({.at = request.at,
                    .request_id = request.request_id,
                    .peer = request.peer,
                    .method = request.method,
                    .path = secret ? route->pattern : request.raw_path.substr(0, 300),
                    .status = status,
                    .bytes = bytes,
                    .microseconds = spent.count(),
                    .person = request.principal ? request.principal->person : PersonId{}});
}

} // namespace adal::http
