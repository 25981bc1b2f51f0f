#include "files/worker.hpp"

#include "files/child.hpp"
#include "files/sandbox.hpp"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <new>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace adal::files {
namespace {

constexpr std::chrono::seconds kPatience{30};     // wall clock; the processor's time is limited by the kernel
constexpr std::size_t kMaxAnswer = 16u << 20;     // bytes

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
    if (child < 0) child_failed("fork", errno);
    if (child > 0) return child;
    if (::dup2(input, 0) < 0 || ::dup2(output, 1) < 0) ::_exit(kNoSandbox);
    ::close_range(3, ~0u, 0);
    ::_exit(work(memory));
}

} // namespace

Derivatives decode_in_worker(const std::string& program, const std::string& path)
{
    OpenFile input(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (input.number() < 0) child_failed(path, errno);
    auto channel = open_channel();
    const auto child = program.empty() ? fork_worker(input.number(), channel.to.number())
                                       : spawn_child(program, "photo-worker", {.input = input.number(), .output = channel.to.number()});
    channel.to.close();
    const auto answer = listen_to(channel.from.number(), kMaxAnswer, kPatience);
    if (answer.empty()) ::kill(child, SIGKILL); // hangs, or is gone already
    const int status = wait_for_child(child);
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
