// cyber/match_file.hpp: the first 64 bytes of an index file (docs/formats/match-index.md). Little-endian, as every
// machine we run on.
#pragma once

#include <bit>
#include <cstdint>

namespace adal::cyber {

struct MatchFileHeader {
    static constexpr char kMagic[9] = "ADALMATC";
    static constexpr std::uint32_t kVersion = 1;

    char magic[8];
    std::uint32_t version, header_bytes;
    std::uint64_t seed, entries, buckets, about_bytes;
    char zero[16];
};
static_assert(sizeof(MatchFileHeader) == 64 && std::endian::native == std::endian::little);

inline constexpr std::size_t kMatchFileChecksum = 32; // SHA-256 of all before it, at the end

} // namespace adal::cyber
