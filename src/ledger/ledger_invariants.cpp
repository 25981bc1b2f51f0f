#include "ledger/ledger_invariants.hpp"

#include "ledger/leaf.hpp"
#include "ledger/ledger_store.hpp"

#include <map>
#include <set>

namespace adal::ledger {
namespace {

constexpr std::int64_t kCheckedAtOnce = 4096;
constexpr std::size_t kMostBreaches = 100;

class Check {
public:
    explicit Check(storage::Snapshot& db) : m_db(db), m_checkpoints(list_checkpoints(db)) {}

    std::vector<std::string> run()
    {
        const auto size = head(m_db).size;
        for (std::int64_t at = 0; at < size && m_out.size() < kMostBreaches; at += kCheckedAtOnce) {
            m_salts = list_salt_names(m_db, at, at + kCheckedAtOnce);
            for (const auto& leaf : list_leaves(m_db, at, at + kCheckedAtOnce))
                check_leaf(leaf);
        }
        for (const auto& [place, index] : m_unexplained)
            breach(index, "the salt of " + place + " is gone without a redaction");
        if (m_next_checkpoint != m_checkpoints.size())
            breach(size, "a checkpoint is ahead of the leaves");
        return std::move(m_out);
    }

private:
    void breach(std::int64_t index, const std::string& what)
    {
        m_out.push_back("leaf " + std::to_string(index) + ": " + what);
    }

    void check_leaf(const StoredLeaf& stored)
    {
        if (std::cmp_not_equal(stored.index, m_range.size()))
            breach(stored.index, "an index is missing before it");
        if (hash_leaf(stored.bytes) != stored.hash)
            breach(stored.index, "the hash is not that of the bytes");
        m_range.append(hash_leaf(stored.bytes));
        const auto leaf = parse_leaf(stored.bytes);
        if (!leaf) return breach(stored.index, leaf.error().params.at("reason"));
        if (leaf->eid != stored.eid || leaf->t != stored.t || leaf->case_id != stored.case_id ||
            leaf->seq != stored.seq)
            breach(stored.index, "the columns do not say what the bytes say");
        if (leaf->t < m_time) breach(stored.index, "time runs backwards");
        m_time = leaf->t;
        check_chain(stored, *leaf);
        check_salts(stored, *leaf);
        check_checkpoint(stored.index);
    }

    void check_chain(const StoredLeaf& stored, const Leaf& leaf)
    {
        if (leaf.case_id.empty()) return;
        const auto last = m_cases.find(leaf.case_id);
        const bool follows = last == m_cases.end() ? leaf.seq == 0
                                                   : leaf.seq == last->second.seq + 1 &&
                                                         leaf.prev == last->second.hash;
        if (!follows) breach(stored.index, "the chain of its case is broken");
        m_cases[leaf.case_id] = {.seq = leaf.seq, .hash = stored.hash};
    }

    // A redaction explains commitments whose salt is gone; it always comes later than they do.
    void check_salts(const StoredLeaf& stored, const Leaf& leaf)
    {
        for (const auto& [label, hash] : leaf.com)
            if (!m_salts.contains({leaf.eid, label}))
                m_unexplained[std::to_string(stored.index) + "/" + label] = stored.index;
        if (leaf.type != "redaction") return;
        const json::value pub(leaf.pub);
        const auto target = int_at(pub, "target");
        const auto* labels = array_at(pub, "labels");
        if (!target || !labels)
            return breach(stored.index, "a redaction without target and labels");
        for (const auto& label : *labels)
            if (label.is_string())
                m_unexplained.erase(std::to_string(*target) + "/" +
                                    std::string(label.get_string()));
    }

    void check_checkpoint(std::int64_t index)
    {
        if (m_next_checkpoint == m_checkpoints.size()) return;
        const auto& checkpoint = m_checkpoints[m_next_checkpoint];
        if (m_range.size() != checkpoint.size) return;
        if (m_range.root() != checkpoint.root) breach(index, "a checkpoint has another root");
        ++m_next_checkpoint;
    }

    storage::Snapshot& m_db;
    std::vector<StoredCheckpoint> m_checkpoints;
    std::size_t m_next_checkpoint = 0;
    std::vector<std::string> m_out{};
    CompactRange m_range{};
    std::int64_t m_time = 0;
    std::map<std::string, CaseHead> m_cases{};
    std::set<std::pair<std::string, std::string>> m_salts{};
    std::map<std::string, std::int64_t>
        m_unexplained{}; // "index/label" of a commitment without salt
};

} // namespace

std::vector<std::string> check_invariants(storage::Snapshot& db)
{
    return Check(db).run();
}

} // namespace adal::ledger
