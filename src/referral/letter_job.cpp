// Writes the e-mail of each final document that was sent by that channel, and the reminders of clocks.
#include "referral/authority_store.hpp"
#include "referral/competence_store.hpp"
#include "referral/document_store.hpp"
#include "referral/inbox_store.hpp"
#include "referral/letter.hpp"
#include "referral/referral.hpp"

#include <algorithm>

namespace adal::referral {

namespace letter_job {

constexpr int kMostPerRound = 20;
constexpr std::int64_t kDayMs = std::int64_t{24} * 60 * 60 * 1000;

struct Written {
    mail::Letter letter{};
    Dispatch dispatch{};
};

LocalDate reply_due(const Document& document, const Dispatch& dispatch)
{
    LocalDate due = local_date(dispatch.sent_at);
    for (const auto& recommendation : document.recommendations)
        if (recommendation.dispatch == dispatch.id && recommendation.deadline) due = recommendation.deadline->due;
    return due;
}

void attach(storage::Snapshot& db, const Law& law, const Document& document, const std::string& origin, mail::Letter& letter)
{
    for (const auto language : {i18n::Language::kk, i18n::Language::ru}) {
        const auto paper = paper_of_document(db, law, document, language, Copy::full, origin);
        letter.attachments.push_back({.name = "qorytyndy-" + std::string{i18n::code(language)} + ".pdf", .media_type = "application/pdf", .bytes = to_pdf(paper)});
    }
}

// Everything but the link: making the PDFs must not hold the one writer.
std::optional<Written> written(storage::Snapshot& db, const Law& law, DispatchId id, const std::string& origin)
{
    const auto dispatch = find_dispatch(db, id);
    const auto document = dispatch ? read_document(db, dispatch->document) : std::nullopt;
    const auto authority = dispatch ? authority_version(db, dispatch->authority_version) : std::nullopt;
    if (!document || !authority) return std::nullopt;
    const auto address = email_address_of(db, dispatch->authority, local_date(dispatch->sent_at));
    if (!address) return std::nullopt;
    Written out{.letter = {.to = *address}, .dispatch = *dispatch};
    attach(db, law, *document, origin, out.letter);
    return out;
}

Result<Done> queue_one(storage::Transaction& tx, const Written& made, const std::string& origin, Instant now)
{
    const auto document = read_document(tx, made.dispatch.document);
    const auto authority = authority_version(tx, made.dispatch.authority_version);
    if (!document || !authority) return fail(not_found);
    LetterSource source{.document = *document, .dispatch = made.dispatch, .authority = *authority, .due = reply_due(*document, made.dispatch)};
    if (!origin.empty()) {
        source.inbox = origin + "/kk/inbox/" + make_inbox(tx, made.dispatch.authority, made.dispatch.sent_by, now).token;
        source.open_copy = origin + "/kk/documents/" + document->id.str() + "/public";
    }
    auto letter = dispatch_letter(source);
    letter.to = made.letter.to;
    letter.attachments = made.letter.attachments;
    const auto id = mail::queue(tx, letter, now);
    if (!id) return pass(id);
    note_letter(tx, made.dispatch.id, id->str(), now);
    return done();
}

} // namespace letter_job

Result<std::string> email_address_of(storage::Snapshot& db, AuthorityId id, LocalDate on)
{
    const auto version = authority_on(db, id, on);
    if (version && version->channel == ChannelKind::email && !version->address.empty()) return mail::mail_address(version->address);
    for (const auto& channel : channels_of(db, id))
        if (channel.kind == ChannelKind::email && channel.valid_from <= on && (!channel.valid_to || *channel.valid_to >= on))
            return mail::mail_address(channel.address);
    return fail(channel_address_missing);
}

int queue_letters(storage::Database& database, const Law& law, const std::string& origin, Instant now)
{
    const Instant since{now.ms - 7 * letter_job::kDayMs};
    const auto waiting = database.read([&](storage::Snapshot& db) { return dispatches_without_letter(db, since, letter_job::kMostPerRound); });
    int queued = 0;
    for (const auto& id : waiting) {
        const auto made = database.read([&](storage::Snapshot& db) { return letter_job::written(db, law, id, origin); });
        if (!made) continue;
        if (database.write([&](storage::Transaction& tx) { return letter_job::queue_one(tx, *made, origin, now); })) ++queued;
    }
    return queued;
}

} // namespace adal::referral
