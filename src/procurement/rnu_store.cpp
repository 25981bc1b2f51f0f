#include "procurement/rnu_store.hpp"

#include "procurement/bulk_insert_store.hpp"

#include <map>

namespace adal::procurement {

namespace rnu_rows {

std::optional<LocalDate> day_of(const storage::Row& row, int column)
{
    if (row.is_null(column)) return std::nullopt;
    return parse_date(row.get<std::string>(column));
}

std::optional<std::string> day_text(const std::optional<LocalDate>& day)
{
    if (!day) return std::nullopt;
    return iso(*day);
}

} // namespace rnu_rows

Register stored_register(storage::Snapshot& snapshot)
{
    return Register{snapshot.all("select id, supplier, head, name, reason, starts_on, ends_on from unscrupulous_suppliers order by id",
                                 [](const storage::Row& row) {
                                     return RegisterEntry{.id = row.get<std::string>(0),
                                                          .supplier = row.get<std::string>(1),
                                                          .head = row.get<std::string>(2),
                                                          .name = row.get<std::string>(3),
                                                          .reason = row.get<std::string>(4),
                                                          .from = rnu_rows::day_of(row, 5),
                                                          .until = rnu_rows::day_of(row, 6)};
                                 })};
}

RegisterReport import_register(storage::Transaction& tx, const std::vector<RegisterEntry>& entries, Instant now)
{
    std::map<std::string, RegisterEntry> known, fresh;
    const Register before = stored_register(tx);
    for (const auto& entry : before.entries()) known.emplace(entry.id, entry);
    for (const auto& entry : entries) fresh.insert_or_assign(entry.id, entry);

    RegisterReport report;
    BulkInsert insert{tx, "insert into unscrupulous_suppliers (id, supplier, head, name, reason, starts_on, ends_on, imported_at) values", 8,
                      "on conflict (id) do update set supplier = excluded.supplier, head = excluded.head, name = excluded.name, "
                      "reason = excluded.reason, starts_on = excluded.starts_on, ends_on = excluded.ends_on, imported_at = excluded.imported_at"};
    for (const auto& [id, entry] : fresh) {
        const auto found = known.find(id);
        const bool is_new = found == known.end();
        if (!is_new && found->second == entry) {
            ++report.unchanged;
            continue;
        }
        ++(is_new ? report.added : report.changed);
        insert.row(entry.id, entry.supplier, entry.head, entry.name, entry.reason, rnu_rows::day_text(entry.from), rnu_rows::day_text(entry.until), now);
    }
    insert.finish();
    return report;
}

} // namespace adal::procurement
