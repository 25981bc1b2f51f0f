// procurement/party.hpp: who buys and who sells, and who of them is a person.
//
// A party is known by the id its source gives it ("KZ-BIN-140243155807"), or by its name where there is none.
// In addresses it has an id of our own, because the source's may hold any text. An individual (identification number
// of a person, IIN: law on personal data No. 94-V) is matched by the number and never shown: no name, no number, no
// page. Pure, thread-safe.
#pragma once

#include "base/id.hpp"
#include "procurement/flag.hpp"
#include "procurement/process.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace adal::procurement {

using PartyId = Id<struct PartyTag>;

// What is kept in place of an individual's id where only texts fit.
inline constexpr std::string_view kPersonMark = "KZ-IIN";

// "KZ-IIN-900101300123", the scheme alone, or twelve digits of the form of an IIN: a date of birth and the digit of
// the century (1 to 6). A BIN has 4, 5 or 6 in the place of the day's first digit.
bool is_person_id(std::string_view id);
// The same, with what the process says about the party: its scheme and identifier.
bool is_person(const Process& process, const PartyRef& party);

// One text per party: its id, or "name:" and its name; "" when it has neither.
std::string identity_of(const PartyRef& party);

// Names of individuals, as the process has them; for texts that were made from them.
std::vector<std::string> person_names(const Process& process);
// The process and an answer without individuals: mark instead of the id, "" instead of the name, contacts out.
Process without_persons(Process process);
// What may be shown of a process: itself, or a copy without individuals when it names one.
class Shown
{
public:
    explicit Shown(const Process& process);
    const Process& operator*() const { return m_copy ? *m_copy : m_original; }
    const Process* operator->() const { return &**this; }

private:
    const Process& m_original; // must outlive this
    std::optional<Process> m_copy{};
};
// `word` instead of every name of `names` and every number of a person.
std::string without_persons(std::string text, const std::vector<std::string>& names, std::string_view word);
Answer without_persons(Answer answer, const std::vector<std::string>& names, std::string_view word);

} // namespace adal::procurement
