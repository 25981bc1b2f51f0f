#include "procurement/rnu.hpp"

#include "base/hash.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "procurement/ocds_reader.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <tuple>

namespace adal::procurement {

namespace rnu {

bool is_digits(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// Twelve digits, the fifth of which is that of an organisation.
bool is_bin(std::string_view text)
{
    return text.size() == 12 && is_digits(text) && text[4] >= '4' && text[4] <= '6';
}

// Zeros at the beginning, lost when a number was written as one.
std::string twelve_digits(std::string_view number)
{
    if (!is_digits(number) || number.size() >= 12 || number.size() < 9) return std::string{number};
    return std::string(12 - number.size(), '0') + std::string{number};
}

} // namespace rnu

std::string register_key(ContactHash hash)
{
    return hash == 0 ? std::string{} : fmt::format("~{:016x}", hash);
}

std::string register_key(std::string_view party_id)
{
    const auto number = trim(party_id.substr(party_id.rfind('-') + 1)); // npos + 1 == 0: the whole
    if (number.empty()) return {};
    return rnu::is_bin(number) ? std::string{number} : register_key(contact_hash(number));
}

LocalDate last_day(const RegisterEntry& entry, int months)
{
    if (entry.until || !entry.from) return entry.until.value_or(LocalDate{});
    auto day = entry.from->ymd + std::chrono::months{months};
    if (!day.ok()) day = day.year() / day.month() / std::chrono::last;
    return LocalDate{day}.plus_days(-1);
}

Register::Register(std::vector<RegisterEntry> entries) : m_entries(std::move(entries))
{
    std::ranges::sort(m_entries, {}, [](const RegisterEntry& entry) {
        return std::tuple{!entry.from, entry.from.value_or(LocalDate{}), entry.id};
    });
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        m_suppliers.emplace(m_entries[i].supplier, i);
        if (!m_entries[i].head.empty()) m_heads.emplace(m_entries[i].head, i);
    }
}

std::vector<const RegisterEntry*> Register::listed(const Index& index, std::string_view key) const
{
    std::vector<const RegisterEntry*> found;
    if (key.empty()) return found;
    const auto [begin, end] = index.equal_range(key);
    for (auto at = begin; at != end; ++at) found.push_back(&m_entries[at->second]);
    return found;
}

std::vector<const RegisterEntry*> Register::of_supplier(std::string_view key) const
{
    return listed(m_suppliers, key);
}

std::vector<const RegisterEntry*> Register::of_head(std::string_view key) const
{
    return listed(m_heads, key);
}

namespace rnu {

using Row = std::map<std::string, std::string, std::less<>>; // "supplierbiin" → "240940016760"

struct Place {
    const std::string& file;
    std::size_t line = 0;
};

tl::unexpected<Problem> refuse(const Place& place, std::string_view field, std::string_view reason)
{
    return fail(bad_register, {{"file", place.file}, {"line", std::to_string(place.line)}, {"field", std::string{field}}, {"reason", std::string{reason}}});
}

// "supplier_biin", "supplierBiin" → "supplierbiin".
std::string plain_name(std::string_view name)
{
    std::string plain = lower(trim(name));
    std::erase(plain, '_');
    return plain;
}

std::string said(const Row& row, std::string_view field)
{
    const auto found = row.find(field);
    return found == row.end() ? std::string{} : std::string{trim(found->second)};
}

// "2025-03-01", "2025-03-01 00:00:00", "2025-03-01T00:00:00+05:00": the day as it stands in the source.
Result<std::optional<LocalDate>> day_of(const Row& row, std::string_view field, const Place& place)
{
    const std::string text = said(row, field);
    if (text.empty()) return std::optional<LocalDate>{};
    const auto day = parse_date(text.substr(0, 10));
    if (!day || (text.size() > 10 && text[10] != ' ' && text[10] != 'T')) return refuse(place, field, "not_a_date");
    return std::optional{*day};
}

Result<Done> read_days(const Row& row, const Place& place, RegisterEntry& entry)
{
    const auto start = day_of(row, "startdate", place), court = day_of(row, "courtdecisiondate", place), end = day_of(row, "enddate", place);
    for (const auto* day : {&start, &court, &end})
        if (!*day) return pass(*day);
    entry.from = *start ? *start : *court;
    entry.until = *end;
    if (entry.from && entry.until && *entry.until < *entry.from) return refuse(place, "enddate", "ends_before_it_starts");
    return done();
}

Result<RegisterEntry> entry_of(const Row& row, const Place& place)
{
    const std::string number = twelve_digits(said(row, "supplierbiin")), foreign = said(row, "supplierinnunp");
    if (number.empty() && foreign.empty()) return refuse(place, "supplierbiin", "missing");
    if (!number.empty() && (number.size() != 12 || !is_digits(number))) return refuse(place, "supplierbiin", "not_a_number");
    RegisterEntry entry{.id = said(row, "id"), .supplier = register_key(number.empty() ? foreign : number), .reason = said(row, "refreasonid")};
    if (const std::string head = twelve_digits(said(row, "supplierheadbiin")); !head.empty()) entry.head = register_key(head);
    if (is_bin(number)) {
        const std::string kk = said(row, "suppliernamekz"), ru = said(row, "suppliernameru");
        entry.name = kk.empty() ? ru : kk;
    }
    if (const auto days = read_days(row, place, entry); !days) return pass(days);
    if (entry.id.empty()) entry.id = entry.supplier + (entry.from ? " " + iso(*entry.from) : "");
    return entry;
}

std::string scalar_text(const json::value& value)
{
    if (value.is_string()) return std::string{value.get_string()};
    return value.is_int64() || value.is_uint64() ? to_text(value) : std::string{};
}

Result<Done> read_object(const json::value& value, const Place& place, std::vector<RegisterEntry>& entries)
{
    if (!value.is_object()) return refuse(place, "", "not_a_row");
    Row row;
    for (const auto& [name, member] : value.get_object()) row.emplace(plain_name(name), scalar_text(member));
    auto entry = entry_of(row, place);
    if (!entry) return pass(entry);
    entries.push_back(std::move(*entry));
    return done();
}

// The rows of one document: a page, a GraphQL answer, a list; nullptr when it is a row itself.
const json::array* rows_of(const json::value& document)
{
    if (document.is_array()) return &document.get_array();
    if (const auto* items = array_at(document, "items")) return items;
    const auto* data = find(document, "data");
    return data ? array_at(*data, "Rnu") : nullptr;
}

Result<Done> read_document(const json::value& document, const Place& place, std::vector<RegisterEntry>& entries)
{
    const auto* rows = rows_of(document);
    if (!rows) return read_object(document, place, entries);
    for (std::size_t i = 0; i < rows->size(); ++i)
        if (const auto read = read_object((*rows)[i], {place.file, place.line + i}, entries); !read) return pass(read);
    return done();
}

Result<std::vector<RegisterEntry>> read_json(std::string_view bytes, const std::string& file)
{
    std::vector<RegisterEntry> entries;
    if (const auto whole = parse_json(bytes)) {
        const auto read = read_document(*whole, {file, 1}, entries);
        if (!read) return pass(read);
        return entries;
    }
    std::size_t number = 0;
    for (const auto line : split(bytes, '\n')) {
        ++number;
        if (trim(line).empty()) continue;
        const auto document = parse_json(line);
        if (!document) return refuse({file, number}, "", "not_a_row");
        if (const auto read = read_document(*document, {file, number}, entries); !read) return pass(read);
    }
    return entries;
}

// One row of RFC 4180 from `at`, which moves behind it; `line` counts the lines passed.
std::vector<std::string> csv_row(std::string_view bytes, std::size_t& at, std::size_t& line, char separator)
{
    std::vector<std::string> cells(1);
    for (bool quoted = false; at < bytes.size(); ++at) {
        const char c = bytes[at];
        if (c == '\n') ++line;
        if (quoted && c == '"' && at + 1 < bytes.size() && bytes[at + 1] == '"') cells.back() += bytes[at++];
        else if (c == '"' && (quoted || cells.back().empty())) quoted = !quoted;
        else if (quoted) cells.back() += c;
        else if (c == separator) cells.emplace_back();
        else if (c == '\n') {
            ++at;
            break;
        } else if (c != '\r') cells.back() += c;
    }
    return cells;
}

Result<std::vector<RegisterEntry>> read_csv(std::string_view bytes, const std::string& file)
{
    const auto first_line = bytes.substr(0, bytes.find('\n'));
    const char separator = std::ranges::count(first_line, ';') > std::ranges::count(first_line, ',') ? ';' : ',';
    std::size_t at = 0, line = 1;
    std::vector<std::string> names;
    for (const auto& name : csv_row(bytes, at, line, separator)) names.push_back(plain_name(name));
    if (std::ranges::find(names, "supplierbiin") == names.end()) return refuse({file, 1}, "supplierbiin", "no_header");
    std::vector<RegisterEntry> entries;
    while (at < bytes.size()) {
        const std::size_t number = line;
        const auto cells = csv_row(bytes, at, line, separator);
        if (cells.size() == 1 && trim(cells.front()).empty()) continue;
        if (cells.size() != names.size()) return refuse({file, number}, "", "not_a_row");
        Row row;
        for (std::size_t i = 0; i < cells.size(); ++i) row.emplace(names[i], cells[i]);
        auto entry = entry_of(row, {file, number});
        if (!entry) return pass(entry);
        entries.push_back(std::move(*entry));
    }
    return entries;
}

} // namespace rnu

Result<std::vector<RegisterEntry>> read_register(std::string_view bytes, const std::string& file)
{
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    const auto body = trim(bytes);
    return body.starts_with('{') || body.starts_with('[') ? rnu::read_json(body, file) : rnu::read_csv(bytes, file);
}

Result<Register> read_register_file(const std::string& path)
{
    std::ifstream in{path, std::ios::binary};
    const std::string bytes{std::istreambuf_iterator<char>{in}, {}};
    if (!in) return fail(unreadable_file, {{"file", path}, {"reason", std::strerror(errno)}});
    auto entries = read_register(bytes, path);
    if (!entries) return pass(entries);
    return Register{std::move(*entries)};
}

} // namespace adal::procurement
