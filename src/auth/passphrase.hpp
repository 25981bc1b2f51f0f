// auth/passphrase.hpp: the secret a person knows.
//
// Argon2id (RFC 9106) of libsodium with 64 MiB and 3 passes, about 0.1 s; at most 2 at a time and 32
// waiting, then `auth.busy` (503), so sign-ins never eat the machine (128 MiB at most). Rules after NIST
// SP 800-63B and ASVS 6.2: 8 to 128 letters as typed, no composition rules, no forced change, not one of
// the common ones. Thread-safe.
#pragma once

#include "base/result.hpp"

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace adal::auth {

inline constexpr ProblemCode passphrase_short{"auth.passphrase_short", 422};   // params: least
inline constexpr ProblemCode passphrase_long{"auth.passphrase_long", 422};     // params: most
inline constexpr ProblemCode passphrase_common{"auth.passphrase_common", 422};
inline constexpr ProblemCode passphrase_personal{"auth.passphrase_personal", 422};
inline constexpr ProblemCode busy{"auth.busy", 503};

inline constexpr std::size_t kShortest = 8, kLongest = 128; // letters (code points)

// `personal`: words that must not be the whole secret (name, sign-in name).
[[nodiscard]] Result<Done> may_be_passphrase(std::string_view typed, const std::vector<std::string>& personal);

// Five words of data/words/kk.txt with spaces between them; see passphrase_bits().
std::string make_passphrase();
double passphrase_bits(); // entropy of make_passphrase

class Hasher
{
public:
    explicit Hasher(int parallel = 2, int queue = 32);
    // Stored form: "$argon2id$v=19$m=65536,t=3,p=1$…".
    Result<std::string> hash(std::string_view passphrase);
    // Without a stored hash (unknown person) the same work is done and the answer is false: an unknown
    // name takes as long as a wrong passphrase.
    Result<bool> verify(const std::string* stored, std::string_view passphrase);

private:
    struct Turn;
    Result<Done> enter();
    void leave();
    std::mutex m_mutex;
    std::condition_variable m_free;
    int m_running = 0, m_waiting = 0;
    const int m_parallel, m_queue;
};

} // namespace adal::auth
