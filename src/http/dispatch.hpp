// http/dispatch.hpp: from a request to its reply, without sockets: route, limits, who is asking, permission, forgery checks,
// transaction, problem pages. The server feeds it pieces from connections; call() feeds it whole requests
// in tests.
//
// Life of a request:  open (route, language)  →  admit (who, may he; before a large body is read)  →
// accept_body / body pieces  →  answer (handler, problem page).  Thread-safe: many requests at once.
#pragma once

#include "http/body.hpp"
#include "http/parser.hpp"
#include "http/reply_cache.hpp"
#include "http/router.hpp"
#include "storage/storage.hpp"

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace adal::http {

inline constexpr ProblemCode csrf_refused{"http.csrf", 403};
inline constexpr ProblemCode method_not_allowed{"http.method_not_allowed", 405};
inline constexpr ProblemCode busy{"http.busy", 503};
inline constexpr ProblemCode too_many_requests{"http.too_many_requests", 429};

// One line of the access log. No query strings, and of a path with a secret in it only the pattern.
struct AccessRecord {
    Instant at{};
    std::string request_id{};
    std::string peer{};
    std::string method{};
    std::string path{};
    int status = 0;
    std::uint64_t bytes = 0;
    std::int64_t microseconds = 0;
    PersonId person{};
};

struct Hooks {
    // Called for requests with a cookie or an Authorization header. Empty: everybody is a visitor.
    std::function<std::optional<Principal>(storage::Snapshot&, const Request&)> authenticate{};
    // From any thread, after each answer; must not throw.
    std::function<void(const AccessRecord&)> access{};
    // An exception reached the edge: request id and what() for the operator's log, never for the client.
    std::function<void(const std::string& request_id, const std::string& what)> failed{};
};

struct DispatchOptions {
    std::string spool_directory{}; // uploads; emptied at start
    std::string origin{};          // "https://adal.example"; empty: as the Host header says
    bool behind_proxy = false;     // believe X-Forwarded-For of connections from loopback
    std::chrono::milliseconds cache_time{1000}; // public pages for visitors; 0 = never
};

// One request on its way.
struct Exchange {
    explicit Exchange(const std::string& spool_directory) : spool(spool_directory) {}
    Spool spool;
    Request request{};
    const Route* route = nullptr;
    bool is_page = true;               // a problem is answered with a page, not JSON
    bool is_admitted = false;          // principal and permission are settled
    std::optional<Problem> problem{};  // found before the handler
    std::optional<Reply> ready{};      // a redirect, or a reply from the cache
    std::string allow{};               // methods, with 405
    std::unique_ptr<BodySink> body{};
    std::chrono::steady_clock::time_point began = std::chrono::steady_clock::now();
};

class Dispatcher
{
public:
    Dispatcher(Router router, storage::Database& database, Hooks hooks, DispatchOptions options);

    // Never throws for what a client sends; a bad request gives an exchange with a problem. Quick.
    std::unique_ptr<Exchange> open(RequestHead head);

    // Whether the request can be answered on the I/O thread.
    [[nodiscard]] bool is_quick(const Exchange& exchange) const;
    // Whether `admit` must run on a worker before the body is read. A small form is read first: a few hundred
    // bytes cost less than a second turn in the queue.
    [[nodiscard]] bool must_admit_first(const Exchange& exchange, std::optional<std::uint64_t> content_length) const;
    // Settles principal and permission; a refusal is left in exchange.problem / ready.
    void admit(Exchange& exchange);

    // Before the first piece; false: exchange.problem says why.
    bool accept_body(Exchange& exchange, std::optional<std::uint64_t> content_length);
    bool write_body(Exchange& exchange, std::string_view piece);
    bool finish_body(Exchange& exchange);

    // Runs what is left to do; never throws.
    Reply answer(Exchange& exchange);
    // The reply of a refusal of the transport (400, 413, 431, 501, 503 …) without a request to speak of.
    Reply refusal(const Exchange* exchange, int status) const;

    void record(const Exchange& exchange, int status, std::uint64_t bytes) const;
    [[nodiscard]] const Router& router() const { return m_router; }
    [[nodiscard]] const DispatchOptions& options() const { return m_options; }

private:
    Reply run_handler(Exchange& exchange);
    Result<Reply> handle(Exchange& exchange);
    Result<Done> check_permission(const Exchange& exchange) const;
    Result<Done> check_forgery(const Exchange& exchange) const;
    [[nodiscard]] bool is_same_origin(const Request& request) const;
    void identify(Exchange& exchange, storage::Snapshot& snapshot);
    void match(Exchange& exchange);
    Reply problem_reply(const Exchange& exchange, const Problem& problem) const;
    Reply failed_reply(const Exchange& exchange, const std::string& what) const;
    std::string next_request_id();

    Router m_router;
    storage::Database& m_database;
    Hooks m_hooks;
    DispatchOptions m_options;
    ReplyCache m_cache;
    std::string m_run; // random part of request ids
    std::atomic<std::uint64_t> m_count{0};
};

} // namespace adal::http
