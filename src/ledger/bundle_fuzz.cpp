// Entry bundles, tiles and tile paths of strangers. The first byte is the width that is expected.
#include "ledger/tiles.hpp"

#include "base/result.hpp"

#include <cstddef>
#include <cstdint>

using namespace adal::ledger;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0) return 0;
    const int width = data[0] + 1;
    const std::string_view bytes(reinterpret_cast<const char*>(data + 1), size - 1);
    if (const auto entries = decode_bundle(bytes, width)) {
        std::string again;
        for (const auto entry : *entries)
            append_entry(again, entry);
        ADAL_CHECK(again == bytes);
    }
    if (const auto hashes = decode_tile(bytes, width)) ADAL_CHECK(encode_tile(*hashes) == bytes);
    if (const auto tile = parse_tile_path(bytes)) ADAL_CHECK(tile_path(*tile) == bytes);
    return 0;
}
