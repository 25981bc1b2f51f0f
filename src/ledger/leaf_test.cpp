#include "ledger/leaf.hpp"

#include "ledger/canonical.hpp"
#include "ledger/tree.hpp"
#include "ledger/vectors_test.hpp"

namespace adal::ledger {
namespace {

constexpr std::string_view kLeaf =
    R"({"by":{"role":"volunteer"},"case":"000102030405060708090a0b0c0d0e0f",)"
    R"("com":{"body":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="},)"
    R"("eid":"f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff","pub":{},"seq":0,"t":1767225600000,)"
    R"("type":"case.sealed","v":1})";

std::string reason(std::string_view bytes)
{
    const auto leaf = parse_leaf(bytes);
    return leaf ? "accepted" : leaf.error().params.at("reason");
}

std::string replaced(std::string_view from, std::string_view to)
{
    std::string out(kLeaf);
    return out.replace(out.find(from), from.size(), to);
}

TEST(Leaf, Bytes_that_parse_are_the_bytes_that_are_written_again)
{
    const auto leaf = parse_leaf(kLeaf);
    ASSERT_TRUE(leaf) << leaf.error().params.at("reason");
    EXPECT_EQ(leaf->type, "case.sealed");
    EXPECT_EQ(leaf->role, "volunteer");
    EXPECT_EQ(leaf->com.size(), 1U);
    EXPECT_EQ(leaf_bytes(*leaf).value(), kLeaf);
}

TEST(Leaf, Each_refusal_names_its_reason)
{
    EXPECT_EQ(reason(""), "length");
    EXPECT_EQ(reason(std::string(8193, ' ')), "length");
    EXPECT_EQ(reason(replaced("\"v\":1", "\"v\": 1")), "not_canonical");
    EXPECT_EQ(reason(replaced("\"v\":1", "\"v\":2")), "version");
    EXPECT_EQ(reason(replaced("\"v\":1", "\"v\":1,\"w\":1")), "unknown_key");
    EXPECT_EQ(reason(replaced("case.sealed", "case.lost")), "unknown_type");
    EXPECT_EQ(reason(replaced("fdfeff", "fdfe")), "eid");
    EXPECT_EQ(reason(replaced("1767225600000", "-1")), "time");
    EXPECT_EQ(reason(replaced("\"pub\":{}", "\"pub\":[]")), "pub");
    EXPECT_EQ(reason(replaced("volunteer", "minister")), "role");
    EXPECT_EQ(reason(replaced("\"seq\":0", "\"seq\":1")), "chain");
    EXPECT_EQ(reason(replaced("\"body\"", "\"Body\"")), "commitment");
    EXPECT_EQ(reason(replaced("AAA=", "AA==")), "commitment");
}

TEST(Leaf, A_leaf_we_could_not_read_back_is_not_written)
{
    Leaf leaf = parse_leaf(kLeaf).value();
    leaf.pub["note"] = "жол";
    EXPECT_FALSE(leaf_bytes(leaf));
    leaf.pub["note"] = 1.5;
    EXPECT_FALSE(leaf_bytes(leaf));
    leaf.pub["note"] = std::string(9000, 'x');
    EXPECT_FALSE(leaf_bytes(leaf));
}

TEST(Leaf, A_container_deeper_than_four_is_refused)
{
    EXPECT_TRUE(parse_canonical(R"({"a":{"b":{"c":{"d":1}}}})"));
    EXPECT_FALSE(parse_canonical(R"({"a":{"b":{"c":{"d":{}}}}})"));
    EXPECT_FALSE(parse_canonical(std::string(100000, '[')));
}

TEST(Leaf, The_vectors_of_the_design_are_judged_as_they_say)
{
    ADAL_NEEDS_VECTORS("adal/leaf_vectors.json");
    const auto vectors = read_json(vector_path("adal/leaf_vectors.json"));
    for (const auto& vector : *array_at(vectors, "valid")) {
        const auto leaf = parse_leaf(bytes(vector, "leaf_b64"));
        ASSERT_TRUE(leaf) << text(vector, "desc") << ": " << leaf.error().params.at("reason");
        EXPECT_EQ(leaf_bytes(*leaf).value(), bytes(vector, "leaf_b64"));
        EXPECT_EQ(base64(view(hash_leaf(bytes(vector, "leaf_b64")))), text(vector, "leaf_hash"));
    }
    for (const auto& vector : *array_at(vectors, "invalid"))
        EXPECT_FALSE(parse_leaf(bytes(vector, "leaf_b64"))) << text(vector, "desc");
    EXPECT_EQ(array_at(vectors, "valid")->size() + array_at(vectors, "invalid")->size(), 46U);
}

TEST(Leaf, What_lies_outside_our_part_of_JSON_is_refused_not_written_differently)
{
    for (const auto* text : {"null", "1.5", "9007199254740992", "[[[[[]]]]]", "\"\\n\"", "\"ж\""})
        EXPECT_FALSE(canonical_text(parse_json(text).value())) << text;
    EXPECT_EQ(canonical_text(parse_json(R"({"b":[true,-1],"a":""})").value()),
              R"({"a":"","b":[true,-1]})");
}

} // namespace
} // namespace adal::ledger
