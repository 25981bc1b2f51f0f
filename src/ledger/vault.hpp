// ledger/vault.hpp: encrypts the salts of commitments, so that destroying one small key destroys
// them in every copy of the database. XChaCha20-Poly1305 (libsodium); the associated data binds a
// ciphertext to its place.
//
// salt --(data key of the case)--> database; data key --(master key, a file)--> database.
// Thread-safe: immutable.
#pragma once

#include "base/hash.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace adal::ledger {

// key: 32 bytes. Output: 24 bytes of nonce, then ciphertext with tag.
std::string seal_bytes(std::string_view key, std::string_view place, std::string_view plain);
// Nothing when the key, the place or a byte is not what it was.
std::optional<std::string> unseal_bytes(std::string_view key, std::string_view place,
                                        std::string_view sealed);

class Vault {
public:
    explicit Vault(const Hash& master_key) : m_master(master_key) {}
    Vault(const Vault&) = delete;
    Vault& operator=(const Vault&) = delete;
    ~Vault();
    [[nodiscard]] std::string wrap(std::string_view subject, std::string_view data_key) const;
    // Throws std::runtime_error when this is not the vault that wrapped it.
    [[nodiscard]] std::string unwrap(std::string_view subject, std::string_view wrapped) const;

private:
    Hash m_master;
};

// The process's vault; throws CheckFailed before open_vault().
std::shared_ptr<const Vault> vault();

} // namespace adal::ledger
