// mail/smtp.hpp: one letter to one mail server, by libcurl.
//
// Thread-safe: nothing is shared.
#pragma once

#include "mail/letter.hpp"

#include <string>

namespace adal::mail {

struct SmtpSettings {
    std::string url{};      // "smtp://host:587", "smtps://host:465"; empty: no letters are sent
    std::string from{};     // address
    std::string user{}, password{}; // empty: no AUTH
    [[nodiscard]] bool is_on() const { return !url.empty(); }
};

inline constexpr ProblemCode mail_bad_server{"mail.bad_server", 422};           // params: url
inline constexpr ProblemCode mail_password_file{"mail.password_file", 422};     // params: file, reason

// The URL, the sender's address and the first line of the password file (which nobody else may read). Without TLS only
// a server on this machine is spoken to.
Result<SmtpSettings> smtp_settings(std::string url, std::string_view from, std::string user, const std::string& password_file);

// `message_id` without angle brackets. Blocks for at most two minutes. A 5xx about the letter or the address is a
// refusal; everything else (no answer, 4xx, a wrong password, TLS) is for later.
ServerAnswer send(const SmtpSettings& settings, const Letter& letter, const std::string& message_id, Instant at);

} // namespace adal::mail
