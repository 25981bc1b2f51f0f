// ledger/tile_edge.hpp: the right edge of the tiles: what is not yet a full tile. Adding a leaf
// gives out each tile and bundle at the moment it becomes full. Not thread-safe.
#pragma once

#include "ledger/tiles.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::ledger {

class TileEdge {
public:
    using Emit = std::function<void(const Tile&, std::string_view bytes)>;
    // A full subtree of 256^level leaves (level >= 1) came into being.
    using Grown = std::function<void(int level, std::uint64_t index, const Hash& hash)>;

    TileEdge() = default;
    // The edge of a tree of `size`: hashes[L] are those of the partial tile of level L, `leaves`
    // those of the partial bundle. ADAL_CHECKs the counts.
    TileEdge(std::uint64_t size, std::vector<std::vector<Hash>> hashes,
             const std::vector<std::string>& leaves);

    void add(std::string_view leaf, const Hash& hash, const Emit& emit, const Grown& grown);
    // The partial tiles and the partial bundle, if any.
    void emit_partials(const Emit& emit) const;
    [[nodiscard]] std::uint64_t size() const { return m_size; }
    [[nodiscard]] Hash root() const;

private:
    void add_hash(int level, const Hash& hash, const Emit& emit, const Grown& grown);
    std::uint64_t m_size = 0;
    std::vector<std::vector<Hash>> m_hashes{};
    std::string m_bundle{};
};

} // namespace adal::ledger
