#include "ledger/commitment.hpp"

namespace adal::ledger {

Digest digest_of(std::string_view value)
{
    return {.sha256 = sha256(value), .length = value.size()};
}

Hash commit(std::string_view salt, std::string_view eid, std::string_view label,
            const Digest& digest)
{
    const auto raw_eid = unhex(eid);
    ADAL_CHECK(salt.size() == kSaltBytes && raw_eid && raw_eid->size() == 16 &&
               label.size() <= 255);
    std::string message{"adal/commit/v1"};
    message += '\0';
    message += *raw_eid;
    message += static_cast<char>(label.size());
    message += label;
    for (int shift = 56; shift >= 0; shift -= 8)
        message += static_cast<char>((digest.length >> shift) & 0xFF);
    message += view(digest.sha256);
    return hmac_sha256(salt, message);
}

bool opens(const Hash& commitment, const Opening& opening, const Digest& digest)
{
    if (opening.salt.size() != kSaltBytes) return false;
    return equal_secret(view(commit(opening.salt, opening.eid, opening.label, digest)),
                        view(commitment));
}

bool opens(const Hash& commitment, const Opening& opening, std::string_view value)
{
    return opens(commitment, opening, digest_of(value));
}

} // namespace adal::ledger
