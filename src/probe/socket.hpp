// probe/socket.hpp: a socket that closes itself, and waiting with an end. Thread-safe per object.
#pragma once

#include "probe/measurement.hpp"

#include <chrono>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace adal::probe {

class Socket
{
public:
    Socket() = default;
    explicit Socket(int fd) : m_fd(fd) {}
    Socket(Socket&& other) noexcept : m_fd(std::exchange(other.m_fd, -1)) {}
    Socket& operator=(Socket&& other) noexcept
    {
        std::swap(m_fd, other.m_fd);
        return *this;
    }
    ~Socket()
    {
        if (m_fd >= 0) ::close(m_fd);
    }
    [[nodiscard]] int fd() const { return m_fd; }

private:
    int m_fd = -1;
};

using Clock = std::chrono::steady_clock;
struct Deadline {
    Clock::time_point begun = Clock::now();
    std::chrono::milliseconds limit{};

    [[nodiscard]] int spent_ms() const { return static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begun).count()); }
    [[nodiscard]] int left_ms() const { return std::max(0, static_cast<int>(limit.count()) - spent_ms()); }
};
bool wait_for(int fd, short events, const Deadline& deadline); // false: too late

struct SocketName {
    sockaddr_storage storage{};
    socklen_t length = 0;
};
SocketName socket_name(const Server& server);

struct Connected {
    TcpStep step{};
    Socket socket{}; // does not block
};
Connected connect_to(const Server& server, std::chrono::milliseconds limit);

} // namespace adal::probe
