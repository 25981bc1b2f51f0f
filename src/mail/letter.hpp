// mail/letter.hpp: one letter, what may be in it, and what becomes of it. Pure; thread-safe.
#pragma once

#include "base/id.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::mail {

using MailId = Id<struct MailTag>;

struct Attachment {
    std::string name{};       // letters, digits, dot, hyphen, underscore
    std::string media_type{}; // "application/pdf"
    std::string bytes{};
};

struct Letter {
    std::string to{};      // one address
    std::string subject{}; // one line
    std::string text{};    // plain text, lines end with \n
    std::vector<Attachment> attachments{};
    std::string purpose{}; // "dispatch", "reminder": [a-z_]
    std::string key{};     // what it is about
};

inline constexpr std::size_t kMostAttachments = 20;
inline constexpr std::size_t kMostBytes = std::size_t{20} << 20; // of all attachments; what mail servers usually take

inline constexpr ProblemCode mail_bad_address{"mail.bad_address", 422}; // params: address
inline constexpr ProblemCode mail_bad_letter{"mail.bad_letter", 422};   // params: field

// The address as it is written to the server: RFC 5321 §4.1.2 Mailbox, without quoted local parts, comments, address
// literals and letters beyond ASCII. Surrounding space goes, the domain becomes small letters.
Result<std::string> mail_address(std::string_view typed);
Result<Letter> checked(Letter letter);

// A header's text as RFC 2047 encoded words (UTF-8, base64) in folded lines, or as it is when it is plain ASCII.
std::string header_text(std::string_view text);
// RFC 5322 §3.3 in UTC: "Thu, 29 Jan 2026 04:00:00 +0000".
std::string header_date(Instant at);

// --- what becomes of it ------------------------------------------------------------------------------------------------
enum class MailState { queued, sending, sent, refused, given_up };
inline constexpr std::array all_mail_states{MailState::queued, MailState::sending, MailState::sent, MailState::refused,
                                            MailState::given_up};
std::string_view text(MailState state);
std::optional<MailState> mail_state_from(std::string_view text);

enum class Verdict { taken, refused, later };
struct ServerAnswer {
    Verdict verdict = Verdict::later;
    std::string words{}; // the server's, or why there was none; at most kMostWords bytes of UTF-8
};
inline constexpr std::size_t kMostWords = 300;

struct Fate {
    MailState state = MailState::queued;
    std::optional<Instant> next_try{}; // while queued
};
// After the `attempts`-th attempt (from 1) at `now`; `queued_at` begins the four days after which it is given up
// (RFC 5321 §4.5.4.1: at least 4–5 days, the interval growing to hours).
Fate fate_after(Verdict verdict, int attempts, Instant queued_at, Instant now);

// A letter said to be under way for longer was interrupted: it is due again.
inline constexpr std::int64_t kInterruptedAfterMs = std::int64_t{10} * 60 * 1000;

} // namespace adal::mail
