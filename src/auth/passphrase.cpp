#include "auth/passphrase.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"
#include "embedded/data.hpp"

#include <algorithm>
#include <cmath>
#include <sodium.h>
#include <span>
#include <unordered_set>

namespace adal::auth {
namespace {

constexpr unsigned long long kPasses = 3;
constexpr std::size_t kMemory = std::size_t{64} << 20U; // bytes
constexpr int kWords = 5;

std::vector<std::string_view> lines_of(std::string_view name)
{
    const auto* file = embedded::find(embedded::data(), name);
    ADAL_CHECK(file != nullptr);
    auto lines = split(file->bytes, '\n');
    std::erase_if(lines, [](std::string_view line) { return line.empty(); });
    return lines;
}

const std::vector<std::string_view>& kazakh_words()
{
    static const auto words = lines_of("words/kk.txt");
    return words;
}

bool is_listed(const std::string& text)
{
    static const auto lines = lines_of("words/common-passphrases.txt");
    static const std::unordered_set<std::string_view> listed(lines.begin(), lines.end());
    return listed.contains(text);
}

std::string_view without_tail(std::string_view text)
{
    const auto end = text.find_last_not_of("0123456789!?.,-_*#@$ ");
    return end == std::string_view::npos ? std::string_view{} : text.substr(0, end + 1);
}

std::vector<char32_t> letters_of(std::string_view text)
{
    std::vector<char32_t> letters;
    for (std::size_t at = 0; at < text.size();) letters.push_back(next_code_point(text, at));
    return letters;
}

// "aaaaaaaa", "abcabcabc", "passwordpassword", "12345678", "hgfedcba".
bool is_pattern(const std::vector<char32_t>& letters)
{
    for (std::size_t unit = 1; unit <= std::max<std::size_t>(4, letters.size() / 2); ++unit)
        if (std::equal(letters.begin() + static_cast<std::ptrdiff_t>(unit), letters.end(), letters.begin()))
            return true;
    for (const int step : {1, -1}) {
        const auto follows = [&](char32_t a, char32_t b) {
            return static_cast<std::int64_t>(b) - static_cast<std::int64_t>(a) == step;
        };
        if (std::equal(letters.begin(), letters.end() - 1, letters.begin() + 1, follows)) return true;
    }
    return false;
}

bool is_common(std::string_view typed)
{
    const std::string small = lower(typed);
    return is_listed(small) || is_listed(std::string(without_tail(small))) || is_pattern(letters_of(small));
}

// What is left when the person's own words are taken out.
bool is_personal(std::string_view typed, const std::vector<std::string>& personal)
{
    std::string rest = fold(typed);
    bool found = false;
    for (const auto& word : personal) {
        const std::string key = fold(word);
        if (length_in_letters(key) < 3) continue;
        for (auto at = rest.find(key); at != std::string::npos; at = rest.find(key)) {
            rest.erase(at, key.size());
            found = true;
        }
    }
    return found && length_in_letters(without_tail(rest)) < 4;
}

void start_sodium()
{
    static const int started = sodium_init();
    ADAL_CHECK(started >= 0);
}

} // namespace

Result<Done> may_be_passphrase(std::string_view typed, const std::vector<std::string>& personal)
{
    if (!is_utf8(typed)) return fail(bad_field, {{"field", "passphrase"}, {"reason", "not_utf8"}});
    const auto length = length_in_letters(typed);
    if (length < kShortest) return fail(passphrase_short, {{"least", std::to_string(kShortest)}});
    if (length > kLongest) return fail(passphrase_long, {{"most", std::to_string(kLongest)}});
    if (is_common(typed)) return fail(passphrase_common);
    if (is_personal(typed, personal)) return fail(passphrase_personal);
    return done();
}

std::string make_passphrase()
{
    start_sodium();
    const auto& words = kazakh_words();
    std::string out;
    for (int i = 0; i < kWords; ++i) {
        if (i > 0) out += ' ';
        out += words[randombytes_uniform(static_cast<std::uint32_t>(words.size()))];
    }
    return out;
}

double passphrase_bits()
{
    return kWords * std::log2(static_cast<double>(kazakh_words().size()));
}

Hasher::Hasher(int parallel, int queue) : m_parallel(parallel), m_queue(queue) { start_sodium(); }

// Holds one of the places until it goes.
struct Hasher::Turn {
    Hasher& hasher;
    explicit Turn(Hasher& h) : hasher(h) {}
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    ~Turn() { hasher.leave(); }
};

Result<Done> Hasher::enter()
{
    std::unique_lock lock(m_mutex);
    if (m_running >= m_parallel) {
        if (m_waiting >= m_queue) return fail(busy);
        ++m_waiting;
        m_free.wait(lock, [this] { return m_running < m_parallel; });
        --m_waiting;
    }
    ++m_running;
    return done();
}

void Hasher::leave()
{
    {
        const std::lock_guard lock(m_mutex);
        --m_running;
    }
    m_free.notify_one();
}

Result<std::string> Hasher::hash(std::string_view passphrase)
{
    if (const auto entered = enter(); !entered) return pass(entered);
    const Turn turn{*this};
    char out[crypto_pwhash_STRBYTES];
    if (crypto_pwhash_str(out, passphrase.data(), passphrase.size(), kPasses, kMemory) != 0)
        throw std::bad_alloc();
    return std::string(out);
}

Result<bool> Hasher::verify(const std::string* stored, std::string_view passphrase)
{
    if (const auto entered = enter(); !entered) return pass(entered);
    const Turn turn{*this};
    if (stored != nullptr)
        return crypto_pwhash_str_verify(stored->c_str(), passphrase.data(), passphrase.size()) == 0;
    const unsigned char salt[crypto_pwhash_SALTBYTES] = {};
    unsigned char out[32];
    if (crypto_pwhash(out, sizeof out, passphrase.data(), passphrase.size(), salt, kPasses, kMemory,
                      crypto_pwhash_ALG_ARGON2ID13) != 0)
        throw std::bad_alloc();
    return false;
}

} // namespace adal::auth
