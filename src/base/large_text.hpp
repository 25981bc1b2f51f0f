// base/large_text.hpp: room for a text of hundreds of megabytes. Thread-safe.
#pragma once

#include <cstddef>
#include <string>

namespace adal {

// As out.reserve(bytes), in large pages where the kernel gives them (madvise(2), MADV_HUGEPAGE): on a virtual machine the first
// touch of each small page took longer than writing what goes into it. Nothing but time depends on it.
void reserve_large(std::string& out, std::size_t bytes);

} // namespace adal
