// cyber/telegram_store.hpp: rows of cyber_telegram.
#pragma once

#include "cyber/telegram.hpp"
#include "storage/storage.hpp"

namespace adal::cyber {

TelegramPosition telegram_position(storage::Snapshot& snapshot, std::string_view bot);
void put_telegram_position(storage::Transaction& tx, std::string_view bot, const TelegramPosition& position);

} // namespace adal::cyber
