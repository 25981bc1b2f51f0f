// auth/throttle.hpp: wrong sign-ins make the next one wait, longer each time, never for ever.
//
// Four counters: one account from one address, one account from anywhere, one address, everything. Each
// has some failures free, then the wait doubles up to a cap; failures are forgiven with time. So a stranger
// who knows a sign-in name can slow its owner by at most the account's cap (30 s). Kept in memory: after a restart the
// counters start again, and each node counts for itself. Thread-safe; the moment is an argument.
#pragma once

#include "base/result.hpp"
#include "base/time.hpp"

#include <chrono>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace adal::auth {

inline constexpr ProblemCode too_many_tries{"auth.too_many_tries", 429}; // params: seconds

struct Pace {
    int free = 0;                       // failures without a wait
    std::chrono::seconds cap{};         // longest wait
    std::chrono::seconds forgive{};     // one failure is forgotten per this time
};

class Throttle
{
public:
    // How long from `now` until this account may be tried from this address; zero: now.
    std::chrono::milliseconds wait(std::string_view account, std::string_view address, Instant now);
    // Counts a try before it is checked, so that many at once are not free.
    void tried(std::string_view account, std::string_view address, Instant now);
    // It was right: forgets the pair's failures and takes this try off the shared counters.
    void succeeded(std::string_view account, std::string_view address);

    static constexpr Pace kPair{3, std::chrono::seconds{300}, std::chrono::seconds{300}};
    static constexpr Pace kAccount{20, std::chrono::seconds{30}, std::chrono::seconds{60}};
    static constexpr Pace kAddress{30, std::chrono::seconds{120}, std::chrono::seconds{30}};
    static constexpr Pace kGlobal{300, std::chrono::seconds{5}, std::chrono::seconds{1}};
    static constexpr std::size_t kMostEntries = 50'000;

private:
    struct Count {
        int failures = 0;
        Instant last{};
    };
    static int remaining(const Count& count, const Pace& pace, Instant now);
    static std::chrono::milliseconds wait_of(const Count& count, const Pace& pace, Instant now);
    void add(const std::string& key, const Pace& pace, Instant now);
    void take_off(const std::string& key);
    void make_room(Instant now);

    std::mutex m_mutex;
    std::unordered_map<std::string, Count> m_counts;
};

// IPv6 addresses count by their /64.
std::string address_group(std::string_view peer);

} // namespace adal::auth
