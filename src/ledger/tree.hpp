// ledger/tree.hpp: the Merkle tree of RFC 6962 §2.1 (= RFC 9162 §2.1), SHA-256.
//
// Sizes and indices are unsigned 64 bit. A node is named by its level (0 = leaves) and its position
// in that level; only full subtrees have names. Pure; thread-safe.
#pragma once

#include "base/hash.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace adal::ledger {

using Proof = std::vector<Hash>;
inline constexpr std::size_t kMaxProofHashes = 63;

Hash empty_root();                                   // SHA-256("")
Hash hash_leaf(std::string_view bytes);              // SHA-256(00 || bytes)
Hash hash_node(const Hash& left, const Hash& right); // SHA-256(01 || left || right)
// Root over hashes of one level, in order; empty_root() for none.
Hash root_of(std::span<const Hash> hashes);

// The right edge of a tree that only grows: at most 64 hashes whatever the size.
class CompactRange {
public:
    void append(const Hash& leaf_hash) { append_subtree(0, leaf_hash); }
    // The next full subtree of 2^level leaves; the size must be a multiple of 2^level.
    void append_subtree(int level, const Hash& hash);
    [[nodiscard]] std::uint64_t size() const { return m_size; }
    [[nodiscard]] Hash root() const;

private:
    std::uint64_t m_size = 0;
    std::vector<Hash> m_edge; // one hash per 1 bit of m_size, largest subtree first
};

// The hash of the full subtree `index` of `level`. May throw when it cannot be had.
using NodeHash = std::function<Hash(int level, std::uint64_t index)>;

Hash root_from(std::uint64_t size, const NodeHash& node);
// Nothing when index >= size.
std::optional<Proof> make_inclusion_proof(std::uint64_t index, std::uint64_t size,
                                          const NodeHash& node);
// Nothing when old_size = 0 or old_size > size. The proof of equal sizes is empty.
std::optional<Proof> make_consistency_proof(std::uint64_t old_size, std::uint64_t size,
                                            const NodeHash& node);

// RFC 9162 §2.1.3.2. False for index >= size and for any proof of another length than needed.
bool verify_inclusion(const Hash& leaf_hash, std::uint64_t index, std::uint64_t size,
                      std::span<const Hash> proof, const Hash& root);
// RFC 9162 §2.1.4.2. False for old_size = 0 (it would prove nothing) and old_size > size; equal
// sizes need an empty proof and equal roots.
bool verify_consistency(std::uint64_t old_size, std::uint64_t size, std::span<const Hash> proof,
                        const Hash& old_root, const Hash& root);

} // namespace adal::ledger
