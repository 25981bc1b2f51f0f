#include "ledger/note.hpp"

#include "base/text.hpp"
#include "ledger/tree.hpp"
#include "ledger/wire_text.hpp"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <sodium.h>

namespace adal::ledger {
namespace {

constexpr std::string_view kDash = "\xE2\x80\x94 "; // U+2014 and a space

tl::unexpected<Problem> refuse_note(std::string_view reason)
{
    return fail(bad_note, {{"reason", std::string(reason)}});
}

tl::unexpected<Problem> wrong_key(std::string_view reason)
{
    return fail(bad_key, {{"reason", std::string(reason)}});
}

void start_sodium()
{
    static const bool is_started = sodium_init() >= 0;
    ADAL_CHECK(is_started);
}

std::string big_endian(std::uint64_t number, int bytes)
{
    std::string out;
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
        out += static_cast<char>((number >> shift) & 0xFF);
    return out;
}

std::uint64_t from_big_endian(std::string_view bytes)
{
    std::uint64_t out = 0;
    for (const char c : bytes)
        out = out << 8 | static_cast<unsigned char>(c);
    return out;
}

std::string id_text(std::uint32_t id)
{
    return hex(big_endian(id, 4));
}

std::string tagged(KeyKind kind, std::string_view key)
{
    std::string out(1, static_cast<char>(kind));
    out += key;
    return out;
}

std::string_view bytes_of(const std::array<std::uint8_t, 32>& key)
{
    return {reinterpret_cast<const char*>(key.data()), key.size()};
}

std::string signed_message(KeyKind kind, std::string_view text, std::int64_t time)
{
    if (kind == KeyKind::ed25519) return std::string(text);
    return "cosignature/v1\ntime " + std::to_string(time) + "\n" + std::string(text);
}

// "name+hash+base64" with the kind byte taken off the decoded end.
struct KeyParts {
    std::string name{};
    std::uint32_t id = 0;
    KeyKind kind = KeyKind::ed25519;
    Hash key{};
};

Result<KeyParts> split_key(std::string_view text)
{
    const auto first = text.find('+');
    if (first == std::string_view::npos) return wrong_key("form");
    const auto second = text.find('+', first + 1);
    if (second == std::string_view::npos) return wrong_key("form");
    const auto id = unhex(text.substr(first + 1, second - first - 1));
    const auto key = unbase64(text.substr(second + 1));
    if (!id || id->size() != 4 || !key || key->size() != 33) return wrong_key("form");
    if (!is_key_name(text.substr(0, first))) return wrong_key("name");
    const auto kind = static_cast<std::uint8_t>(key->front());
    if (kind != static_cast<std::uint8_t>(KeyKind::ed25519) &&
        kind != static_cast<std::uint8_t>(KeyKind::cosignature))
        return wrong_key("algorithm");
    return KeyParts{.name = std::string(text.substr(0, first)),
                    .id = static_cast<std::uint32_t>(from_big_endian(*id)),
                    .kind = static_cast<KeyKind>(kind),
                    .key = *hash_from(std::string_view(*key).substr(1))};
}

Result<Signature> parse_signature_line(std::string_view line)
{
    if (!line.starts_with(kDash)) return refuse_note("signature_line");
    line.remove_prefix(kDash.size());
    const auto space = line.find(' ');
    if (space == std::string_view::npos) return refuse_note("signature_line");
    const auto bytes = unbase64(line.substr(space + 1));
    if (!bytes || bytes->size() < 5 || !is_key_name(line.substr(0, space)))
        return refuse_note("signature_line");
    return Signature{.name = std::string(line.substr(0, space)),
                     .id = static_cast<std::uint32_t>(from_big_endian(bytes->substr(0, 4))),
                     .bytes = bytes->substr(4)};
}

bool is_note_text(std::string_view bytes)
{
    const auto is_control = [](char c) {
        return static_cast<unsigned char>(c) < 0x20 && c != '\n';
    };
    return is_utf8(bytes) && std::none_of(bytes.begin(), bytes.end(), is_control);
}

bool is_unicode_space(char32_t c)
{
    return c == 0x20 || (c >= 0x09 && c <= 0x0D) || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
           c == 0x205F || c == 0x3000;
}

} // namespace

bool verify_ed25519(const PublicKey& key, std::string_view message, std::string_view signature)
{
    start_sodium();
    return signature.size() == crypto_sign_BYTES &&
           crypto_sign_verify_detached(reinterpret_cast<const unsigned char*>(signature.data()),
                                       reinterpret_cast<const unsigned char*>(message.data()),
                                       message.size(), key.data()) == 0;
}

bool is_key_name(std::string_view name)
{
    if (name.empty() || name.size() > 255 || !is_utf8(name)) return false;
    for (std::size_t at = 0; at < name.size();) {
        const auto c = next_code_point(name, at);
        if (c == U'+' || c < 0x20 || is_unicode_space(c)) return false;
    }
    return true;
}

std::uint32_t Vkey::id() const
{
    const auto hash = sha256(name + "\n" + tagged(kind, bytes_of(key)));
    return static_cast<std::uint32_t>(from_big_endian(view(hash).substr(0, 4)));
}

std::string Vkey::text() const
{
    return name + "+" + id_text(id()) + "+" + base64(tagged(kind, bytes_of(key)));
}

Result<Vkey> parse_vkey(std::string_view text)
{
    const auto parts = split_key(text);
    if (!parts) return pass(parts);
    Vkey out{.name = parts->name, .kind = parts->kind, .key = parts->key};
    if (out.id() != parts->id) return wrong_key("hash");
    return out;
}

SigningKey SigningKey::from_seed(std::string_view name, const Hash& seed, KeyKind kind)
{
    start_sodium();
    ADAL_CHECK(is_key_name(name));
    SigningKey out;
    out.m_seed = seed;
    out.m_vkey.name = name;
    out.m_vkey.kind = kind;
    crypto_sign_seed_keypair(out.m_vkey.key.data(), out.m_secret.data(), seed.data());
    return out;
}

SigningKey SigningKey::make(std::string_view name, KeyKind kind)
{
    return from_seed(name, *hash_from(random_bytes(32)), kind);
}

Result<SigningKey> SigningKey::parse(std::string_view text)
{
    constexpr std::string_view prefix = "PRIVATE+KEY+";
    if (!text.starts_with(prefix)) return wrong_key("form");
    const auto parts = split_key(text.substr(prefix.size()));
    if (!parts) return pass(parts);
    auto out = from_seed(parts->name, parts->key, parts->kind);
    if (out.vkey().id() != parts->id) return wrong_key("hash");
    return out;
}

SigningKey::~SigningKey()
{
    sodium_memzero(m_seed.data(), m_seed.size());
    sodium_memzero(m_secret.data(), m_secret.size());
}

std::string SigningKey::secret_text() const
{
    return "PRIVATE+KEY+" + m_vkey.name + "+" + id_text(m_vkey.id()) + "+" +
           base64(tagged(m_vkey.kind, bytes_of(m_seed)));
}

std::string SigningKey::signature_line(std::string_view text, std::int64_t time) const
{
    const auto message = signed_message(m_vkey.kind, text, time);
    std::string signature(crypto_sign_BYTES, '\0');
    crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr,
                         reinterpret_cast<const unsigned char*>(message.data()), message.size(),
                         m_secret.data());
    std::string body = big_endian(m_vkey.id(), 4);
    if (m_vkey.kind == KeyKind::cosignature)
        body += big_endian(static_cast<std::uint64_t>(time), 8);
    return std::string(kDash) + m_vkey.name + " " + base64(body + signature) + "\n";
}

