// procurement/goszakup/person_key.hpp: what identifies a person or an account, made comparable and nothing else.
//
// HMAC-SHA-256 with a key of the installation: without the key nobody can try all 10^9 numbers of persons. The
// same value always gives the same mark; two installations give different ones. Immutable, thread-safe.
#pragma once

#include "base/hash.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace adal::procurement::goszakup {

class PersonKey {
public:
    explicit PersonKey(const Hash& secret) : m_secret(secret) {}

    // 32 letters a–p (128 bits): never mistaken for a number. "" for an empty value. `kind` keeps a telephone and
    // an account of the same digits apart. The value is folded first, so spelling of case does not matter.
    [[nodiscard]] std::string mark(std::string_view kind, std::string_view value) const;
    // The same as 32 decimal digits, for what is compared by its digits (telephones).
    [[nodiscard]] std::string digits(std::string_view kind, std::string_view value) const;

private:
    [[nodiscard]] std::string nibbles(std::string_view kind, std::string_view value) const;
    Hash m_secret;
};

// FOLDER/person.key (64 hex digits, mode 0600), made at the first call. Throws std::runtime_error when others may
// read it or it is no key. Losing it only means that marks made before no longer compare with new ones.
PersonKey open_person_key(const std::filesystem::path& folder);

} // namespace adal::procurement::goszakup
