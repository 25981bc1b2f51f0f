// ledger/policy.hpp: whom to believe (c2sp.org/tlog-policy): the logs' keys, the witnesses, and how
// many of them must have seen a checkpoint. Pure; thread-safe.
#pragma once

#include "base/result.hpp"
#include "ledger/note.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace adal::ledger {

inline constexpr ProblemCode bad_policy{"ledger.bad_policy", 422}; // params: line, reason

struct PolicyLog {
    Vkey key{};
    std::string url{};
};

struct PolicyWitness {
    std::string name{};
    Vkey key{};
    std::string url{};
};

struct PolicyGroup {
    std::string name{};
    std::size_t threshold = 1;
    std::vector<std::string> members{}; // witnesses and groups defined before
};

struct Policy {
    std::vector<PolicyLog> logs{};
    std::vector<PolicyWitness> witnesses{};
    std::vector<PolicyGroup> groups{}; // in order of definition
    std::string quorum{"none"};
};

Result<Policy> parse_policy(std::string_view bytes);
// The policy of one key and no witnesses.
Policy policy_of(const Vkey& log);

// What a policy makes of a checkpoint.
struct Trust {
    bool is_log_signed = false;                       // by a listed log whose name is the origin
    bool is_quorum_met = false;                       // "none" is always met
    std::vector<std::string> witnesses{};             // names that cosigned
    std::optional<std::int64_t> newest_cosignature{}; // seconds
    Checkpoint checkpoint{};
};
// bad_note when the form is wrong or a known key's signature is forged.
Result<Trust> judge(const Policy& policy, std::string_view note_bytes);

} // namespace adal::ledger
