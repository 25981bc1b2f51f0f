#include "http/reply_cache.hpp"

#include "base/hash.hpp"
#include "http/target.hpp"

#include <fmt/format.h>

namespace adal::http {
namespace {

constexpr std::size_t kMaxBytes = 64u << 20;
constexpr std::size_t kMaxKey = 512;

std::size_t size_of(const Reply& reply)
{
    const auto* shared = std::get_if<std::shared_ptr<const std::string>>(&reply.body);
    return shared == nullptr ? 0 : (*shared)->size() + 1024;
}

} // namespace

ReplyCache::Ticket ReplyCache::ticket(const Request& request, bool accepts_gzip, std::uint64_t generation)
{
    return {.key = fmt::format("{}{}?{}", accepts_gzip ? "z" : "-", request.raw_path, query_text(request.query)),
            .generation = generation};
}

std::shared_ptr<const Reply> ReplyCache::find(const Ticket& ticket)
{
    const std::lock_guard lock{m_mutex};
    const auto at = m_entries.find(ticket.key);
    if (at == m_entries.end() || at->second.generation != ticket.generation ||
        at->second.until < std::chrono::steady_clock::now())
        return nullptr;
    return at->second.reply;
}

void ReplyCache::keep(const Ticket& ticket, Reply& reply)
{
    auto* text = std::get_if<std::string>(&reply.body);
    if (reply.status != 200 || text == nullptr || ticket.key.size() > kMaxKey) return;
    for (const auto& [name, value] : reply.headers)
        if (name == "Set-Cookie" || (name == "Cache-Control" && value == "no-store")) return;
    reply.headers.emplace_back("ETag", fmt::format("\"{}\"", hex(view(sha256(*text)).substr(0, 10))));
    reply.body = std::make_shared<const std::string>(std::move(*text));
    const std::lock_guard lock{m_mutex};
    if (m_bytes > kMaxBytes) {
        m_entries.clear();
        m_bytes = 0;
    }
    m_bytes += size_of(reply); // replaced entries count on: the bound is reached sooner, never exceeded
    m_entries[ticket.key] = {.reply = std::make_shared<const Reply>(reply),
                             .generation = ticket.generation,
                             .until = std::chrono::steady_clock::now() + m_life};
}

} // namespace adal::http
