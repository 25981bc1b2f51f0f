#include "cyber/telegram_limit.hpp"

namespace adal::cyber {

namespace telegram_limits {

constexpr std::chrono::hours kWindow{1};
constexpr std::chrono::minutes kForgetEvery{1};

} // namespace telegram_limits

ChatPass ChatLimit::take(std::int64_t chat, Instant now)
{
    forget_old(now);
    const auto mark = mark_of(chat);
    if (m_chats.size() >= kMostTelegramChats && !m_chats.contains(mark)) return ChatPass::no_silently;
    auto& known = m_chats[mark];
    if (now.since(known.since) >= telegram_limits::kWindow) known = {.since = now};
    if (known.steps > kTelegramStepsAnHour) return ChatPass::no_silently;
    return ++known.steps > kTelegramStepsAnHour ? ChatPass::no : ChatPass::yes;
}

bool ChatLimit::has_answered(std::int64_t chat, std::int64_t question) const
{
    const auto known = m_chats.find(mark_of(chat));
    return known != m_chats.end() && known->second.answered.contains(question);
}

void ChatLimit::put_answered(std::int64_t chat, std::int64_t question)
{
    if (const auto known = m_chats.find(mark_of(chat)); known != m_chats.end()) known->second.answered.insert(question);
}

Hash ChatLimit::mark_of(std::int64_t chat) const
{
    return hmac_sha256(m_key, std::to_string(chat));
}

void ChatLimit::forget_old(Instant now)
{
    if (now.since(m_forgotten_at) < telegram_limits::kForgetEvery) return;
    m_forgotten_at = now;
    std::erase_if(m_chats, [&](const auto& entry) { return now.since(entry.second.since) >= telegram_limits::kWindow; });
}

} // namespace adal::cyber
