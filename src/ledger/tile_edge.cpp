#include "ledger/tile_edge.hpp"

#include "base/result.hpp"

namespace adal::ledger {
namespace {

std::size_t width_at(std::uint64_t size, int level)
{
    return static_cast<std::size_t>((size >> (8 * level)) % kTileWidth);
}

} // namespace

TileEdge::TileEdge(std::uint64_t size, std::vector<std::vector<Hash>> hashes,
                   const std::vector<std::string>& leaves)
    : m_size(size), m_hashes(std::move(hashes))
{
    m_hashes.resize(static_cast<std::size_t>(kMaxTileLevel) + 1);
    for (int level = 0; level <= kMaxTileLevel; ++level)
        ADAL_CHECK(m_hashes[static_cast<std::size_t>(level)].size() == width_at(size, level));
    ADAL_CHECK(leaves.size() == width_at(size, 0));
    for (const auto& leaf : leaves)
        append_entry(m_bundle, leaf);
}

void TileEdge::add(std::string_view leaf, const Hash& hash, const Emit& emit, const Grown& grown)
{
    append_entry(m_bundle, leaf);
    ++m_size;
    if (m_size % kTileWidth == 0) {
        emit({.level = kEntries, .index = m_size / kTileWidth - 1}, m_bundle);
        m_bundle.clear();
    }
    add_hash(0, hash, emit, grown);
}

void TileEdge::add_hash(int level, const Hash& hash, const Emit& emit, const Grown& grown)
{
    const auto at = static_cast<std::size_t>(level);
    if (m_hashes.size() <= at) m_hashes.resize(at + 1);
    if (level > 0) grown(level, (m_size >> (8 * level)) - 1, hash);
    m_hashes[at].push_back(hash);
    if (m_hashes[at].size() < static_cast<std::size_t>(kTileWidth)) return;
    emit({.level = level, .index = (m_size >> (8 * (level + 1))) - 1}, encode_tile(m_hashes[at]));
    const auto above = root_of(m_hashes[at]);
    m_hashes[at].clear();
    add_hash(level + 1, above, emit, grown);
}

void TileEdge::emit_partials(const Emit& emit) const
{
    const auto index_at = [&](int level) { return (m_size >> (8 * level)) / kTileWidth; };
    const auto width = static_cast<int>(m_size % kTileWidth);
    if (width != 0) emit({.level = kEntries, .index = index_at(0), .width = width}, m_bundle);
    for (std::size_t at = 0; at < m_hashes.size(); ++at) {
        if (m_hashes[at].empty()) continue;
        const auto level = static_cast<int>(at);
        emit({.level = level,
              .index = index_at(level),
              .width = static_cast<int>(m_hashes[at].size())},
             encode_tile(m_hashes[at]));
    }
}

Hash TileEdge::root() const
{
    CompactRange range;
    for (std::size_t at = m_hashes.size(); at-- > 0;)
        for (const auto& hash : m_hashes[at])
            range.append_subtree(8 * static_cast<int>(at), hash);
    return range.root();
}

} // namespace adal::ledger
