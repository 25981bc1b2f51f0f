#include "ledger/keys.hpp"

#include "base/text.hpp"
#include "ledger/durable_file.hpp"

#include <sys/stat.h>

namespace adal::ledger {
namespace {

namespace fs = std::filesystem;

std::string read_secret(const fs::path& file)
{
    struct ::stat info {};
    if (::stat(file.c_str(), &info) != 0) throw KeyFileError(file.string() + ": cannot be read");
    if ((info.st_mode & 077) != 0)
        throw KeyFileError(file.string() + ": others may read it; chmod 600");
    const auto text = read_file(file);
    if (!text) throw KeyFileError(file.string() + ": cannot be read");
    return std::string(trim(*text));
}

SigningKey read_signing_key(const fs::path& file)
{
    auto key = SigningKey::parse(read_secret(file));
    if (!key) throw KeyFileError(file.string() + ": not a signing key");
    return std::move(*key);
}

SigningKey make_signing_key(const fs::path& file, const std::string& name)
{
    auto key = SigningKey::make(name);
    create_secret_file(file, key.secret_text() + "\n");
    return key;
}

} // namespace

Keys make_keys(const fs::path& folder, std::string_view origin)
{
    if (!is_key_name(origin))
        throw KeyFileError("the origin is not a key name: " + std::string(origin));
    for (const auto* name : {"log.key", "receipt.key", "dossier.key", "master.key"})
        if (fs::exists(folder / name))
            throw KeyFileError((folder / name).string() + ": exists already");
    fs::create_directories(folder);
    fs::permissions(folder, fs::perms::owner_all);
    const std::string name(origin);
    Keys keys{.log = make_signing_key(folder / "log.key", name),
              .receipt = make_signing_key(folder / "receipt.key", name + "/receipt"),
              .dossier = make_signing_key(folder / "dossier.key", name + "/dossier"),
              .master_file = folder / "master.key"};
    create_secret_file(keys.master_file, hex(random_bytes(32)) + "\n");
    sync_folder(folder);
    return keys;
}

Keys read_keys(const fs::path& folder)
{
    return {.log = read_signing_key(folder / "log.key"),
            .receipt = read_signing_key(folder / "receipt.key"),
            .dossier = read_signing_key(folder / "dossier.key"),
            .master_file = folder / "master.key"};
}

Hash read_master_key(const fs::path& file)
{
    const auto raw = unhex(read_secret(file));
    const auto key = raw ? hash_from(*raw) : std::nullopt;
    if (!key) throw KeyFileError(file.string() + ": not a master key");
    return *key;
}

} // namespace adal::ledger
