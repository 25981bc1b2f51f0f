#include "ledger/commitment.hpp"

#include "ledger/vectors_test.hpp"

namespace adal::ledger {
namespace {

constexpr std::string_view kEid = "000102030405060708090a0b0c0d0e0f";

TEST(Commitment, It_opens_with_its_own_value_and_place_only)
{
    const std::string salt = random_bytes(32);
    const auto commitment = commit(salt, kEid, "body", digest_of("pothole"));
    const Opening opening{.eid = std::string(kEid), .label = "body", .salt = salt};
    EXPECT_TRUE(opens(commitment, opening, "pothole"));
    EXPECT_FALSE(opens(commitment, opening, "Pothole"));
    auto moved = opening;
    moved.label = "gps";
    EXPECT_FALSE(opens(commitment, moved, "pothole"));
    moved = opening;
    moved.eid[0] = 'f';
    EXPECT_FALSE(opens(commitment, moved, "pothole"));
    moved = opening;
    moved.salt[31] ^= 1;
    EXPECT_FALSE(opens(commitment, moved, "pothole"));
}

TEST(Commitment, A_salt_of_another_length_opens_nothing)
{
    EXPECT_FALSE(opens(Hash{}, {.eid = std::string(kEid), .label = "body", .salt = "short"}, "x"));
    EXPECT_THROW(commit("short", kEid, "body", digest_of("x")), CheckFailed);
}

TEST(Commitment, The_vectors_of_the_design_hold)
{
    ADAL_NEEDS_VECTORS("adal/commit_vectors.json");
    const auto vectors = read_json(vector_path("adal/commit_vectors.json"));
    for (const auto& vector : vectors.get_array()) {
        const auto commitment =
            commit(*unhex(text(vector, "r")), text(vector, "eid"), text(vector, "label"),
                   digest_of(bytes(vector, "value_b64")));
        EXPECT_EQ(base64(view(commitment)), text(vector, "commitment"));
    }
    EXPECT_EQ(vectors.get_array().size(), 44U);
}

TEST(Commitment, Wycheproof_HMAC_SHA256)
{
    ADAL_NEEDS_VECTORS("wycheproof/hmac_sha256_test.json");
    const auto file = read_json(vector_path("wycheproof/hmac_sha256_test.json"));
    int count = 0;
    for (const auto& group : *array_at(file, "testGroups"))
        for (const auto& test : *array_at(group, "tests")) {
            const auto mac = hmac_sha256(*unhex(text(test, "key")), *unhex(text(test, "msg")));
            const auto wanted = *unhex(text(test, "tag"));
            const bool is_equal = view(mac).substr(0, wanted.size()) == wanted;
            EXPECT_EQ(is_equal, text(test, "result") == "valid") << *int_at(test, "tcId");
            ++count;
        }
    EXPECT_EQ(count, *int_at(file, "numberOfTests"));
}

} // namespace
} // namespace adal::ledger
