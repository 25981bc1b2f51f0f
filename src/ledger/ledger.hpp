// ledger/ledger.hpp: the face of the public tamper-evident log (integrity.md §1; C2SP tlog-tiles,
// signed-note, tlog-checkpoint, tlog-proof; RFC 6962 tree; RFC 8785 leaves restricted to ASCII).
//
// A room appends one leaf per event, in the transaction of the event itself. Text never goes in
// clear: it is committed (salted HMAC); the salts are kept as openings and can be destroyed
// lawfully, which leaves a `redaction` leaf while every proof still verifies.
#pragma once

#include "base/hash.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "storage/storage.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::ledger {

// 16 random bytes in hex; names an event (eid) or a case.
std::string new_event_id();

// What a commitment needs to know of a value; a file that was hashed while it arrived need not be
// read again.
struct Digest {
    Hash sha256{};
    std::uint64_t length = 0;
};

struct Committed {
    std::string label{};            // [a-z][a-z0-9_.]{0,63}
    std::string value{};            // bytes that are committed, never published by the log
    std::optional<Digest> digest{}; // instead of `value`, for files
};

struct Event {
    std::string type{};    // registry of integrity.md §1.2: "case.sealed", "referral.sent", …
    std::string case_id{}; // 32 hex; empty for events outside a case
    std::string
        role{}; // "volunteer" | "reviewer" | "coordinator" | "lawyer" | "system"; may be empty
    json::object pub{}; // public fields: integers and printable ASCII only
    std::vector<Committed> commitments{};
};

struct Appended {
    std::int64_t index = 0;
    std::string eid{};
    Hash leaf_hash{};
};

inline constexpr ProblemCode bad_leaf{"ledger.bad_leaf", 422};               // params: reason
inline constexpr ProblemCode opening_missing{"ledger.opening_missing", 404}; // params: label
inline constexpr ProblemCode already_erased{"ledger.already_erased", 409};   // params: label
inline constexpr ProblemCode other_log{"ledger.other_log", 409}; // params: origin, stored

// Salts are stored encrypted; the key that unlocks them is a file of its own (ledger/keys.hpp makes
// it). One per process, opened at start: appending or erasing commitments without it throws
// CheckFailed.
void open_vault(const std::string& key_file);
// A fresh key that ends with the process: for tests and for a demonstration that leaves nothing
// behind.
void open_vault_in_memory();

// Every log starts with this leaf. On a log that has leaves it only checks that they begin with the
// same origin (ledger.other_log otherwise).
Result<Appended> begin_log(storage::Transaction& tx, std::string_view origin, std::string_view vkey,
                           Instant now);

// What a new leaf follows.
struct Head {
    std::int64_t size = 0;
    std::int64_t t = 0; // of the last leaf
};
struct CaseHead {
    std::int64_t seq = 0;
    Hash hash{};
};
struct Before {
    std::string case_id{};
    Head head{};
    std::optional<CaseHead> in_case{};
    std::optional<std::string> data_key{}; // of the case, wrapped
};
// Asked together with the caller's next statement; `before` must live until then and serves the one
// append that follows in this transaction.
void look_back_later(storage::Transaction& tx, std::string_view case_id, Before& before);

// Builds the leaf (t = now, never before the previous leaf's; seq/prev inside a case), stores leaf
// and openings. Index = number of leaves so far. Same transaction as the event: no event without
// leaf, no leaf without event.
Result<Appended> append(storage::Transaction& tx, const Event& event, Instant now);
Result<Appended> append(storage::Transaction& tx, const Event& event, const Before& before,
                        Instant now);

// What somebody needs to check one commitment of a published leaf.
struct Opening {
    std::int64_t index = 0;
    std::string eid{};
    std::string label{};
    std::string salt{}; // 32 bytes
};
std::optional<Opening> opening(storage::Snapshot& snapshot, std::string_view eid,
                               std::string_view label);
// True when C of the leaf commits to `value`.
bool opens(const Hash& commitment, const Opening& opening, std::string_view value);
bool opens(const Hash& commitment, const Opening& opening, const Digest& digest);

// Destroys the salts of these labels and appends the `redaction` leaf. basis: code of the legal
// ground.
Result<Appended> erase(storage::Transaction& tx, std::int64_t index,
                       const std::vector<std::string>& labels, std::string_view basis, Instant now);

// The stored leaf of an index, its published state and its proof against the newest checkpoint.
struct LeafView {
    std::int64_t index = 0;
    std::string eid{};
    std::string bytes{};
    Hash hash{};
    bool is_published = false; // covered by a checkpoint
};
std::optional<LeafView> leaf(storage::Snapshot& snapshot, std::int64_t index);
std::optional<LeafView> leaf_of(storage::Snapshot& snapshot, std::string_view eid);
std::int64_t size(storage::Snapshot& snapshot);
std::vector<std::int64_t> leaves_of_case(storage::Snapshot& snapshot, std::string_view case_id);

// Contents of a .tlog-proof file (c2sp.org/tlog-proof@v1); a problem when the leaf is not published
// yet.
inline constexpr ProblemCode not_published_yet{"ledger.not_published_yet", 409};
Result<std::string> proof_file(storage::Snapshot& snapshot, std::int64_t index);

// Beside this face, for app, cli and tests: keys.hpp (key files), publisher.hpp (tiles and
// checkpoints), verify.hpp (judging a log or a proof), receipt.hpp (a signed receipt for a
// submission, integrity.md §1.8), policy.hpp (whom to believe), ledger_invariants.hpp (what must
// always be true).

} // namespace adal::ledger