Result<Note> parse_note(std::string_view bytes)
{
    if (bytes.size() > kMaxNoteBytes) return refuse_note("too_large");
    if (!is_note_text(bytes)) return refuse_note("characters");
    const auto blank = bytes.rfind("\n\n");
    if (blank == std::string_view::npos || !bytes.ends_with('\n')) return refuse_note("form");
    Note note{.text = std::string(bytes.substr(0, blank + 1))};
    auto lines = bytes.substr(blank + 2);
    if (lines.empty()) return refuse_note("no_signature");
    while (!lines.empty()) {
        if (note.signatures.size() == kMaxSignatures) return refuse_note("too_many_signatures");
        const auto end = lines.find('\n');
        auto signature = parse_signature_line(lines.substr(0, end));
        if (!signature) return pass(signature);
        note.signatures.push_back(std::move(*signature));
        lines.remove_prefix(end + 1);
    }
    return note;
}

std::string sign_note(std::string_view text, std::span<const SigningKey* const> keys)
{
    std::string out(text);
    out += '\n';
    for (const auto* key : keys)
        out += key->signature_line(text);
    return out;
}

Signed check_signature(const Note& note, const Vkey& key)
{
    Signed out;
    for (const auto& signature : note.signatures) {
        if (signature.name != key.name || signature.id != key.id()) continue;
        std::string_view bytes = signature.bytes;
        std::int64_t time = 0;
        if (key.kind == KeyKind::cosignature) {
            if (bytes.size() < 8) return {.is_forged = true};
            const auto raw = from_big_endian(bytes.substr(0, 8));
            if (raw >> 63) return {.is_forged = true};
            time = static_cast<std::int64_t>(raw);
            bytes.remove_prefix(8);
        }
        if (!verify_ed25519(key.key, signed_message(key.kind, note.text, time), bytes))
            return {.is_forged = true};
        out.is_signed = true;
        if (key.kind == KeyKind::cosignature) out.time = std::max(out.time.value_or(0), time);
    }
    return out;
}

