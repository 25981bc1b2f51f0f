#include "referral/inbox_store.hpp"

#include "base/hash.hpp"

namespace adal::referral {

namespace inbox_rows {

constexpr std::string_view kInboxes = "select id, authority_id, made_by, made_at, expires_at, revoked_at, used_at from referral_inboxes ";
constexpr std::string_view kReplies =
    "select id, inbox_id, document_id, recommendation_id, number, text, received_at, handled_at, handled_by from referral_inbox_replies ";

std::string with(std::string_view columns, std::string_view rest)
{
    return std::string{columns} + std::string{rest};
}

Inbox inbox_from(const storage::Row& row)
{
    return {.id = row.get<InboxId>(0),
            .authority = row.get<AuthorityId>(1),
            .made_by = row.get<PersonId>(2),
            .made_at = row.get<Instant>(3),
            .expires_at = row.get<Instant>(4),
            .revoked_at = row.get<std::optional<Instant>>(5),
            .used_at = row.get<std::optional<Instant>>(6)};
}

InboxReply reply_from(const storage::Row& row)
{
    return {.id = row.get<InboxReplyId>(0),
            .inbox = row.get<InboxId>(1),
            .document = row.get<DocumentId>(2),
            .recommendation = row.get<RecommendationId>(3),
            .number = row.get<std::string>(4),
            .text = row.get<std::string>(5),
            .received_at = row.get<Instant>(6),
            .handled_at = row.get<std::optional<Instant>>(7),
            .handled_by = row.get<PersonId>(8)};
}

void add_files(storage::Snapshot& snapshot, InboxReply& reply)
{
    reply.files = snapshot.all("select file_id from referral_inbox_files where reply_id = ?1 order by file_id",
                               [](const storage::Row& row) { return row.get<FileId>(0); }, reply.id);
}

} // namespace inbox_rows

FreshInbox make_inbox(storage::Transaction& tx, AuthorityId authority, PersonId made_by, Instant now)
{
    constexpr std::size_t kSecretBytes = 32;
    FreshInbox fresh{.inbox = {.id = InboxId::make(now),
                               .authority = authority,
                               .made_by = made_by,
                               .made_at = now,
                               .expires_at = now.plus(std::chrono::days{kInboxDays})},
                     .token = base64url(random_bytes(kSecretBytes))};
    tx.exec("insert into referral_inboxes (id, token_hash, authority_id, made_by, made_at, expires_at) values (?1, ?2, ?3, ?4, ?5, ?6)",
            fresh.inbox.id, hex(view(sha256(fresh.token))), authority, made_by, now, fresh.inbox.expires_at);
    return fresh;
}

std::optional<Inbox> find_inbox(storage::Snapshot& snapshot, std::string_view token)
{
    return snapshot.first(inbox_rows::with(inbox_rows::kInboxes, "where token_hash = ?1"), inbox_rows::inbox_from, hex(view(sha256(token))));
}

std::optional<Inbox> find_inbox(storage::Snapshot& snapshot, InboxId id)
{
    return snapshot.first(inbox_rows::with(inbox_rows::kInboxes, "where id = ?1"), inbox_rows::inbox_from, id);
}

std::vector<Inbox> inboxes_of(storage::Snapshot& snapshot, AuthorityId authority)
{
    return snapshot.all(inbox_rows::with(inbox_rows::kInboxes, "where authority_id = ?1 order by made_at desc, id desc"), inbox_rows::inbox_from,
                        authority);
}

void note_use(storage::Transaction& tx, InboxId id, Instant now)
{
    tx.exec("update referral_inboxes set used_at = ?2 where id = ?1", id, now);
}

bool revoke(storage::Transaction& tx, InboxId id, Instant now)
{
    return tx.exec("update referral_inboxes set revoked_at = ?2 where id = ?1 and revoked_at is null", id, now) == 1;
}

void add(storage::Transaction& tx, const InboxReply& reply)
{
    tx.exec("insert into referral_inbox_replies (id, inbox_id, document_id, recommendation_id, number, text, received_at) "
            "values (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            reply.id, reply.inbox, reply.document, reply.recommendation, reply.number, reply.text, reply.received_at);
    for (const auto& file : reply.files) tx.exec("insert into referral_inbox_files (reply_id, file_id) values (?1, ?2)", reply.id, file);
}

void note_handled(storage::Transaction& tx, InboxReplyId id, PersonId actor, Instant now)
{
    tx.exec("update referral_inbox_replies set handled_at = ?2, handled_by = ?3 where id = ?1", id, now, actor);
}

std::optional<InboxReply> find_inbox_reply(storage::Snapshot& snapshot, InboxReplyId id)
{
    auto reply = snapshot.first(inbox_rows::with(inbox_rows::kReplies, "where id = ?1"), inbox_rows::reply_from, id);
    if (reply) inbox_rows::add_files(snapshot, *reply);
    return reply;
}

std::vector<InboxReply> open_inbox_replies(storage::Snapshot& snapshot, DocumentId document)
{
    auto replies = snapshot.all(inbox_rows::with(inbox_rows::kReplies, "where document_id = ?1 and handled_at is null order by id"),
                                inbox_rows::reply_from, document);
    for (auto& reply : replies) inbox_rows::add_files(snapshot, reply);
    return replies;
}

std::int64_t count_open_inbox_replies(storage::Snapshot& snapshot)
{
    return snapshot.value<std::int64_t>("select count(*) from referral_inbox_replies where handled_at is null").value_or(0);
}

std::vector<DocumentId> documents_sent_to(storage::Snapshot& snapshot, AuthorityId authority, int most)
{
    return snapshot.all("select document_id from referral_dispatches where authority_id = ?1 group by document_id order by max(sent_at) desc limit ?2",
                        [](const storage::Row& row) { return row.get<DocumentId>(0); }, authority, most);
}

std::vector<DispatchId> dispatches_without_letter(storage::Snapshot& snapshot, Instant since, int most)
{
    return snapshot.all("select d.id from referral_dispatches d left join referral_letters l on l.dispatch_id = d.id "
                        "where d.channel = 'email' and l.dispatch_id is null and d.recorded_at >= ?1 and d.sent_at >= d.recorded_at order by d.id limit ?2",
                        [](const storage::Row& row) { return row.get<DispatchId>(0); }, since, most);
}

void note_letter(storage::Transaction& tx, DispatchId dispatch, std::string_view letter, Instant now)
{
    tx.exec("insert into referral_letters (dispatch_id, letter_id, queued_at) values (?1, ?2, ?3)", dispatch, letter, now);
}

} // namespace adal::referral
