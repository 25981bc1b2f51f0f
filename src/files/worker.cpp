#include "files/worker.hpp"

#include "files/sandbox.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <new>
#include <poll.h>
#include <spawn.h>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace adal::files {
namespace {

constexpr int kNoSandbox = 71;                    // exit code, as EX_OSERR of sysexits.h
constexpr std::chrono::seconds kPatience{30};     // wall clock; the processor's time is limited by the kernel
constexpr std::size_t kMaxAnswer = 16u << 20;     // bytes

class OpenFile
{
public:
    explicit OpenFile(int number) : m_number(number) {}
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    ~OpenFile() { close(); }
    [[nodiscard]] int number() const { return m_number; }
    void close()
    {
        if (m_number >= 0) ::close(m_number);
        m_number = -1;
    }

private:
    int m_number;
};

[[noreturn]] void worker_failed(const std::string& what, int error = errno)
{
    throw std::runtime_error(what + ": " + std::strerror(error));
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

// Inside the worker. Memory that runs out is an answer like any other damage.
int work(std::uint64_t memory)
{
    if (!enter_sandbox(memory)) return kNoSandbox;
    std::string answer;
    try {
        const auto bytes = read_all(0, kMaxBytes + 1);
        answer = write_answer(derive(bytes));
    } catch (const std::exception&) {
        answer = write_answer({});
    }
    return write_all(1, answer) ? 0 : 1;
}

pid_t spawn(const std::string& program, int input, int output)
{
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input, 0);
    posix_spawn_file_actions_adddup2(&actions, output, 1);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&actions, 3); // no socket, no database
    std::string name = program, command = "photo-worker";
    const std::array<char*, 3> arguments{name.data(), command.data(), nullptr};
    const std::array<char*, 1> environment{nullptr};
    pid_t child = 0;
    const int error = ::posix_spawn(&child, program.c_str(), &actions, nullptr, arguments.data(), environment.data());
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) worker_failed(program, error);
    return child;
}

std::uint64_t mapped_now()
{
    unsigned long pages = 0;
    if (auto* file = std::fopen("/proc/self/statm", "re")) {
        if (std::fscanf(file, "%lu", &pages) != 1) pages = 0;
        std::fclose(file);
    }
    return std::uint64_t{pages} * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

pid_t fork_worker(int input, int output)
{
    const auto memory = mapped_now() + kWorkerMemory;
    const auto child = ::fork();
    if (child < 0) worker_failed("fork");
    if (child > 0) return child;
    if (::dup2(input, 0) < 0 || ::dup2(output, 1) < 0) ::_exit(kNoSandbox);
    ::close_range(3, ~0u, 0);
    ::_exit(work(memory));
}

// What the worker says until it ends, or nothing after kPatience.
std::string listen(int file)
{
    std::string out;
    std::array<char, 65536> part{};
    const auto give_up = std::chrono::steady_clock::now() + kPatience;
    while (out.size() < kMaxAnswer) {
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

int wait_for(pid_t child)
{
    int status = 0;
    while (::waitpid(child, &status, 0) < 0)
        if (errno != EINTR) worker_failed("waitpid");
    return status;
}

} // namespace

Derivatives decode_in_worker(const std::string& program, const std::string& path)
{
    OpenFile input(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (input.number() < 0) worker_failed(path);
    std::array<int, 2> channel{};
    if (::pipe2(channel.data(), O_CLOEXEC) != 0) worker_failed("pipe");
    const OpenFile from(channel[0]);
    OpenFile to(channel[1]);
    const auto child = program.empty() ? fork_worker(input.number(), to.number())
                                       : spawn(program, input.number(), to.number());
    to.close();
    const auto answer = listen(from.number());
    if (answer.empty()) ::kill(child, SIGKILL); // hangs, or is gone already
    const int status = wait_for(child);
    if (WIFEXITED(status) && WEXITSTATUS(status) == kNoSandbox)
        throw std::runtime_error("the photo worker cannot close its sandbox (seccomp)");
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) return {};
    return parse_answer(answer);
}

int run_photo_worker(int, char**)
{
    ::_exit(work(kWorkerMemory)); // nothing else of the program may still run in here
}

} // namespace adal::files
