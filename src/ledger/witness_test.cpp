#include "ledger/witness.hpp"

#include "ledger/vectors_test.hpp"

namespace adal::ledger {
namespace {

TEST(Witness, The_scenario_of_the_design_is_answered_step_by_step)
{
    ADAL_NEEDS_VECTORS("adal/witness_scenario.json");
    const auto scenario = read_json(vector_path("adal/witness_scenario.json"));
    const auto witness = SigningKey::from_seed(
        text(scenario, "witness_name"),
        *hash_from(*unhex(text(scenario, "witness_seed_TEST_ONLY"))), KeyKind::cosignature);
    WitnessedLog log{.key = parse_vkey(text(scenario, "log_vkey")).value()};
    const auto find_log = [&](std::string_view origin) {
        return origin == log.key.name ? std::optional(log) : std::nullopt;
    };
    int steps = 0;
    for (const auto& step : *array_at(scenario, "steps")) {
        const auto request = bytes(step, "request_b64");
        const auto answer = answer_witness_request(request, find_log, witness, 1767225600);
        EXPECT_EQ(answer.status, *int_at(step, "status")) << text(step, "desc");
        if (const auto body = text_at(step, "response_body")) {
            EXPECT_EQ(answer.body, *body);
        }
        if (answer.next) {
            const auto note = parse_note(request.substr(request.find("\n\n") + 2) + answer.body);
            ASSERT_TRUE(note) << text(step, "desc");
            EXPECT_TRUE(check_signature(*note, witness.vkey()).is_signed);
            log.state = *answer.next;
        }
        EXPECT_EQ(log.state.size, static_cast<std::uint64_t>(*int_at(step, "size_after")))
            << text(step, "desc");
        ++steps;
    }
    EXPECT_EQ(steps, 29);
}

} // namespace
} // namespace adal::ledger
