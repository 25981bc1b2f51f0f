// Any bytes are read or refused with a reason; what is read survives storage and can be screened and explained.
#include "procurement/ocds_reader.hpp"
#include "procurement/screen.hpp"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace adal;
    using namespace adal::procurement;
    const auto read = read_ocds({reinterpret_cast<const char*>(data), size}, "fuzz");
    for (const auto& note : read.notes)
        if (note.reason.empty()) std::abort();
    for (const auto& process : read.processes) {
        const auto stored = to_text(to_json(process));
        const auto back = parse_json(stored);
        if (!back || to_text(to_json(process_from(*back))) != stored) std::abort();
    }
    const auto screened = screen(read.processes, Thresholds::standard());
    for (const auto& one : screened)
        for (const auto& [code, answer] : one.answers)
            if (to_text(to_json(answer_from(to_json(answer)))) != to_text(to_json(answer)))
                std::abort();
    screen_report(read.processes, screened, ReportFormat::csv, i18n::Language::kk);
    return 0;
}
