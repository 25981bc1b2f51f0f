// Proof files of strangers: what parses is written again as it was.
#include "ledger/proof.hpp"
#include "ledger/verify.hpp"

#include <cstddef>
#include <cstdint>

using namespace adal::ledger;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (const auto proof = parse_proof(bytes)) ADAL_CHECK(proof_text(*proof) == bytes);
    ADAL_CHECK(!verify_proof(bytes, "{}", Policy{}).is_good());
    return 0;
}
