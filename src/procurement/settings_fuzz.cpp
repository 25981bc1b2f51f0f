// Any bytes are settings or a problem that names line and reason.
#include "procurement/cardinal/settings.hpp"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace adal::procurement::cardinal;
    const auto settings = read_settings({reinterpret_cast<const char*>(data), size}, "fuzz");
    if (!settings && (settings.error().params.at("reason").empty() ||
                      settings.error().params.at("line").empty()))
        std::abort();
    return 0;
}
