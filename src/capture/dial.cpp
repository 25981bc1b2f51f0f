#include "capture/dial.hpp"

#include "capture/address.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <memory>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <string_view>
#include <sys/socket.h>
#include <sys/time.h>

namespace adal::capture {
namespace {

using Clock = std::chrono::steady_clock;
using Addresses = std::unique_ptr<addrinfo, decltype(&freeaddrinfo)>;

int milliseconds_until(Clock::time_point until)
{
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
    return left <= 0 ? 0 : static_cast<int>(std::min<std::int64_t>(left, 60'000));
}

std::string without_brackets(const std::string& host)
{
    return host.size() > 2 && host.front() == '[' && host.back() == ']' ? host.substr(1, host.size() - 2) : host;
}

Addresses resolve(const std::string& host, int port)
{
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_NUMERICSERV | AI_ADDRCONFIG;
    if (is_literal(host)) hints.ai_flags |= AI_NUMERICHOST;
    addrinfo* found = nullptr;
    if (::getaddrinfo(without_brackets(host).c_str(), std::to_string(port).c_str(), &hints, &found) != 0) found = nullptr;
    return {found, freeaddrinfo};
}

Dialed failed(Failure failure)
{
    return {.failure = failure};
}

bool wait(int socket, short events, Clock::time_point until)
{
    pollfd ready{socket, events, 0};
    int count = 0;
    do count = ::poll(&ready, 1, milliseconds_until(until));
    while (count < 0 && errno == EINTR);
    return count == 1;
}

Dialed connect_to(const addrinfo& address, Clock::time_point until)
{
    Dialed out{.socket = files::OpenFile{::socket(address.ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)}};
    const int number = out.socket.number();
    if (number < 0) return failed(Failure::connect);
    if (::connect(number, address.ai_addr, address.ai_addrlen) != 0) {
        if (errno != EINPROGRESS) return failed(Failure::connect);
        if (!wait(number, POLLOUT, until)) return failed(Failure::time);
        int error = 0;
        socklen_t size = sizeof error;
        if (::getsockopt(number, SOL_SOCKET, SO_ERROR, &error, &size) != 0 || error != 0) return failed(Failure::connect);
    }
    ::fcntl(number, F_SETFL, ::fcntl(number, F_GETFL) & ~O_NONBLOCK);
    out.address = digits(*address.ai_addr);
    return out;
}

bool send_whole(int socket, std::string_view bytes)
{
    while (!bytes.empty()) {
        const auto n = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

// The head of the gateway's answer, byte by byte: what comes after it is the stranger's.
std::string read_answer(int socket, Clock::time_point until)
{
    constexpr std::size_t kMostAnswer = 8 << 10;
    std::string out;
    while (out.size() < kMostAnswer && !out.ends_with("\r\n\r\n")) {
        char c = 0;
        if (!wait(socket, POLLIN, until) || ::recv(socket, &c, 1, 0) != 1) return {};
        out += c;
    }
    return out;
}

} // namespace

Dialed dial_public(const Target& target, Clock::time_point until)
{
    if (!is_web_port(target.port)) return failed(Failure::port_not_web);
    const auto found = resolve(target.host, target.port);
    if (!found) return failed(Failure::name);
    auto last = Failure::address_not_public;
    for (const auto* address = found.get(); address != nullptr; address = address->ai_next) {
        if (!is_public(*address->ai_addr)) continue;
        auto dialed = connect_to(*address, until);
        if (dialed.failure == Failure::none) return dialed;
        last = dialed.failure;
    }
    return failed(last);
}

Dialed dial_address(const std::string& literal, int port, Clock::time_point until)
{
    const auto found = is_literal(literal) ? resolve(literal, port) : Addresses{nullptr, freeaddrinfo};
    return found ? connect_to(*found, until) : failed(Failure::name);
}

Dialer dial_by_gateway(const std::string& host, int port)
{
    return [host, port](const Target& target, Clock::time_point until) -> Dialed {
        if (!is_web_port(target.port)) return failed(Failure::port_not_web);
        if (is_literal(target.host) && !is_public_literal(target.host)) return failed(Failure::address_not_public);
        const auto found = resolve(host, port);
        if (!found) return failed(Failure::gateway);
        auto dialed = connect_to(*found, until);
        if (dialed.failure != Failure::none) return failed(Failure::gateway);
        const auto where = target.host + ":" + std::to_string(target.port);
        if (!send_whole(dialed.socket.number(), "CONNECT " + where + " HTTP/1.1\r\nHost: " + where + "\r\n\r\n")) return failed(Failure::gateway);
        const auto answer = read_answer(dialed.socket.number(), until);
        if (!answer.starts_with("HTTP/1.1 200") && !answer.starts_with("HTTP/1.0 200")) return failed(answer.empty() ? Failure::gateway : Failure::connect);
        dialed.address.clear(); // the gateway's own
        return dialed;
    };
}

} // namespace adal::capture
