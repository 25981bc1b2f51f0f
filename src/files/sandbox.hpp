// files/sandbox.hpp: closes a process in. After `enter_sandbox` it can read standard input, write standard
// output, ask for memory and end; any other system call kills it. One that talks can also use the connected socket it was
// given as file 3; there any other call is refused (EPERM), because a library may try and do without.
#pragma once

#include <cstdint>

// g++ and clang say it in different words.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define ADAL_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define ADAL_SANITIZED 1
#endif
#endif

namespace adal::files {

inline constexpr std::uint64_t kWorkerMemory = 512u << 20; // bytes of address space
inline constexpr int kWorkerCpuSeconds = 10;
#ifdef ADAL_SANITIZED
inline constexpr bool kSanitizedBuild = true;
#else
inline constexpr bool kSanitizedBuild = false;
#endif

enum class Talks { no, on_file_3 };

// `memory`: limit of the address space in bytes. False if the kernel refuses any part of it: then nothing of
// a stranger may be decoded here. Built with a sanitizer it sets no memory limit and no filter, because
// sanitizers need both; kSanitizedBuild says so.
bool enter_sandbox(std::uint64_t memory, Talks talks = Talks::no);

} // namespace adal::files
