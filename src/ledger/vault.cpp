#include "ledger/vault.hpp"

#include "base/result.hpp"
#include "ledger/keys.hpp"
#include "ledger/ledger.hpp"

#include <mutex>
#include <sodium.h>
#include <stdexcept>

namespace adal::ledger {
namespace {

constexpr std::size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;

struct Process {
    std::mutex mutex;
    std::shared_ptr<const Vault> vault;
};

Process& process()
{
    static Process one;
    return one;
}

void install(const Hash& master_key)
{
    auto fresh = std::make_shared<const Vault>(master_key);
    const std::lock_guard lock(process().mutex);
    process().vault = std::move(fresh);
}

const unsigned char* raw(std::string_view bytes)
{
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

} // namespace

std::string seal_bytes(std::string_view key, std::string_view place, std::string_view plain)
{
    ADAL_CHECK(key.size() == crypto_aead_xchacha20poly1305_ietf_KEYBYTES && sodium_init() >= 0);
    std::string out = random_bytes(kNonce);
    out.resize(kNonce + plain.size() + kTag);
    auto* const body = reinterpret_cast<unsigned char*>(out.data());
    crypto_aead_xchacha20poly1305_ietf_encrypt(body + kNonce, nullptr, raw(plain), plain.size(),
                                               raw(place), place.size(), nullptr, body, raw(key));
    return out;
}

std::optional<std::string> unseal_bytes(std::string_view key, std::string_view place,
                                        std::string_view sealed)
{
    ADAL_CHECK(key.size() == crypto_aead_xchacha20poly1305_ietf_KEYBYTES && sodium_init() >= 0);
    if (sealed.size() < kNonce + kTag) return std::nullopt;
    std::string out(sealed.size() - kNonce - kTag, '\0');
    const int bad = crypto_aead_xchacha20poly1305_ietf_decrypt(
        reinterpret_cast<unsigned char*>(out.data()), nullptr, nullptr, raw(sealed) + kNonce,
        sealed.size() - kNonce, raw(place), place.size(), raw(sealed), raw(key));
    if (bad != 0) return std::nullopt;
    return out;
}

Vault::~Vault()
{
    sodium_memzero(m_master.data(), m_master.size());
}

std::string Vault::wrap(std::string_view subject, std::string_view data_key) const
{
    return seal_bytes(view(m_master), subject, data_key);
}

std::string Vault::unwrap(std::string_view subject, std::string_view wrapped) const
{
    auto key = unseal_bytes(view(m_master), subject, wrapped);
    if (!key)
        throw std::runtime_error("a data key does not open: another master key, or damaged data");
    return std::move(*key);
}

std::shared_ptr<const Vault> vault()
{
    const std::lock_guard lock(process().mutex);
    ADAL_CHECK(process().vault && "ledger::open_vault() comes first");
    return process().vault;
}

void open_vault(const std::string& key_file)
{
    install(read_master_key(key_file));
}

void open_vault_in_memory()
{
    install(*hash_from(random_bytes(32)));
}

} // namespace adal::ledger
