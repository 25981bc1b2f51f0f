#include "oversight/oversight.hpp"
#include "referral/board_store.hpp"
#include "referral/column_store.hpp"

#include <algorithm>
#include <map>

namespace adal::referral {

namespace board_rows_of {

using storage::Row;
using storage::Snapshot;

// Clocks of recommendations and of steps in one shape.
constexpr std::string_view reply_clocks =
    "select r.document_id, r.id, r.ordinal, null, null, d.title, coalesce(r.holder_id, r.authority_id), "
    "v.name_kk, v.name_ru, v.name_en, r.due_on from referral_recommendations r "
    "join referral_documents d on d.id = r.document_id join referral_dispatches s on s.id = r.dispatch_id "
    "join authority_versions v on v.id = coalesce(r.holder_version_id, s.authority_version_id) "
    "where r.state = 'waiting'";
constexpr std::string_view step_clocks =
    "select t.document_id, t.recommendation_id, r.ordinal, t.id, t.kind, d.title, t.authority_id, "
    "v.name_kk, v.name_ru, v.name_en, t.due_on from referral_steps t "
    "join referral_recommendations r on r.id = t.recommendation_id join referral_documents d on d.id = t.document_id "
    "join authority_versions v on v.id = t.authority_version_id "
    "where t.outcome is null and t.due_on is not null "
    "and t.kind in ('hearing', 'escalation', 'appeal', 'repeat', 'crime_report')";

ClockRow clock_from(const Row& row)
{
    ClockRow out{.document = row.get<DocumentId>(0),
                 .recommendation = row.get<RecommendationId>(1),
                 .ordinal = row.get<int>(2),
                 .step = row.get<StepId>(3),
                 .title = row.get<std::string>(5),
                 .authority = row.get<AuthorityId>(6),
                 .authority_name = {row.get<std::string>(7), row.get<std::string>(8), row.get<std::string>(9)},
                 .due = day(row, 10)};
    if (!row.is_null(4)) out.kind = stored(step_kind_from(row.text(4)));
    return out;
}

void sort_by_due(std::vector<ClockRow>& rows, std::size_t limit)
{
    std::ranges::sort(rows, [](const ClockRow& a, const ClockRow& b) {
        if (a.due != b.due) return a.due < b.due;
        return a.recommendation != b.recommendation ? a.recommendation < b.recommendation : a.step < b.step;
    });
    if (rows.size() > limit) rows.resize(limit);
}

// Both kinds with this condition on their day, the nearest first.
std::vector<ClockRow> clocks(Snapshot& snapshot, std::string_view comparison, LocalDate today)
{
    const auto limited = [&](std::string_view sql, std::string_view column, std::string_view more) {
        return std::string(sql) + std::string(more) + " and " + std::string(column) + std::string(comparison) + " ?1 order by " +
               std::string(column) + " limit ?2";
    };
    auto rows = snapshot.all(limited(reply_clocks, "r.due_on", ""), clock_from, iso(today), board_rows);
    auto steps = snapshot.all(limited(step_clocks, "t.due_on", " and t.kind <> 'hearing'"), clock_from, iso(today), board_rows);
    std::ranges::move(steps, std::back_inserter(rows));
    sort_by_due(rows, board_rows);
    return rows;
}

void count_into(Snapshot& snapshot, std::string_view from, LocalDate today, ClockCounts& counts)
{
    snapshot.each("select sum(case when due_on < ?1 then 1 else 0 end), sum(case when due_on = ?1 then 1 else 0 end), "
                  "count(*) from " + std::string(from),
                  [&](const Row& row) {
                      const auto overdue = row.is_null(0) ? 0 : row.integer(0);
                      const auto due_today = row.is_null(1) ? 0 : row.integer(1);
                      counts.overdue += overdue;
                      counts.today += due_today;
                      counts.later += row.integer(2) - overdue - due_today;
                  },
                  iso(today));
}

ClockCounts count_clocks(Snapshot& snapshot, LocalDate today)
{
    ClockCounts counts;
    count_into(snapshot, "referral_recommendations where state = 'waiting'", today, counts);
    count_into(snapshot,
               "referral_steps where outcome is null and due_on is not null and "
               "kind in ('escalation', 'appeal', 'repeat', 'crime_report')",
               today, counts);
    return counts;
}

std::vector<ClockRow> orphans(Snapshot& snapshot, LocalDate today)
{
    constexpr std::string_view gone =
        " and not exists (select 1 from authority_versions x where x.authority_id = "
        "coalesce(r.holder_id, r.authority_id) and x.valid_from <= ?1 and (x.valid_to is null or x.valid_to >= ?1)) "
        "order by r.due_on limit ?2";
    auto rows = snapshot.all(std::string(reply_clocks) + std::string(gone), clock_from, iso(today), board_rows);
    // Signed and not sent yet: there is no sending to take the name from, so the last version's stands for it.
    auto unsent = snapshot.all(
        "select r.document_id, r.id, r.ordinal, null, null, d.title, coalesce(r.holder_id, r.authority_id), v.name_kk, "
        "v.name_ru, v.name_en, v.valid_to from referral_recommendations r "
        "join referral_documents d on d.id = r.document_id "
        "join authority_versions v on v.authority_id = coalesce(r.holder_id, r.authority_id) "
        "where r.state = 'unsent' and d.state = 'signed' and v.valid_to is not null and not exists (select 1 from "
        "authority_versions y where y.authority_id = v.authority_id and y.valid_from > v.valid_from)" + std::string(gone),
        clock_from, iso(today), board_rows);
    std::ranges::move(unsent, std::back_inserter(rows));
    return rows;
}

// A promise whose day is over, while the finding is still only promised about.
std::vector<ClockRow> broken_promises(Snapshot& snapshot, LocalDate today)
{
    struct Promise {
        ClockRow row{};
        FindingId finding{};
    };
    const auto promises = snapshot.all(
        "select r.document_id, r.id, r.ordinal, null, null, d.title, coalesce(r.holder_id, r.authority_id), v.name_kk, "
        "v.name_ru, v.name_en, p.promised_for, f.finding_id from referral_replies p "
        "join referral_recommendations r on r.id = p.recommendation_id join referral_documents d on d.id = r.document_id "
        "join referral_dispatches s on s.id = r.dispatch_id "
        "join authority_versions v on v.id = coalesce(r.holder_version_id, s.authority_version_id) "
        "join referral_recommendation_findings f on f.recommendation_id = r.id "
        "where p.class = 'promise' and p.promised_for < ?1 order by p.promised_for desc limit ?2",
        [](const Row& row) { return Promise{clock_from(row), row.get<FindingId>(11)}; }, iso(today), 5 * board_rows);
    std::vector<FindingId> findings;
    for (const auto& promise : promises) findings.push_back(promise.finding);
    const auto standings = oversight::standings(snapshot, findings);
    std::map<RecommendationId, ClockRow> open;
    for (const auto& promise : promises) {
        const auto standing = standings.find(promise.finding);
        if (standing != standings.end() && standing->second.state == oversight::FindingState::in_progress)
            open.emplace(promise.row.recommendation, promise.row);
    }
    std::vector<ClockRow> out;
    for (auto& [id, row] : open) out.push_back(std::move(row));
    sort_by_due(out, board_rows);
    return out;
}

} // namespace board_rows_of

Board board(storage::Snapshot& snapshot, const Law& law, LocalDate today)
{
    using namespace board_rows_of;
    Board out{.today = today, .them = count_clocks(snapshot, today)};
    out.overdue = clocks(snapshot, " <", today);
    out.due_today = clocks(snapshot, " =", today);
    out.waiting = clocks(snapshot, " >", today);
    out.sends = pending_sends(snapshot, law, today);
    out.hearings = snapshot.all(std::string(step_clocks) + " and t.kind = 'hearing' order by t.due_on limit ?1", clock_from, board_rows);
    out.orphans = orphans(snapshot, today);
    out.broken_promises = broken_promises(snapshot, today);
    const auto states = oversight::count_by_state(snapshot);
    const auto claimed = states.find(oversight::FindingState::fix_claimed);
    out.unchecked_fixes = claimed == states.end() ? 0 : claimed->second;
    return out;
}

std::vector<ClockRow> open_clocks(storage::Snapshot& snapshot, int limit)
{
    using namespace board_rows_of;
    auto rows = snapshot.all(std::string(reply_clocks) + " order by r.due_on desc limit ?1", clock_from, limit);
    auto steps = snapshot.all(std::string(step_clocks) + " order by t.due_on desc limit ?1", clock_from, limit);
    std::ranges::move(steps, std::back_inserter(rows));
    sort_by_due(rows, rows.size());
    return rows;
}

} // namespace adal::referral