Result<Done> verify_note(const Note& note, std::span<const Vkey> keys)
{
    bool is_signed = false;
    for (const auto& key : keys) {
        const auto verdict = check_signature(note, key);
        if (verdict.is_forged) return refuse_note("bad_signature");
        is_signed = is_signed || verdict.is_signed;
    }
    if (!is_signed) return refuse_note("unknown_key");
    return done();
}

Result<Checkpoint> parse_checkpoint(std::string_view text)
{
    auto out = parse_checkpoint_form(text);
    if (out && out->size == 0 && out->root != empty_root()) return refuse_note("root");
    return out;
}

Result<Checkpoint> parse_checkpoint_form(std::string_view text)
{
    if (!text.ends_with('\n')) return refuse_note("form");
    auto lines = split(text.substr(0, text.size() - 1), '\n');
    if (lines.size() < 3 || lines[0].empty()) return refuse_note("form");
    const auto size = parse_decimal(lines[1]);
    const auto root_bytes = unbase64(lines[2]);
    const auto root = root_bytes ? hash_from(*root_bytes) : std::nullopt;
    if (!size) return refuse_note("size");
    if (!root) return refuse_note("root");
    Checkpoint out{.origin = std::string(lines[0]), .size = *size, .root = *root};
    for (std::size_t i = 3; i < lines.size(); ++i) {
        if (lines[i].empty()) return refuse_note("form");
        out.extensions.emplace_back(lines[i]);
    }
    return out;
}

std::string checkpoint_text(const Checkpoint& checkpoint)
{
    std::string out = checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" +
                      base64(view(checkpoint.root)) + "\n";
    for (const auto& line : checkpoint.extensions)
        out += line + "\n";
    return out;
}

Result<Checkpoint> open_checkpoint(std::string_view note_bytes, const Vkey& key)
{
    const auto note = parse_note(note_bytes);
    if (!note) return pass(note);
    const auto verified = verify_note(*note, {&key, 1});
    if (!verified) return pass(verified);
    auto checkpoint = parse_checkpoint(note->text);
    if (checkpoint && checkpoint->origin != key.name) return refuse_note("origin");
    return checkpoint;
}

} // namespace adal::ledger
