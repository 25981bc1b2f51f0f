// base/hash.hpp: SHA-256, HMAC, random bytes, hex and base64. OpenSSL's SHA-256 because it uses the
// processor's instructions (1.8 GB/s here against libsodium's 0.2). Thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace adal {

using Hash = std::array<std::uint8_t, 32>;

Hash sha256(std::string_view bytes);
Hash hmac_sha256(std::string_view key, std::string_view message);

// For bytes that arrive in pieces.
class Sha256
{
public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;
    void update(std::string_view bytes);
    Hash finish(); // once

private:
    struct State;
    std::unique_ptr<State> m_state;
};

inline std::string_view view(const Hash& hash)
{
    return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}
std::optional<Hash> hash_from(std::string_view bytes); // exactly 32 bytes

std::string random_bytes(std::size_t count);

std::string hex(std::string_view bytes);               // lower case
std::optional<std::string> unhex(std::string_view text); // lower case, even length
std::string base64(std::string_view bytes);            // RFC 4648 §4, padded
std::optional<std::string> unbase64(std::string_view text); // strict: canonical, padded
std::string base64url(std::string_view bytes);         // RFC 4648 §5, no padding
std::optional<std::string> unbase64url(std::string_view text);

// Compares in constant time.
bool equal_secret(std::string_view a, std::string_view b);

} // namespace adal
