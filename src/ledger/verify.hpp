// ledger/verify.hpp: what can be said of a log or a proof by somebody who has only the files and a
// policy.
//
// The answer is a list of statements, each with a key under `ledger.verify.` for the reader's
// language. It says also what cannot be proven; nothing unproven is ever counted as good.
// Thread-safe.
#pragma once

#include "base/result.hpp"
#include "ledger/policy.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace adal::ledger {

enum class Verdict { proven, erased, not_provable, broken };
std::string_view verdict_name(Verdict verdict);

struct Statement {
    Verdict verdict = Verdict::broken;
    std::string key{}; // "ledger.verify.signature", …
    ProblemParams params{};
};

// cannot_tell: nothing is broken, but no key of the reader's choice signed it.
enum class Outcome { good, bad, cannot_tell };

struct Verification {
    std::vector<Statement> statements{};
    std::uint64_t size = 0; // of the tree that was judged

    void say(Verdict verdict, std::string_view what, ProblemParams params = {});
    [[nodiscard]] bool is_broken() const;
    [[nodiscard]] Outcome outcome() const;
    [[nodiscard]] bool is_good() const { return outcome() == Outcome::good; }
};

enum class Entries { adal, any };

struct VerifyOptions {
    Entries entries =
        Entries::adal;    // any: a log of others; entries are bytes, only hashes are checked
    unsigned threads = 0; // 0: as many as the machine has, at most 8
    std::size_t most_faults = 20; // stops after so many broken statements
};

// A whole folder: checkpoint, every tile and bundle it needs, left-over partial tiles, every leaf's
// form, unique event ids, seq and prev of every case, time that never runs backwards, redactions
// and what they name.
Verification verify_log(const std::filesystem::path& folder, const Policy& policy,
                        const VerifyOptions& options = {});

// A .tlog-proof with its leaf.
Verification verify_proof(std::string_view proof, std::string_view leaf, const Policy& policy,
                          const VerifyOptions& options = {});

// Who signed a checkpoint, said in statements; its content when the form is right.
std::optional<Checkpoint> verify_checkpoint(Verification& out, std::string_view note,
                                            const Policy& policy);

} // namespace adal::ledger
