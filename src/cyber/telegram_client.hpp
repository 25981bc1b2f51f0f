// cyber/telegram_client.hpp: one call of the Bot API over libcurl: TLS verified, no redirect, at most 8 MB. Blocks, at most
// as long as the long poll and some seconds; ends within about a second when it is asked to stop. Thread-safe.
#pragma once

#include "cyber/telegram.hpp"

#include <stop_token>

namespace adal::cyber {

TelegramAnswer call_telegram(const TelegramSettings& settings, const TelegramCall& call, const std::stop_token& stop);

} // namespace adal::cyber
