#include "probe/socket.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <system_error>

namespace adal::probe {

bool wait_for(int fd, short events, const Deadline& deadline)
{
    pollfd one{.fd = fd, .events = events, .revents = 0};
    for (;;) {
        const int ready = ::poll(&one, 1, deadline.left_ms());
        if (ready > 0) return true;
        if (ready == 0 || errno != EINTR) return false;
    }
}

SocketName socket_name(const Server& server)
{
    SocketName out;
    if (server.address.is_v6) {
        sockaddr_in6 name{};
        name.sin6_family = AF_INET6;
        name.sin6_port = htons(server.port);
        std::memcpy(&name.sin6_addr, server.address.bytes.data(), 16);
        std::memcpy(&out.storage, &name, out.length = sizeof name);
    } else {
        sockaddr_in name{};
        name.sin_family = AF_INET;
        name.sin_port = htons(server.port);
        std::memcpy(&name.sin_addr, server.address.bytes.data(), 4);
        std::memcpy(&out.storage, &name, out.length = sizeof name);
    }
    return out;
}

namespace connecting {

TcpStatus status_of(int error)
{
    switch (error) {
    case 0: return TcpStatus::ok;
    case ECONNREFUSED: return TcpStatus::refused;
    case ECONNRESET: return TcpStatus::reset;
    case ETIMEDOUT: return TcpStatus::timeout;
    default: return TcpStatus::unreachable;
    }
}

} // namespace connecting

Connected connect_to(const Server& server, std::chrono::milliseconds limit)
{
    const Deadline deadline{.limit = limit};
    Connected out{.socket = Socket{::socket(server.address.is_v6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)}};
    const int fd = out.socket.fd();
    const auto name = socket_name(server);
    int error = fd < 0 ? errno : 0;
    if (fd >= 0 && ::connect(fd, reinterpret_cast<const sockaddr*>(&name.storage), name.length) != 0) {
        error = errno;
        if (error == EINPROGRESS) {
            socklen_t size = sizeof error;
            if (!wait_for(fd, POLLOUT, deadline)) error = ETIMEDOUT;
            else if (::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) != 0) error = errno;
        }
    }
    if (error == EMFILE || error == ENFILE) throw std::system_error(error, std::generic_category(), "socket"); // of this machine, not of the way
    out.step = {connecting::status_of(error), deadline.spent_ms()};
    return out;
}

} // namespace adal::probe
