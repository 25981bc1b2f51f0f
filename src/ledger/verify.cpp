#include "ledger/verify.hpp"

#include "ledger/leaf.hpp"
#include "ledger/proof.hpp"
#include "ledger/tree.hpp"

#include <algorithm>

namespace adal::ledger {
namespace {

constexpr std::string_view kSignature = "ledger.verify.signature";

ProblemParams reason_of(const Problem& problem)
{
    const auto found = problem.params.find("reason");
    return {
        {"reason", found == problem.params.end() ? std::string(problem.code->key) : found->second}};
}

} // namespace

std::string_view verdict_name(Verdict verdict)
{
    switch (verdict) {
    case Verdict::proven:
        return "proven";
    case Verdict::erased:
        return "erased";
    case Verdict::not_provable:
        return "not_provable";
    case Verdict::broken:
        return "broken";
    }
    return "broken";
}

void Verification::say(Verdict verdict, std::string_view what, ProblemParams params)
{
    statements.push_back({.verdict = verdict,
                          .key = "ledger.verify." + std::string(what),
                          .params = std::move(params)});
}

bool Verification::is_broken() const
{
    return std::any_of(statements.begin(), statements.end(),
                       [](const Statement& said) { return said.verdict == Verdict::broken; });
}

Outcome Verification::outcome() const
{
    if (is_broken()) return Outcome::bad;
    const bool is_signed =
        std::any_of(statements.begin(), statements.end(), [](const Statement& said) {
            return said.verdict == Verdict::proven && said.key == kSignature;
        });
    return is_signed ? Outcome::good : Outcome::cannot_tell;
}

std::optional<Checkpoint> verify_checkpoint(Verification& out, std::string_view note,
                                            const Policy& policy)
{
    const auto trust = judge(policy, note);
    if (!trust) {
        out.say(Verdict::broken, "checkpoint", reason_of(trust.error()));
        return std::nullopt;
    }
    const auto& checkpoint = trust->checkpoint;
    out.size = checkpoint.size;
    const ProblemParams about{{"origin", checkpoint.origin},
                              {"size", std::to_string(checkpoint.size)}};
    if (policy.logs.empty())
        out.say(Verdict::not_provable, "no_key", about);
    else if (trust->is_log_signed)
        out.say(Verdict::proven, "signature", about);
    else
        out.say(Verdict::broken, "unknown_signer", about);
    if (policy.quorum == "none")
        out.say(Verdict::not_provable, "no_witnesses");
    else
        out.say(trust->is_quorum_met ? Verdict::proven : Verdict::broken,
                trust->is_quorum_met ? "quorum" : "quorum_missed",
                {{"count", std::to_string(trust->witnesses.size())}});
    return checkpoint;
}

Verification verify_proof(std::string_view proof_bytes, std::string_view leaf, const Policy& policy,
                          const VerifyOptions& options)
{
    Verification out;
    const auto proof = parse_proof(proof_bytes);
    if (!proof) {
        out.say(Verdict::broken, "proof_form", reason_of(proof.error()));
        return out;
    }
    const auto checkpoint = verify_checkpoint(out, proof->checkpoint, policy);
    if (!checkpoint) return out;
    const auto index = std::to_string(proof->index);
    const bool is_in = check_inclusion(*proof, hash_leaf(leaf)).has_value();
    out.say(is_in ? Verdict::proven : Verdict::broken, is_in ? "inclusion" : "not_included",
            {{"index", index}, {"size", std::to_string(checkpoint->size)}});
    if (options.entries == Entries::any) return out;
    if (const auto parsed = parse_leaf(leaf); !parsed) {
        auto params = reason_of(parsed.error());
        params["index"] = index;
        out.say(Verdict::broken, "entry", params);
    }
    return out;
}

} // namespace adal::ledger
