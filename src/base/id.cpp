#include "base/id.hpp"

#include "base/hash.hpp"
#include "base/result.hpp"

#include <algorithm>
#include <mutex>

namespace adal {

namespace {

constexpr std::string_view kDigits = "0123456789abcdefghjkmnpqrstvwxyz"; // Crockford, no i l o u
constexpr std::int64_t kMaxMs = (std::int64_t{1} << 48) - 1;

using Bytes = std::array<std::uint8_t, 16>;

// Within one millisecond ids count up, so that they sort in the order in which they were made.
class Source {
public:
    Bytes next(std::int64_t ms)
    {
        const std::lock_guard lock{m_mutex};
        if (ms == m_ms)
            increment();
        else
            refill(ms);
        return m_bytes;
    }

private:
    void refill(std::int64_t ms)
    {
        const auto random = random_bytes(10);
        for (std::size_t i = 0; i < 6; ++i)
            m_bytes[i] = static_cast<std::uint8_t>(ms >> (40 - 8 * i) & 0xff);
        std::transform(random.begin(), random.end(), m_bytes.begin() + 6,
                       [](char c) { return static_cast<std::uint8_t>(c); });
        m_bytes[6] &= 0x7f; // room for 2^79 ids of one millisecond: counting up never overflows
        m_ms = ms;
    }

    void increment()
    {
        for (std::size_t i = m_bytes.size(); i-- > 6;)
            if (++m_bytes[i] != 0) return;
    }

    std::mutex m_mutex;
    std::int64_t m_ms = -1;
    Bytes m_bytes{};
};

// 128 bits as 26 digits of 5 bits; the first digit holds only 3.
std::array<char, 26> digits_of(const Bytes& bytes)
{
    std::array<char, 26> out{};
    unsigned bits = 0;
    unsigned held = 2; // two leading zero bits: 2 + 128 = 26 * 5
    std::size_t at = 0;
    for (const auto byte : bytes) {
        bits = (bits << 8 | byte) & 0xffffu;
        held += 8;
        while (held >= 5) {
            held -= 5;
            out[at++] = kDigits[bits >> held & 31u];
        }
    }
    return out;
}

} // namespace

std::array<char, 26> make_ulid(Instant now)
{
    static Source source;
    ADAL_CHECK(now.ms >= 0 && now.ms <= kMaxMs);
    return digits_of(source.next(now.ms));
}

std::optional<std::array<char, 26>> parse_ulid(std::string_view text)
{
    std::array<char, 26> raw{};
    if (text.size() != raw.size()) return std::nullopt;
    for (std::size_t i = 0; i < raw.size(); ++i) {
        const char c = text[i];
        raw[i] = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        if (kDigits.find(raw[i]) == std::string_view::npos) return std::nullopt;
    }
    if (raw[0] > '7') return std::nullopt; // more than 128 bits
    return raw;
}

} // namespace adal
