#include "files/child.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace adal::files {

void OpenFile::close()
{
    if (m_number >= 0) ::close(m_number);
    m_number = -1;
}

void child_failed(const std::string& what, int error)
{
    throw std::runtime_error(what + ": " + std::strerror(error));
}

Channel open_channel()
{
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) child_failed("pipe", errno);
    return {OpenFile{ends[0]}, OpenFile{ends[1]}};
}

pid_t spawn_child(const std::string& program, std::string command, const ChildFiles& files)
{
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    // The socket first: it might stand on 0 or 1 of a server that was started without them.
    if (files.socket >= 0) posix_spawn_file_actions_adddup2(&actions, files.socket, 3);
    posix_spawn_file_actions_adddup2(&actions, files.input, 0);
    posix_spawn_file_actions_adddup2(&actions, files.output, 1);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&actions, files.socket >= 0 ? 4 : 3); // no other socket, no database
    std::string name = program;
    const std::array<char*, 3> arguments{name.data(), command.data(), nullptr};
    const std::array<char*, 1> environment{nullptr};
    pid_t child = 0;
    const int error = ::posix_spawn(&child, program.c_str(), &actions, nullptr, arguments.data(), environment.data());
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) child_failed(program, error);
    return child;
}

std::string listen_to(int file, std::size_t limit, std::chrono::milliseconds patience)
{
    std::string out;
    std::array<char, 65536> part{};
    const auto give_up = std::chrono::steady_clock::now() + patience;
    while (out.size() < limit) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(give_up - std::chrono::steady_clock::now());
        pollfd ready{file, POLLIN, 0};
        const int count = left.count() > 0 ? ::poll(&ready, 1, static_cast<int>(left.count())) : 0;
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return {};
        const auto n = ::read(file, part.data(), part.size());
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return out;
        out.append(part.data(), static_cast<std::size_t>(n));
    }
    return {};
}

int wait_for_child(pid_t child)
{
    int status = 0;
    while (::waitpid(child, &status, 0) < 0)
        if (errno != EINTR) child_failed("waitpid", errno);
    return status;
}

std::string read_all(int file, std::size_t limit)
{
    std::string out;
    std::array<char, 65536> part{};
    while (out.size() < limit) {
        const auto n = ::read(file, part.data(), part.size());
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) break;
        out.append(part.data(), static_cast<std::size_t>(n));
    }
    return out;
}

bool write_all(int file, std::string_view bytes)
{
    while (!bytes.empty()) {
        const auto n = ::write(file, bytes.data(), bytes.size());
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

} // namespace adal::files
