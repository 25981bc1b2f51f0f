#include "ledger/proof.hpp"

#include "ledger/policy.hpp"
#include "ledger/receipt.hpp"
#include "ledger/vectors_test.hpp"

namespace adal::ledger {
namespace {

const SigningKey& log_key()
{
    static const auto key = SigningKey::make("log.example/city");
    return key;
}

// A log of two leaves, the first of them proven.
ProofFile a_proof()
{
    const auto root = hash_node(hash_leaf("a"), hash_leaf("b"));
    const SigningKey* const keys[] = {&log_key()};
    return {.index = 0,
            .hashes = {hash_leaf("b")},
            .checkpoint = sign_note(
                checkpoint_text({.origin = "log.example/city", .size = 2, .root = root}), keys)};
}

TEST(ProofFiles, A_proof_is_read_as_it_was_written)
{
    auto proof = a_proof();
    EXPECT_EQ(proof_text(parse_proof(proof_text(proof)).value()), proof_text(proof));
    proof.extra = "from\nelsewhere";
    EXPECT_EQ(parse_proof(proof_text(proof))->extra, proof.extra);
    EXPECT_TRUE(check_inclusion(proof, hash_leaf("a")));
    EXPECT_FALSE(check_inclusion(proof, hash_leaf("b")));
}

TEST(ProofFiles, Malformed_proofs_are_refused)
{
    const auto good = proof_text(a_proof());
    const auto with = [&](std::string_view from, std::string_view to) {
        auto out = good;
        return out.replace(out.find(from), from.size(), to);
    };
    EXPECT_FALSE(parse_proof(""));
    EXPECT_FALSE(parse_proof("c2sp.org/tlog-proof@v1\n"));
    EXPECT_FALSE(parse_proof(with("@v1", "@v2")));
    EXPECT_FALSE(parse_proof(with("index 0", "index 00")));
    EXPECT_FALSE(parse_proof(with("index 0", "index -1")));
    EXPECT_FALSE(parse_proof(with("index 0\n", "")));
    EXPECT_FALSE(parse_proof(with("=\n\n", "\n\n")));
    EXPECT_FALSE(parse_proof(with("\n\nlog", "\nlog")));
    EXPECT_FALSE(parse_proof(good.substr(0, good.find("\n\n") + 2)));
}

TEST(ProofFiles, The_proofs_of_the_design_hold_and_the_policy_s_witnesses_signed)
{
    ADAL_NEEDS_VECTORS("adal/proofs");
    const auto log = read_json(vector_path("adal/log.json"));
    std::string policy = "log " + text(log, "log_vkey") + "\n";
    const auto& witnesses = *array_at(log, "witness_vkeys");
    policy += "witness uni " + std::string(witnesses[0].get_string()) + "\n";
    policy += "witness press " + std::string(witnesses[1].get_string()) + "\n";
    policy += "group both all uni press\nquorum both\n";
    const auto trusted = parse_policy(policy).value();
    int count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(vector_path("adal/proofs"))) {
        if (entry.path().extension() != ".tlog-proof") continue;
        auto leaf_file = entry.path();
        const auto leaf = *read_file(leaf_file.replace_extension(".leaf"));
        const auto proof = parse_proof(*read_file(entry.path()));
        ASSERT_TRUE(proof) << entry.path();
        EXPECT_TRUE(check_inclusion(*proof, hash_leaf(leaf))) << entry.path();
        EXPECT_FALSE(check_inclusion(*proof, hash_leaf(leaf + " "))) << entry.path();
        const auto trust = judge(trusted, proof->checkpoint);
        ASSERT_TRUE(trust);
        EXPECT_TRUE(trust->is_log_signed && trust->is_quorum_met) << entry.path();
        ++count;
    }
    EXPECT_EQ(count, 7);
}

TEST(Receipts, A_receipt_opens_with_the_receipt_key_of_its_log_only)
{
    const auto key = SigningKey::make("log.example/city/receipt");
    const Receipt receipt{
        .origin = "log.example/city", .index = 7, .leaf_hash = hash_leaf("a"), .t = 1767225600000};
    const auto note = sign_receipt(receipt, key);
    const auto opened = open_receipt(note, key.vkey());
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->index, 7U);
    EXPECT_EQ(opened->t, receipt.t);
    EXPECT_FALSE(open_receipt(note, log_key().vkey()));
    EXPECT_FALSE(open_receipt(a_proof().checkpoint, log_key().vkey()));
}

} // namespace
} // namespace adal::ledger
