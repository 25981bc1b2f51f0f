#include "procurement/procurement.hpp"

#include "procurement/procurement_store.hpp"
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
    std::vector<Reason> reasons;
    for (auto& [code, answer] : ProcurementStore{snapshot}.answers_of(id))
        if (answer.outcome == Outcome::fail) reasons.push_back({code, std::move(answer)});
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

Totals totals(storage::Snapshot& snapshot)
{
    return ProcurementStore{snapshot}.totals();
}

namespace {

tl::unexpected<Problem> refuse(const OcdsRead& read)
{
    const auto first = std::ranges::find(read.notes, RowVerdict::refused, &RowNote::verdict);
    ADAL_CHECK(first != read.notes.end());
    return fail(import_refused, {{"file", read.file},
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

ScreenReport screen_all(storage::Transaction& tx, Instant now)
{
    std::vector<ProcessId> ids;
    std::vector<Process> processes;
    for (auto& [id, process] : ProcurementStore{tx}.all_facts()) {
        ids.push_back(id);
        processes.push_back(std::move(process));
    }
    const auto& thresholds = Thresholds::standard();
    const auto screened = screen(processes, thresholds);
    ScreenReport report{.processes = static_cast<std::int64_t>(processes.size()),
                        .flagged = static_cast<std::int64_t>(flagged(screened).size()),
                        .flags = count_by_flag(screened),
                        .rule_version = thresholds.version() + "." + thresholds.calendar().version()};
    ProcurementWriter{tx}.save_answers(ids, screened, report.rule_version, now);
    return report;
}

} // namespace adal::procurement
