#include "procurement/import_store.hpp"

#include "procurement/bulk_insert_store.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace adal::procurement {

namespace {

constexpr std::array kStates{ImportState::waiting, ImportState::reading, ImportState::saving, ImportState::screening,
                             ImportState::done,    ImportState::refused, ImportState::failed};

ImportState import_state_from(std::string_view text)
{
    for (const auto state : kStates)
        if (name(state) == text) return state;
    throw std::runtime_error("stored state of an import is unknown");
}

std::string problem_text(const std::optional<Problem>& problem)
{
    if (!problem) return {};
    json::object params;
    for (const auto& [key, value] : problem->params) params[key] = value;
    return to_text(json::object{{"code", problem->code->key}, {"params", std::move(params)}});
}

std::optional<Problem> stored_problem(std::string_view text)
{
    if (text.empty()) return std::nullopt;
    const auto value = parse_json(text);
    if (!value) throw std::runtime_error("stored problem of an import is malformed");
    // A problem points to its code; these are all an import can end with.
    for (const auto* code : {&import_refused, &nothing_to_import, &unreadable_file, &import_interrupted, &import_failed}) {
        if (code->key != text_at(*value, "code").value_or("")) continue;
        Problem problem{code};
        if (const auto* params = object_at(*value, "params"))
            for (const auto& [key, param] : *params) problem.params.emplace(std::string{key}, std::string{param.get_string()});
        return problem;
    }
    return Problem{&import_failed};
}

constexpr std::string_view kJobColumns = "id, file, bytes, state, done, total, attempts, report, problem, made_by, made_at, changed_at";

ImportJob job_of(const storage::Row& row)
{
    ImportJob job{.id = row.get<ImportId>(0), .file = row.get<std::string>(1), .bytes = row.integer(2), .state = import_state_from(row.text(3)),
                  .done = row.integer(4), .total = row.integer(5), .attempts = row.integer(6), .problem = stored_problem(row.text(8)),
                  .made_by = row.get<PersonId>(9), .made_at = row.get<Instant>(10), .changed_at = row.get<Instant>(11)};
    if (auto report = parse_json(row.text(7)); report && report->is_object()) job.report = std::move(report->get_object());
    return job;
}

RowVerdict verdict_from(std::string_view text_value)
{
    for (const auto verdict : {RowVerdict::skipped, RowVerdict::refused, RowVerdict::duplicate, RowVerdict::noted})
        if (text(verdict) == text_value) return verdict;
    throw std::runtime_error("stored verdict of a row is unknown");
}

} // namespace

std::string_view name(ImportState state)
{
    switch (state) {
    case ImportState::waiting: return "waiting";
    case ImportState::reading: return "reading";
    case ImportState::saving: return "saving";
    case ImportState::screening: return "screening";
    case ImportState::done: return "done";
    case ImportState::refused: return "refused";
    case ImportState::failed: return "failed";
    }
    return "";
}

bool is_over(ImportState state)
{
    return state == ImportState::done || state == ImportState::refused || state == ImportState::failed;
}

std::optional<ImportJob> ImportStore::find(ImportId id)
{
    return m_snapshot.first("select " + std::string{kJobColumns} + " from procurement_jobs where id = ?1", job_of, id);
}

std::vector<ImportJob> ImportStore::latest(int most)
{
    return m_snapshot.all("select " + std::string{kJobColumns} + " from procurement_jobs order by made_at desc, id limit ?1", job_of, most);
}

std::vector<ImportJob> ImportStore::open()
{
    return m_snapshot.all("select " + std::string{kJobColumns} + " from procurement_jobs where state in ('waiting', 'reading', 'saving', 'screening') "
                          "order by made_at, id limit 100",
                          job_of);
}

RefusedRows ImportStore::rows(ImportId id, std::int64_t from, int most)
{
    RefusedRows out;
    m_snapshot.each("select verdict, line, ocid, field, reason, position from procurement_job_rows where job = ?1 and position >= ?2 order by position limit ?3",
                    [&](const storage::Row& row) {
                        if (static_cast<int>(out.rows.size()) == most) {
                            out.next = row.integer(5);
                            return;
                        }
                        out.rows.push_back({.verdict = verdict_from(row.text(0)), .line = row.integer(1), .ocid = row.get<std::string>(2),
                                            .field = row.get<std::string>(3), .reason = row.get<std::string>(4)});
                    },
                    id, from, most + 1);
    return out;
}

void ImportWriter::add(const ImportJob& job)
{
    m_tx.exec("insert into procurement_jobs (id, file, bytes, state, made_by, made_at, changed_at) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)", job.id, job.file,
              job.bytes, name(job.state), job.made_by, job.made_at, job.made_at);
}

void ImportWriter::save(const ImportJob& job, Instant now)
{
    m_tx.exec("update procurement_jobs set state = ?2, done = ?3, total = ?4, attempts = ?5, report = ?6, problem = ?7, changed_at = ?8 where id = ?1", job.id,
              name(job.state), job.done, job.total, job.attempts, to_text(job.report), problem_text(job.problem), now);
}

void ImportWriter::save_rows(ImportId id, const std::vector<RowNote>& rows)
{
    m_tx.exec("delete from procurement_job_rows where job = ?1", id);
    BulkInsert insert{m_tx, "insert into procurement_job_rows (job, position, verdict, line, ocid, field, reason) values", 7};
    std::int64_t position = 0;
    for (const auto verdict : {RowVerdict::refused, RowVerdict::skipped, RowVerdict::duplicate, RowVerdict::noted})
        for (const auto& row : rows)
            if (row.verdict == verdict) insert.row(id, ++position, text(verdict), row.line, row.ocid, row.field, row.reason);
    insert.finish();
}

} // namespace adal::procurement
