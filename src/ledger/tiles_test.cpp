#include "ledger/tiles.hpp"

#include "ledger/note.hpp"
#include "ledger/vectors_test.hpp"

#include <rapidcheck.h>

namespace adal::ledger {
namespace {

Hash numbered_leaf(std::uint64_t i)
{
    std::string leaf = "dev";
    for (int shift = 56; shift >= 0; shift -= 8)
        leaf += static_cast<char>(i >> shift & 0xFF);
    return hash_leaf(leaf);
}

// All tiles of a tree of `size`, by path, the plain way: level by level.
std::map<std::string, std::string> tiles_of(std::uint64_t size)
{
    std::vector<Hash> row;
    for (std::uint64_t i = 0; i < size; ++i)
        row.push_back(numbered_leaf(i));
    std::map<std::string, std::string> out;
    for (int level = 0; !row.empty(); ++level) {
        std::vector<Hash> above;
        for (std::size_t at = 0; at < row.size(); at += 256) {
            const auto hashes =
                std::span(row).subspan(at, std::min<std::size_t>(256, row.size() - at));
            out[tile_path(
                {.level = level, .index = at / 256, .width = static_cast<int>(hashes.size())})] =
                encode_tile(hashes);
            if (hashes.size() == 256) above.push_back(root_of(hashes));
        }
        row = std::move(above);
    }
    return out;
}

FetchTile reader_of(const std::map<std::string, std::string>& tiles)
{
    return [&tiles](const Tile& tile) -> std::optional<std::string> {
        const auto found = tiles.find(tile_path(tile));
        if (found == tiles.end()) return std::nullopt;
        return found->second;
    };
}

Hash root_of_tree(std::uint64_t size)
{
    CompactRange range;
    for (std::uint64_t i = 0; i < size; ++i)
        range.append(numbered_leaf(i));
    return range.root();
}

TEST(Tiles, Paths_are_those_of_the_specification)
{
    EXPECT_EQ(tile_path({.level = 0, .index = 1234067}), "tile/0/x001/x234/067");
    EXPECT_EQ(tile_path({.level = kEntries, .index = 0, .width = 1}), "tile/entries/000.p/1");
    EXPECT_EQ(tile_path({.level = 63, .index = 999}), "tile/63/999");
    EXPECT_EQ(tile_path({.level = 2, .index = 1000, .width = 255}), "tile/2/x001/000.p/255");
}

TEST(Tiles, Only_the_one_spelling_of_a_path_is_read)
{
    for (const auto* path : {"",
                             "tile",
                             "tile/",
                             "tile/0",
                             "tile/0/",
                             "tile/0/00",
                             "tile/0/0000",
                             "tile/00/000",
                             "tile/64/000",
                             "tile/-1/000",
                             "tile/0/x000/000",
                             "tile/0/x001",
                             "tile/0/x001/",
                             "tile/0/001/002",
                             "tile/0/000/",
                             "tile/0/000.p",
                             "tile/0/000.p/",
                             "tile/0/000.p/0",
                             "tile/0/000.p/256",
                             "tile/0/000.p/01",
                             "tile/0/000.p/1/",
                             "/tile/0/000",
                             "tile/0/../000",
                             "tile/entrie/000",
                             "tile/0/%30",
                             "tile/0/000\n",
                             "tile/0/x999/x999/x999/x999/x999/x999/x999/999"})
        EXPECT_FALSE(parse_tile_path(path)) << path;
    EXPECT_TRUE(rc::check([] {
        const Tile tile{.level = *rc::gen::inRange(-1, 64),
                        .index = *rc::gen::inRange<std::uint64_t>(0, 1'000'000'000'000),
                        .width = *rc::gen::inRange(1, 257)};
        RC_ASSERT(parse_tile_path(tile_path(tile)) == tile);
    }));
}

TEST(Tiles, Only_the_checkpoint_and_tiles_are_served)
{
    EXPECT_EQ(served_file("/log", "checkpoint")->path, "/log/checkpoint");
    EXPECT_EQ(served_file("/log", "tile/entries/x001/000.p/3")->path,
              "/log/tile/entries/x001/000.p/3");
    for (const auto* path : {"HIGHWATER", "", "/checkpoint", "checkpoint/", "tile/0/../../x",
                             "../keys/log.key", "tile/0/000.new", "tile//000"})
        EXPECT_FALSE(served_file("/log", path)) << path;
}

TEST(Tiles, A_tree_of_tiles_gives_the_proofs_of_the_tree)
{
    constexpr std::uint64_t size = 70000;
    const auto tiles = tiles_of(size);
    const auto root = root_of_tree(size);
    TileTree tree(size, root, reader_of(tiles));
    const auto node = [&](int level, std::uint64_t index) { return tree.node(level, index); };
    for (const std::uint64_t index : {0U, 255U, 256U, 65535U, 65536U, 69888U, 69999U}) {
        const auto proof = *make_inclusion_proof(index, size, node);
        EXPECT_TRUE(verify_inclusion(numbered_leaf(index), index, size, proof, root)) << index;
    }
    const auto proof = *make_consistency_proof(66000, size, node);
    EXPECT_TRUE(verify_consistency(66000, size, proof, root_of_tree(66000), root));
    EXPECT_THROW(tree.node(0, size), std::out_of_range);
}

TEST(Tiles, A_wrong_or_missing_tile_is_never_read_from)
{
    constexpr std::uint64_t size = 700;
    const auto root = root_of_tree(size);
    for (const auto& [path, bytes] : tiles_of(size)) {
        auto tiles = tiles_of(size);
        tiles[path][5] ^= 1;
        const auto read_all = [&] {
            TileTree tree(size, root, reader_of(tiles));
            for (std::uint64_t i = 0; i < size; ++i)
                tree.node(0, i);
        };
        EXPECT_THROW(read_all(), TileError) << path;
        tiles.erase(path);
        EXPECT_THROW(read_all(), TileError) << path;
    }
}

TEST(Tiles, Bundles_hold_what_was_put_in)
{
    std::string bundle;
    append_entry(bundle, "first");
    append_entry(bundle, "");
    append_entry(bundle, std::string(65535, 'x'));
    const auto entries = decode_bundle(bundle, 3);
    ASSERT_TRUE(entries);
    EXPECT_EQ((*entries)[0], "first");
    EXPECT_EQ((*entries)[2].size(), 65535U);
    EXPECT_FALSE(decode_bundle(bundle, 2));
    EXPECT_FALSE(decode_bundle(bundle, 4));
    EXPECT_FALSE(decode_bundle(bundle.substr(0, bundle.size() - 1), 3));
    EXPECT_FALSE(decode_bundle(bundle + '\0', 3));
}

TEST(Tiles, The_277_tiles_of_70000_leaves_are_those_of_the_design)
{
    ADAL_NEEDS_VECTORS("adal/tiles_70000.json");
    const auto file = read_json(vector_path("adal/tiles_70000.json"));
    const auto tiles = tiles_of(70000);
    const auto& wanted = *object_at(file, "tiles");
    EXPECT_EQ(tiles.size(), wanted.size());
    for (const auto& [path, hash] : wanted)
        EXPECT_EQ(hex(view(sha256(tiles.at(path)))), std::string_view(hash.get_string())) << path;
    EXPECT_EQ(base64(view(root_of_tree(70000))), text(file, "root"));
}

// A log none of us wrote: Tessera's test log, its sixteen checkpoints and every tile.
TEST(Tiles, Tessera_s_log_is_read_and_all_its_checkpoints_are_consistent)
{
    ADAL_NEEDS_VECTORS("tessera-log");
    const auto folder = vector_path("tessera-log");
    const auto vkey_text = *read_file(folder / "VKEY");
    const auto key = parse_vkey(vkey_text.substr(0, vkey_text.find_last_not_of('\n') + 1)).value();
    const auto fetch = [&](const Tile& tile) { return read_file(folder / tile_path(tile)); };
    const auto newest = open_checkpoint(*read_file(folder / "checkpoint"), key).value();
    TileTree tree(newest.size, newest.root, fetch);
    const auto node = [&](int level, std::uint64_t index) { return tree.node(level, index); };
    for (int i = 0; i < 16; ++i) {
        const auto note = read_file(folder / ("checkpoint." + std::to_string(i)));
        ASSERT_TRUE(note);
        const auto old = open_checkpoint(*note, key);
        ASSERT_TRUE(old) << i;
        EXPECT_NO_THROW(TileTree(old->size, old->root, fetch)) << i;
        if (old->size == 0) continue;
        const auto proof = *make_consistency_proof(old->size, newest.size, node);
        EXPECT_TRUE(verify_consistency(old->size, newest.size, proof, old->root, newest.root)) << i;
    }
    const auto bundle = *fetch({.level = kEntries, .index = 0, .width = 15});
    const auto entries = *decode_bundle(bundle, 15);
    for (std::size_t i = 0; i < entries.size(); ++i)
        EXPECT_EQ(hash_leaf(entries[i]), node(0, i));
}

} // namespace
} // namespace adal::ledger
