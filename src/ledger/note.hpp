// ledger/note.hpp: signed notes (c2sp.org/signed-note), checkpoints (c2sp.org/tlog-checkpoint) and
// witness cosignatures (c2sp.org/tlog-cosignature v1).
//
// Two kinds of key: Ed25519 (0x01) signs the text; timestamped Ed25519 cosignature (0x04).
// Signature lines of unknown keys are kept and ignored, also post-quantum ones of several
// kilobytes; at most 100 lines and 1 MiB a note. Pure; thread-safe.
#pragma once

#include "base/hash.hpp"
#include "base/result.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace adal::ledger {

inline constexpr ProblemCode bad_note{"ledger.bad_note", 422}; // params: reason
inline constexpr ProblemCode bad_key{"ledger.bad_key", 422};   // params: reason

inline constexpr std::size_t kMaxNoteBytes = 1 << 20;
inline constexpr std::size_t kMaxSignatures = 100;

enum class KeyKind : std::uint8_t { ed25519 = 0x01, cosignature = 0x04 };

using PublicKey = std::array<std::uint8_t, 32>;

// The public half, as it is published: "name+hash+key".
struct Vkey {
    std::string name{};
    KeyKind kind = KeyKind::ed25519;
    PublicKey key{};
    [[nodiscard]] std::uint32_t id() const; // first four bytes of SHA-256(name 0A kind key)
    [[nodiscard]] std::string text() const;
    bool operator==(const Vkey&) const = default;
};
Result<Vkey> parse_vkey(std::string_view text); // bad_key

// The secret half; wiped when it ends. Written as Go's sumdb/note does
// ("PRIVATE+KEY+name+hash+seed").
class SigningKey {
public:
    static SigningKey make(std::string_view name, KeyKind kind = KeyKind::ed25519);
    static Result<SigningKey> parse(std::string_view text); // bad_key
    static SigningKey from_seed(std::string_view name, const Hash& seed,
                                KeyKind kind = KeyKind::ed25519);
    SigningKey(const SigningKey&) = default;
    SigningKey(SigningKey&&) = default;
    SigningKey& operator=(const SigningKey&) = default;
    SigningKey& operator=(SigningKey&&) = default;
    ~SigningKey();

    [[nodiscard]] const Vkey& vkey() const { return m_vkey; }
    [[nodiscard]] const std::string& name() const { return m_vkey.name; }
    [[nodiscard]] std::string secret_text() const;
    // "— name base64\n"; `time` (seconds) is signed by cosignatures only.
    [[nodiscard]] std::string signature_line(std::string_view text, std::int64_t time = 0) const;

private:
    SigningKey() = default;
    Vkey m_vkey{};
    std::array<std::uint8_t, 32> m_seed{};
    std::array<std::uint8_t, 64> m_secret{};
};

// RFC 8032; refuses small-order and non-canonical points and S >= L.
bool verify_ed25519(const PublicKey& key, std::string_view message, std::string_view signature);

bool is_key_name(std::string_view name); // not empty, at most 255 bytes, no space, no '+', UTF-8

struct Signature {
    std::string name{};
    std::uint32_t id = 0;
    std::string bytes{};
};

struct Note {
    std::string text{};                  // with its last newline
    std::vector<Signature> signatures{}; // in order
};

Result<Note> parse_note(std::string_view bytes); // bad_note: form only, nothing is verified
std::string sign_note(std::string_view text, std::span<const SigningKey* const> keys);

// One key's verdict on a note. A known key whose signature does not hold spoils the note.
struct Signed {
    bool is_signed = false;
    bool is_forged = false;
    std::optional<std::int64_t> time{}; // seconds, cosignatures only: the newest
};
Signed check_signature(const Note& note, const Vkey& key);
// Every known key's signatures hold and at least one is there (bad_note otherwise).
Result<Done> verify_note(const Note& note, std::span<const Vkey> keys);

struct Checkpoint {
    std::string origin{};
    std::uint64_t size = 0;
    Hash root{};
    std::vector<std::string> extensions{}; // ours has none; others' are kept
};
Result<Checkpoint> parse_checkpoint(std::string_view note_text); // bad_note
// The same without the rule that the empty tree has only one root.
Result<Checkpoint> parse_checkpoint_form(std::string_view note_text);
std::string checkpoint_text(const Checkpoint& checkpoint);

// A checkpoint signed by `key`, whose name must be its origin (bad_note otherwise).
Result<Checkpoint> open_checkpoint(std::string_view note_bytes, const Vkey& key);

} // namespace adal::ledger
