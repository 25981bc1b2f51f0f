#include "procurement/symbols.hpp"

#include <cstring>
#include <stdexcept>

namespace adal::procurement::columns {

namespace {

__extension__ using Wide = unsigned __int128;

std::uint64_t mixed(std::uint64_t a, std::uint64_t b)
{
    const auto product = static_cast<Wide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

template <typename Word>
std::uint64_t word_at(const char* p)
{
    Word word;
    std::memcpy(&word, p, sizeof word);
    return word;
}

// Up to 16 bytes as two words, never reading outside.
struct Pair {
    std::uint64_t low = 0, high = 0;
};
Pair short_words(const char* p, std::size_t n)
{
    if (n >= 8) return {word_at<std::uint64_t>(p), word_at<std::uint64_t>(p + n - 8)};
    if (n >= 4) return {word_at<std::uint32_t>(p), word_at<std::uint32_t>(p + n - 4)};
    if (n == 0) return {};
    const auto byte = [&](std::size_t i) {
        return std::uint64_t{static_cast<unsigned char>(p[i])};
    };
    return {byte(0) << 16 | byte(n / 2) << 8 | byte(n - 1), 0};
}

constexpr std::uint64_t kA = 0xa0761d6478bd642fULL, kB = 0xe7037ed1a0b428dbULL,
                        kC = 0x8ebc6af09c88c6e3ULL, kD = 0x589965cc75374cc3ULL;

} // namespace

// Multiply and fold (the construction of wyhash), four lanes for long texts.
std::uint64_t quick_hash(std::string_view bytes)
{
    const char* p = bytes.data();
    std::size_t n = bytes.size();
    const auto at = [&](std::size_t i) { return word_at<std::uint64_t>(p + i); };
    std::uint64_t one = kA ^ bytes.size(), two = kC, three = kB, four = kD;
    for (; n > 64; p += 64, n -= 64) {
        one = mixed(at(0) ^ kA, at(8) ^ one);
        two = mixed(at(16) ^ kB, at(24) ^ two);
        three = mixed(at(32) ^ kC, at(40) ^ three);
        four = mixed(at(48) ^ kD, at(56) ^ four);
    }
    if (bytes.size() > 64) one ^= two ^ mixed(three, four ^ kA);
    for (; n > 16; p += 16, n -= 16)
        one = mixed(at(0) ^ kA, at(8) ^ one);
    const auto last = short_words(p, n);
    return mixed(kD ^ bytes.size(), mixed(last.low ^ kB, last.high ^ one));
}

SymbolTable::SymbolTable()
{
    m_begins = {0, 0, 0}; // kAbsent and kEmpty
    place_all(1024);
}

void SymbolTable::place_all(std::size_t slots)
{
    m_slots.assign(slots, {});
    const std::size_t mask = slots - 1;
    for (Symbol symbol = kEmpty + 1; symbol < size(); ++symbol) {
        const auto hash = static_cast<std::uint32_t>(quick_hash(text(symbol)));
        std::size_t slot = hash & mask;
        while (m_slots[slot].symbol != kAbsent)
            slot = (slot + 1) & mask;
        m_slots[slot] = {hash, symbol};
    }
}

Symbol SymbolTable::add(std::string_view text, std::uint32_t hash, std::size_t slot)
{
    if (size() >= kWasNumber - 1 || m_bytes.size() + text.size() > 0xFFFF'FFFFU)
        throw std::length_error("too many different texts");
    const Symbol symbol = size();
    m_bytes.insert(m_bytes.end(), text.begin(), text.end());
    m_begins.push_back(static_cast<std::uint32_t>(m_bytes.size()));
    m_slots[slot] = {hash, symbol};
    if (std::size_t{size()} * 2 > m_slots.size()) place_all(m_slots.size() * 2);
    return symbol;
}

Symbol SymbolTable::intern(std::string_view text)
{
    if (text.empty()) return kEmpty;
    if (m_slots.empty()) {
        std::size_t slots = 1024;
        while (slots < std::size_t{size()} * 2)
            slots *= 2;
        place_all(slots);
    }
    const auto hash = static_cast<std::uint32_t>(quick_hash(text));
    const std::size_t mask = m_slots.size() - 1;
    std::size_t slot = hash & mask;
    while (m_slots[slot].symbol != kAbsent) {
        if (m_slots[slot].hash == hash && same(m_slots[slot].symbol, text))
            return m_slots[slot].symbol;
        slot = (slot + 1) & mask;
    }
    return add(text, hash, slot);
}

Symbol SymbolTable::find(std::string_view text) const
{
    if (text.empty()) return kEmpty;
    if (m_slots.empty()) { // restored and never added to: rare, so a plain search will do
        for (Symbol symbol = kEmpty + 1; symbol < size(); ++symbol)
            if (same(symbol, text)) return symbol;
        return kAbsent;
    }
    const auto hash = static_cast<std::uint32_t>(quick_hash(text));
    const std::size_t mask = m_slots.size() - 1;
    for (std::size_t slot = hash & mask; m_slots[slot].symbol != kAbsent; slot = (slot + 1) & mask)
        if (m_slots[slot].hash == hash && same(m_slots[slot].symbol, text))
            return m_slots[slot].symbol;
    return kAbsent;
}

SymbolTable SymbolTable::restore(std::vector<char> bytes, std::vector<std::uint32_t> begins)
{
    bool good = begins.size() >= 3 && begins[0] == 0 && begins[1] == 0 && begins[2] == 0 &&
                begins.back() == bytes.size();
    for (std::size_t i = 1; good && i < begins.size(); ++i)
        good = begins[i - 1] <= begins[i];
    if (!good) throw std::runtime_error("symbols do not fit");
    SymbolTable table;
    table.m_bytes = std::move(bytes);
    table.m_begins = std::move(begins);
    table.m_slots.clear();
    return table;
}

} // namespace adal::procurement::columns
