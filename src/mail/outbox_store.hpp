// mail/outbox_store.hpp: the rows of letters.
#pragma once

#include "mail/letter.hpp"
#include "storage/storage.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::mail {

struct OutboxRow {
    MailId id{};
    std::string to{}, subject{}, purpose{}, key{};
    MailState state = MailState::queued;
    int attempts = 0;
    std::int64_t bytes = 0; // of all attachments
    std::string words{};    // of the server, of the last attempt
    Instant queued_at{};
    std::optional<Instant> next_try{}, tried_at{};
};

void add(storage::Transaction& tx, MailId id, const Letter& letter, Instant now);
std::optional<OutboxRow> find_letter(storage::Snapshot& snapshot, MailId id);
std::optional<OutboxRow> find_letter(storage::Snapshot& snapshot, std::string_view purpose, std::string_view key);
std::optional<OutboxRow> latest_letter(storage::Snapshot& snapshot, std::string_view purpose, std::string_view key_prefix);
// Newest first, those after `after` (an id, empty: from the beginning).
std::vector<OutboxRow> list_letters(storage::Snapshot& snapshot, std::string_view after, int most);

struct Claimed {
    OutboxRow row{};
    Letter letter{};
};
bool is_due(storage::Snapshot& snapshot, Instant now);
// The letter that is due first, from now on under way; nothing when none is due.
std::optional<Claimed> claim_due(storage::Transaction& tx, Instant now);
// The text and the attachments go when nobody will send them any more.
void record(storage::Transaction& tx, const OutboxRow& row, const Fate& fate, std::string_view words, Instant now);
// A letter that was refused or given up and still has its text; false when there is none.
bool queue_again(storage::Transaction& tx, MailId id, Instant now);

} // namespace adal::mail
