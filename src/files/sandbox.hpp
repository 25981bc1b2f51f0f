// files/sandbox.hpp: closes a process in. After `enter_sandbox` it can read standard input, write standard
// output, ask for memory and end; any other system call kills it.
#pragma once

#include <cstdint>

namespace adal::files {

inline constexpr std::uint64_t kWorkerMemory = 512u << 20; // bytes of address space
inline constexpr int kWorkerCpuSeconds = 10;

// `memory`: limit of the address space in bytes. False if the kernel refuses any part of it: then nothing of
// a stranger may be decoded here. Built with a sanitizer it sets no memory limit and no filter, because
// sanitizers need both.
bool enter_sandbox(std::uint64_t memory);

} // namespace adal::files
