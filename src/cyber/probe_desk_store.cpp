#include "cyber/probe_desk_store.hpp"

#include "cyber/resource_store.hpp"

namespace adal::cyber {

namespace probe_rows {

Probe read_probe(const storage::Row& row)
{
    auto key = ledger::parse_vkey(row.text(0));
    ADAL_CHECK(key.has_value());
    return {.key = std::move(*key), .country = row.get<std::string>(1), .network = row.get<std::string>(2), .person = row.get<PersonId>(3), .at = row.get<Instant>(4),
            .retired_at = row.get<std::optional<Instant>>(5), .heard_at = row.get<std::optional<Instant>>(6)};
}

constexpr std::string_view kProbes = "select p.vkey, p.country, p.network, p.person_id, p.at, p.retired_at, (select max(r.at) from cyber_probe_report r where r.probe = p.name) from cyber_probe p ";

} // namespace probe_rows

std::optional<Probe> find_probe(storage::Snapshot& snapshot, std::string_view name)
{
    return snapshot.first(std::string{probe_rows::kProbes} + "where p.name = ?1", probe_rows::read_probe, name);
}

std::vector<Probe> list_probes(storage::Snapshot& snapshot)
{
    return snapshot.all(std::string{probe_rows::kProbes} + "order by p.name", probe_rows::read_probe);
}

void add(storage::Transaction& tx, const Probe& probe)
{
    tx.exec("insert into cyber_probe (name, vkey, country, network, person_id, at) values (?1, ?2, ?3, ?4, ?5, ?6)", probe.key.name, probe.key.text(), probe.country, probe.network, probe.person,
            probe.at);
}

bool set_retired(storage::Transaction& tx, std::string_view name, Instant now)
{
    return tx.exec("update cyber_probe set retired_at = ?2 where name = ?1 and retired_at is null", name, now) == 1;
}

bool is_taken(storage::Snapshot& snapshot, const Hash& sha256)
{
    return snapshot.value<int>("select 1 from cyber_probe_report where sha256 = ?1", storage::Blob{view(sha256)}).has_value();
}

int reports_since(storage::Snapshot& snapshot, std::string_view probe, Instant since)
{
    return snapshot.value<int>("select count(*) from cyber_probe_report where probe = ?1 and at >= ?2", probe, since).value_or(0);
}

void add_report(storage::Transaction& tx, const Hash& sha256, std::string_view probe, std::string_view note, Instant now)
{
    tx.exec("insert into cyber_probe_report (sha256, probe, at, note) values (?1, ?2, ?3, ?4)", storage::Blob{view(sha256)}, probe, now, note);
}

std::vector<Resource> unlooked(storage::Snapshot& snapshot, std::string_view probe, Instant since, int limit)
{
    std::vector<ResourceId> ids = snapshot.all("select r.id from cyber_resource r where r.kind = 'url' and r.severity < 5 and "
                                               "r.state in ('verified', 'down', 'ready', 'referred', 'accepted', 'blocked', 'removed', 'relapsed') and "
                                               "not exists (select 1 from cyber_check c where c.resource_id = r.id and c.vantage = ?1 and c.at >= ?2) "
                                               "order by (select coalesce(max(c.at), 0) from cyber_check c where c.resource_id = r.id), r.id limit ?3",
                                               [](const storage::Row& row) { return row.get<ResourceId>(0); }, probe, since, limit);
    std::vector<Resource> out;
    for (const auto id : ids) out.push_back(*find_resource(snapshot, id));
    return out;
}

} // namespace adal::cyber
