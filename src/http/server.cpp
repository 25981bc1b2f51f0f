#include "http/server.hpp"

#include "http/core.hpp"
#include "http/finish.hpp"

#include <csignal>
#include <ctime>
#include <fmt/format.h>
#include <thread>

namespace adal::http {
namespace {

using ReusePort = net::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

Tcp::endpoint endpoint_of(const std::string& listen)
{
    const auto colon = listen.rfind(':');
    if (colon == std::string::npos) throw std::invalid_argument("listen needs ADDRESS:PORT: " + listen);
    auto address = listen.substr(0, colon);
    if (address.starts_with('[') && address.ends_with(']')) address = address.substr(1, address.size() - 2);
    if (address == "localhost") address = "127.0.0.1";
    const int port = std::stoi(listen.substr(colon + 1));
    if (port < 0 || port > 65535) throw std::invalid_argument("no such port: " + listen);
    return {net::ip::make_address(address), static_cast<std::uint16_t>(port)};
}

std::string address_key(const net::ip::address& address)
{
    if (address.is_v4()) return address.to_string();
    const auto v6 = address.to_v6();
    if (v6.is_v4_mapped()) return net::ip::make_address_v4(net::ip::v4_mapped, v6).to_string();
    const auto bytes = v6.to_bytes();
    return {reinterpret_cast<const char*>(bytes.data()), 8};
}

// Every 20 ms: stop the loop when its last connection is gone.
void stop_when_empty(Loop& loop, std::shared_ptr<net::steady_timer> timer)
{
    if (loop.sessions.empty()) return loop.io.stop();
    timer->expires_after(std::chrono::milliseconds(20));
    auto& waiting = *timer;
    waiting.async_wait([&loop, timer = std::move(timer)](ErrorCode) mutable { stop_when_empty(loop, std::move(timer)); });
}

} // namespace

const std::string& Loop::date_now()
{
    const std::int64_t second = std::time(nullptr);
    if (second != date_second) {
        date_second = second;
        date = http_date(second);
    }
    return date;
}

bool AddressCounts::enter(const std::string& key)
{
    const std::lock_guard lock{m_mutex};
    auto& count = m_counts[key];
    if (count >= m_limit) return false;
    ++count;
    return true;
}

void AddressCounts::leave(const std::string& key)
{
    const std::lock_guard lock{m_mutex};
    const auto at = m_counts.find(key);
    if (at != m_counts.end() && --at->second == 0) m_counts.erase(at);
}

Server::Core::Core(Router router, storage::Database& database, Hooks hooks, ServerOptions given)
    : options(std::move(given)), dispatcher(std::move(router), database, std::move(hooks), options.dispatch),
      addresses(options.limits.connections_per_address), workers(static_cast<std::size_t>(options.workers))
{
    for (int i = 0; i < options.io_threads; ++i) loops.emplace_back();
    signals.emplace(loops.front().io);
}

void Server::Core::accept(Acceptor& acceptor, Loop& loop)
{
    acceptor.async_accept([this, &acceptor, &loop](ErrorCode error, Socket socket) {
        if (stopping) return;
        if (error) { // out of descriptors and the like: wait, do not spin
            auto timer = std::make_shared<net::steady_timer>(loop.io, std::chrono::milliseconds(50));
            return timer->async_wait([this, &acceptor, &loop, timer](ErrorCode) { accept(acceptor, loop); });
        }
        accepted(std::move(socket), loop);
        accept(acceptor, loop);
    });
}

void Server::Core::accepted(Socket socket, Loop& loop)
{
    ErrorCode error;
    const auto remote = socket.remote_endpoint(error);
    if (error) return;
    // A proxy on this machine opens all connections from one address.
    const bool is_proxy = options.dispatch.behind_proxy && remote.address().is_loopback();
    const auto key = is_proxy ? std::string{} : address_key(remote.address());
    if (connections >= options.limits.connections || (!is_proxy && !addresses.enter(key))) {
        ++overloads;
        return;
    }
    socket.set_option(Tcp::no_delay(true), error);
    start_session(*this, loop, std::move(socket), remote.address().to_string(), key);
}

void Server::Core::drain(Loop& loop)
{
    for (const auto& [raw, weak] : loop.sessions)
        if (const auto session = weak.lock()) drain_session(*session);
    auto limit = std::make_shared<net::steady_timer>(loop.io, options.limits.drain_time);
    limit->async_wait([&loop, limit](ErrorCode) { loop.io.stop(); });
    stop_when_empty(loop, std::make_shared<net::steady_timer>(loop.io));
}

Server::Server(Router router, storage::Database& database, Hooks hooks, ServerOptions options)
    : m_core(std::make_unique<Core>(std::move(router), database, std::move(hooks), std::move(options)))
{
    std::signal(SIGPIPE, SIG_IGN);
}

Server::~Server()
{
    m_core->workers.join();
}

std::string Server::listen()
{
    auto endpoint = endpoint_of(m_core->options.listen);
    for (auto& loop : m_core->loops) {
        auto& acceptor = m_core->acceptors.emplace_back(loop.io);
        acceptor.open(endpoint.protocol());
        acceptor.set_option(net::socket_base::reuse_address(true));
        if (m_core->loops.size() > 1) acceptor.set_option(ReusePort(true));
        acceptor.bind(endpoint);
        acceptor.listen(4096);
        endpoint = acceptor.local_endpoint(); // the others share the free port that the first one took
        m_core->accept(acceptor, loop);
    }
    // From now on, not from run(): whoever reads the address may ask us to stop at once.
    m_core->signals->add(SIGTERM);
    m_core->signals->add(SIGINT);
    m_core->signals->async_wait([this](ErrorCode error, int) {
        if (!error) stop();
    });
    const auto address = endpoint.address().to_string();
    const bool v6 = endpoint.address().is_v6();
    return fmt::format("http://{}{}{}:{}", v6 ? "[" : "", address, v6 ? "]" : "", endpoint.port());
}

void Server::run()
{
    std::vector<std::thread> threads;
    for (auto& loop : m_core->loops) threads.emplace_back([&loop] { loop.io.run(); });
    for (auto& thread : threads) thread.join();
    m_core->workers.join();
}

void Server::stop()
{
    if (m_core->stopping.exchange(true)) return;
    for (auto& acceptor : m_core->acceptors)
        net::post(acceptor.get_executor(), [&acceptor] {
            ErrorCode ignored;
            acceptor.close(ignored);
        });
    for (auto& loop : m_core->loops) net::post(loop.io, [this, &loop] { m_core->drain(loop); });
}

ServerCounts Server::counts() const
{
    return {.requests = m_core->requests,
            .timeouts = m_core->timeouts,
            .refused = m_core->refused,
            .overloads = m_core->overloads,
            .connections = m_core->connections};
}

} // namespace adal::http
