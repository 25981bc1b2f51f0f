#include "referral/column_store.hpp"
#include "referral/document_store.hpp"

#include <map>

namespace adal::referral {

namespace {

constexpr std::string_view columns = "id, document_id, ordinal, text, authority_id, state, dispatch_id, "
                                     "rule_version, calendar_version, clock_start, due_on, answered_on, "
                                     "missed_on, holder_id, holder_version_id";

Recommendation recommendation_from(const storage::Row& row)
{
    Recommendation out{.id = row.get<RecommendationId>(0),
                       .document = row.get<DocumentId>(1),
                       .ordinal = row.get<int>(2),
                       .text = row.get<std::string>(3),
                       .authority = row.get<AuthorityId>(4),
                       .holder = row.get<AuthorityId>(13),
                       .holder_version = row.get<AuthorityVersionId>(14),
                       .state = stored(recommendation_state_from(row.text(5))),
                       .dispatch = row.get<DispatchId>(6),
                       .answered_on = optional_day(row, 11),
                       .missed_on = optional_day(row, 12)};
    if (!row.is_null(7))
        out.deadline = Deadline{.rule_version = row.get<std::string>(7),
                                .calendar_version = row.get<std::string>(8),
                                .start = day(row, 9),
                                .due = day(row, 10)};
    return out;
}

std::vector<FindingId> findings_of(storage::Snapshot& snapshot, RecommendationId id)
{
    return snapshot.all("select finding_id from referral_recommendation_findings "
                        "where recommendation_id = ?1 order by finding_id",
                        [](const storage::Row& row) { return row.get<FindingId>(0); }, id);
}

} // namespace

void save(storage::Transaction& tx, const Recommendation& recommendation)
{
    const auto& deadline = recommendation.deadline;
    const auto text = [&](auto member) -> std::optional<std::string> {
        if (!deadline) return std::nullopt;
        return (*deadline).*member;
    };
    const auto date = [&](auto member) -> std::optional<std::string> {
        if (!deadline) return std::nullopt;
        return iso((*deadline).*member);
    };
    tx.exec("update referral_recommendations set state = ?2, dispatch_id = ?3, rule_version = ?4, "
            "calendar_version = ?5, clock_start = ?6, due_on = ?7, answered_on = ?8, missed_on = ?9, "
            "holder_id = ?10, holder_version_id = ?11 where id = ?1",
            recommendation.id, name(recommendation.state), recommendation.dispatch,
            text(&Deadline::rule_version), text(&Deadline::calendar_version), date(&Deadline::start),
            date(&Deadline::due), text_of(recommendation.answered_on), text_of(recommendation.missed_on),
            recommendation.holder, recommendation.holder_version);
}

std::optional<Recommendation> find_recommendation(storage::Snapshot& snapshot, RecommendationId id)
{
    auto out = snapshot.first("select " + std::string(columns) +
                                  " from referral_recommendations where id = ?1",
                              recommendation_from, id);
    if (out) out->findings = findings_of(snapshot, id);
    return out;
}

std::vector<Recommendation> recommendations_of(storage::Snapshot& snapshot, DocumentId id)
{
    auto out = snapshot.all("select " + std::string(columns) +
                                " from referral_recommendations where document_id = ?1 order by ordinal",
                            recommendation_from, id);
    std::map<RecommendationId, std::vector<FindingId>> findings;
    snapshot.each("select f.recommendation_id, f.finding_id from referral_recommendation_findings f "
                  "join referral_recommendations r on r.id = f.recommendation_id "
                  "where r.document_id = ?1 order by f.finding_id",
                  [&](const storage::Row& row) {
                      findings[row.get<RecommendationId>(0)].push_back(row.get<FindingId>(1));
                  },
                  id);
    for (auto& recommendation : out) recommendation.findings = findings[recommendation.id];
    return out;
}

std::vector<Recommendation> recommendations_due_before(storage::Snapshot& snapshot, LocalDate date)
{
    auto out = snapshot.all("select " + std::string(columns) +
                                " from referral_recommendations where state = 'waiting' and due_on < ?1 "
                                "and missed_on is null order by due_on, id",
                            recommendation_from, iso(date));
    for (auto& recommendation : out) recommendation.findings = findings_of(snapshot, recommendation.id);
    return out;
}

std::vector<Recommendation> open_recommendations(storage::Snapshot& snapshot)
{
    return snapshot.all("select " + std::string(columns) +
                            " from referral_recommendations where state = 'waiting' and missed_on is null "
                            "order by due_on, id",
                        recommendation_from);
}

void add_former_deadline(storage::Transaction& tx, RecommendationId id, const FormerDeadline& former)
{
    const auto& deadline = former.deadline;
    tx.exec("insert into referral_former_deadlines (id, recommendation_id, rule_version, calendar_version, "
            "clock_start, due_on, replaced_at, reason, next_due, leaf) "
            "values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            Id<struct FormerDeadlineTag>::make(former.replaced_at), id, deadline.rule_version,
            deadline.calendar_version, iso(deadline.start), iso(deadline.due), former.replaced_at,
            name(former.reason), text_of(former.next_due), former.leaf);
}

std::vector<FormerDeadline> former_deadlines_of(storage::Snapshot& snapshot, RecommendationId id)
{
    return snapshot.all("select rule_version, calendar_version, clock_start, due_on, reason, next_due, leaf, "
                        "replaced_at from referral_former_deadlines "
                        "where recommendation_id = ?1 and step_id is null order by replaced_at, id",
                        [](const storage::Row& row) {
                            return FormerDeadline{.deadline = {.rule_version = row.get<std::string>(0),
                                                               .calendar_version = row.get<std::string>(1),
                                                               .start = day(row, 2),
                                                               .due = day(row, 3)},
                                                  .reason = stored(move_reason_from(row.text(4))),
                                                  .next_due = optional_day(row, 5),
                                                  .leaf = row.get<std::optional<std::int64_t>>(6),
                                                  .replaced_at = row.get<Instant>(7)};
                        },
                        id);
}

std::vector<RecommendationId> recommendations_about(storage::Snapshot& snapshot, FindingId finding)
{
    return snapshot.all("select recommendation_id from referral_recommendation_findings "
                        "where finding_id = ?1 order by recommendation_id",
                        [](const storage::Row& row) { return row.get<RecommendationId>(0); }, finding);
}

} // namespace adal::referral
