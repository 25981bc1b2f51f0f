// referral/inbox.hpp: what an officer of an authority sees and sends without an account, by a personal link.
//
// The link holds a secret of 256 bits; only its hash is stored. It belongs to one authority, ends by itself and can be
// withdrawn. What comes in by it has effect as if the person who gave out the link had typed it from a letter: the
// registration starts the clock at once, a reply stops it once one of us has chosen its class; the day that counts is
// the day it came in. Pure; thread-safe.
#pragma once

#include "base/id.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "referral/authority.hpp"
#include "referral/document.hpp"

#include <optional>
#include <string>
#include <vector>

namespace adal::referral {

using InboxId = Id<struct InboxTag>;
using InboxReplyId = Id<struct InboxReplyTag>;

struct Inbox {
    InboxId id{};
    AuthorityId authority{};
    PersonId made_by{};
    Instant made_at{}, expires_at{};
    std::optional<Instant> revoked_at{}, used_at{};
};
inline constexpr int kInboxDays = 120;

// Now usable: neither withdrawn nor past its end.
bool is_open(const Inbox& inbox, Instant now);

struct InboxReply {
    InboxReplyId id{};
    InboxId inbox{};
    DocumentId document{};
    RecommendationId recommendation{};
    std::string number{};
    std::string text{};
    Instant received_at{};
    std::optional<Instant> handled_at{};
    PersonId handled_by{};
    std::vector<FileId> files{};
};

inline constexpr ProblemCode inbox_text_missing{"inbox.text_missing", 422};
inline constexpr ProblemCode inbox_not_addressed{"inbox.not_addressed", 422}; // the recommendation went to somebody else
inline constexpr ProblemCode inbox_already_waiting{"inbox.already_waiting", 409};
inline constexpr ProblemCode inbox_handled{"inbox.handled", 409};

// Whether a reply to that recommendation may come in by this inbox.
Result<Done> may_reply(const Inbox& inbox, const Recommendation& recommendation, const std::string& text, bool one_waits);

} // namespace adal::referral
