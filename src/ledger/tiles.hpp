// ledger/tiles.hpp: the tree cut into files (c2sp.org/tlog-tiles). No files are touched here.
//
// A tile of level L holds up to 256 hashes of the tree level 8·L; a full tile is 8192 bytes. An
// entry bundle holds up to 256 leaves, each behind a 16-bit big-endian length. Partial ones carry
// their width in the path: tile/0/x001/234.p/17. Pure; thread-safe.
#pragma once

#include "base/hash.hpp"
#include "ledger/tree.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace adal::ledger {

inline constexpr int kTileWidth = 256;
inline constexpr int kMaxTileLevel = 7; // 2^63 leaves

struct Tile {
    int level = 0; // 0…63; kEntries for a bundle
    std::uint64_t index = 0;
    int width = kTileWidth; // 1…256
    auto operator<=>(const Tile&) const = default;
};
inline constexpr int kEntries = -1;

std::string tile_path(const Tile& tile);                    // "tile/0/x001/234.p/17"
std::optional<Tile> parse_tile_path(std::string_view path); // exactly what tile_path writes

// How many hashes the tile (level, index) has in a tree of `size`: 0 when it is not there.
int tile_width(int level, std::uint64_t index, std::uint64_t size);
// Every tile and bundle a checkpoint of `size` needs, in order of level; calls f(const Tile&).
void each_tile(std::uint64_t size, const std::function<void(const Tile&)>& f);

std::string encode_tile(std::span<const Hash> hashes);
// Nothing unless the bytes are exactly `width` hashes.
std::optional<std::vector<Hash>> decode_tile(std::string_view bytes, int width);

void append_entry(std::string& bundle, std::string_view leaf); // leaf: at most 65535 bytes
// Nothing unless the bytes are exactly `width` entries. The views point into `bytes`.
std::optional<std::vector<std::string_view>> decode_bundle(std::string_view bytes, int width);

// The file that answers a request below /log/, with its headers: "checkpoint" or a tile path in its
// one spelling, nothing else; a path can never leave the folder. Whether it exists is not looked
// at. To be sent with Access-Control-Allow-Origin: *.
struct ServedFile {
    std::filesystem::path path{};
    std::string_view type{};
    std::string_view cache_control{};
};
std::optional<ServedFile> served_file(const std::filesystem::path& folder,
                                      std::string_view request_path);

// Gets the bytes of a tile; nothing when it is not there.
using FetchTile = std::function<std::optional<std::string>(const Tile&)>;

// Reads node hashes of a tree of `size` out of its level-tiles. Every tile is checked against the
// tile above it, up to the root, before a hash of it is given out. A missing or wrong tile throws
// TileError.
struct TileError : std::runtime_error {
    Tile tile;
    TileError(const Tile& t, const std::string& what) : std::runtime_error(what), tile(t) {}
};

class TileTree {
public:
    // Throws TileError when the tiles do not give `root`.
    TileTree(std::uint64_t size, const Hash& root, FetchTile fetch);
    // The full subtree (level, index); throws std::out_of_range when it is not inside the tree.
    Hash node(int level, std::uint64_t index);

private:
    const std::vector<Hash>& load(int level, std::uint64_t index);
    std::vector<Hash> fetch(int level, std::uint64_t index) const;
    std::uint64_t m_size;
    FetchTile m_fetch;
    std::map<std::pair<int, std::uint64_t>, std::vector<Hash>> m_checked;
};

} // namespace adal::ledger
