#include "auth/invitation.hpp"

#include <cctype>

namespace adal::auth {
namespace {

constexpr std::string_view kAlphabet = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t kCodeLength = 26;

} // namespace

std::string make_code()
{
    // 128 bits in 26 digits of 5: the first digit carries the two spare bits as zeros.
    const std::string bytes = random_bytes(16);
    std::string code;
    unsigned window = 0;
    int bits = 2;
    for (const char c : bytes) {
        window = (window << 8U) | static_cast<unsigned char>(c);
        for (bits += 8; bits >= 5; bits -= 5)
            code += kAlphabet[(window >> static_cast<unsigned>(bits - 5)) & 31U];
    }
    return code;
}

std::optional<std::string> read_code(std::string_view typed)
{
    std::string code;
    for (const char c : typed) {
        if (c == ' ' || c == '-' || c == '\t' || c == '\r' || c == '\n') continue;
        auto letter = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        if (letter == 'o') letter = '0';
        if (letter == 'i' || letter == 'l') letter = '1';
        if (kAlphabet.find(letter) == std::string_view::npos) return std::nullopt;
        code += letter;
    }
    if (code.size() != kCodeLength || code[0] > '7') return std::nullopt;
    return code;
}

std::string readable_code(std::string_view code)
{
    std::string out;
    for (std::size_t i = 0; i < code.size(); ++i) {
        if (i == 6 || i == 11 || i == 16 || i == 21) out += '-';
        out += static_cast<char>(std::toupper(static_cast<unsigned char>(code[i])));
    }
    return out;
}

Hash code_hash(std::string_view code) { return sha256(code); }

Result<Done> may_be_used(const Invitation& invitation, Instant now)
{
    if (invitation.revoked_at) return fail(invitation_revoked);
    if (invitation.used_at && !invitation.is_reusable) return fail(invitation_used);
    if (now >= invitation.expires_at) return fail(invitation_expired);
    return done();
}

} // namespace adal::auth
