#include "procurement/goszakup/person_key.hpp"

#include "base/text.hpp"
#include "ledger/durable_file.hpp"

#include <stdexcept>

namespace adal::procurement::goszakup {

std::string PersonKey::nibbles(std::string_view kind, std::string_view value) const
{
    const std::string normal = fold(value);
    if (normal.empty()) return {};
    const Hash mac = hmac_sha256(view(m_secret), std::string{kind} + '\0' + normal);
    std::string out;
    for (std::size_t i = 0; i < 16; ++i) {
        out += static_cast<char>(mac[i] >> 4);
        out += static_cast<char>(mac[i] & 15);
    }
    return out;
}

std::string PersonKey::mark(std::string_view kind, std::string_view value) const
{
    std::string out = nibbles(kind, value);
    for (char& c : out) c = static_cast<char>('a' + c);
    return out;
}

std::string PersonKey::digits(std::string_view kind, std::string_view value) const
{
    std::string out = nibbles(kind, value);
    for (char& c : out) c = static_cast<char>('0' + c % 10);
    return out;
}

PersonKey open_person_key(const std::filesystem::path& folder)
{
    namespace fs = std::filesystem;
    const fs::path file = folder / "person.key";
    if (!fs::exists(file)) {
        fs::create_directories(folder);
        ledger::create_secret_file(file, hex(random_bytes(32)) + "\n");
        ledger::sync_folder(folder);
    }
    constexpr auto kOthers = fs::perms::group_all | fs::perms::others_all;
    if ((fs::status(file).permissions() & kOthers) != fs::perms::none)
        throw std::runtime_error(file.string() + ": others may read it; chmod 600");
    const auto text = ledger::read_file(file);
    const auto raw = text ? unhex(trim(*text)) : std::nullopt;
    const auto secret = raw ? hash_from(*raw) : std::nullopt;
    if (!secret) throw std::runtime_error(file.string() + ": not a key of 64 hex digits");
    return PersonKey{*secret};
}

} // namespace adal::procurement::goszakup
