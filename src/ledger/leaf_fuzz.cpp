// A leaf that parses is canonical: written again it is the same bytes.
#include "ledger/canonical.hpp"
#include "ledger/leaf.hpp"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (const auto value = adal::ledger::parse_canonical(bytes))
        ADAL_CHECK(adal::ledger::canonical_text(*value) == bytes);
    if (const auto leaf = adal::ledger::parse_leaf(bytes))
        ADAL_CHECK(adal::ledger::leaf_bytes(*leaf).value() == bytes);
    return 0;
}
