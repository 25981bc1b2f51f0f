// Any bytes of the portal are read or refused with a reason; what they map to is OCDS that our own reader takes without
// a word, whatever the order of files; no number of a person leaves.
#include "procurement/goszakup/goszakup.hpp"
#include "procurement/goszakup/identifier.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

namespace {

using namespace adal::procurement;

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

// Numbers that stand as the id of a party: only those of organisations may.
void check_parties(const Process& process)
{
    for (const auto& party : process.parties)
        if (std::ranges::all_of(party.identifier, is_digit) && !party.identifier.empty() &&
            goszakup::judge_identifier(party.identifier).holder != goszakup::Holder::organisation)
            std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string bytes{reinterpret_cast<const char*>(data), size};
    const goszakup::PersonKey key{adal::sha256("fuzz")};
    // A zero byte divides the input into two files.
    const auto cut = std::min(bytes.find('\0'), bytes.size());
    const std::string first = bytes.substr(0, cut), second = bytes.substr(std::min(cut + 1, bytes.size()));
    const auto mapped = goszakup::map_payloads({{first, "a"}, {second, "b"}}, key);
    for (const auto& note : mapped.read.notes)
        if (note.reason.empty()) std::abort();
    const auto back = read_ocds(mapped.lines, "lines");
    if (back.refused + back.skipped + back.duplicates > 0) std::abort();
    if (back.processes.size() != mapped.read.processes.size()) std::abort();
    for (const auto& process : back.processes) check_parties(process);
    if (goszakup::map_payloads({{first, "a"}, {second, "b"}, {first, "a"}, {second, "b"}}, key).lines != mapped.lines) std::abort();
    return 0;
}
