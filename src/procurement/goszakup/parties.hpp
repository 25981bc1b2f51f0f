// procurement/goszakup/parties.hpp: who takes part in one purchase, as OCDS parties, with persons made unrecognisable.
//
// An organisation (BIN) is itself. A natural person, or a number that is neither BIN nor IIN, becomes
// "KZ-IIN-<mark>" ("KZ-X-<mark>") and is called "ЖК/ИП"; telephones, accounts, heads and the addresses of suppliers
// become marks for everybody, so that they compare and are never shown. Not thread-safe.
#pragma once

#include "base/json.hpp"
#include "procurement/goszakup/person_key.hpp"
#include "procurement/goszakup/purchase.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>

namespace adal::procurement::goszakup {

class Parties {
public:
    Parties(const PersonKey& key, const Reference& known, const Codes& codes)
        : m_key(key), m_known(known), m_codes(codes) {}

    // {"id", "name"}; an empty object for an empty number. A name given later fills an empty one.
    json::object add(const Number& number, std::string_view name, std::string_view role);
    // "" for an empty number.
    [[nodiscard]] std::string id_of(const Number& number) const;
    void add_account(const Number& number, std::string_view account);
    [[nodiscard]] json::array list() const; // by id

    [[nodiscard]] std::string mark(std::string_view kind, std::string_view value) const
    {
        return m_key.mark(kind, value);
    }

private:
    struct Entry {
        std::string number{}, name{}, account{};
        std::set<std::string> roles{};
    };
    [[nodiscard]] json::object describe(const std::string& id, const Entry& entry) const;
    void describe_contact(const Entry& entry, const Subject& subject, json::object& party) const;

    const PersonKey& m_key;
    const Reference& m_known;
    const Codes& m_codes;
    std::map<std::string, Entry> m_entries;
};

} // namespace adal::procurement::goszakup
