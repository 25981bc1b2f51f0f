#include "procurement/procurement.hpp"

#include "procurement/party.hpp"
#include "procurement/procurement_store.hpp"
#include "procurement/rnu_store.hpp"
#include "procurement/screening_store.hpp"
#include "procurement/search_store.hpp"
#include "procurement/works.hpp"

#include <algorithm>

namespace adal::procurement {

std::optional<Summary> find_process(storage::Snapshot& snapshot, ProcessId id)
{
    return ProcurementStore{snapshot}.find(id);
}

std::optional<ProcessId> find_process_by_ocid(storage::Snapshot& snapshot, std::string_view ocid)
{
    return ProcurementStore{snapshot}.find_by_ocid(ocid);
}

std::vector<Reason> reasons_of(storage::Snapshot& snapshot, ProcessId id)
{
    constexpr std::string_view kSomebody = "ЖК/ИП"; // in every language: reasons are kept as texts
    std::vector<Reason> reasons;
    ProcurementStore store{snapshot};
    const auto process = store.find_facts(id);
    const auto names = process ? person_names(*process) : std::vector<std::string>{};
    for (auto& [code, answer] : store.answers_of(id))
        if (answer.outcome == Outcome::fail) reasons.push_back({code, without_persons(std::move(answer), names, kSomebody)});
    return reasons;
}

std::vector<FlaggedWork> flagged_works(storage::Snapshot& snapshot, int most,
                                       std::string_view kind)
{
    std::vector<FlaggedWork> works;
    for (auto& summary : ProcurementStore{snapshot}.flagged_works(most, kind)) {
        auto why = reasons_of(snapshot, summary.id);
        works.push_back({std::move(summary), std::move(why)});
    }
    return works;
}

std::optional<Instant> screened_at(storage::Snapshot& snapshot, ProcessId id)
{
    return ProcurementStore{snapshot}.screened_at(id);
}

TargetPage targets(storage::Snapshot& snapshot, const TargetSearch& wanted)
{
    Search search{.after = wanted.after, .most = wanted.most};
    search.value(Facet::works) = wanted.kind.empty() ? std::string{kAnyValue} : wanted.kind;
    search.value(Facet::flag) = kAnyValue;
    search.value(Facet::district) = wanted.district;
    SearchStore store{snapshot};
    TargetPage page;
    page.next = store.each_export(search, [&](const ExportRow& row) {
        page.rows.push_back({.work = {.process = row.summary}, .accepted_at = row.values.accepted_at, .district = row.values.district});
    });
    for (auto& target : page.rows) target.work.why = reasons_of(snapshot, target.work.process.id);
    const auto found = store.counts(search);
    for (const auto& one : found.of(Facet::works))
        if (one.value != kAnyValue) page.kinds.emplace_back(one.value, one.count);
    for (const auto& one : found.of(Facet::district)) page.districts.emplace_back(one.value, one.count);
    return page;
}

Totals totals(storage::Snapshot& snapshot)
{
    return ProcurementStore{snapshot}.totals();
}

namespace {

tl::unexpected<Problem> refuse(const OcdsRead& read)
{
    const auto first = std::ranges::find(read.notes, RowVerdict::refused, &RowNote::verdict);
    ADAL_CHECK(first != read.notes.end());
    return fail(import_refused, {{"file", first->file},
                                 {"line", std::to_string(first->line)},
                                 {"field", first->field.empty() ? "JSON" : first->field}, // a row that is no JSON has no field
                                 {"reason", first->reason},
                                 {"refused", std::to_string(read.refused)}});
}

std::string file_name_of(const std::string& path)
{
    return path.substr(path.rfind('/') + 1); // npos + 1 == 0: the whole
}

} // namespace

Result<ImportReport> import_ocds(storage::Transaction& tx, const OcdsRead& read, Instant now)
{
    if (read.refused > 0) return refuse(read);
    if (read.processes.empty()) return fail(nothing_to_import, {{"file", read.file}});

    ImportReport report{.file = file_name_of(read.file),
                        .rows = read.rows,
                        .skipped = read.skipped,
                        .duplicates = read.duplicates,
                        .notes = read.notes};
    const auto known = ProcurementStore{tx}.keys();
    std::vector<ProcurementWriter::Row> rows;
    for (const auto& process : read.processes) {
        const auto before = known.find(process.ocid);
        const bool is_new = before == known.end();
        if (!is_new && before->second.content_hash == process.content_hash) {
            ++report.unchanged;
            continue;
        }
        ++(is_new ? report.added : report.changed);
        rows.push_back({.id = is_new ? ProcessId::make(now) : before->second.id,
                        .process = &process,
                        .is_new = is_new,
                        .work_kind = Works::standard().kind_of(process)});
    }
    if (rows.empty()) return report;
    ProcurementWriter writer{tx};
    writer.save(rows, now);
    writer.save_import(report, read.sha256, now);
    return report;
}

namespace {

std::string failed_codes(const Screened& screened)
{
    std::string codes{" "};
    for (const auto& one : screened.answers)
        if (one.answer.outcome == Outcome::fail) codes += one.code + " ";
    return codes;
}

void save_search(storage::Transaction& tx, const StoredScreening& screening, Instant now)
{
    std::vector<SearchWriter::Row> rows;
    for (std::size_t i = 0; i < screening.ids.size(); ++i)
        rows.push_back({.id = screening.ids[i], .process = &screening.processes[i], .work_kind = Works::standard().kind_of(screening.processes[i]),
                        .flags = failed_codes(screening.screened[i])});
    SearchWriter search{tx};
    search.save(rows, now);
    search.copy_ranks();
    search.count_parties();
}

} // namespace

StoredScreening screen_stored(storage::Snapshot& snapshot)
{
    StoredScreening out;
    for (auto& [id, process] : ProcurementStore{snapshot}.all_facts()) {
        out.ids.push_back(id);
        out.processes.push_back(std::move(process));
    }
    const auto& thresholds = Thresholds::standard();
    const Register unscrupulous = stored_register(snapshot);
    out.screened = screen(InMemory{out.processes}, thresholds, {.unscrupulous = &unscrupulous});
    out.rule_version = thresholds.version() + "." + thresholds.calendar().version();
    return out;
}

ScreenReport save_screening(storage::Transaction& tx, const StoredScreening& screening, Instant now)
{
    ProcurementWriter{tx}.save_answers(screening.ids, screening.screened, screening.rule_version, now);
    save_search(tx, screening, now);
    return {.processes = static_cast<std::int64_t>(screening.processes.size()),
            .flagged = static_cast<std::int64_t>(flagged(screening.screened).size()),
            .flags = count_by_flag(screening.screened),
            .rule_version = screening.rule_version};
}

ScreenReport screen_all(storage::Transaction& tx, Instant now)
{
    return save_screening(tx, screen_stored(tx), now);
}

} // namespace adal::procurement
