// Stored photos and observations: a broken row stops the request with CheckFailed and nothing else; a whole one
// comes back as it was.
#include "oversight/visit_json.hpp"

#include <cstdint>
#include <cstdlib>

namespace {

using namespace adal;
using namespace adal::oversight;

template <typename Read, typename Write> void come_back(std::string_view text, Read read, Write write)
{
    std::string written;
    try {
        written = write(read(text));
    } catch (const CheckFailed&) {
        return;
    }
    if (write(read(written)) != written) std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    come_back(text, photos_from, photos_text);
    come_back(text, observations_from, observations_text);
    if (const auto value = parse_json(text)) {
        const auto canonical = canonical_text(*value);
        const auto again = parse_json(canonical);
        if (!again || canonical_text(*again) != canonical) std::abort();
    }
    return 0;
}
