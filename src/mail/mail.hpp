// mail/mail.hpp: the face of the room. Letters that leave the house by e-mail.
//
// A letter is queued in the transaction of what causes it and sent afterwards by a job, so that nothing is announced
// that was not written, and no request waits for a mail server. Once per purpose and key. Guaranteed: a queued letter
// is handed to the server at least once; after a crash between the server's answer and our note of it, once more, with
// the same Message-ID (RFC 5322 §3.6.4), by which the receiving side drops the copy.
#pragma once

#include "base/id.hpp"
#include "http/router.hpp"
#include "i18n/i18n.hpp"
#include "mail/letter.hpp"
#include "mail/smtp.hpp"
#include "storage/storage.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::mail {

// mail.bad_address, mail.bad_letter. The same purpose and key again: the letter that is there, unchanged.
Result<MailId> queue(storage::Transaction& tx, const Letter& letter, Instant now);
// The latest letter of that purpose whose key begins so.
std::optional<MailState> state_of(storage::Snapshot& snapshot, std::string_view purpose, std::string_view key_prefix);

// Job: hands what is due to the server, one letter after the other. Returns how many the server took. `failed` hears the
// server's words of each that it did not take, without the address.
int send_due(storage::Database& database, const SmtpSettings& smtp, const std::function<Instant()>& clock,
             const std::function<void(MailId, const std::string&)>& failed);

// The operator's list of letters, and "once more" for one that was given up.
void add_routes(http::Router& router);

} // namespace adal::mail
