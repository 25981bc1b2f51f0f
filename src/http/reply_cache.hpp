// http/reply_cache.hpp: public pages for visitors, kept for a moment, because many people look at one page at
// once after it was in the news. A page is as good as the database it was made from: it is given out while the
// number of this process's commits is the same, and at most for `life` (writes of other nodes). Bounded.
// Thread-safe.
#pragma once

#include "http/message.hpp"

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
    // `generation`: storage::Database::commits(), read before the page is made, so that a write in between
    // keeps the page out.
    [[nodiscard]] static Ticket ticket(const Request& request, bool accepts_gzip, std::uint64_t generation);
    [[nodiscard]] std::shared_ptr<const Reply> find(const Ticket& ticket);
    // Keeps a 200 without cookies; gives it an ETag.
    void keep(const Ticket& ticket, Reply& reply);
    [[nodiscard]] bool is_on() const { return m_life.count() > 0; }

private:
    struct Entry {
        std::shared_ptr<const Reply> reply{};
        std::uint64_t generation = 0;
        std::chrono::steady_clock::time_point until{};
    };
    std::chrono::milliseconds m_life;
    std::mutex m_mutex;
    std::unordered_map<std::string, Entry> m_entries;
    std::size_t m_bytes = 0;
};

} // namespace adal::http
