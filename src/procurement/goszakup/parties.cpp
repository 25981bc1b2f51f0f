#include "procurement/goszakup/parties.hpp"

#include "procurement/goszakup/identifier.hpp"
#include "procurement/goszakup/ocds_json.hpp"

namespace adal::procurement::goszakup {

namespace parties {

constexpr std::string_view kOrganisation = "KZ-BIN", kPerson = "KZ-IIN", kUnknown = "KZ-X";

std::string_view scheme_of(std::string_view digits)
{
    switch (judge_identifier(digits).holder) {
    case Holder::organisation: return kOrganisation;
    case Holder::person: return kPerson;
    case Holder::unknown: break;
    }
    return kUnknown;
}

// Without the country's prefix: "+7 727 …" and "8 727 …" are one.
std::string significant_digits(std::string_view phone)
{
    std::string digits;
    for (const char c : phone)
        if (c >= '0' && c <= '9') digits += c;
    return digits.size() > 10 ? digits.substr(digits.size() - 10) : digits;
}

} // namespace parties

std::string Parties::id_of(const Number& number) const
{
    if (number.digits.empty()) return {};
    const auto scheme = parties::scheme_of(number.digits);
    const std::string own =
        scheme == parties::kOrganisation ? number.digits : m_key.mark("number", number.digits);
    return std::string{scheme} + "-" + own;
}

json::object Parties::add(const Number& number, std::string_view name, std::string_view role)
{
    const std::string id = id_of(number);
    if (id.empty()) return {};
    Entry& entry = m_entries[id];
    entry.number = number.digits;
    entry.roles.insert(std::string{role});
    if (!id.starts_with(parties::kOrganisation)) entry.name = m_codes.person_name;
    else if (entry.name.empty()) {
        const auto subject = m_known.subject_by_number.find(number.digits);
        entry.name = subject != m_known.subject_by_number.end() && !subject->second->name.empty()
                         ? subject->second->name
                         : std::string{name};
    }
    json::object ref{{"id", id}};
    put(ref, "name", entry.name);
    return ref;
}

void Parties::add_account(const Number& number, std::string_view account)
{
    const auto found = m_entries.find(id_of(number));
    if (found != m_entries.end() && !account.empty()) found->second.account = account;
}

json::array Parties::list() const
{
    json::array list;
    for (const auto& [id, entry] : m_entries)
        list.push_back(describe(id, entry));
    return list;
}

json::object Parties::describe(const std::string& id, const Entry& entry) const
{
    const auto scheme = parties::scheme_of(entry.number);
    json::object party{{"id", id}};
    put(party, "name", entry.name);
    party["identifier"] = json::object{{"scheme", scheme}, {"id", id.substr(scheme.size() + 1)}};
    const auto subject = m_known.subject_by_number.find(entry.number);
    if (subject != m_known.subject_by_number.end())
        describe_contact(entry, *subject->second, party);
    put(party, "x_account", m_key.mark("account", entry.account));
    party["roles"] = json::array(entry.roles.begin(), entry.roles.end());
    return party;
}

void Parties::describe_contact(const Entry& entry, const Subject& subject, json::object& party) const
{
    json::object address, contact;
    const bool is_buyer = entry.roles.contains("buyer") || entry.roles.contains("procuringEntity");
    put(address, "streetAddress",
        is_buyer ? subject.address : m_key.mark("address", subject.address));
    if (!subject.kato.empty()) put(address, "region", subject.kato.front());
    put(contact, "telephone", m_key.digits("phone", parties::significant_digits(subject.phone)));
    put(contact, "email", m_key.mark("email", subject.email));
    put(party, "address", std::move(address));
    put(party, "contactPoint", std::move(contact));
    put(party, "x_kopf", subject.legal_form);
    put(party, "x_head", m_key.mark("number", subject.head));
}

} // namespace adal::procurement::goszakup
