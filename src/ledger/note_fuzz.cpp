// Notes, checkpoints, keys and receipts of strangers: no byte sequence may do more than be refused.
#include "ledger/note.hpp"
#include "ledger/receipt.hpp"
#include "ledger/witness.hpp"

#include <cstddef>
#include <cstdint>

using namespace adal::ledger;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    static const auto witness = SigningKey::make("witness.example", KeyKind::cosignature);
    if (const auto note = parse_note(bytes)) {
        ADAL_CHECK(!check_signature(*note, witness.vkey()).is_signed);
        if (const auto checkpoint = parse_checkpoint(note->text))
            ADAL_CHECK(checkpoint_text(*checkpoint) == note->text);
    }
    if (const auto key = parse_vkey(bytes)) ADAL_CHECK(key->text() == bytes);
    (void)open_receipt(bytes, witness.vkey());
    (void)answer_witness_request(
        bytes, [](std::string_view) { return std::nullopt; }, witness, 0);
    return 0;
}
