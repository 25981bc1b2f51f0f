// http/reply_cache.hpp: public pages for visitors, kept for a moment, because many people look at one page at
// once after it was in the news. Forgotten at every write of this process and after `life` (writes of other
// nodes, background jobs). Bounded. Thread-safe.
#pragma once

#include "http/message.hpp"

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

namespace adal::http {

class ReplyCache
{
public:
    explicit ReplyCache(std::chrono::milliseconds life) : m_life(life) {}

    struct Ticket {
        std::string key{};
        std::uint64_t generation = 0;
    };
    // Taken before the page is made: a write in between keeps the page out.
    [[nodiscard]] Ticket ticket(const Request& request, bool accepts_gzip) const;
    [[nodiscard]] std::shared_ptr<const Reply> find(const Ticket& ticket);
    // Keeps a 200 without cookies; gives it an ETag.
    void keep(const Ticket& ticket, Reply& reply);
    void forget_all() { m_generation.fetch_add(1, std::memory_order_acq_rel); }
    [[nodiscard]] bool is_on() const { return m_life.count() > 0; }

private:
    struct Entry {
        std::shared_ptr<const Reply> reply{};
        std::uint64_t generation = 0;
        std::chrono::steady_clock::time_point until{};
    };
    std::chrono::milliseconds m_life;
    std::atomic<std::uint64_t> m_generation{0};
    std::mutex m_mutex;
    std::unordered_map<std::string, Entry> m_entries;
    std::size_t m_bytes = 0;
};

} // namespace adal::http
