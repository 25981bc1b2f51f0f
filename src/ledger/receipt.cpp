#include "ledger/receipt.hpp"

#include "base/text.hpp"
#include "ledger/wire_text.hpp"

namespace adal::ledger {
namespace {

constexpr std::string_view kReceiptFirstLine = "adal/receipt/v1";

tl::unexpected<Problem> refuse_receipt(std::string_view reason)
{
    return fail(bad_receipt, {{"reason", std::string(reason)}});
}

} // namespace

std::string sign_receipt(const Receipt& receipt, const SigningKey& key)
{
    ADAL_CHECK(key.vkey().name == receipt.origin + "/receipt");
    const std::string text = std::string(kReceiptFirstLine) + "\n" + receipt.origin + "\n" +
                             std::to_string(receipt.index) + "\n" +
                             base64(view(receipt.leaf_hash)) + "\n" + std::to_string(receipt.t) +
                             "\n";
    const SigningKey* const keys[] = {&key};
    return sign_note(text, keys);
}

Result<Receipt> open_receipt(std::string_view note_bytes, const Vkey& key)
{
    const auto note = parse_note(note_bytes);
    if (!note) return pass(note);
    const auto verified = verify_note(*note, {&key, 1});
    if (!verified) return pass(verified);
    const auto lines = split(note->text, '\n');
    if (lines.size() != 6 || !lines[5].empty() || lines[0] != kReceiptFirstLine)
        return refuse_receipt("form");
    const auto index = parse_decimal(lines[2]);
    const auto time = parse_decimal(lines[4]);
    const auto raw = unbase64(lines[3]);
    const auto hash = raw ? hash_from(*raw) : std::nullopt;
    if (!index || !time || !hash) return refuse_receipt("form");
    if (key.name != std::string(lines[1]) + "/receipt") return refuse_receipt("origin");
    return Receipt{.origin = std::string(lines[1]),
                   .index = *index,
                   .leaf_hash = *hash,
                   .t = static_cast<std::int64_t>(*time)};
}

} // namespace adal::ledger
