#include "ledger/tiles.hpp"

#include "base/result.hpp"
#include "ledger/wire_text.hpp"

#include <algorithm>
#include <bit>
#include <cstdio>

namespace adal::ledger {
namespace {

constexpr std::size_t kHashBytes = 32;
constexpr std::size_t kMaxCached = 1024; // tiles, 8 KiB each

std::string grouped(std::uint64_t index)
{
    char last[4];
    std::snprintf(last, sizeof last, "%03u", static_cast<unsigned>(index % 1000));
    std::string out = last;
    while ((index /= 1000) != 0) {
        char group[6];
        std::snprintf(group, sizeof group, "x%03u/", static_cast<unsigned>(index % 1000));
        out.insert(0, group);
    }
    return out;
}

// Reads "x001/x234/067" off the front of `rest`; the spelling is checked by writing it again.
std::optional<std::uint64_t> take_groups(std::string_view& rest)
{
    std::uint64_t index = 0;
    for (int groups = 0; groups < 7; ++groups) {
        const bool more = rest.starts_with('x');
        const auto digits = rest.substr(more ? 1 : 0, 3);
        if (digits.size() != 3 || !std::all_of(digits.begin(), digits.end(), is_digit))
            return std::nullopt;
        index =
            index * 1000 + static_cast<std::uint64_t>((digits[0] - '0') * 100 +
                                                      (digits[1] - '0') * 10 + (digits[2] - '0'));
        rest.remove_prefix(more ? 4 : 3);
        if (!more) return index;
        if (!rest.starts_with('/')) return std::nullopt;
        rest.remove_prefix(1);
    }
    return std::nullopt;
}

} // namespace

std::string tile_path(const Tile& tile)
{
    std::string out = "tile/";
    out += tile.level == kEntries ? "entries" : std::to_string(tile.level);
    out += "/" + grouped(tile.index);
    if (tile.width != kTileWidth) out += ".p/" + std::to_string(tile.width);
    return out;
}

std::optional<Tile> parse_tile_path(std::string_view path)
{
    const auto whole = path;
    if (whole.size() > 64 || !path.starts_with("tile/")) return std::nullopt;
    path.remove_prefix(5);
    const auto slash = path.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    Tile tile;
    if (path.substr(0, slash) == "entries")
        tile.level = kEntries;
    else if (const auto level = parse_decimal(path.substr(0, slash)); level && *level <= 63)
        tile.level = static_cast<int>(*level);
    else
        return std::nullopt;
    path.remove_prefix(slash + 1);
    const auto index = take_groups(path);
    if (!index) return std::nullopt;
    tile.index = *index;
    if (path.starts_with(".p/")) {
        const auto width = parse_decimal(path.substr(3));
        if (!width || *width < 1 || *width >= static_cast<std::uint64_t>(kTileWidth))
            return std::nullopt;
        tile.width = static_cast<int>(*width);
        path = {};
    }
    if (!path.empty() || tile_path(tile) != whole) return std::nullopt;
    return tile;
}

int tile_width(int level, std::uint64_t index, std::uint64_t size)
{
    const int shift = 8 * std::max(level, 0);
    const std::uint64_t count = shift < 64 ? size >> shift : 0;
    const std::uint64_t begin = index * kTileWidth;
    if (index > count / kTileWidth || begin >= count) return 0;
    return static_cast<int>(std::min<std::uint64_t>(count - begin, kTileWidth));
}

void each_tile(std::uint64_t size, const std::function<void(const Tile&)>& f)
{
    for (int level = kEntries; level <= kMaxTileLevel; ++level) {
        for (std::uint64_t index = 0;; ++index) {
            const int width = tile_width(level, index, size);
            if (width == 0) break;
            f({.level = level, .index = index, .width = width});
        }
    }
}

std::string encode_tile(std::span<const Hash> hashes)
{
    std::string out;
    out.reserve(hashes.size() * kHashBytes);
    for (const auto& hash : hashes)
        out += view(hash);
    return out;
}

std::optional<std::vector<Hash>> decode_tile(std::string_view bytes, int width)
{
    if (bytes.size() != static_cast<std::size_t>(width) * kHashBytes) return std::nullopt;
    std::vector<Hash> out(static_cast<std::size_t>(width));
    for (std::size_t i = 0; i < out.size(); ++i)
        std::copy_n(bytes.data() + i * kHashBytes, kHashBytes,
                    reinterpret_cast<char*>(out[i].data()));
    return out;
}

void append_entry(std::string& bundle, std::string_view leaf)
{
    ADAL_CHECK(leaf.size() <= 0xFFFF);
    bundle += static_cast<char>(leaf.size() >> 8);
    bundle += static_cast<char>(leaf.size() & 0xFF);
    bundle += leaf;
}

std::optional<std::vector<std::string_view>> decode_bundle(std::string_view bytes, int width)
{
    std::vector<std::string_view> out;
    while (!bytes.empty()) {
        if (bytes.size() < 2 || std::cmp_equal(out.size(), width)) return std::nullopt;
        const auto length = static_cast<std::size_t>(static_cast<unsigned char>(bytes[0])) << 8 |
                            static_cast<unsigned char>(bytes[1]);
        bytes.remove_prefix(2);
        if (bytes.size() < length) return std::nullopt;
        out.push_back(bytes.substr(0, length));
        bytes.remove_prefix(length);
    }
    if (std::cmp_not_equal(out.size(), width)) return std::nullopt;
    return out;
}

std::optional<ServedFile> served_file(const std::filesystem::path& folder,
                                      std::string_view request_path)
{
    if (request_path == "checkpoint")
        return ServedFile{folder / "checkpoint", "text/plain; charset=utf-8", "max-age=2"};
    const auto tile = parse_tile_path(request_path);
    if (!tile) return std::nullopt;
    return ServedFile{folder / tile_path(*tile), "application/octet-stream",
                      "public, max-age=31536000, immutable"};
}

TileTree::TileTree(std::uint64_t size, const Hash& root, FetchTile fetch)
    : m_size(size), m_fetch(std::move(fetch))
{
    // The rightmost tile of each level has no full tile above it: together they give the root.
    CompactRange range;
    for (int level = kMaxTileLevel; level >= 0; --level) {
        const auto count = m_size >> (8 * level);
        if (count % kTileWidth == 0) continue;
        const auto index = count / kTileWidth;
        auto hashes = this->fetch(level, index);
        for (const auto& hash : hashes)
            range.append_subtree(8 * level, hash);
        m_checked.emplace(std::pair{level, index}, std::move(hashes));
    }
    if (range.root() != root) throw TileError({.level = 0, .index = 0, .width = 1}, "root");
}

std::vector<Hash> TileTree::fetch(int level, std::uint64_t index) const
{
    const Tile tile{.level = level, .index = index, .width = tile_width(level, index, m_size)};
    if (tile.width == 0) throw std::out_of_range("no such tile");
    const auto bytes = m_fetch(tile);
    if (!bytes) throw TileError(tile, "missing");
    auto hashes = decode_tile(*bytes, tile.width);
    if (!hashes) throw TileError(tile, "length");
    return std::move(*hashes);
}

const std::vector<Hash>& TileTree::load(int level, std::uint64_t index)
{
    const auto known = m_checked.find({level, index});
    if (known != m_checked.end()) return known->second;
    auto hashes = fetch(level, index);
    const auto& above = load(level + 1, index / kTileWidth);
    if (root_of(hashes) != above.at(index % kTileWidth))
        throw TileError({.level = level, .index = index, .width = kTileWidth}, "hash");
    if (level == 0 && m_checked.size() > kMaxCached)
        std::erase_if(m_checked, [](const auto& entry) {
            return entry.first.first == 0 &&
                   entry.second.size() == static_cast<std::size_t>(kTileWidth);
        });
    return m_checked.emplace(std::pair{level, index}, std::move(hashes)).first->second;
}

Hash TileTree::node(int level, std::uint64_t index)
{
    if (level < 0 || level > 62 || (index + 1) > (m_size >> level))
        throw std::out_of_range("no such node");
    const int tile_level = level / 8;
    const int height = level % 8;
    const auto first = index << height;
    const auto& hashes = load(tile_level, first / kTileWidth);
    return root_of(std::span(hashes).subspan(first % kTileWidth, std::size_t{1} << height));
}

} // namespace adal::ledger
