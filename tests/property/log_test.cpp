// The public log of any size: appended, published, proven.
#include "ledger/ledger.hpp"
#include "ledger/ledger_invariants.hpp"
#include "ledger/policy.hpp"
#include "ledger/publisher.hpp"
#include "ledger/tree.hpp"
#include "ledger/verify.hpp"
#include "support/support.hpp"

#include <rapidcheck/gtest.h>

namespace adal::ledger {
namespace {

constexpr Instant kNow{1'767'225'600'000};

// One log for all cases, because it only ever grows.
struct GrowingLog {
    GrowingLog()
    {
        open_vault_in_memory();
        all.push_back(database.db().write([&](storage::Transaction& tx) { return begin_log(tx, "log.example/city", key.vkey().text(), kNow); }).value());
    }
    Result<Done> grow(int count)
    {
        return database.db().write([&](storage::Transaction& tx) -> Result<Done> {
            for (int i = 0; i < count; ++i) {
                auto one = append(tx, {.type = "event.held", .pub = {{"n", i}}, .commitments = {{.label = "body", .value = std::to_string(i)}}}, kNow);
                if (!one) return pass(one);
                all.push_back(*one);
            }
            return done();
        });
    }
    template <typename F> auto read(F f)
    {
        return database.db().read([&](storage::Snapshot& s) { return f(s); });
    }

    adal::test::TestDatabase database;
    adal::test::TempDir folder;
    SigningKey key = SigningKey::make("log.example/city");
    Publisher publisher{database.db(), folder.path(), key};
    std::vector<Appended> all{}; // every leaf, in the order it was appended
};

// Whatever the rounds it grew in: the published log verifies, its size is the number of events, any leaf of it can
// be proven, and the proof proves nothing else.
RC_GTEST_PROP(TheLog, grown_in_any_rounds_verifies_and_proves_each_leaf, ())
{
    static GrowingLog log;
    RC_ASSERT(log.grow(*rc::gen::inRange(1, 30)).has_value());
    const auto published = log.publisher.publish(kNow);
    RC_ASSERT(published.has_value());
    RC_ASSERT((*published)->size == log.all.size());
    RC_ASSERT(verify_log(log.folder.path(), policy_of(log.key.vkey())).is_good());
    RC_ASSERT(log.read([](auto& s) { return check_invariants(s); }).empty());

    const auto index = *rc::gen::inRange<std::size_t>(0, log.all.size());
    RC_ASSERT(log.all[index].index == static_cast<std::int64_t>(index));
    const auto proof = log.read([&](auto& s) { return proof_file(s, log.all[index].index); });
    RC_ASSERT(proof.has_value());
    const auto bytes = log.read([&](auto& s) { return leaf(s, log.all[index].index)->bytes; });
    RC_ASSERT(hash_leaf(bytes) == log.all[index].leaf_hash);
    RC_ASSERT(verify_proof(*proof, bytes, policy_of(log.key.vkey())).is_good());
    auto other = bytes;
    other[*rc::gen::inRange<std::size_t>(0, other.size())] ^= 1;
    RC_ASSERT(!verify_proof(*proof, other, policy_of(log.key.vkey())).is_good());
}

// The tree against the recursive definition of RFC 6962, for any size, any leaf, any older size.
RC_GTEST_PROP(TheTree, proves_any_leaf_of_any_size_and_any_growth, ())
{
    const auto size = *rc::gen::inRange<std::uint64_t>(1, 700);
    std::vector<Hash> leaves;
    for (std::uint64_t i = 0; i < size; ++i) leaves.push_back(hash_leaf(std::to_string(i)));
    const std::function<Hash(std::uint64_t, std::uint64_t)> definition = [&](std::uint64_t from, std::uint64_t to) {
        if (to - from == 1) return leaves[from];
        std::uint64_t split = 1;
        while (split * 2 < to - from) split *= 2;
        return hash_node(definition(from, from + split), definition(from + split, to));
    };
    const NodeHash node = [&](int level, std::uint64_t index) { return definition(index << level, (index + 1) << level); };
    const auto root = definition(0, size);
    RC_ASSERT(root_from(size, node) == root);
    const auto index = *rc::gen::inRange<std::uint64_t>(0, size);
    const auto inclusion = make_inclusion_proof(index, size, node);
    RC_ASSERT(inclusion && verify_inclusion(leaves[index], index, size, *inclusion, root));
    const auto old_size = *rc::gen::inRange<std::uint64_t>(1, size + 1);
    const auto consistency = make_consistency_proof(old_size, size, node);
    RC_ASSERT(consistency && verify_consistency(old_size, size, *consistency, definition(0, old_size), root));
    // Another leaf, another place, another root prove nothing.
    if (size > 1) {
        RC_ASSERT(!verify_inclusion(leaves[index], (index + 1) % size, size, *inclusion, root));
        RC_ASSERT(!verify_inclusion(leaves[(index + 1) % size], index, size, *inclusion, root));
        RC_ASSERT(!verify_inclusion(leaves[index], index, size, *inclusion, hash_leaf("x")));
    }
}

} // namespace
} // namespace adal::ledger
