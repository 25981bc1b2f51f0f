#include "ledger/verify.hpp"

#include "ledger/commitment.hpp"
#include "ledger/durable_file.hpp"
#include "ledger/leaf.hpp"
#include "ledger/ledger.hpp"
#include "ledger/proof.hpp"
#include "ledger/tile_edge.hpp"
#include "ledger/vectors_test.hpp"

#include <map>

namespace adal::ledger {
namespace {

namespace fs = std::filesystem;
constexpr const char* kOrigin = "log.example/city";

// A small log written without a database, so that a test can plant any fault in it and sign it all
// the same.
class SignedLog {
public:
    SignedLog()
    {
        add({.type = "log.init",
             .pub = {{"origin", kOrigin}, {"schema", "adal/1"}, {"vkey", "x"}}});
        for (int i = 0; i < 300; ++i) {
            Leaf leaf{.type = i % 3 ? "evidence.added" : "event.held", .t = i};
            if (i % 3) chain(leaf);
            if (i == 4) leaf.com["body"] = hash_leaf("body");
            add(leaf);
        }
        add({.type = "redaction",
             .t = 400,
             .pub = {{"basis", "kz-94v"}, {"labels", json::array{"body"}}, {"target", 5}}});
    }
    void chain(Leaf& leaf)
    {
        leaf.case_id = std::string(32, 'a');
        leaf.seq = m_seq++;
        if (leaf.seq > 0) leaf.prev = m_last;
    }
    void add(Leaf leaf)
    {
        leaf.eid = new_event_id();
        add_bytes(leaf_bytes(leaf).value());
        if (!leaf.case_id.empty()) m_last = hash_leaf(leaves.back());
    }
    void add_bytes(const std::string& bytes) { leaves.push_back(bytes); }

    void write() const
    {
        DurableBatch batch;
        const auto emit = [&](const Tile& tile, std::string_view bytes) {
            batch.add(fs::path(folder.path()) / tile_path(tile), bytes);
        };
        TileEdge edge;
        for (const auto& leaf : leaves) {
            if (edge.size() == 100) edge.emit_partials(emit);
            edge.add(leaf, hash_leaf(leaf), emit, [](int, std::uint64_t, const Hash&) {});
        }
        edge.emit_partials(emit);
        const SigningKey* const keys[] = {&key};
        const auto text =
            checkpoint_text({.origin = kOrigin, .size = edge.size(), .root = edge.root()});
        batch.add(folder / "checkpoint", sign_note(text, keys));
        batch.commit();
    }
    [[nodiscard]] Verification verify() const
    {
        return verify_log(folder.path(), policy_of(key.vkey()));
    }

