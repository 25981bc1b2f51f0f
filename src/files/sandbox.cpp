#include "files/sandbox.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>

namespace adal::files {
namespace {

[[maybe_unused]] bool limit(__rlimit_resource what, rlim_t value)
{
    const rlimit both{value, value};
    return ::setrlimit(what, &both) == 0;
}

#ifndef ADAL_SANITIZED
// Memory may be asked for, but never made executable, and no file may be mapped.
bool allow_memory(scmp_filter_ctx filter)
{
    const auto no_exec = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
    const auto anonymous = SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS);
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2, no_exec, anonymous) == 0
        && seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, no_exec) == 0;
}

bool allow_calls(scmp_filter_ctx filter)
{
    constexpr std::array calls{SCMP_SYS(exit),     SCMP_SYS(exit_group),    SCMP_SYS(brk),
                               SCMP_SYS(munmap),   SCMP_SYS(mremap),        SCMP_SYS(madvise),
                               SCMP_SYS(futex),    SCMP_SYS(clock_gettime), SCMP_SYS(rt_sigreturn),
                               SCMP_SYS(getrandom)};
    for (const int call : calls)
        if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) != 0) return false;
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(read), 1, SCMP_A0(SCMP_CMP_EQ, 0)) == 0
        && seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(write), 1, SCMP_A0(SCMP_CMP_EQ, 1)) == 0;
}

// No call here makes a socket, names an address or opens a file.
bool allow_talking(scmp_filter_ctx filter)
{
    constexpr std::array on_socket{SCMP_SYS(read),     SCMP_SYS(write),       SCMP_SYS(recvfrom),    SCMP_SYS(recvmsg),
                                   SCMP_SYS(sendmsg),  SCMP_SYS(writev),      SCMP_SYS(shutdown),    SCMP_SYS(getsockopt),
                                   SCMP_SYS(setsockopt), SCMP_SYS(getsockname), SCMP_SYS(getpeername), SCMP_SYS(fcntl)};
    for (const int call : on_socket)
        if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1, SCMP_A0(SCMP_CMP_EQ, 3)) != 0) return false;
    constexpr std::array waiting{SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(clock_nanosleep), SCMP_SYS(nanosleep), SCMP_SYS(gettimeofday),
                                 SCMP_SYS(time), SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask)};
    for (const int call : waiting)
        if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) != 0) return false;
    // libcurl 7.88 connects what it was told is connected; told that this goes on, it looks, and it is.
    if (seccomp_rule_add(filter, SCMP_ACT_ERRNO(EINPROGRESS), SCMP_SYS(connect), 1, SCMP_A0(SCMP_CMP_EQ, 3)) != 0) return false;
    // sendto only without an address: the peer is the one that was connected to.
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(sendto), 2, SCMP_A0(SCMP_CMP_EQ, 3), SCMP_A4(SCMP_CMP_EQ, 0)) == 0;
}

bool filter_calls(Talks talks)
{
    auto* filter = seccomp_init(talks == Talks::no ? SCMP_ACT_KILL_PROCESS : SCMP_ACT_ERRNO(EPERM));
    if (filter == nullptr) return false;
    // With libseccomp's default attributes loading also sets no_new_privs.
    const bool good = allow_calls(filter) && allow_memory(filter) && (talks == Talks::no || allow_talking(filter)) && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return good;
}
#endif

} // namespace

bool enter_sandbox([[maybe_unused]] std::uint64_t memory, [[maybe_unused]] Talks talks)
{
    if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || ::prctl(PR_SET_DUMPABLE, 0) != 0) return false;
    if (!limit(RLIMIT_CPU, kWorkerCpuSeconds) || !limit(RLIMIT_CORE, 0) || !limit(RLIMIT_FSIZE, 0)) return false;
#ifndef ADAL_SANITIZED
    if (!limit(RLIMIT_NOFILE, talks == Talks::no ? 2 : 4) || !limit(RLIMIT_AS, memory)) return false;
    return filter_calls(talks);
#else
    return true;
#endif
}

} // namespace adal::files
