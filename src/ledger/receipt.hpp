// ledger/receipt.hpp: what a phone gets back for a submission: a signed promise of a place in the
// log (integrity.md §1.8). A receipt without inclusion after a day is publishable evidence of
// suppression. Pure; thread-safe.
#pragma once

#include "ledger/note.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace adal::ledger {

inline constexpr ProblemCode bad_receipt{"ledger.bad_receipt", 422}; // params: reason

struct Receipt {
    std::string origin{};
    std::uint64_t index = 0;
    Hash leaf_hash{};
    std::int64_t t = 0; // milliseconds, the leaf's t
};

// A note signed by <origin>/receipt.
std::string sign_receipt(const Receipt& receipt, const SigningKey& key);
// bad_receipt or bad_note unless it is signed by `key`, whose name must be origin + "/receipt".
Result<Receipt> open_receipt(std::string_view note_bytes, const Vkey& key);

} // namespace adal::ledger
