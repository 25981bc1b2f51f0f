#include "mail/mail.hpp"

#include "mail/outbox_store.hpp"

namespace adal::mail {

namespace {

constexpr int kMostPerRound = 50;

// Unique in the world and the same for every attempt: the letter's id at the sender's domain.
std::string message_id(MailId id, std::string_view from)
{
    return id.str() + std::string{from.substr(from.rfind('@'))};
}

} // namespace

Result<MailId> queue(storage::Transaction& tx, const Letter& letter, Instant now)
{
    auto fine = checked(letter);
    if (!fine) return pass(fine);
    if (const auto known = find_letter(tx, fine->purpose, fine->key)) return known->id;
    const auto id = MailId::make(now);
    add(tx, id, *fine, now);
    return id;
}

std::optional<MailState> state_of(storage::Snapshot& snapshot, std::string_view purpose, std::string_view key_prefix)
{
    const auto row = latest_letter(snapshot, purpose, key_prefix);
    if (!row) return std::nullopt;
    return row->state;
}

int send_due(storage::Database& database, const SmtpSettings& smtp, const std::function<Instant()>& clock,
             const std::function<void(MailId, const std::string&)>& failed)
{
    if (!database.read([&](storage::Snapshot& snapshot) { return is_due(snapshot, clock()); })) return 0; // no write for nothing
    int sent = 0;
    for (int i = 0; i < kMostPerRound; ++i) {
        const auto claimed = database.write([&](storage::Transaction& tx) -> Result<std::optional<Claimed>> { return claim_due(tx, clock()); });
        if (!claimed || !*claimed) break;
        const auto& [row, letter] = **claimed;
        const auto answer = send(smtp, letter, message_id(row.id, smtp.from), row.queued_at);
        const auto fate = fate_after(answer.verdict, row.attempts, row.queued_at, clock());
        const auto noted = database.write([&](storage::Transaction& tx) -> Result<Done> {
            record(tx, row, fate, answer.words, clock());
            return done();
        });
        if (!noted) break;
        if (fate.state == MailState::sent) ++sent;
        else if (failed) failed(row.id, answer.words);
    }
    return sent;
}

} // namespace adal::mail
