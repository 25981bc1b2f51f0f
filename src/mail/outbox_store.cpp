#include "mail/outbox_store.hpp"

#include <stdexcept>

namespace adal::mail {

namespace {

constexpr std::string_view kColumns = "id, recipient, subject, purpose, key, state, attempts, bytes, words, queued_at, next_try, tried_at";

constexpr std::string_view kDue = "((state = 'queued' and next_try <= ?1) or (state = 'sending' and tried_at <= ?2))";

OutboxRow row_from(const storage::Row& row)
{
    const auto state = mail_state_from(row.text(5));
    if (!state) throw std::runtime_error("stored state of a letter is malformed");
    return {.id = row.get<MailId>(0),
            .to = row.get<std::string>(1),
            .subject = row.get<std::string>(2),
            .purpose = row.get<std::string>(3),
            .key = row.get<std::string>(4),
            .state = *state,
            .attempts = row.get<int>(6),
            .bytes = row.integer(7),
            .words = row.get<std::string>(8),
            .queued_at = row.get<Instant>(9),
            .next_try = row.get<std::optional<Instant>>(10),
            .tried_at = row.get<std::optional<Instant>>(11)};
}

std::string select(std::string_view rest)
{
    return "select " + std::string{kColumns} + " from mail_letters " + std::string{rest};
}

// What a LIKE pattern would read as more than itself.
std::string escaped(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\') out += '\\';
        out += c;
    }
    return out;
}

} // namespace

void add(storage::Transaction& tx, MailId id, const Letter& letter, Instant now)
{
    std::int64_t bytes = 0;
    for (const auto& attachment : letter.attachments) bytes += static_cast<std::int64_t>(attachment.bytes.size());
    tx.exec("insert into mail_letters (id, recipient, subject, body, purpose, key, state, attempts, bytes, words, queued_at, next_try) "
            "values (?1, ?2, ?3, ?4, ?5, ?6, 'queued', 0, ?7, '', ?8, ?8)",
            id, letter.to, letter.subject, letter.text, letter.purpose, letter.key, bytes, now);
    int position = 0;
    for (const auto& attachment : letter.attachments)
        tx.exec("insert into mail_attachments (letter_id, position, name, media_type, bytes) values (?1, ?2, ?3, ?4, ?5)", id, position++,
                attachment.name, attachment.media_type, storage::Blob{attachment.bytes});
}

std::optional<OutboxRow> find_letter(storage::Snapshot& snapshot, MailId id)
{
    return snapshot.first(select("where id = ?1"), row_from, id);
}

std::optional<OutboxRow> find_letter(storage::Snapshot& snapshot, std::string_view purpose, std::string_view key)
{
    return snapshot.first(select("where purpose = ?1 and key = ?2"), row_from, purpose, key);
}

std::optional<OutboxRow> latest_letter(storage::Snapshot& snapshot, std::string_view purpose, std::string_view key_prefix)
{
    return snapshot.first(select("where purpose = ?1 and key like ?2 escape '\\' order by id desc limit 1"), row_from, purpose,
                          escaped(key_prefix) + "%");
}

std::vector<OutboxRow> list_letters(storage::Snapshot& snapshot, std::string_view after, int most)
{
    if (after.empty()) return snapshot.all(select("order by id desc limit ?1"), row_from, most);
    return snapshot.all(select("where id < ?1 order by id desc limit ?2"), row_from, after, most);
}

bool is_due(storage::Snapshot& snapshot, Instant now)
{
    return snapshot.value<std::int64_t>("select 1 from mail_letters where " + std::string{kDue} + " limit 1", now, Instant{now.ms - kInterruptedAfterMs}).has_value();
}

std::optional<Claimed> claim_due(storage::Transaction& tx, Instant now)
{
    auto row = tx.first(select("where " + std::string{kDue} + " order by queued_at, id limit 1"),
                        row_from, now, Instant{now.ms - kInterruptedAfterMs});
    if (!row) return std::nullopt;
    ++row->attempts;
    tx.exec("update mail_letters set state = 'sending', attempts = ?2, tried_at = ?3 where id = ?1", row->id, row->attempts, now);
    Claimed claimed{.row = *row, .letter = {.to = row->to, .subject = row->subject, .purpose = row->purpose, .key = row->key}};
    claimed.letter.text = tx.value<std::string>("select body from mail_letters where id = ?1", row->id).value_or("");
    claimed.letter.attachments = tx.all("select name, media_type, bytes from mail_attachments where letter_id = ?1 order by position",
                                        [](const storage::Row& r) {
                                            return Attachment{r.get<std::string>(0), r.get<std::string>(1), r.get<std::string>(2)};
                                        },
                                        row->id);
    return claimed;
}

void record(storage::Transaction& tx, const OutboxRow& row, const Fate& fate, std::string_view words, Instant now)
{
    tx.exec("update mail_letters set state = ?2, next_try = ?3, words = ?4, tried_at = ?5 where id = ?1", row.id, text(fate.state), fate.next_try,
            words, now);
    if (fate.state != MailState::sent) return;
    tx.exec("update mail_letters set body = '' where id = ?1", row.id);
    tx.exec("delete from mail_attachments where letter_id = ?1", row.id);
}

bool queue_again(storage::Transaction& tx, MailId id, Instant now)
{
    return tx.exec("update mail_letters set state = 'queued', attempts = 0, queued_at = ?2, next_try = ?2 "
                   "where id = ?1 and state in ('refused', 'given_up')",
                   id, now) == 1;
}

} // namespace adal::mail
