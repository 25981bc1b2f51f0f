#include "ledger/tree.hpp"

#include "ledger/vectors_test.hpp"

#include <rapidcheck.h>

namespace adal::ledger {
namespace {

std::vector<Hash> hashes_of(std::size_t count)
{
    std::vector<Hash> out;
    for (std::size_t i = 0; i < count; ++i) {
        std::string leaf = "dev";
        for (int shift = 56; shift >= 0; shift -= 8)
            leaf += static_cast<char>(i >> shift & 0xFF);
        out.push_back(hash_leaf(leaf));
    }
    return out;
}

// The definition of RFC 6962 §2.1, word for word: what the fast code is measured against.
Hash defined_root(std::span<const Hash> leaves)
{
    if (leaves.empty()) return empty_root();
    if (leaves.size() == 1) return leaves[0];
    std::size_t k = 1;
    while (k * 2 < leaves.size())
        k *= 2;
    return hash_node(defined_root(leaves.first(k)), defined_root(leaves.subspan(k)));
}

NodeHash nodes_of(const std::vector<Hash>& leaves)
{
    return [&leaves](int level, std::uint64_t index) {
        const auto width = std::size_t{1} << level;
        return defined_root(std::span(leaves).subspan(index * width, width));
    };
}

std::optional<Proof> proof_at(const json::value& object, std::string_view key)
{
    Proof out;
    const auto* list = array_at(object, key);
    if (!list) return out;
    for (const auto& item : *list) {
        const auto hash = hash_from(unbase64(std::string_view(item.get_string())).value_or(""));
        if (!hash) return std::nullopt;
        out.push_back(*hash);
    }
    return out;
}

std::optional<Hash> hash_at(const json::value& object, std::string_view key)
{
    const auto text = text_at(object, key);
    return text ? hash_from(unbase64(*text).value_or("")) : std::nullopt;
}

std::uint64_t number(const json::value& object, std::string_view key)
{
    const auto* value = find(object, key);
    return value->is_uint64() ? value->get_uint64()
                              : static_cast<std::uint64_t>(value->get_int64());
}

TEST(Tree, The_empty_tree_is_the_hash_of_nothing)
{
    EXPECT_EQ(hex(view(CompactRange{}.root())),
              "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Tree, A_proof_from_the_empty_tree_or_backwards_is_no_proof)
{
    const auto leaves = hashes_of(5);
    EXPECT_FALSE(make_consistency_proof(0, 5, nodes_of(leaves)));
    EXPECT_FALSE(make_consistency_proof(6, 5, nodes_of(leaves)));
    EXPECT_FALSE(make_inclusion_proof(5, 5, nodes_of(leaves)));
    const auto root = defined_root(leaves);
    EXPECT_FALSE(verify_consistency(0, 5, {}, empty_root(), root));
    EXPECT_FALSE(verify_consistency(6, 5, {}, root, root));
    EXPECT_TRUE(verify_consistency(5, 5, {}, root, root));
    EXPECT_FALSE(verify_inclusion(leaves[0], 5, 5, {}, root));
}

TEST(Tree, The_compact_range_always_has_the_defined_root)
{
    EXPECT_TRUE(rc::check([] {
        const auto leaves = hashes_of(*rc::gen::inRange<std::size_t>(0, 600));
        RC_ASSERT(root_of(leaves) == defined_root(leaves));
        RC_ASSERT(root_from(leaves.size(), nodes_of(leaves)) == defined_root(leaves));
    }));
}

TEST(Tree, Every_leaf_is_proven_in_and_nothing_else)
{
    EXPECT_TRUE(rc::check([] {
        const auto size = *rc::gen::inRange<std::size_t>(1, 400);
        const auto index = *rc::gen::inRange<std::size_t>(0, size);
        const auto leaves = hashes_of(size);
        const auto root = defined_root(leaves);
        auto proof = *make_inclusion_proof(index, size, nodes_of(leaves));
        RC_ASSERT(verify_inclusion(leaves[index], index, size, proof, root));
        RC_ASSERT(!verify_inclusion(hash_leaf("other"), index, size, proof, root));
        RC_ASSERT(size == 1 || !verify_inclusion(leaves[index], index ^ 1, size, proof, root));
        auto longer = proof;
        longer.push_back(root);
        RC_ASSERT(!verify_inclusion(leaves[index], index, size, longer, root));
        if (proof.empty()) return;
        const auto at = *rc::gen::inRange<std::size_t>(0, proof.size());
        proof[at][7] ^= 1;
        RC_ASSERT(!verify_inclusion(leaves[index], index, size, proof, root));
        proof.pop_back();
        RC_ASSERT(!verify_inclusion(leaves[index], index, size, proof, root));
    }));
}

TEST(Tree, A_grown_tree_is_proven_consistent_and_a_rewritten_one_is_not)
{
    EXPECT_TRUE(rc::check([] {
        const auto size = *rc::gen::inRange<std::size_t>(2, 400);
        const auto old_size = *rc::gen::inRange<std::size_t>(1, size);
        auto leaves = hashes_of(size);
        const auto old_root = defined_root(std::span(leaves).first(old_size));
        const auto root = defined_root(leaves);
        const auto proof = *make_consistency_proof(old_size, size, nodes_of(leaves));
        RC_ASSERT(verify_consistency(old_size, size, proof, old_root, root));
        RC_ASSERT(!verify_consistency(old_size, size, proof, root, root));
        leaves[*rc::gen::inRange<std::size_t>(0, old_size)][0] ^= 1;
        const auto rewritten = *make_consistency_proof(old_size, size, nodes_of(leaves));
        RC_ASSERT(!verify_consistency(old_size, size, rewritten, old_root, defined_root(leaves)));
    }));
}

TEST(Tree, The_vectors_of_the_design_hold_and_our_proofs_are_theirs)
{
    ADAL_NEEDS_VECTORS("adal/tree_vectors.json");
    const auto file = read_json(vector_path("adal/tree_vectors.json"));
    for (const auto& vector : *array_at(file, "vectors")) {
        const auto size = number(vector, "n");
        const auto leaves = hashes_of(size);
        const auto root = root_of(leaves);
        ASSERT_EQ(base64(view(root)), text(vector, "root")) << size;
        for (const auto& item : *array_at(vector, "incl")) {
            const auto proof = *proof_at(item, "proof");
            EXPECT_EQ(make_inclusion_proof(number(item, "m"), size, nodes_of(leaves)), proof);
            EXPECT_TRUE(
                verify_inclusion(leaves[number(item, "m")], number(item, "m"), size, proof, root));
        }
        for (const auto& item : *array_at(vector, "cons")) {
            const auto proof = *proof_at(item, "proof");
            EXPECT_EQ(make_consistency_proof(number(item, "m"), size, nodes_of(leaves)), proof);
            EXPECT_TRUE(
                verify_consistency(number(item, "m"), size, proof, *hash_at(item, "root"), root));
        }
    }
}

// Our hashes are 32 bytes by type, so a vector with another length is refused at the door. One
// happy vector uses words for roots ("don't care"): for consistency any word stands for its own
// hash.
Hash named_root(const json::value& object, std::string_view key)
{
    const auto raw = *unbase64(*text_at(object, key));
    return hash_from(raw).value_or(sha256(raw));
}

bool holds(const json::value& vector)
{
    if (find(vector, "leafIdx")) {
        const auto leaf = hash_at(vector, "leafHash");
        const auto root = hash_at(vector, "root");
        const auto proof = proof_at(vector, "proof");
        return leaf && root && proof &&
               verify_inclusion(*leaf, number(vector, "leafIdx"), number(vector, "treeSize"),
                                *proof, *root);
    }
    const auto proof = proof_at(vector, "proof");
    return proof && verify_consistency(number(vector, "size1"), number(vector, "size2"), *proof,
                                       named_root(vector, "root1"), named_root(vector, "root2"));
}

TEST(Tree, The_transparency_dev_vectors_are_judged_as_they_say)
{
    ADAL_NEEDS_VECTORS("transparency-dev-merkle");
    int count = 0;
    const std::filesystem::recursive_directory_iterator all(vector_path("transparency-dev-merkle"));
    for (const auto& entry : all) {
        if (entry.path().extension() != ".json") continue;
        const auto vector = read_json(entry.path());
        EXPECT_NE(holds(vector), find(vector, "wantErr")->get_bool()) << entry.path();
        ++count;
    }
    EXPECT_EQ(count, 143);
}

} // namespace
} // namespace adal::ledger
