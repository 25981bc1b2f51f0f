#include "capture/worker.hpp"

#include "capture/fetch.hpp"
#include "files/sandbox.hpp"

#include <csignal>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace adal::capture {
namespace {

constexpr std::size_t kMostErrand = 64 << 10;
constexpr std::chrono::seconds kGrace{2}; // for TLS, inflating and HTML after the time of the errand

std::string ask_child(const std::string& program, int socket, const Errand& errand, int& status)
{
    auto question = files::open_channel(), answer = files::open_channel();
    const auto child = files::spawn_child(program, "capture-worker", {.input = question.from.number(), .output = answer.to.number(), .socket = socket});
    question.from.close();
    answer.to.close();
    files::write_all(question.to.number(), write_errand(errand)); // far smaller than a pipe holds
    question.to.close();
    auto said = files::listen_to(answer.from.number(), errand.bytes + (1u << 20), errand.time + kGrace);
    if (said.empty()) ::kill(child, SIGKILL);
    status = files::wait_for_child(child);
    return said;
}

} // namespace

Hop fetch_hop(const std::string& program, const Dialer& dial, const Target& target, const Errand& errand, Instant at)
{
    Hop out{.url = errand.url, .at = at};
    const auto until = std::chrono::steady_clock::now() + errand.time;
    const auto dialed = dial(target, until);
    out.address = dialed.address;
    out.failure = dialed.failure;
    if (out.failure != Failure::none) return out;
    Errand rest = errand;
    rest.time = std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    out.failure = Failure::time;
    if (rest.time.count() <= 0) return out;
    int status = 0;
    const auto said = ask_child(program, dialed.socket.number(), rest, status);
    if (WIFEXITED(status) && WEXITSTATUS(status) == files::kNoSandbox) throw std::runtime_error("the capture worker cannot close its sandbox (seccomp)");
    out.failure = Failure::worker;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) return out;
    auto hop = read_hop(said);
    if (!hop) return out;
    hop->url = std::move(out.url);
    hop->address = std::move(out.address);
    hop->at = at;
    return std::move(*hop);
}

int run_capture_worker()
{
    std::signal(SIGPIPE, SIG_IGN);
    prepare_fetching();
    if (!files::enter_sandbox(files::kWorkerMemory, files::Talks::on_file_3)) ::_exit(files::kNoSandbox);
    int code = 1;
    try {
        if (const auto errand = read_errand(files::read_all(0, kMostErrand))) code = files::write_all(1, write_hop(fetch_on_socket(*errand))) ? 0 : 1;
    } catch (const std::exception&) {
        code = 1;
    }
    ::_exit(code); // nothing else of the program may still run in here
}

} // namespace adal::capture
