// files/child.hpp: a child process that works on strangers' bytes: what it is given, what it says, how it ended.
// It inherits nothing but what is named here: no database, no socket, no environment. Thread-safe.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <sys/types.h>

namespace adal::files {

// An open file that closes with the object.
class OpenFile
{
public:
    explicit OpenFile(int number) : m_number(number) {}
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    OpenFile(OpenFile&& other) noexcept : m_number(other.m_number) { other.m_number = -1; }
    OpenFile& operator=(OpenFile&&) = delete;
    ~OpenFile() { close(); }
    [[nodiscard]] int number() const { return m_number; }
    void close();

private:
    int m_number;
};

struct Channel {
    OpenFile from, to; // closed on exec
};
Channel open_channel(); // a pipe

inline constexpr int kNoSandbox = 71; // exit code, as EX_OSERR of sysexits.h

struct ChildFiles {
    int input = -1, output = -1; // become 0 and 1
    int socket = -1;             // becomes 3, when there is one
};
// `program command` with an empty environment. Throws std::runtime_error when it cannot be started.
pid_t spawn_child(const std::string& program, std::string command, const ChildFiles& files);

// What it says until it closes its output; empty when that takes longer than `patience` or is more than `limit` bytes.
std::string listen_to(int file, std::size_t limit, std::chrono::milliseconds patience);
// The status of waitpid.
int wait_for_child(pid_t child);

// Everything up to `limit` bytes.
std::string read_all(int file, std::size_t limit);
bool write_all(int file, std::string_view bytes);

[[noreturn]] void child_failed(const std::string& what, int error);

} // namespace adal::files
