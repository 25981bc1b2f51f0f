// cyber/match_hash.hpp: a keyed 64-bit hash of short texts, 16 bytes a step by one wide multiplication. Not for
// secrets: it only has to be unpredictable to those who do not know the seed. Part of docs/formats/match-index.md.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace adal::cyber {

namespace match_hash {

__extension__ typedef unsigned __int128 Wide;

inline std::uint64_t mixed(std::uint64_t a, std::uint64_t b)
{
    const auto product = static_cast<Wide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

// Up to 8 bytes, little-endian.
inline std::uint64_t word(const char* at, std::size_t size)
{
    std::uint64_t value = 0;
    std::memcpy(&value, at, size);
    return value;
}

} // namespace match_hash

// A number below `count`, from the upper bits of `print`: in the order of prints.
inline std::uint64_t scaled(std::uint64_t print, std::uint64_t count)
{
    return static_cast<std::uint64_t>((static_cast<match_hash::Wide>(print) * count) >> 64);
}

inline std::uint64_t keyed_hash(std::string_view text, std::uint64_t seed)
{
    using namespace match_hash;
    constexpr std::uint64_t kFirst = 0x9E3779B97F4A7C15ULL, kSecond = 0xE7037ED1A0B428DBULL, kThird = 0x8EBC6AF09C88C6E3ULL;
    std::uint64_t state = seed ^ mixed(seed ^ kFirst, text.size() ^ kSecond);
    const char* at = text.data();
    auto left = text.size();
    for (; left > 16; at += 16, left -= 16)
        state = mixed(word(at, 8) ^ kSecond, word(at + 8, 8) ^ state);
    const auto low = word(at, left < 8 ? left : 8);
    const auto high = left > 8 ? word(at + 8, left - 8) : 0;
    return mixed(kThird ^ text.size(), mixed(low ^ kSecond, high ^ state));
}

} // namespace adal::cyber
