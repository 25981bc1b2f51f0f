#include "ledger/ledger.hpp"

#include "ledger/commitment.hpp"
#include "ledger/leaf.hpp"
#include "ledger/ledger_invariants.hpp"
#include "ledger/ledger_store.hpp"
#include "ledger/proof.hpp"
#include "ledger/publisher.hpp"
#include "ledger/tree.hpp"
#include "support/support.hpp"

#include <filesystem>

namespace adal::ledger {
namespace {

constexpr Instant kNow{1767225600000};
constexpr const char* kOrigin = "log.example/city";

class Ledger : public test::BothEngines {
protected:
    void SetUp() override
    {
        BothEngines::SetUp();
        open_vault_in_memory();
    }
    Result<Appended> add(const Event& event, Instant at = kNow)
    {
        return db().write([&](storage::Transaction& tx) { return append(tx, event, at); });
    }
    Result<Appended> remove(std::int64_t index, const std::vector<std::string>& labels)
    {
        return db().write(
            [&](storage::Transaction& tx) { return erase(tx, index, labels, "kz-94v", kNow); });
    }
    Leaf read(std::int64_t index)
    {
        return db().read(
            [&](storage::Snapshot& s) { return parse_leaf(leaf(s, index)->bytes).value(); });
    }
    std::optional<Opening> open(const Appended& appended, std::string_view label)
    {
        return db().read([&](storage::Snapshot& s) { return opening(s, appended.eid, label); });
    }
    void refuses(std::string_view sql)
    {
        EXPECT_THROW(db().write([&](storage::Transaction& tx) -> Result<Done> {
            tx.exec(sql);
            return done();
        }),
                     storage::Error)
            << sql;
    }
};
ADAL_BOTH_ENGINES(Ledger);

Event sealed(const std::string& case_id, const std::string& text)
{
    return {
        .type = "case.sealed",
        .case_id = case_id,
        .role = "volunteer",
        .commitments = {{.label = "body", .value = text}, {.label = "actor", .value = "person"}}};
}

TEST_P(Ledger, indices_have_no_gaps_and_time_never_runs_backwards)
{
    EXPECT_EQ(add({.type = "log.init"})->index, 0);
    EXPECT_EQ(add({.type = "event.held"}, kNow.plus(std::chrono::hours{1}))->index, 1);
    EXPECT_EQ(add({.type = "event.held"}, kNow)->index, 2);
    EXPECT_EQ(read(2).t, read(1).t);
    EXPECT_EQ(db().read([](storage::Snapshot& s) { return size(s); }), 3);
}

TEST_P(Ledger, the_leaves_of_a_case_form_a_chain)
{
    const auto id = new_event_id();
    const auto first = add(sealed(id, "pothole"));
    add({.type = "event.held"});
    const auto second = add({.type = "review.decided", .case_id = id, .role = "reviewer"});
    EXPECT_EQ(read(0).seq, 0);
    EXPECT_FALSE(read(0).prev);
    EXPECT_EQ(read(second->index).seq, 1);
    EXPECT_EQ(read(second->index).prev, first->leaf_hash);
    EXPECT_EQ(db().read([&](storage::Snapshot& s) { return leaves_of_case(s, id); }),
              (std::vector<std::int64_t>{0, 2}));
}

TEST_P(Ledger, an_event_that_fails_leaves_no_leaf)
{
    const auto result = db().write([&](storage::Transaction& tx) -> Result<Done> {
        EXPECT_TRUE(append(tx, sealed(new_event_id(), "x"), kNow));
        return fail(not_allowed);
    });
    EXPECT_FALSE(result);
    EXPECT_EQ(add({.type = "event.held"})->index, 0);
}

TEST_P(Ledger, words_and_persons_never_enter_a_leaf)
{
    add(sealed(new_event_id(), "Абай көшесіндегі шұңқыр"));
    const auto bytes = db().read([](storage::Snapshot& s) { return leaf(s, 0)->bytes; });
    EXPECT_EQ(bytes.find("person"), std::string::npos);
    EXPECT_FALSE(add({.type = "event.held", .pub = {{"note", "көше"}}}));
    EXPECT_FALSE(add({.type = "no.such.type"}));
    EXPECT_FALSE(add({.type = "event.held", .commitments = {{.label = "Not a label"}}}));
    EXPECT_FALSE(add({.type = "event.held", .commitments = {{.label = "a"}, {.label = "a"}}}));
}

TEST_P(Ledger, a_commitment_opens_with_the_kept_salt)
{
    const auto appended = add(sealed(new_event_id(), "pothole"));
    const auto kept = open(*appended, "body");
    ASSERT_TRUE(kept);
    EXPECT_TRUE(opens(read(0).com.at("body"), *kept, "pothole"));
    EXPECT_FALSE(opens(read(0).com.at("body"), *kept, "pathole"));
    EXPECT_FALSE(open(*appended, "gps"));
    const auto stored =
        db().read([&](storage::Snapshot& s) { return find_salt(s, appended->eid, "body"); });
    EXPECT_EQ(stored->salt.find(kept->salt), std::string::npos);
}

TEST_P(Ledger, a_file_is_committed_by_its_digest)
{
    const Digest digest = digest_of("bytes of a photo");
    const auto appended =
        add({.type = "evidence.added", .commitments = {{.label = "photo.0", .digest = digest}}});
    EXPECT_TRUE(opens(read(0).com.at("photo.0"), *open(*appended, "photo.0"), "bytes of a photo"));
}

TEST_P(Ledger, an_erasure_destroys_the_salt_and_says_so)
{
    const auto id = new_event_id();
    const auto first = add(sealed(id, "pothole"));
    const auto other = add(sealed(id, "lamp"));
    const auto old_key = db().read([&](storage::Snapshot& s) { return find_data_key(s, id); });
    const auto redaction = remove(first->index, {"body"});
    ASSERT_TRUE(redaction);
    EXPECT_FALSE(open(*first, "body"));
    EXPECT_TRUE(open(*first, "actor"));
    EXPECT_TRUE(opens(read(other->index).com.at("body"), *open(*other, "body"), "lamp"));
    EXPECT_NE(db().read([&](storage::Snapshot& s) { return find_data_key(s, id); }), old_key);
    const auto said = read(redaction->index);
    EXPECT_EQ(said.type, "redaction");
    EXPECT_EQ(to_text(said.pub), R"({"basis":"kz-94v","labels":["body"],"target":0})");
    EXPECT_TRUE(remove(first->index, {"body"}).error().is(already_erased));
    EXPECT_TRUE(remove(first->index, {"gps"}).error().is(opening_missing));
    EXPECT_TRUE(remove(99, {"body"}).error().is(not_found));
}

TEST_P(Ledger, the_database_refuses_to_change_remove_or_skip)
{
    add({.type = "log.init"});
    add({.type = "event.held"});
    refuses("update ledger_leaf set t = 0");
    refuses("delete from ledger_leaf where idx = 1");
    refuses("insert into ledger_leaf (idx, eid, t, bytes, hash) select 5, 'x', t, bytes, hash "
            "from ledger_leaf where idx = 1");
    refuses("insert into ledger_checkpoint (size, root, note, at) select 9, hash, '', 0 from "
            "ledger_leaf "
            "where idx = 1");
}

TEST_P(Ledger, a_log_begins_once)
{
    const auto begin = [&](const char* origin) {
        return db().write(
            [&](storage::Transaction& tx) { return begin_log(tx, origin, "vkey", kNow); });
    };
    const auto begun = begin(kOrigin);
    ASSERT_TRUE(begun) << begun.error().params.begin()->second;
    EXPECT_EQ(begun->index, 0);
    EXPECT_EQ(begin(kOrigin)->index, 0);
    EXPECT_TRUE(begin("log.example/other").error().is(other_log));
    EXPECT_EQ(db().read([](storage::Snapshot& s) { return size(s); }), 1);
}

TEST_P(Ledger, every_published_leaf_has_a_proof_also_after_an_erasure)
{
    const test::TempDir folder;
    const auto key = SigningKey::make(kOrigin);
    Publisher publisher(db(), folder.path(), key);
    const auto first = add(sealed(new_event_id(), "pothole"));
    db().write([&](storage::Transaction& tx) -> Result<Done> {
        for (int i = 0; i < 600; ++i)
            if (const auto added = append(tx, {.type = "event.held"}, kNow); !added)
                return pass(added);
        return done();
    });
    const auto proof_of = [&](std::int64_t index) {
        return db().read([&](storage::Snapshot& s) { return proof_file(s, index); });
    };
    EXPECT_TRUE(proof_of(0).error().is(not_published_yet));
    ASSERT_TRUE(publisher.publish(kNow));
    remove(first->index, {"body", "actor"});
    ASSERT_TRUE(publisher.publish(kNow));
    for (std::int64_t index = 0; index < 602; ++index) {
        const auto text = proof_of(index);
        ASSERT_TRUE(text);
        const auto hash = db().read([&](storage::Snapshot& s) { return leaf(s, index)->hash; });
        const auto checkpoint = check_inclusion(parse_proof(*text).value(), hash);
        ASSERT_TRUE(checkpoint) << index;
        EXPECT_EQ(checkpoint->size, 602U);
    }
    EXPECT_TRUE(proof_of(602).error().is(not_found));
}

TEST_P(Ledger, the_invariants_hold_and_a_salt_that_vanished_is_an_alarm)
{
    const test::TempDir folder;
    const auto key = SigningKey::make(kOrigin);
    const auto id = new_event_id();
    const auto first = add(sealed(id, "pothole"));
    const auto second = add(sealed(id, "lamp"));
    Publisher publisher(db(), folder.path(), key);
    ASSERT_TRUE(publisher.publish(kNow));
    remove(first->index, {"body"});
    const auto breaches = [&] {
        return db().read([](storage::Snapshot& s) { return check_invariants(s); });
    };
    EXPECT_EQ(breaches(), std::vector<std::string>{});
    db().write([&](storage::Transaction& tx) -> Result<Done> {
        remove_salt(tx, second->eid, "body");
        return done();
    });
    EXPECT_EQ(breaches(),
              std::vector<std::string>{"leaf 1: the salt of 1/body is gone without a redaction"});
}

TEST_P(Ledger, another_master_key_opens_nothing)
{
    const auto appended = add(sealed(new_event_id(), "pothole"));
    open_vault_in_memory();
    EXPECT_THROW(open(*appended, "body"), std::runtime_error);
}

} // namespace
} // namespace adal::ledger
