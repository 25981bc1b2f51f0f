// referral/inbox_store.hpp: links of officers and what came in by them.
#pragma once

#include "referral/inbox.hpp"
#include "storage/storage.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::referral {

struct FreshInbox {
    Inbox inbox{};
    std::string token{}; // shown once: 43 letters of base64url
};
FreshInbox make_inbox(storage::Transaction& tx, AuthorityId authority, PersonId made_by, Instant now);
std::optional<Inbox> find_inbox(storage::Snapshot& snapshot, std::string_view token);
std::optional<Inbox> find_inbox(storage::Snapshot& snapshot, InboxId id);
std::vector<Inbox> inboxes_of(storage::Snapshot& snapshot, AuthorityId authority); // newest first
void note_use(storage::Transaction& tx, InboxId id, Instant now);
bool revoke(storage::Transaction& tx, InboxId id, Instant now);

void add(storage::Transaction& tx, const InboxReply& reply);
void note_handled(storage::Transaction& tx, InboxReplyId id, PersonId actor, Instant now);
std::optional<InboxReply> find_inbox_reply(storage::Snapshot& snapshot, InboxReplyId id);
std::vector<InboxReply> open_inbox_replies(storage::Snapshot& snapshot, DocumentId document); // oldest first
std::int64_t count_open_inbox_replies(storage::Snapshot& snapshot);

// Documents of which something was sent to that authority, newest first.
std::vector<DocumentId> documents_sent_to(storage::Snapshot& snapshot, AuthorityId authority, int most);

// E-mail dispatches recorded on the day they were sent that no letter was queued for.
std::vector<DispatchId> dispatches_without_letter(storage::Snapshot& snapshot, Instant since, int most);
void note_letter(storage::Transaction& tx, DispatchId dispatch, std::string_view letter, Instant now);

} // namespace adal::referral
