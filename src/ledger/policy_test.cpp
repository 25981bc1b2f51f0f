#include "ledger/policy.hpp"

#include "ledger/tree.hpp"

#include <gtest/gtest.h>

namespace adal::ledger {
namespace {

struct Cast {
    SigningKey log = SigningKey::make("log.example/city");
    SigningKey uni = SigningKey::make("uni.example", KeyKind::cosignature);
    SigningKey press = SigningKey::make("press.example", KeyKind::cosignature);
    SigningKey abroad = SigningKey::make("abroad.example", KeyKind::cosignature);

    [[nodiscard]] std::string policy() const
    {
        return "# two of three\nlog " + log.vkey().text() + " https://log.example\n\n" +
               "witness uni\t" + uni.vkey().text() + "\n  witness press " + press.vkey().text() +
               "\nwitness abroad " + abroad.vkey().text() +
               " https://abroad.example\ngroup g 2 uni press abroad\nquorum g\n";
    }
    [[nodiscard]] std::string note(std::initializer_list<const SigningKey*> witnesses) const
    {
        const auto text =
            checkpoint_text({.origin = log.vkey().name, .size = 0, .root = empty_root()});
        const SigningKey* const keys[] = {&log};
        auto out = sign_note(text, keys);
        for (const auto* witness : witnesses)
            out += witness->signature_line(text, 1767225600);
        return out;
    }
};

TEST(Policy, Two_of_three_witnesses_are_counted)
{
    const Cast cast;
    const auto policy = parse_policy(cast.policy());
    ASSERT_TRUE(policy) << policy.error().params.at("reason");
    EXPECT_FALSE(judge(*policy, cast.note({}))->is_quorum_met);
    EXPECT_FALSE(judge(*policy, cast.note({&cast.uni}))->is_quorum_met);
    EXPECT_FALSE(judge(*policy, cast.note({&cast.uni, &cast.uni}))->is_quorum_met);
    const auto met = judge(*policy, cast.note({&cast.uni, &cast.abroad}));
    EXPECT_TRUE(met->is_quorum_met);
    EXPECT_TRUE(met->is_log_signed);
    EXPECT_EQ(met->newest_cosignature, 1767225600);
}

TEST(Policy, A_forged_signature_of_a_known_key_spoils_the_note)
{
    const Cast cast;
    const auto policy = parse_policy(cast.policy()).value();
    auto note = cast.note({&cast.uni});
    note += cast.press.signature_line("another text\n", 1);
    EXPECT_FALSE(judge(policy, note));
}

TEST(Policy, A_log_signs_for_its_own_origin_only)
{
    const Cast cast;
    const auto text =
        checkpoint_text({.origin = "log.example/other", .size = 0, .root = empty_root()});
    const SigningKey* const keys[] = {&cast.log};
    EXPECT_FALSE(judge(policy_of(cast.log.vkey()), sign_note(text, keys))->is_log_signed);
}

TEST(Policy, Mistakes_are_named_with_their_line)
{
    const Cast cast;
    const auto log = cast.log.vkey().text();
    const auto witness = cast.uni.vkey().text();
    const auto reason = [](const std::string& bytes) {
        const auto policy = parse_policy(bytes);
        return policy ? "accepted"
                      : policy.error().params.at("line") + " " + policy.error().params.at("reason");
    };
    EXPECT_EQ(reason(""), "0 no_quorum");
    EXPECT_EQ(reason("quorum none\n"), "accepted");
    EXPECT_EQ(reason("quorum none"), "1 newline");
    EXPECT_EQ(reason("quorum none\nquorum none\n"), "2 duplicate");
    EXPECT_EQ(reason("quorum uni\n"), "1 unknown_name");
    EXPECT_EQ(reason("log " + witness + "\n"), "1 key");
    EXPECT_EQ(reason("witness uni " + log + "\n"), "1 key");
    EXPECT_EQ(reason("log " + log + "\nlog " + log + "\n"), "2 duplicate");
    EXPECT_EQ(reason("witness none " + witness + "\n"), "1 duplicate");
    EXPECT_EQ(reason("witness uni " + witness + "\ngroup g 2 uni\n"), "2 threshold");
    EXPECT_EQ(reason("witness uni " + witness + "\ngroup g 0 uni\n"), "2 threshold");
    EXPECT_EQ(reason("witness uni " + witness + "\ngroup g any\n"), "2 form");
    EXPECT_EQ(reason("witness uni " + witness + "\ngroup g any uni\ngroup h any uni\n"),
              "3 member_twice");
    EXPECT_EQ(reason("witness uni " + witness + "\ngroup g any none\n"), "2 unknown_name");
    EXPECT_EQ(reason("trust me\n"), "1 unknown_item");
    EXPECT_EQ(reason("quorum none\r\n"), "1 characters");
}

} // namespace
} // namespace adal::ledger