    test::TempDir folder;
    SigningKey key = SigningKey::make(kOrigin);
    std::vector<std::string> leaves;

private:
    std::int64_t m_seq = 0;
    Hash m_last{};
};

std::vector<std::string> keys_of(const Verification& verification, Verdict verdict)
{
    std::vector<std::string> out;
    for (const auto& said : verification.statements)
        if (said.verdict == verdict) out.push_back(said.key.substr(14));
    return out;
}

using Keys = std::vector<std::string>;

TEST(Verify, A_whole_log_is_proven_and_what_was_erased_is_said)
{
    const SignedLog log;
    log.write();
    const auto verified = log.verify();
    EXPECT_TRUE(verified.is_good());
    EXPECT_EQ(verified.size, 302U);
    EXPECT_EQ(keys_of(verified, Verdict::proven),
              (Keys{"signature", "tiles", "entries", "chains"}));
    EXPECT_EQ(keys_of(verified, Verdict::erased), Keys{"erased"});
    EXPECT_EQ(keys_of(verified, Verdict::not_provable), Keys{"no_witnesses"});
    EXPECT_EQ(verified.statements.back().params.at("labels"), "body");
}

TEST(Verify, A_changed_byte_or_a_lost_file_is_always_found)
{
    const SignedLog log;
    log.write();
    int count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(log.folder.path())) {
        if (!entry.is_regular_file()) continue;
        const auto good = *read_file(entry.path());
        for (const auto at : {std::size_t{0}, good.size() / 2, good.size() - 1}) {
            auto bytes = good;
            bytes[at] ^= 1;
            test::write_file(entry.path().string(), bytes);
            EXPECT_TRUE(log.verify().is_broken()) << entry.path() << " at " << at;
        }
        test::write_file(entry.path().string(), good + "x");
        EXPECT_TRUE(log.verify().is_broken()) << entry.path();
        test::write_file(entry.path().string(), good);
        ++count;
    }
    EXPECT_EQ(count,
              8); // checkpoint, two full and four partial tiles and bundles, one level-1 tile
    for (const auto* file :
         {"checkpoint", "tile/0/000", "tile/1/000.p/1", "tile/entries/001.p/46"}) {
        const auto good = *read_file(log.folder / file);
        fs::remove(log.folder / file);
        EXPECT_TRUE(log.verify().is_broken()) << file;
        test::write_file(log.folder / file, good);
    }
    EXPECT_TRUE(log.verify().is_good());
}

Keys faults_of(const SignedLog& log)
{
    log.write();
    return keys_of(log.verify(), Verdict::broken);
}

TEST(Verify, A_rightly_signed_log_with_wrong_entries_is_found_out)
{
    SignedLog backwards;
    backwards.add({.type = "event.held", .t = 1});
    EXPECT_EQ(faults_of(backwards), Keys{"time"});

    SignedLog gap;
    Leaf lost{.type = "evidence.added", .t = 500};
    gap.chain(lost);
    Leaf next{.type = "evidence.added", .t = 500};
    gap.chain(next);
    gap.add(next);
    EXPECT_EQ(faults_of(gap), Keys{"chain"});

    SignedLog twice;
    twice.add_bytes(twice.leaves.back());
    EXPECT_EQ(faults_of(twice), Keys{"eid_twice"});

    SignedLog garbage;
    garbage.add_bytes("not a leaf");
    EXPECT_EQ(faults_of(garbage), Keys{"entry"});

    SignedLog headless;
    headless.leaves.erase(headless.leaves.begin());
    EXPECT_EQ(faults_of(headless), Keys{"first_entry"});
}

TEST(Verify, Without_a_key_nothing_is_called_good)
{
    const SignedLog log;
    log.write();
    EXPECT_EQ(verify_log(log.folder.path(), Policy{}).outcome(), Outcome::cannot_tell);
    const auto stranger = SigningKey::make(kOrigin);
    EXPECT_EQ(verify_log(log.folder.path(), policy_of(stranger.vkey())).outcome(), Outcome::bad);
}

TEST(Verify, A_proof_is_good_with_its_own_leaf_only)
{
    const SignedLog log;
    log.write();
    const auto note = *read_file(log.folder / "checkpoint");
    const auto checkpoint = open_checkpoint(note, log.key.vkey()).value();
    TileTree tree(checkpoint.size, checkpoint.root,
                  [&](const Tile& tile) { return read_file(log.folder / tile_path(tile)); });
    const auto node = [&](int level, std::uint64_t index) { return tree.node(level, index); };
    const auto proof = proof_text({.index = 7,
                                   .hashes = *make_inclusion_proof(7, checkpoint.size, node),
                                   .checkpoint = note});
    const auto policy = policy_of(log.key.vkey());
    EXPECT_TRUE(verify_proof(proof, log.leaves[7], policy).is_good());
    EXPECT_TRUE(verify_proof(proof, log.leaves[8], policy).is_broken());
    EXPECT_TRUE(verify_proof("", log.leaves[7], policy).is_broken());
    EXPECT_EQ(verify_proof(proof, log.leaves[7], Policy{}).outcome(), Outcome::cannot_tell);
}

TEST(Verify, The_log_of_the_design_is_good_with_both_witnesses)
{
    ADAL_NEEDS_VECTORS("adal/log");
    const auto about = read_json(vector_path("adal/log.json"));
    std::string policy = "log " + text(about, "log_vkey") + "\n";
    for (const auto& witness : *array_at(about, "witness_vkeys")) {
        const std::string vkey(witness.get_string());
        policy += "witness " + vkey.substr(0, vkey.find('+')) + " " + vkey + "\n";
    }
    policy += "group both all witness.uni.example/1 witness.press.example/1\nquorum both\n";
    const auto verified = verify_log(vector_path("adal/log"), parse_policy(policy).value());
    EXPECT_TRUE(verified.is_good());
    EXPECT_EQ(verified.size, 700U);
    for (const auto& said : verified.statements)
        EXPECT_NE(said.verdict, Verdict::broken) << said.key;
    for (const auto& size : *array_at(about, "checkpoint_sizes")) {
        const auto file = "adal/log/checkpoint." + std::to_string(size.get_int64());
        const auto key = parse_vkey(text(about, "log_vkey")).value();
        const auto old = open_checkpoint(*read_file(vector_path(file)), key);
        ASSERT_TRUE(old) << file;
        EXPECT_NO_THROW(TileTree(old->size, old->root, [](const Tile& tile) {
            return read_file(vector_path("adal/log/" + tile_path(tile)));
        })) << file;
    }
}

TEST(Verify, The_openings_of_the_design_open_their_leaves)
{
    ADAL_NEEDS_VECTORS("adal/openings.json");
    const auto openings = read_json(vector_path("adal/openings.json"));
    std::map<std::uint64_t, std::string> leaves;
    for (std::uint64_t tile = 0; tile < 3; ++tile) {
        const Tile which{.level = kEntries, .index = tile, .width = tile_width(0, tile, 700)};
        const auto bundle = *read_file(vector_path("adal/log/" + tile_path(which)));
        const auto entries = *decode_bundle(bundle, which.width);
        for (std::size_t i = 0; i < entries.size(); ++i)
            leaves[tile * 256 + i] = entries[i];
    }
    for (const auto& item : openings.get_array()) {
        const auto index = static_cast<std::uint64_t>(*int_at(item, "leaf"));
        const auto leaf = parse_leaf(leaves.at(index)).value();
        const Opening opening{.index = static_cast<std::int64_t>(index),
                              .eid = text(item, "eid"),
                              .label = text(item, "label"),
                              .salt = *unhex(text(item, "r"))};
        EXPECT_EQ(leaf.eid, opening.eid);
        EXPECT_TRUE(opens(leaf.com.at(opening.label), opening, bytes(item, "value_b64"))) << index;
    }
    EXPECT_EQ(openings.get_array().size(), 472U);
}

TEST(Verify, Tessera_s_log_is_good)
{
    ADAL_NEEDS_VECTORS("tessera-log");
    auto vkey = *read_file(vector_path("tessera-log/VKEY"));
    vkey.erase(vkey.find_last_not_of('\n') + 1);
    const auto verified = verify_log(
        vector_path("tessera-log"), policy_of(parse_vkey(vkey).value()), {.entries = Entries::any});
    EXPECT_TRUE(verified.is_good());
    EXPECT_EQ(verified.size, 15U);
}

} // namespace
} // namespace adal::ledger
