#include "cyber/telegram_store.hpp"

namespace adal::cyber {

TelegramPosition telegram_position(storage::Snapshot& snapshot, std::string_view bot)
{
    const auto read = [](const storage::Row& row) { return TelegramPosition{.last = row.get<std::int64_t>(0), .at = row.get<Instant>(1)}; };
    return snapshot.first("select last_update, at from cyber_telegram where bot = ?1", read, bot).value_or(TelegramPosition{});
}

void put_telegram_position(storage::Transaction& tx, std::string_view bot, const TelegramPosition& position)
{
    tx.exec("insert into cyber_telegram (bot, last_update, at) values (?1, ?2, ?3) "
            "on conflict (bot) do update set last_update = excluded.last_update, at = excluded.at",
            bot, position.last, position.at);
}

} // namespace adal::cyber
