#include "base/hash.hpp"

#include "base/result.hpp"

#include <algorithm>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

namespace adal {

namespace {

using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

// Fetched once: an implicit fetch per digest costs more than hashing a short message.
const EVP_MD* algorithm()
{
    static const EVP_MD* const fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    if (!fetched) throw std::runtime_error("OpenSSL offers no SHA-256");
    return fetched;
}

constexpr std::string_view kHexDigits = "0123456789abcdef";
constexpr std::string_view kStandard =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kUrlSafe =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

unsigned byte_at(std::string_view bytes, std::size_t at)
{
    return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0u;
}

std::string encode(std::string_view bytes, std::string_view alphabet)
{
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const unsigned group =
            byte_at(bytes, at) << 16 | byte_at(bytes, at + 1) << 8 | byte_at(bytes, at + 2);
        const std::size_t digits = std::min<std::size_t>(bytes.size() - at, 3) + 1;
        for (std::size_t digit = 0; digit < digits; ++digit)
            out += alphabet[group >> (18 - 6 * digit) & 63u];
    }
    return out;
}

using Reverse = std::array<std::int8_t, 256>;

Reverse reverse(std::string_view alphabet)
{
    Reverse table{};
    table.fill(-1);
    for (std::size_t value = 0; value < alphabet.size(); ++value)
        table[static_cast<unsigned char>(alphabet[value])] = static_cast<std::int8_t>(value);
    return table;
}

// Digits without padding; refuses a leftover digit and non-zero unused bits, so that every byte
// string has exactly one spelling.
std::optional<std::string> decode(std::string_view digits, const Reverse& table)
{
    if (digits.size() % 4 == 1) return std::nullopt;
    std::string out;
    out.reserve(digits.size() * 3 / 4);
    unsigned bits = 0;
    unsigned held = 0;
    for (const char digit : digits) {
        const int value = table[static_cast<unsigned char>(digit)];
        if (value < 0) return std::nullopt;
        bits = (bits << 6 | static_cast<unsigned>(value)) & 0xffffu;
        held += 6;
        if (held < 8) continue;
        held -= 8;
        out += static_cast<char>(bits >> held & 0xffu);
    }
    if (bits & ((1u << held) - 1u)) return std::nullopt;
    return out;
}

} // namespace

Hash sha256(std::string_view bytes)
{
    Hash hash{};
    if (EVP_Digest(bytes.data(), bytes.size(), hash.data(), nullptr, algorithm(), nullptr) != 1)
        throw std::runtime_error("SHA-256 failed");
    return hash;
}

Hash hmac_sha256(std::string_view key, std::string_view message)
{
    Hash hash{};
    ADAL_CHECK(key.size() <= 1u << 20);
    const unsigned char empty = 0; // HMAC() takes a null key for "the key of last time"
    const void* key_bytes = key.empty() ? &empty : static_cast<const void*>(key.data());
    if (!HMAC(EVP_sha256(), key_bytes, static_cast<int>(key.size()),
              reinterpret_cast<const unsigned char*>(message.data()), message.size(), hash.data(),
              nullptr))
        throw std::runtime_error("HMAC-SHA-256 failed");
    return hash;
}

struct Sha256::State {
    Context context{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
};

Sha256::Sha256() : m_state(std::make_unique<State>())
{
    if (!m_state->context || EVP_DigestInit_ex(m_state->context.get(), algorithm(), nullptr) != 1)
        throw std::runtime_error("SHA-256 failed");
}

Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::update(std::string_view bytes)
{
    ADAL_CHECK(m_state);
    if (EVP_DigestUpdate(m_state->context.get(), bytes.data(), bytes.size()) != 1)
        throw std::runtime_error("SHA-256 failed");
}

Hash Sha256::finish()
{
    ADAL_CHECK(m_state);
    Hash hash{};
    if (EVP_DigestFinal_ex(m_state->context.get(), hash.data(), nullptr) != 1)
        throw std::runtime_error("SHA-256 failed");
    m_state.reset();
    return hash;
}

std::optional<Hash> hash_from(std::string_view bytes)
{
    Hash hash{};
    if (bytes.size() != hash.size()) return std::nullopt;
    std::transform(bytes.begin(), bytes.end(), hash.begin(),
                   [](char c) { return static_cast<std::uint8_t>(c); });
    return hash;
}

std::string random_bytes(std::size_t count)
{
    ADAL_CHECK(count <= 1u << 24);
    std::string out(count, '\0');
    if (RAND_bytes(reinterpret_cast<unsigned char*>(out.data()), static_cast<int>(count)) != 1)
        throw std::runtime_error("the system gives no random bytes");
    return out;
}

std::string hex(std::string_view bytes)
{
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        out += kHexDigits[byte >> 4];
        out += kHexDigits[byte & 15u];
    }
    return out;
}

std::optional<std::string> unhex(std::string_view text)
{
    if (text.size() % 2 != 0) return std::nullopt;
    std::string out;
    out.reserve(text.size() / 2);
    for (std::size_t at = 0; at < text.size(); at += 2) {
        const auto high = kHexDigits.find(text[at]);
        const auto low = kHexDigits.find(text[at + 1]);
        if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
        out += static_cast<char>(high << 4 | low);
    }
    return out;
}

std::string base64(std::string_view bytes)
{
    auto out = encode(bytes, kStandard);
    out.append((4 - out.size() % 4) % 4, '=');
    return out;
}

std::optional<std::string> unbase64(std::string_view text)
{
    static const Reverse table = reverse(kStandard);
    if (text.size() % 4 != 0) return std::nullopt;
    for (int padding = 0; padding < 2 && text.ends_with('='); ++padding)
        text.remove_suffix(1);
    return decode(text, table);
}

std::string base64url(std::string_view bytes)
{
    return encode(bytes, kUrlSafe);
}

std::optional<std::string> unbase64url(std::string_view text)
{
    static const Reverse table = reverse(kUrlSafe);
    return decode(text, table);
}

bool equal_secret(std::string_view a, std::string_view b)
{
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

} // namespace adal
