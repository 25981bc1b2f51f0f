#include "ledger/ledger.hpp"

#include "ledger/commitment.hpp"
#include "ledger/leaf.hpp"
#include "ledger/ledger_store.hpp"
#include "ledger/proof.hpp"
#include "ledger/publisher.hpp"
#include "ledger/vault.hpp"

#include <algorithm>

namespace adal::ledger {
namespace {

// Whose data key protects an event's salts.
std::string subject_of(std::string_view case_id, std::string_view eid)
{
    return std::string(case_id.empty() ? eid : case_id);
}

std::string place_of(std::string_view eid, std::string_view label)
{
    return std::string(eid) + "/" + std::string(label);
}

std::string data_key(storage::Transaction& tx, std::string_view subject,
                     const std::optional<std::string>& wrapped)
{
    if (wrapped) return vault()->unwrap(subject, *wrapped);
    auto key = random_bytes(32);
    save_data_key(tx, subject, vault()->wrap(subject, key));
    return key;
}

Result<Done> check_commitments(const std::vector<Committed>& commitments)
{
    std::vector<std::string_view> labels;
    for (const auto& committed : commitments) {
        if (!is_label(committed.label)) return fail(bad_leaf, {{"reason", "label"}});
        labels.push_back(committed.label);
    }
    std::sort(labels.begin(), labels.end());
    if (std::adjacent_find(labels.begin(), labels.end()) != labels.end())
        return fail(bad_leaf, {{"reason", "label"}});
    return done();
}

struct Salted {
    std::string label{};
    std::string salt{};
};

std::vector<Salted> commit_all(Leaf& leaf, const std::vector<Committed>& commitments)
{
    std::vector<Salted> out;
    for (const auto& committed : commitments) {
        Salted salted{.label = committed.label, .salt = random_bytes(kSaltBytes)};
        const auto digest = committed.digest ? *committed.digest : digest_of(committed.value);
        leaf.com[committed.label] = commit(salted.salt, leaf.eid, committed.label, digest);
        out.push_back(std::move(salted));
    }
    return out;
}

void keep_salts(storage::Transaction& tx, const Leaf& leaf, const std::vector<Salted>& salts,
                const std::optional<std::string>& wrapped_key)
{
    if (salts.empty()) return;
    const auto subject = subject_of(leaf.case_id, leaf.eid);
    const auto key = data_key(tx, subject, wrapped_key);
    std::vector<SealedSalt> sealed;
    for (const auto& salted : salts)
        sealed.push_back({.eid = leaf.eid,
                          .label = salted.label,
                          .salt = seal_bytes(key, place_of(leaf.eid, salted.label), salted.salt)});
    insert_salts(tx, subject, sealed);
}

Leaf next_leaf(const Event& event, const Before& before, Instant now)
{
    Leaf leaf{.type = event.type,
              .eid = new_event_id(),
              .t = std::max(now.ms, before.head.t),
              .role = event.role,
              .case_id = event.case_id,
              .pub = event.pub};
    if (before.in_case) {
        leaf.seq = before.in_case->seq + 1;
        leaf.prev = before.in_case->hash;
    }
    return leaf;
}

LeafView view_of(storage::Snapshot& db, StoredLeaf stored)
{
    const auto published = newest_checkpoint(db);
    return {.index = stored.index,
            .eid = std::move(stored.eid),
            .bytes = std::move(stored.bytes),
            .hash = stored.hash,
            .is_published = published && std::cmp_less(stored.index, published->size)};
}

// A fresh data key for what remains: older copies of the removed salts open with the old key only.
void renew_data_key(storage::Transaction& tx, const std::string& subject)
{
    const auto wrapped = find_data_key(tx, subject);
    if (!wrapped) return;
    const auto old_key = vault()->unwrap(subject, *wrapped);
    const auto key = random_bytes(32);
    for (auto salt : list_salts(tx, subject)) {
        const auto place = place_of(salt.eid, salt.label);
        const auto plain = unseal_bytes(old_key, place, salt.salt);
        if (!plain) throw std::runtime_error("a salt does not open: " + place);
        salt.salt = seal_bytes(key, place, *plain);
        save_salt(tx, salt);
    }
    save_data_key(tx, subject, vault()->wrap(subject, key));
}

} // namespace

std::string new_event_id()
{
    return hex(random_bytes(16));
}

Result<Appended> begin_log(storage::Transaction& tx, std::string_view origin, std::string_view vkey,
                           Instant now)
{
    if (const auto first = find_leaf(tx, 0)) {
        const auto leaf = parse_leaf(first->bytes);
        const auto* known = leaf ? leaf->pub.if_contains("origin") : nullptr;
        const std::string stored(known && known->is_string() ? std::string_view(known->get_string())
                                                             : "");
        if (stored != origin)
            return fail(other_log, {{"origin", std::string(origin)}, {"stored", stored}});
        return Appended{.index = 0, .eid = first->eid, .leaf_hash = first->hash};
    }
    return append(
        tx, {.type = "log.init", .pub = {{"origin", origin}, {"schema", "adal/1"}, {"vkey", vkey}}},
        now);
}

Result<Appended> append(storage::Transaction& tx, const Event& event, Instant now)
{
    Before before;
    case_back_later(tx, event.case_id, before);
    before.head = head(tx);
    return append(tx, event, before, now);
}

Result<Appended> append(storage::Transaction& tx, const Event& event, const Before& before,
                        Instant now)
{
    ADAL_CHECK(before.case_id == event.case_id);
    const auto checked = check_commitments(event.commitments);
    if (!checked) return pass(checked);
    auto leaf = next_leaf(event, before, now);
    const auto salts = commit_all(leaf, event.commitments);
    auto bytes = leaf_bytes(leaf);
    if (!bytes) return pass(bytes);
    const auto hash = hash_leaf(*bytes);
    const StoredLeaf stored{.index = before.head.size,
                            .eid = leaf.eid,
                            .t = leaf.t,
                            .case_id = leaf.case_id,
                            .seq = leaf.seq,
                            .bytes = std::move(*bytes),
                            .hash = hash};
    insert_leaf(tx, stored);
    keep_salts(tx, leaf, salts, before.data_key);
    tx.after_commit(wake_publisher);
    return Appended{.index = stored.index, .eid = stored.eid, .leaf_hash = stored.hash};
}

std::optional<Opening> opening(storage::Snapshot& snapshot, std::string_view eid,
                               std::string_view label)
{
    const auto leaf = find_leaf_of(snapshot, eid);
    const auto sealed = leaf ? find_salt(snapshot, eid, label) : std::nullopt;
    if (!sealed) return std::nullopt;
    const auto subject = subject_of(leaf->case_id, eid);
    const auto wrapped = find_data_key(snapshot, subject);
    if (!wrapped) return std::nullopt;
    auto salt =
        unseal_bytes(vault()->unwrap(subject, *wrapped), place_of(eid, label), sealed->salt);
    if (!salt) throw std::runtime_error("a salt does not open: " + place_of(eid, label));
    return Opening{.index = leaf->index,
                   .eid = std::string(eid),
                   .label = std::string(label),
                   .salt = std::move(*salt)};
}

Result<Appended> erase(storage::Transaction& tx, std::int64_t index,
                       const std::vector<std::string>& labels, std::string_view basis, Instant now)
{
    const auto stored = find_leaf(tx, index);
    if (!stored) return fail(not_found);
    const auto leaf = parse_leaf(stored->bytes);
    if (!leaf) return pass(leaf);
    auto sorted = labels;
    std::sort(sorted.begin(), sorted.end());
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
    if (sorted.empty()) return fail(opening_missing, {{"label", ""}});
    for (const auto& label : sorted) {
        if (!leaf->com.contains(label)) return fail(opening_missing, {{"label", label}});
        if (!find_salt(tx, leaf->eid, label)) return fail(already_erased, {{"label", label}});
    }
    for (const auto& label : sorted)
        remove_salt(tx, leaf->eid, label);
    renew_data_key(tx, subject_of(leaf->case_id, leaf->eid));
    return append(tx,
                  {.type = "redaction",
                   .pub = {{"basis", basis},
                           {"labels", json::array(sorted.begin(), sorted.end())},
                           {"target", index}}},
                  now);
}

std::optional<LeafView> leaf(storage::Snapshot& snapshot, std::int64_t index)
{
    auto stored = find_leaf(snapshot, index);
    return stored ? std::optional(view_of(snapshot, std::move(*stored))) : std::nullopt;
}

std::optional<LeafView> leaf_of(storage::Snapshot& snapshot, std::string_view eid)
{
    auto stored = find_leaf_of(snapshot, eid);
    return stored ? std::optional(view_of(snapshot, std::move(*stored))) : std::nullopt;
}

std::int64_t size(storage::Snapshot& snapshot)
{
    return head(snapshot).size;
}

std::vector<std::int64_t> leaves_of_case(storage::Snapshot& snapshot, std::string_view case_id)
{
    return list_case(snapshot, case_id);
}

Result<std::string> proof_file(storage::Snapshot& snapshot, std::int64_t index)
{
    const auto stored = find_leaf(snapshot, index);
    if (!stored) return fail(not_found);
    const auto checkpoint = newest_checkpoint(snapshot);
    if (!checkpoint || std::cmp_greater_equal(index, checkpoint->size))
        return fail(not_published_yet);
    const auto position = static_cast<std::uint64_t>(index);
    ProofFile proof{.index = position, .checkpoint = checkpoint->note};
    proof.hashes = *make_inclusion_proof(position, checkpoint->size, nodes_of(snapshot));
    // Stored data that would give a false proof is a fault of ours, not an answer.
    if (!check_inclusion(proof, stored->hash))
        throw std::runtime_error("a stored leaf is not in its log");
    return proof_text(proof);
}

} // namespace adal::ledger
