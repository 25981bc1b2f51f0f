// procurement/rnu.hpp: the register of unscrupulous suppliers (RNU): who may not take part in public procurement.
//
// An entry holds from a day to a day: twenty-four months by the law unless it says otherwise (No. 106-VIII, art. 8;
// the number is data: Thresholds::register_rule). An organisation is known by its BIN. A person (a sole trader, a head) is kept as a
// hash that can be compared and not read, and without a name. Immutable, thread-safe.
#pragma once

#include "base/result.hpp"
#include "base/time.hpp"
#include "procurement/process.hpp"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace adal::procurement {

// What is compared. Of a party's id only what follows the last '-' counts: "KZ-BIN-240940016760" and "240940016760" are
// one. A BIN stays as it is; anything else becomes "~" and sixteen hex digits of contact_hash(). Empty for nothing.
std::string register_key(std::string_view party_id);
std::string register_key(ContactHash hash); // of Party::head; empty for 0

struct RegisterEntry {
    std::string id{};       // of the source, else of its content
    std::string supplier{}; // register_key
    std::string head{};     // register_key of the number of the head; may be empty
    std::string name{};     // of an organisation; empty for a person
    std::string reason{};
    std::optional<LocalDate> from{}, until{}; // until: the last day
    bool operator==(const RegisterEntry&) const = default;
};

// The last day: as the entry says, else so many months after the first.
LocalDate last_day(const RegisterEntry& entry, int months);

class Register
{
public:
    Register() = default;
    explicit Register(std::vector<RegisterEntry> entries);

    [[nodiscard]] bool empty() const { return m_entries.empty(); }
    [[nodiscard]] std::span<const RegisterEntry> entries() const { return m_entries; }
    // Entries of this supplier or head, the earliest first; those without a day at the end.
    [[nodiscard]] std::vector<const RegisterEntry*> of_supplier(std::string_view key) const;
    [[nodiscard]] std::vector<const RegisterEntry*> of_head(std::string_view key) const;

private:
    using Index = std::multimap<std::string, std::size_t, std::less<>>;
    [[nodiscard]] std::vector<const RegisterEntry*> listed(const Index& index, std::string_view key) const;

    std::vector<RegisterEntry> m_entries{}; // by day, then id
    Index m_suppliers{}, m_heads{};
};

// params: file, line (row of the file, number of the object in JSON), field, reason: missing, not_a_number, not_a_date,
// ends_before_it_starts, not_a_row, no_header
inline constexpr ProblemCode bad_register{"procurement.bad_register", 422};

// Pages of the portal ({"items": […]}), GraphQL answers ({"data": {"Rnu": […]}}), a list, JSON lines of any of these; or
// CSV (RFC 4180, comma or semicolon) with the same names in its first row. Used: id, supplier_biin, supplier_innunp,
// supplier_name_ru, supplier_name_kz, supplier_head_biin, start_date, court_decision_date, end_date, ref_reason_id;
// camelCase too. One bad row refuses the file.
Result<std::vector<RegisterEntry>> read_register(std::string_view bytes, const std::string& file);
Result<Register> read_register_file(const std::string& path); // also unreadable_file

} // namespace adal::procurement
