#include "auth/throttle.hpp"

#include <algorithm>

namespace adal::auth {
namespace {

using std::chrono::milliseconds;

std::string pair_key(std::string_view account, std::string_view address)
{
    return "p" + std::string(account) + "\n" + std::string(address);
}
std::string account_key(std::string_view account) { return "a" + std::string(account); }
std::string address_key(std::string_view address) { return "n" + std::string(address); }
const std::string global_key = "g";

} // namespace

int Throttle::remaining(const Count& count, const Pace& pace, Instant now)
{
    const auto forgiven = std::max<std::int64_t>(0, now.since(count.last) / milliseconds{pace.forgive});
    return static_cast<int>(std::max<std::int64_t>(0, count.failures - forgiven));
}

milliseconds Throttle::wait_of(const Count& count, const Pace& pace, Instant now)
{
    const int beyond = remaining(count, pace, now) - pace.free;
    if (beyond < 0) return {};
    const auto doubled = std::chrono::seconds{1LL << std::min(beyond, 20)};
    const milliseconds pause = std::min<milliseconds>(doubled, pace.cap);
    return std::max(milliseconds{0}, pause - now.since(count.last));
}

milliseconds Throttle::wait(std::string_view account, std::string_view address, Instant now)
{
    const std::lock_guard lock(m_mutex);
    milliseconds longest{};
    const auto look = [&](const std::string& key, const Pace& pace) {
        const auto found = m_counts.find(key);
        if (found != m_counts.end()) longest = std::max(longest, wait_of(found->second, pace, now));
    };
    look(pair_key(account, address), kPair);
    look(account_key(account), kAccount);
    look(address_key(address), kAddress);
    look(global_key, kGlobal);
    return longest;
}

void Throttle::add(const std::string& key, const Pace& pace, Instant now)
{
    auto& count = m_counts[key];
    count.failures = remaining(count, pace, now) + 1;
    count.last = now;
}

void Throttle::tried(std::string_view account, std::string_view address, Instant now)
{
    const std::lock_guard lock(m_mutex);
    make_room(now);
    add(pair_key(account, address), kPair, now);
    add(account_key(account), kAccount, now);
    add(address_key(address), kAddress, now);
    add(global_key, kGlobal, now);
}

void Throttle::succeeded(std::string_view account, std::string_view address)
{
    const std::lock_guard lock(m_mutex);
    m_counts.erase(pair_key(account, address));
    take_off(account_key(account));
    take_off(address_key(address));
    take_off(global_key);
}

void Throttle::take_off(const std::string& key)
{
    const auto found = m_counts.find(key);
    if (found != m_counts.end() && --found->second.failures <= 0) m_counts.erase(found);
}

// Called with the lock held. What is an hour old has been forgiven or nearly; if a flood of names fills
// the table all the same, it starts again: the global counter goes on slowing everybody.
void Throttle::make_room(Instant now)
{
    if (m_counts.size() < kMostEntries) return;
    std::erase_if(m_counts, [&](const auto& entry) {
        return now.since(entry.second.last) > std::chrono::hours{1};
    });
    if (m_counts.size() < kMostEntries) return;
    const Count everything = m_counts[global_key];
    m_counts.clear();
    m_counts[global_key] = everything;
}

std::string address_group(std::string_view peer)
{
    const auto colons = std::count(peer.begin(), peer.end(), ':');
    if (colons < 2) return std::string(peer);
    // The first four groups; "::" inside them ends the group early, which only makes it larger.
    std::size_t end = 0;
    for (int group = 0; group < 4 && end != std::string_view::npos; ++group) {
        const auto next = peer.find(':', end);
        if (next == std::string_view::npos || next + 1 >= peer.size()) return std::string(peer);
        if (next > 0 && peer[next + 1] == ':') return std::string(peer.substr(0, next));
        end = next + 1;
    }
    return std::string(peer.substr(0, end - 1));
}

} // namespace adal::auth
