#include "oversight/erasure_store.hpp"

namespace adal::oversight {
namespace erasure_rows {

using storage::Row;

constexpr std::string_view kSelectErasure = "select id, finding_id, file_id, ground, text, asked_by, asked_at, state, decided_by, "
                                     "decided_at, answer, leaf from oversight_erasure ";

Erasure erasure_of(const Row& row)
{
    Erasure out{.id = row.get<ErasureId>(0), .finding = row.get<FindingId>(1), .file = row.get<FileId>(2),
                .ground = *erasure_ground_from(row.text(3)), .text = row.get<std::string>(4), .asked_by = row.get<PersonId>(5),
                .asked_at = row.get<Instant>(6), .state = *erasure_state_from(row.text(7))};
    if (!row.is_null(8)) out.decided_by = row.get<PersonId>(8);
    out.decided_at = row.get<std::optional<Instant>>(9);
    out.answer = row.get<std::string>(10);
    out.leaf = row.get<std::optional<std::int64_t>>(11);
    return out;
}

} // namespace erasure_rows

using namespace erasure_rows;

void add(storage::Transaction& tx, const Erasure& erasure)
{
    tx.exec("insert into oversight_erasure (id, finding_id, file_id, ground, text, asked_by, asked_at, state, answer) "
            "values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, '')",
            erasure.id, erasure.finding, erasure.file, name(erasure.ground), erasure.text, erasure.asked_by, erasure.asked_at,
            name(erasure.state));
}

void save(storage::Transaction& tx, const Erasure& erasure)
{
    tx.exec("update oversight_erasure set state = ?2, decided_by = ?3, decided_at = ?4, answer = ?5, leaf = ?6 where id = ?1",
            erasure.id, name(erasure.state), erasure.decided_by, erasure.decided_at, erasure.answer, erasure.leaf);
}

std::optional<Erasure> find_erasure(storage::Snapshot& snapshot, ErasureId id)
{
    return snapshot.first(std::string{kSelectErasure} + "where id = ?1", erasure_of, id);
}

std::vector<Erasure> erasures_of(storage::Snapshot& snapshot, VisitId visit)
{
    return snapshot.all(std::string{kSelectErasure} + "where finding_id in (select id from oversight_finding where visit_id = ?1) order by asked_at, id",
                        erasure_of, visit);
}

std::vector<Erasure> list_erasures(storage::Snapshot& snapshot, int limit)
{
    auto out = snapshot.all(std::string{kSelectErasure} + "where state = 'asked' order by asked_at, id limit ?1", erasure_of, limit);
    for (auto& erasure : snapshot.all(std::string{kSelectErasure} + "where state <> 'asked' order by decided_at desc, id limit ?1", erasure_of, limit))
        out.push_back(std::move(erasure));
    return out;
}

} // namespace adal::oversight
