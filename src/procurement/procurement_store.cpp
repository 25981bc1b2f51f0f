#include "procurement/procurement_store.hpp"

#include "base/text.hpp"
#include "procurement/bulk_insert_store.hpp"
#include "procurement/search_store.hpp"
#include "procurement/summary_store.hpp"

#include <stdexcept>

namespace adal::procurement {

namespace {

std::optional<CurrencyAmount> amount_of(const storage::Row& row, int column)
{
    if (row.is_null(column)) return std::nullopt;
    return CurrencyAmount{row.integer(column), row.get<std::string>(column + 1)};
}

json::value stored_json(std::string_view text)
{
    auto value = parse_json(text);
    if (!value) throw std::runtime_error("stored JSON of procurement is malformed");
    return std::move(*value);
}

} // namespace

Summary summary_of(const storage::Row& row)
{
    return {.id = row.get<ProcessId>(0),
            .ocid = row.get<std::string>(1),
            .title = row.get<std::string>(2),
            .description = row.get<std::string>(3),
            .buyer_id = row.get<std::string>(4),
            .buyer_name = row.get<std::string>(5),
            .supplier_id = row.get<std::string>(6),
            .supplier_name = row.get<std::string>(7),
            .locality = row.get<std::string>(8),
            .method = row.get<std::string>(9),
            .method_details = row.get<std::string>(10),
            .category = row.get<std::string>(11),
            .status = row.get<std::string>(12),
            .work_kind = row.get<std::string>(13),
            .estimate = amount_of(row, 14),
            .contract_sum = amount_of(row, 16),
            .signed_at = row.get<std::optional<Instant>>(18),
            .ends = row.get<std::optional<Instant>>(19),
            .warranty_until = row.get<std::optional<Instant>>(20),
            .failed = row.get<int>(21),
            .applicable = row.get<int>(22)};
}

std::optional<Summary> ProcurementStore::find(ProcessId id)
{
    return m_snapshot.first("select " ADAL_SUMMARY_COLUMNS "from processes p where p.id = ?1",
                            summary_of, id);
}

std::optional<ProcessId> ProcurementStore::find_by_ocid(std::string_view ocid)
{
    return m_snapshot.value<ProcessId>("select id from processes where ocid = ?1", ocid);
}

std::optional<Process> ProcurementStore::find_facts(ProcessId id)
{
    return m_snapshot.first(
        "select facts from processes where id = ?1",
        [](const storage::Row& row) { return process_from(stored_json(row.text(0))); }, id);
}

std::optional<Instant> ProcurementStore::screened_at(ProcessId id)
{
    return m_snapshot.value<std::optional<Instant>>("select screened_at from processes where id = ?1", id).value_or(std::nullopt);
}

std::optional<Instant> ProcurementStore::imported_at(ProcessId id)
{
    return m_snapshot.value<Instant>("select imported_at from processes where id = ?1", id);
}

std::vector<FlagAnswer> ProcurementStore::answers_of(ProcessId id)
{
    return m_snapshot.all(
        "select code, answer from process_flags where process_id = ?1 order by code",
        [](const storage::Row& row) {
            return FlagAnswer{row.get<std::string>(0), answer_from(stored_json(row.text(1)))};
        },
        id);
}

std::vector<Summary> ProcurementStore::flagged_works(int most, std::string_view kind)
{
    return m_snapshot.all("select " ADAL_SUMMARY_COLUMNS
                          "from processes p where p.failed > 0 and p.work_kind <> '' "
                          "and (?1 = '' or p.work_kind = ?1) "
                          "order by p.rank desc, p.ocid limit ?2",
                          summary_of, kind, most);
}

Totals ProcurementStore::totals()
{
    return *m_snapshot.first(
        "select count(*), count(case when failed > 0 then 1 end), "
        "count(case when work_kind <> '' then 1 end), "
        "count(case when failed > 0 and work_kind <> '' then 1 end) from processes",
        [](const storage::Row& row) {
            return Totals{row.integer(0), row.integer(1), row.integer(2), row.integer(3)};
        });
}

std::unordered_map<std::string, StoredKey> ProcurementStore::keys()
{
    std::unordered_map<std::string, StoredKey> out;
    m_snapshot.each("select ocid, id, content_hash from processes", [&](const storage::Row& row) {
        out.emplace(row.get<std::string>(0),
                    StoredKey{row.get<ProcessId>(1), row.get<std::string>(2)});
    });
    return out;
}

std::vector<std::pair<ProcessId, Process>> ProcurementStore::all_facts()
{
    return m_snapshot.all("select id, facts from processes order by ocid",
                          [](const storage::Row& row) {
                              return std::pair{row.get<ProcessId>(0),
                                               process_from(stored_json(row.text(1)))};
                          });
}

void ProcurementWriter::save(const std::vector<Row>& rows, Instant now)
{
    save_processes(rows, now);
    save_parties(rows);
    std::vector<SearchWriter::Row> found;
    for (const auto& row : rows) found.push_back({.id = row.id, .process = row.process, .work_kind = row.work_kind});
    SearchWriter search{m_tx};
    search.save(found, now);
    search.copy_ranks();
    search.count_parties();
}

namespace {

std::optional<std::int64_t> number_of(const std::optional<CurrencyAmount>& amount)
{
    if (!amount) return std::nullopt;
    return amount->hundredths;
}

std::string currency_of(const std::optional<CurrencyAmount>& amount)
{
    return amount ? amount->currency : std::string{};
}

std::optional<Instant> instant_of(const std::optional<Moment>& moment)
{
    if (!moment) return std::nullopt;
    return moment->at;
}

} // namespace

void ProcurementWriter::save_processes(const std::vector<Row>& rows, Instant now)
{
    BulkInsert insert{
        m_tx,
        "insert into processes (id, ocid, content_hash, facts, title, description, search_key, "
        "buyer_id, buyer_name, supplier_id, supplier_name, locality, method, method_details, "
        "category, status, work_kind, estimate, estimate_currency, contract_sum, "
        "contract_currency, signed_at, ends_at, warranty_until, imported_at) values",
        25,
        "on conflict (ocid) do update set content_hash = excluded.content_hash, "
        "facts = excluded.facts, title = excluded.title, description = excluded.description, "
        "search_key = excluded.search_key, buyer_id = excluded.buyer_id, "
        "buyer_name = excluded.buyer_name, supplier_id = excluded.supplier_id, "
        "supplier_name = excluded.supplier_name, locality = excluded.locality, "
        "method = excluded.method, method_details = excluded.method_details, "
        "category = excluded.category, status = excluded.status, work_kind = excluded.work_kind, "
        "estimate = excluded.estimate, estimate_currency = excluded.estimate_currency, "
        "contract_sum = excluded.contract_sum, contract_currency = excluded.contract_currency, "
        "signed_at = excluded.signed_at, ends_at = excluded.ends_at, "
        "warranty_until = excluded.warranty_until, imported_at = excluded.imported_at"};
    for (const auto& row : rows) {
        const Process& process = *row.process;
        const Shown shown_process{process};
        const Process& shown = *shown_process;
        const Deal deal = deal_of(shown);
        const std::string search_key =
            " " + fold(shown.title + " " + shown.buyer.name + " " + deal.supplier.name + " " +
                       shown.locality + " " + process.ocid);
        insert.row(row.id, process.ocid, process.content_hash, to_text(to_json(process)),
                   shown.title, shown.description, search_key, shown.buyer.id,
                   shown.buyer.name, deal.supplier.id, deal.supplier.name, process.locality,
                   process.method, process.method_details, process.category, process.status,
                   row.work_kind, number_of(process.estimate), currency_of(process.estimate),
                   number_of(deal.value), currency_of(deal.value), instant_of(deal.signed_at),
                   instant_of(deal.ends), instant_of(deal.warranty_until), now);
    }
    insert.finish();
}

void ProcurementWriter::save_parties(const std::vector<Row>& rows)
{
    for (const auto& row : rows)
        if (!row.is_new)
            m_tx.exec("delete from process_parties where process_id = ?1", row.id);
    BulkInsert insert{
        m_tx, "insert into process_parties (process_id, position, role, party_id, name) values", 5};
    for (const auto& row : rows) {
        std::int64_t position = 0;
        const auto add = [&](std::string_view role, const PartyRef& party) {
            if (party.id.empty() && party.name.empty()) return;
            const bool hides = is_person(*row.process, party);
            insert.row(row.id, position++, role, party.id, hides ? std::string{} : party.name);
        };
        add("buyer", row.process->buyer);
        add("procuring_entity", row.process->procuring_entity);
        for (const auto& bid : row.process->bids)
            for (const auto& tenderer : bid.tenderers) add("tenderer", tenderer);
        for (const auto& award : row.process->awards)
            for (const auto& supplier : award.suppliers) add("supplier", supplier);
    }
    insert.finish();
}

void ProcurementWriter::save_import(const ImportReport& report, const std::string& sha256,
                                    Instant now)
{
    const auto ulid = make_ulid(now);
    m_tx.exec("insert into process_imports (id, file, sha256, rows_read, added, changed, skipped, "
              "duplicates, imported_at) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
              std::string_view{ulid.data(), ulid.size()}, report.file, sha256, report.rows, report.added, report.changed,
              report.skipped, report.duplicates, now);
}

void ProcurementWriter::save_answers(const std::vector<ProcessId>& ids,
                                     const std::vector<Screened>& screened,
                                     const std::string& rule_version, Instant now)
{
    m_tx.exec("delete from process_flags");
    BulkInsert insert{
        m_tx, "insert into process_flags (process_id, code, outcome, answer) values", 4};
    for (std::size_t i = 0; i < screened.size(); ++i)
        for (const auto& [code, answer] : screened[i].answers)
            insert.row(ids[i], code, text(answer.outcome), to_text(to_json(answer)));
    insert.finish();
    m_tx.exec("update processes set "
              "failed = (select count(*) from process_flags f where f.process_id = processes.id "
              "and f.outcome = 'fail'), "
              "applicable = (select count(*) from process_flags f where "
              "f.process_id = processes.id and f.outcome <> 'not_applicable'), "
              "screened_at = ?1, screened_with = ?2",
              now, rule_version);
    m_tx.exec("delete from process_scores");
    BulkInsert scores{
        m_tx, "insert into process_scores (process_id, failed_weight, applicable_weight, rank) values", 4};
    for (std::size_t i = 0; i < screened.size(); ++i)
        scores.row(ids[i], screened[i].weight.failed, screened[i].weight.applicable, rank(screened[i].weight));
    scores.finish();
    m_tx.exec("update processes set rank = coalesce((select s.rank from process_scores s "
              "where s.process_id = processes.id), 0)");
}

} // namespace adal::procurement
