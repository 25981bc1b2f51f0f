#include "ledger/note.hpp"

#include "ledger/tree.hpp"
#include "ledger/vectors_test.hpp"

namespace adal::ledger {
namespace {

const SigningKey& log_key()
{
    static const auto key = SigningKey::make("log.example/city");
    return key;
}

std::string a_checkpoint()
{
    const SigningKey* const keys[] = {&log_key()};
    return sign_note(
        checkpoint_text({.origin = "log.example/city", .size = 0, .root = empty_root()}), keys);
}

TEST(Note, What_is_signed_opens_with_the_key_and_with_no_other)
{
    const auto opened = open_checkpoint(a_checkpoint(), log_key().vkey());
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->size, 0U);
    const auto stranger = SigningKey::make("log.example/city");
    EXPECT_EQ(open_checkpoint(a_checkpoint(), stranger.vkey()).error().params.at("reason"),
              "unknown_key");
}

TEST(Note, Every_changed_byte_is_noticed)
{
    const auto good = a_checkpoint();
    for (std::size_t i = 0; i < good.size(); ++i) {
        auto changed = good;
        changed[i] ^= 1;
        EXPECT_FALSE(open_checkpoint(changed, log_key().vkey())) << i;
    }
}

TEST(Note, Keys_are_read_back_as_written)
{
    const auto again = SigningKey::parse(log_key().secret_text());
    ASSERT_TRUE(again);
    EXPECT_EQ(again->vkey(), log_key().vkey());
    EXPECT_EQ(parse_vkey(log_key().vkey().text()).value(), log_key().vkey());
}

TEST(Note, Key_names_have_no_spaces_and_no_plus)
{
    EXPECT_TRUE(is_key_name("log.adal.kz/almaty"));
    for (const auto* name : {"", "a b", "a+b", "a\tb", "a\u00a0b", "a\u3000b", "a\n"})
        EXPECT_FALSE(is_key_name(name));
}

TEST(Note, Unknown_signatures_of_any_size_do_not_disturb)
{
    auto note = a_checkpoint();
    for (int i = 0; i < 16; ++i)
        note += "— w" + std::to_string(i) + ".example " + base64(random_bytes(3300)) + "\n";
    EXPECT_TRUE(open_checkpoint(note, log_key().vkey()));
}

TEST(Note, A_cosignature_carries_its_time)
{
    const auto witness = SigningKey::make("witness.example", KeyKind::cosignature);
    auto bytes = a_checkpoint();
    bytes += witness.signature_line(parse_note(bytes)->text, 1767225600);
    const auto verdict = check_signature(*parse_note(bytes), witness.vkey());
    EXPECT_TRUE(verdict.is_signed);
    EXPECT_EQ(verdict.time, 1767225600);
}

bool is_accepted(const json::value& vector)
{
    const auto key = parse_vkey(text(vector, "vkey"));
    return key && open_checkpoint(bytes(vector, "note_b64"), *key).has_value();
}

TEST(Note, The_vectors_of_the_design_are_judged_as_they_say)
{
    ADAL_NEEDS_VECTORS("adal/note_vectors.json");
    const auto vectors = read_json(vector_path("adal/note_vectors.json"));
    for (const auto& vector : vectors.get_array()) {
        const auto wanted = text(vector, "checkpoint_want");
        const bool accepted = is_accepted(vector);
        if (wanted == "accept" || wanted == "reject") {
            EXPECT_EQ(accepted, wanted == "accept") << text(vector, "desc");
        }
    }
    EXPECT_EQ(vectors.get_array().size(), 53U);
}

// Go's sumdb/note judged the same notes; we must agree on form and signature where it is
// unambiguous.
TEST(Note, Go_s_verifier_and_ours_agree_on_the_form)
{
    ADAL_NEEDS_VECTORS("adal/note_vectors.json");
    const auto vectors = read_json(vector_path("adal/note_vectors.json"));
    for (const auto& vector : vectors.get_array()) {
        if (text(vector, "checkpoint_want") == "accept-or-reject") continue;
        const auto key = parse_vkey(text(vector, "vkey"));
        const auto note = parse_note(bytes(vector, "note_b64"));
        const bool ours = key && note && verify_note(*note, {&*key, 1});
        EXPECT_EQ(ours, find(vector, "gomod_ok")->get_bool()) << text(vector, "desc");
    }
}

TEST(Note, Wycheproof_Ed25519)
{
    ADAL_NEEDS_VECTORS("wycheproof/ed25519_test.json");
    const auto file = read_json(vector_path("wycheproof/ed25519_test.json"));
    int count = 0;
    for (const auto& group : *array_at(file, "testGroups")) {
        const auto* key = find(group, "publicKey");
        const auto public_key = *hash_from(*unhex(text(*key, "pk")));
        for (const auto& test : *array_at(group, "tests")) {
            const bool holds =
                verify_ed25519(public_key, *unhex(text(test, "msg")), *unhex(text(test, "sig")));
            EXPECT_EQ(holds, text(test, "result") == "valid") << *int_at(test, "tcId");
            ++count;
        }
    }
    EXPECT_EQ(count, *int_at(file, "numberOfTests"));
}

// Signatures that libraries disagree about: ours must refuse every encoding RFC 8032 forbids.
TEST(Note, Non_canonical_points_are_refused)
{
    ADAL_NEEDS_VECTORS("cctv-ed25519/ed25519vectors.json");
    const auto vectors = read_json(vector_path("cctv-ed25519/ed25519vectors.json"));
    for (const auto& vector : vectors.get_array()) {
        bool is_forbidden = false;
        const auto* flags = array_at(vector, "flags");
        if (!flags) continue;
        for (const auto& flag : *flags)
            is_forbidden |= flag.get_string().starts_with("non_canonical") ||
                            flag.get_string() == "low_order_A";
        if (!is_forbidden) continue;
        const auto key = *hash_from(*unhex(text(vector, "key")));
        EXPECT_FALSE(verify_ed25519(key, text(vector, "msg"), *unhex(text(vector, "sig"))))
            << *int_at(vector, "number");
    }
}

} // namespace
} // namespace adal::ledger
