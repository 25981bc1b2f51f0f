#include "ledger/tree.hpp"

#include "base/result.hpp"

#include <bit>
#include <cstring>

namespace adal::ledger {
namespace {

// Full subtrees that tile [begin, end) from left to right, as the tree of RFC 6962 splits it: begin
// must be a multiple of the largest power of two below the length of what it begins.
template <typename F>
void each_full_subtree(std::uint64_t begin, std::uint64_t end, F&& f)
{
    while (begin < end) {
        const int level = static_cast<int>(std::bit_width(end - begin)) - 1;
        f(level, begin >> level);
        begin += std::uint64_t{1} << level;
    }
}

Hash root_of_range(std::uint64_t begin, std::uint64_t end, const NodeHash& node)
{
    std::vector<Hash> parts;
    each_full_subtree(begin, end,
                      [&](int level, std::uint64_t index) { parts.push_back(node(level, index)); });
    Hash out = parts.back();
    for (std::size_t i = parts.size() - 1; i-- > 0;)
        out = hash_node(parts[i], out);
    return out;
}

// The largest power of two below n (n > 1).
std::uint64_t split(std::uint64_t n)
{
    return std::bit_floor(n - 1);
}

} // namespace

Hash empty_root()
{
    return sha256("");
}

Hash hash_leaf(std::string_view bytes)
{
    if (bytes.size() < 1024) {
        char buffer[1025];
        buffer[0] = 0;
        if (!bytes.empty()) std::memcpy(buffer + 1, bytes.data(), bytes.size());
        return sha256({buffer, bytes.size() + 1});
    }
    std::string buffer(1, '\0');
    buffer += bytes;
    return sha256(buffer);
}

Hash hash_node(const Hash& left, const Hash& right)
{
    char buffer[65];
    buffer[0] = 1;
    std::memcpy(buffer + 1, left.data(), 32);
    std::memcpy(buffer + 33, right.data(), 32);
    return sha256({buffer, sizeof buffer});
}

Hash root_of(std::span<const Hash> hashes)
{
    CompactRange range;
    for (const auto& hash : hashes)
        range.append(hash);
    return range.root();
}

void CompactRange::append_subtree(int level, const Hash& hash)
{
    const std::uint64_t step = std::uint64_t{1} << level;
    ADAL_CHECK((m_size & (step - 1)) == 0);
    Hash grown = hash;
    for (std::uint64_t bit = step; (m_size & bit) != 0; bit <<= 1) {
        grown = hash_node(m_edge.back(), grown);
        m_edge.pop_back();
    }
    m_edge.push_back(grown);
    m_size += step;
}

Hash CompactRange::root() const
{
    if (m_edge.empty()) return empty_root();
    Hash out = m_edge.back();
    for (std::size_t i = m_edge.size() - 1; i-- > 0;)
        out = hash_node(m_edge[i], out);
    return out;
}

Hash root_from(std::uint64_t size, const NodeHash& node)
{
    return size == 0 ? empty_root() : root_of_range(0, size, node);
}

std::optional<Proof> make_inclusion_proof(std::uint64_t index, std::uint64_t size,
                                          const NodeHash& node)
{
    if (index >= size) return std::nullopt;
    Proof proof; // collected from the root down, turned at the end
    std::uint64_t begin = 0;
    std::uint64_t end = size;
    while (end - begin > 1) {
        const std::uint64_t middle = begin + split(end - begin);
        if (index < middle) {
            proof.push_back(root_of_range(middle, end, node));
            end = middle;
        } else {
            proof.push_back(root_of_range(begin, middle, node));
            begin = middle;
        }
    }
    return Proof(proof.rbegin(), proof.rend());
}

std::optional<Proof> make_consistency_proof(std::uint64_t old_size, std::uint64_t size,
                                            const NodeHash& node)
{
    if (old_size == 0 || old_size > size) return std::nullopt;
    Proof proof;
    if (old_size == size) return proof;
    std::uint64_t begin = 0;
    std::uint64_t end = size;
    while (old_size != end) {
        const std::uint64_t middle = begin + split(end - begin);
        if (old_size <= middle) {
            proof.push_back(root_of_range(middle, end, node));
            end = middle;
        } else {
            proof.push_back(root_of_range(begin, middle, node));
            begin = middle;
        }
    }
    if (begin != 0) proof.push_back(root_of_range(begin, end, node));
    return Proof(proof.rbegin(), proof.rend());
}

bool verify_inclusion(const Hash& leaf_hash, std::uint64_t index, std::uint64_t size,
                      std::span<const Hash> proof, const Hash& root)
{
    if (index >= size) return false;
    std::uint64_t fn = index;
    std::uint64_t sn = size - 1;
    Hash hash = leaf_hash;
    for (const auto& sibling : proof) {
        if (sn == 0) return false;
        if ((fn & 1) != 0 || fn == sn) {
            hash = hash_node(sibling, hash);
            while ((fn & 1) == 0 && fn != 0) {
                fn >>= 1;
                sn >>= 1;
            }
        } else {
            hash = hash_node(hash, sibling);
        }
        fn >>= 1;
        sn >>= 1;
    }
    return sn == 0 && hash == root;
}

bool verify_consistency(std::uint64_t old_size, std::uint64_t size, std::span<const Hash> proof,
                        const Hash& old_root, const Hash& root)
{
    if (old_size == 0 || old_size > size) return false;
    if (old_size == size) return proof.empty() && old_root == root;
    if (proof.empty()) return false;
    std::uint64_t fn = old_size - 1;
    std::uint64_t sn = size - 1;
    while ((fn & 1) != 0) {
        fn >>= 1;
        sn >>= 1;
    }
    // A full subtree is its own first element of the proof.
    const bool is_full = std::has_single_bit(old_size);
    Hash fr = is_full ? old_root : proof[0];
    Hash sr = fr;
    for (const auto& hash : proof.subspan(is_full ? 0 : 1)) {
        if (sn == 0) return false;
        if ((fn & 1) != 0 || fn == sn) {
            fr = hash_node(hash, fr);
            sr = hash_node(hash, sr);
            while ((fn & 1) == 0 && fn != 0) {
                fn >>= 1;
                sn >>= 1;
            }
        } else {
            sr = hash_node(sr, hash);
        }
        fn >>= 1;
        sn >>= 1;
    }
    return sn == 0 && fr == old_root && sr == root;
}

} // namespace adal::ledger
