// Whatever is read comes back from its own text, compact and pretty.
#include "base/json.hpp"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto read = adal::parse_json({reinterpret_cast<const char*>(data), size});
    if (!read) return 0;
    const auto compact = adal::parse_json(adal::to_text(*read));
    const auto pretty = adal::parse_json(adal::to_pretty_text(*read));
    if (!compact || !pretty || *compact != *read || *pretty != *read) std::abort();
    return 0;
}
