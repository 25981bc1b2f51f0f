// Reports of strangers: any bytes are refused or read, and what is read is written the same way again.
#include "probe/probe.hpp"

#include <cstddef>
#include <cstdint>

using namespace adal;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    static const auto key = ledger::SigningKey::make("probe.example");
    const auto line = [](std::string_view text) {
        const auto measured = probe::read_measurement(text);
        if (!measured) return;
        for (const bool elsewhere : {false, true}) (void)probe::verdict_of(*measured, elsewhere);
        const auto again = probe::read_measurement(probe::measurement_line(*measured).substr(0, probe::measurement_line(*measured).size() - 1));
        ADAL_CHECK(again && probe::measurement_line(*again) == probe::measurement_line(*measured));
    };
    line(bytes);
    if (const auto note = ledger::parse_note(bytes)) {
        (void)probe::signer_of(*note);
        (void)probe::read_report(*note);
        ADAL_CHECK(!probe::open_report(*note, key.vkey()) && !probe::open_question(*note, key.vkey()));
    }
    if (const auto address = probe::parse_address(bytes)) ADAL_CHECK(probe::parse_address(address->text()) == address);
    (void)probe::parse_server(bytes, 53);
    (void)probe::server_address(bytes);
    return 0;
}
