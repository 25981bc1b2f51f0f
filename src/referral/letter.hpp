// referral/letter.hpp: the e-mail that carries a final document to its addressee, and reminders. Pure.
//
// Written in Kazakh, then in Russian: an authority answers in the language it was written to (law "On languages" No. 151,
// art. 11), and both are asked for in practice.
#pragma once

#include "mail/mail.hpp"
#include "referral/authority.hpp"
#include "referral/document.hpp"

#include <string>
#include <string_view>

namespace adal::referral {

inline constexpr std::string_view letter_purpose = "dispatch"; // key: the dispatch's id

struct LetterSource {
    const Document& document;
    const Dispatch& dispatch;
    const AuthorityVersion& authority;
    LocalDate due{};       // of the reply
    std::string inbox{};   // address of the officer's inbox; empty: no public address is known
    std::string open_copy{}; // address of the public page; empty likewise
};
// Without attachments and addressee.
mail::Letter dispatch_letter(const LetterSource& source);

} // namespace adal::referral
