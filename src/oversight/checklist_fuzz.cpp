// A checklist file is refused with the path, or can be asked and judged; and the answers of strangers to the
// checklists we have are refused by name or give verdicts, never a crash. The first byte says which of the two.
#include "oversight/checklist.hpp"

#include <cstdint>
#include <cstdlib>

namespace {

using namespace adal;
using namespace adal::oversight;

void read_file(std::string_view bytes)
{
    const auto checklist = parse_checklist(bytes);
    if (!checklist) return;
    if (checklist->id.empty() || checklist->title.kk.empty()) std::abort();
    if (checklist->hash != sha256(bytes)) std::abort();
    check_answers(*checklist, {}, {});
    for (const auto& section : checklist->sections)
        for (const auto& rule : section.rules)
            if (checklist->find_rule(rule.name) == nullptr || checklist->find_item(rule.about) == nullptr) std::abort();
}

void read_answers(const Checklist& checklist, std::string_view bytes)
{
    const auto answers = parse_json(bytes);
    if (!answers || !answers->is_object()) return;
    const auto problems = check_answers(checklist, answers->get_object(), {"loc", "overview"});
    for (const auto& problem : problems)
        if (problem.reason.empty()) std::abort();
    for (const auto& seen : evaluate(checklist, answers->get_object())) {
        // I6 and I7: an accepted violation stands on something, and nothing is ok without an answer.
        const bool is_evidenced = !seen.photo_questions.empty() || seen.value.find('=') != std::string::npos || seen.verdict != Verdict::violation;
        if (problems.empty() && !is_evidenced && checklist.find_item("overview") == nullptr) std::abort();
        if (seen.verdict == Verdict::ok && seen.value.empty()) std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0) return 0;
    const std::string_view bytes{reinterpret_cast<const char*>(data) + 1, size - 1};
    const auto& known = all_checklists();
    if (data[0] == 'f') read_file(bytes);
    else read_answers(known[data[0] % known.size()], bytes);
    return 0;
}
