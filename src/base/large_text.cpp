#include "base/large_text.hpp"

#include <cstdint>
#include <sys/mman.h>

namespace adal {

void reserve_large(std::string& out, std::size_t bytes)
{
    constexpr std::size_t kLargePage = std::size_t{2} << 20;
    out.reserve(bytes);
    const auto begin = (reinterpret_cast<std::uintptr_t>(out.data()) + kLargePage - 1) / kLargePage * kLargePage;
    const auto end = (reinterpret_cast<std::uintptr_t>(out.data()) + out.capacity()) / kLargePage * kLargePage;
    // Refused where huge pages are off: then small ones do.
    if (begin < end) (void)madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
}

} // namespace adal
