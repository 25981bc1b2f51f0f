// http/core.hpp: what the connections of one server share. Only server.cpp and session.cpp include it (Asio is here).
#pragma once

#include "http/server.hpp"

#include <atomic>
#include <boost/asio.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/error.hpp>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace adal::http {

namespace net = boost::asio;
namespace beast = boost::beast;
using Tcp = net::ip::tcp;
using Executor = net::io_context::executor_type; // the concrete one: no type erasure in each operation
using Stream = beast::basic_stream<Tcp, Executor>;
using Socket = net::basic_stream_socket<Tcp, Executor>;
using Acceptor = net::basic_socket_acceptor<Tcp, Executor>;
using ErrorCode = beast::error_code;

class Session;

// One thread; nothing is shared between loops.
struct Loop {
    std::unordered_map<Session*, std::weak_ptr<Session>> sessions{};
    std::string date{}; // for the Date header, made once a second
    std::int64_t date_second = 0;
    net::io_context io{1}; // last: sessions that end with it still find the rest

    const std::string& date_now();
};

// Connections per address: IPv4 whole, IPv6 by its /64 (one subscriber).
class AddressCounts
{
public:
    explicit AddressCounts(std::size_t limit) : m_limit(limit) {}
    bool enter(const std::string& key); // false: already at the limit
    void leave(const std::string& key);

private:
    std::size_t m_limit;
    std::mutex m_mutex;
    std::unordered_map<std::string, std::size_t> m_counts;
};

struct Server::Core {
    Core(Router router, storage::Database& database, Hooks hooks, ServerOptions given);

    void accept(Acceptor& acceptor, Loop& loop);
    void accepted(Socket socket, Loop& loop);
    void drain(Loop& loop);

    ServerOptions options;
    Dispatcher dispatcher;
    AddressCounts addresses;
    std::atomic<bool> stopping{false};
    std::atomic<std::size_t> connections{0}, queued{0};
    std::atomic<std::uint64_t> requests{0}, timeouts{0}, refused{0}, overloads{0};
    net::thread_pool workers;
    std::list<Loop> loops; // after all that a session touches when it ends
    std::list<Acceptor> acceptors;
    std::optional<net::signal_set> signals; // caught from listen() on
};

void start_session(Server::Core& core, Loop& loop, Socket socket, const std::string& peer, std::string address_key);
void drain_session(Session& session);

} // namespace adal::http
