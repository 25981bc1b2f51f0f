#include "procurement/party.hpp"

#include <algorithm>

namespace adal::procurement {

namespace {

constexpr std::size_t kNumberLength = 12;

bool is_digit_char(char c)
{
    return c >= '0' && c <= '9';
}

int two_digits(std::string_view text, std::size_t at)
{
    return (text[at] - '0') * 10 + (text[at + 1] - '0');
}

// YYMMDD, then 1 to 6 for the century and the sex.
bool is_person_number(std::string_view digits)
{
    const int month = two_digits(digits, 2), day = two_digits(digits, 4);
    return month >= 1 && month <= 12 && day >= 1 && day <= 31 && digits[6] >= '1' && digits[6] <= '6';
}

// Position of a person's number that is not a part of a longer one; npos when there is none.
std::size_t find_person_number(std::string_view text)
{
    for (std::size_t begin = 0; begin < text.size();) {
        if (!is_digit_char(text[begin])) {
            ++begin;
            continue;
        }
        std::size_t end = begin;
        while (end < text.size() && is_digit_char(text[end])) ++end;
        if (end - begin == kNumberLength && is_person_number(text.substr(begin, kNumberLength))) return begin;
        begin = end;
    }
    return std::string_view::npos;
}

void replace_all(std::string& text, std::string_view what, std::string_view with)
{
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
}

void hide(std::string& text, const std::vector<std::string>& names, std::string_view word)
{
    for (const auto& name : names) replace_all(text, name, word);
    for (auto at = find_person_number(text); at != std::string::npos; at = find_person_number(text))
        text.replace(at, kNumberLength, word);
}

// Every reference to a party that a process holds.
template <typename AnyProcess, typename Visit> void each_party_ref(AnyProcess& process, Visit visit)
{
    visit(process.buyer);
    visit(process.procuring_entity);
    for (auto& bid : process.bids) std::ranges::for_each(bid.tenderers, visit);
    for (auto& award : process.awards) std::ranges::for_each(award.suppliers, visit);
    for (auto& contract : process.contracts) std::ranges::for_each(contract.suppliers, visit);
}

} // namespace

bool is_person_id(std::string_view id)
{
    return id.starts_with(kPersonMark) || find_person_number(id) != std::string_view::npos;
}

bool is_person(const Process& process, const PartyRef& party)
{
    if (is_person_id(party.id)) return true;
    const auto* described = party_of(process, party.id);
    return described && (described->scheme == kPersonMark || is_person_id(described->identifier));
}

std::string identity_of(const PartyRef& party)
{
    if (!party.id.empty()) return party.id;
    return party.name.empty() ? std::string{} : "name:" + party.name;
}

std::vector<std::string> person_names(const Process& process)
{
    std::vector<std::string> names;
    each_party_ref(process, [&](const PartyRef& party) {
        if (!party.name.empty() && is_person(process, party)) names.push_back(party.name);
    });
    for (const auto& party : process.parties)
        if (!party.name.empty() && is_person(process, {.id = party.id, .name = party.name})) names.push_back(party.name);
    // The longest first: a name may be a part of another.
    std::ranges::sort(names, [](const auto& a, const auto& b) { return std::pair{b.size(), a} < std::pair{a.size(), b}; });
    names.erase(std::ranges::unique(names).begin(), names.end());
    return names;
}

Process without_persons(Process process)
{
    const Process original = process;
    each_party_ref(process, [&](PartyRef& party) {
        if (is_person(original, party)) party = {.id = std::string{kPersonMark}, .name = {}};
    });
    for (auto& party : process.parties) {
        party.phone = party.email = party.address = party.account = party.contact_name = party.head = 0;
        if (!is_person(original, {.id = party.id, .name = party.name})) continue;
        party = {.id = std::string{kPersonMark}, .scheme = std::string{kPersonMark}, .roles = party.roles};
    }
    for (auto& bid : process.bids) bid.author = bid.editor = bid.account = 0;
    const auto names = person_names(original);
    for (auto* text : {&process.title, &process.description}) hide(*text, names, "***");
    return process;
}

Shown::Shown(const Process& process) : m_original(process)
{
    bool names_one = false;
    each_party_ref(process, [&](const PartyRef& party) { names_one = names_one || is_person(process, party); });
    for (const auto& party : process.parties) names_one = names_one || is_person(process, {.id = party.id, .name = party.name});
    if (names_one) m_copy = without_persons(process);
}

std::string without_persons(std::string text, const std::vector<std::string>& names, std::string_view word)
{
    hide(text, names, word);
    return text;
}

Answer without_persons(Answer answer, const std::vector<std::string>& names, std::string_view word)
{
    for (auto& [key, fact] : answer.facts)
        if (auto* text = std::get_if<std::string>(&fact)) hide(*text, names, word);
    for (auto& item : answer.evidence) hide(item.value, names, word);
    return answer;
}

} // namespace adal::procurement
