// cyber/telegram_limit.hpp: how much one chat may ask of the bot in an hour, and which questions it has answered. In memory
// only: a chat is the keyed hash of its number, the key is gone with the program. Not thread-safe.
#pragma once

#include "base/hash.hpp"
#include "base/time.hpp"

#include <map>
#include <set>

namespace adal::cyber {

inline constexpr int kTelegramStepsAnHour = 60; // messages and taps of one chat
inline constexpr std::size_t kMostTelegramChats = 50'000;

enum class ChatPass { yes, no, no_silently }; // no: once an hour, to be told

class ChatLimit
{
public:
    ChatPass take(std::int64_t chat, Instant now);
    [[nodiscard]] bool has_answered(std::int64_t chat, std::int64_t question) const;
    void put_answered(std::int64_t chat, std::int64_t question);

private:
    struct Chat {
        Instant since{};
        int steps = 0;
        std::set<std::int64_t> answered{};
    };
    [[nodiscard]] Hash mark_of(std::int64_t chat) const;
    void forget_old(Instant now);

    std::string m_key = random_bytes(32);
    std::map<Hash, Chat> m_chats{};
    Instant m_forgotten_at{};
};

} // namespace adal::cyber
