#include "referral/column_store.hpp"
#include "referral/document_store.hpp"

namespace adal::referral {

namespace {

constexpr std::string_view dispatch_columns =
    "id, document_id, authority_id, authority_version_id, channel, out_number, sent_at, sent_by, "
    "send_rule_version, send_calendar_version, send_start, send_due, late, received_on, in_number, recorded_at";

Dispatch dispatch_from(const storage::Row& row)
{
    return {.id = row.get<DispatchId>(0),
            .document = row.get<DocumentId>(1),
            .authority = row.get<AuthorityId>(2),
            .authority_version = row.get<AuthorityVersionId>(3),
            .channel = stored(channel_from(row.text(4))),
            .out_number = row.get<std::string>(5),
            .sent_at = row.get<Instant>(6),
            .recorded_at = row.get<Instant>(15),
            .sent_by = row.get<PersonId>(7),
            .send_deadline = {.rule_version = row.get<std::string>(8),
                              .calendar_version = row.get<std::string>(9),
                              .start = day(row, 10),
                              .due = day(row, 11)},
            .late = row.get<bool>(12),
            .received_on = optional_day(row, 13),
            .in_number = row.get<std::string>(14)};
}

Reply reply_from(const storage::Row& row)
{
    return {.id = row.get<ReplyId>(0),
            .recommendation = row.get<RecommendationId>(1),
            .received_on = day(row, 2),
            .number = row.get<std::string>(3),
            .reply_class = stored(reply_class_from(row.text(4))),
            .text = row.get<std::string>(5),
            .promised_for = optional_day(row, 6),
            .registered_by = row.get<PersonId>(8),
            .registered_at = row.get<Instant>(9),
            .late = row.get<bool>(7)};
}

} // namespace

void add(storage::Transaction& tx, const Dispatch& dispatch)
{
    tx.exec("insert into referral_dispatches (id, document_id, authority_id, authority_version_id, "
            "channel, out_number, sent_at, sent_by, send_rule_version, send_calendar_version, "
            "send_start, send_due, late, received_on, in_number, recorded_at) "
            "values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
            dispatch.id, dispatch.document, dispatch.authority, dispatch.authority_version,
            name(dispatch.channel), dispatch.out_number, dispatch.sent_at, dispatch.sent_by,
            dispatch.send_deadline.rule_version, dispatch.send_deadline.calendar_version,
            iso(dispatch.send_deadline.start), iso(dispatch.send_deadline.due), dispatch.late,
            text_of(dispatch.received_on), dispatch.in_number, dispatch.recorded_at);
}

void save_receipt(storage::Transaction& tx, const Dispatch& dispatch)
{
    tx.exec("update referral_dispatches set received_on = ?2, in_number = ?3 where id = ?1", dispatch.id,
            text_of(dispatch.received_on), dispatch.in_number);
}

std::optional<Dispatch> find_dispatch(storage::Snapshot& snapshot, DispatchId id)
{
    return snapshot.first("select " + std::string(dispatch_columns) +
                              " from referral_dispatches where id = ?1",
                          dispatch_from, id);
}

std::vector<Dispatch> list_dispatches(storage::Snapshot& snapshot, DocumentId id)
{
    return snapshot.all("select " + std::string(dispatch_columns) +
                            " from referral_dispatches where document_id = ?1 order by sent_at, id",
                        dispatch_from, id);
}

void add(storage::Transaction& tx, const Reply& reply)
{
    tx.exec("insert into referral_replies (id, recommendation_id, received_on, number, class, text, "
            "promised_for, late, registered_by, registered_at) "
            "values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            reply.id, reply.recommendation, iso(reply.received_on), reply.number,
            name(reply.reply_class), reply.text, text_of(reply.promised_for), reply.late,
            reply.registered_by, reply.registered_at);
    for (const auto& file : reply.files)
        tx.exec("insert into referral_reply_files (reply_id, file_id) values (?1, ?2)", reply.id, file);
}

std::vector<Reply> list_replies(storage::Snapshot& snapshot, RecommendationId id)
{
    auto replies = snapshot.all("select id, recommendation_id, received_on, number, class, text, "
                                "promised_for, late, registered_by, registered_at from referral_replies "
                                "where recommendation_id = ?1 order by registered_at, id",
                                reply_from, id);
    for (auto& reply : replies)
        reply.files = snapshot.all("select file_id from referral_reply_files where reply_id = ?1 "
                                   "order by file_id",
                                   [](const storage::Row& row) { return row.get<FileId>(0); }, reply.id);
    return replies;
}

void keep(storage::Transaction& tx, const DeadlineRule& rule)
{
    tx.exec("insert into referral_rules (version, code, text) values (?1, ?2, ?3) "
            "on conflict (version) do nothing",
            rule.version, rule.code, rule.text);
}

std::optional<std::string> rule_text(storage::Snapshot& snapshot, std::string_view version)
{
    return snapshot.value<std::string>("select text from referral_rules where version = ?1", version);
}

} // namespace adal::referral
