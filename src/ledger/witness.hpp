// ledger/witness.hpp: the rules of a witness (c2sp.org/tlog-witness): cosign a checkpoint only when
// it extends what was cosigned before. Storing the new state and answering is the caller's one
// atomic step. Pure.
#pragma once

#include "ledger/note.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace adal::ledger {

struct WitnessState {
    std::uint64_t size = 0;
    Hash root{}; // any, while size is 0
};

// What the witness knows of a log: the key it trusts and what it cosigned last.
struct WitnessedLog {
    Vkey key{};
    WitnessState state{};
};

// status: 200 the body is a cosignature line · 400 malformed, or old > size · 403 no trusted
// signature · 404 unknown origin · 409 the body is the recorded size · 422 the proof or the root
// does not hold. `next` is to be stored, durably, before a 200 is sent.
struct WitnessAnswer {
    int status = 400;
    std::string body{};
    std::string origin{};
    std::optional<WitnessState> next{};
};

inline constexpr std::string_view kSizeType = "text/x.tlog.size"; // Content-Type of a 409

// request: the body of POST add-checkpoint; time: seconds.
WitnessAnswer
answer_witness_request(std::string_view request,
                       const std::function<std::optional<WitnessedLog>(std::string_view)>& find_log,
                       const SigningKey& witness, std::int64_t time);

} // namespace adal::ledger
