// cyber/telegram_view.hpp: what the bot says, as calls of the Bot API, in the sender's language. Addresses are defanged and
// set as code, so that nothing can be pressed. Pure; thread-safe.
#pragma once

#include "cyber/cyber.hpp"
#include "cyber/telegram.hpp"

#include <string_view>
#include <vector>

namespace adal::cyber {

// In three languages; first of all what to do with what must not be sent. origin: of the site, may be empty.
TelegramCall say_start(const TelegramUpdate& to, std::string_view origin);
// One sentence of the catalogues, or of a problem, in reply to the message.
TelegramCall say_sentence(const TelegramUpdate& to, std::string_view key);
TelegramCall say_problem(const TelegramUpdate& to, const Problem& problem);
// What was found, and buttons: of what kind is it? All refused: the reasons alone.
TelegramCall say_found(const TelegramUpdate& to, const std::vector<Found>& found);
// The question becomes the answer, its buttons go.
TelegramCall say_reported(const TelegramUpdate& tap, const std::vector<ReportedLink>& links);
TelegramCall say_heard(const TelegramUpdate& tap); // ends the waiting of the button

} // namespace adal::cyber
