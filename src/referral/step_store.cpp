#include "referral/step_store.hpp"

#include "referral/column_store.hpp"

#include <map>

namespace adal::referral {

namespace step_rows {

constexpr std::string_view columns =
    "id, recommendation_id, document_id, kind, about_step_id, authority_id, authority_version_id, channel, number, "
    "text, happened_on, recorded_by, recorded_at, late, rule_version, calendar_version, clock_start, due_on, "
    "set_by_letter, missed_on, outcome, ended_on, end_number, end_text";

Step step_from(const storage::Row& row)
{
    Step out{.id = row.get<StepId>(0),
             .recommendation = row.get<RecommendationId>(1),
             .document = row.get<DocumentId>(2),
             .kind = stored(step_kind_from(row.text(3))),
             .about = row.get<StepId>(4),
             .authority = row.get<AuthorityId>(5),
             .authority_version = row.get<AuthorityVersionId>(6),
             .number = row.get<std::string>(8),
             .text = row.get<std::string>(9),
             .on = day(row, 10),
             .recorded_by = row.get<PersonId>(11),
             .recorded_at = row.get<Instant>(12),
             .late = row.get<bool>(13),
             .is_set_by_letter = row.get<bool>(18),
             .missed_on = optional_day(row, 19)};
    if (!row.text(7).empty()) out.channel = stored(channel_from(row.text(7)));
    if (!row.is_null(17))
        out.deadline = Deadline{.rule_version = row.get<std::string>(14),
                                .calendar_version = row.get<std::string>(15),
                                .start = day(row, 16),
                                .due = day(row, 17)};
    if (!row.is_null(20))
        out.end = StepEnd{.outcome = stored(step_outcome_from(row.text(20))),
                          .on = day(row, 21),
                          .number = row.get<std::string>(22),
                          .text = row.get<std::string>(23)};
    return out;
}

std::string select(std::string_view where)
{
    return "select " + std::string(columns) + " from referral_steps where " + std::string(where);
}

using Text = std::optional<std::string>;

struct ClockColumns {
    Text rule{}, calendar{}, start{}, due{};
};

ClockColumns clock_columns(const std::optional<Deadline>& deadline)
{
    if (!deadline) return {};
    return {deadline->rule_version, deadline->calendar_version, iso(deadline->start), iso(deadline->due)};
}

} // namespace step_rows

void add(storage::Transaction& tx, const Step& step)
{
    const auto clock = step_rows::clock_columns(step.deadline);
    tx.exec("insert into referral_steps (id, recommendation_id, document_id, kind, about_step_id, authority_id, "
            "authority_version_id, channel, number, text, happened_on, recorded_by, recorded_at, late, rule_version, "
            "calendar_version, clock_start, due_on, set_by_letter, end_number, end_text) values (?1, ?2, ?3, ?4, ?5, "
            "?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, '', '')",
            step.id, step.recommendation, step.document, name(step.kind), step.about, step.authority,
            step.authority_version, step.channel ? name(*step.channel) : std::string_view{}, step.number, step.text,
            iso(step.on), step.recorded_by, step.recorded_at, step.late, clock.rule, clock.calendar, clock.start,
            clock.due, step.is_set_by_letter);
    for (const auto& file : step.files)
        tx.exec("insert into referral_step_files (step_id, file_id) values (?1, ?2)", step.id, file);
}

void save(storage::Transaction& tx, const Step& step)
{
    const auto clock = step_rows::clock_columns(step.deadline);
    step_rows::Text outcome, ended_on;
    if (step.end) {
        outcome = std::string(name(step.end->outcome));
        ended_on = iso(step.end->on);
    }
    tx.exec("update referral_steps set rule_version = ?2, calendar_version = ?3, clock_start = ?4, due_on = ?5, "
            "set_by_letter = ?6, missed_on = ?7, outcome = ?8, ended_on = ?9, end_number = ?10, end_text = ?11 "
            "where id = ?1",
            step.id, clock.rule, clock.calendar, clock.start, clock.due, step.is_set_by_letter,
            text_of(step.missed_on), outcome, ended_on, step.end ? step.end->number : std::string{},
            step.end ? step.end->text : std::string{});
}

std::optional<Step> find_step(storage::Snapshot& snapshot, StepId id)
{
    return snapshot.first(step_rows::select("id = ?1"), step_rows::step_from, id);
}

std::vector<Step> steps_in(storage::Snapshot& snapshot, DocumentId document)
{
    auto steps = snapshot.all(step_rows::select("document_id = ?1 order by recorded_at, id"), step_rows::step_from, document);
    std::map<StepId, std::vector<FileId>> files;
    snapshot.each("select f.step_id, f.file_id from referral_step_files f join referral_steps s on s.id = f.step_id "
                  "where s.document_id = ?1 order by f.file_id",
                  [&](const storage::Row& row) { files[row.get<StepId>(0)].push_back(row.get<FileId>(1)); }, document);
    for (auto& step : steps) step.files = files[step.id];
    return steps;
}

std::vector<Step> steps_of(storage::Snapshot& snapshot, RecommendationId recommendation)
{
    return snapshot.all(step_rows::select("recommendation_id = ?1 order by recorded_at, id"), step_rows::step_from,
                        recommendation);
}

std::vector<Step> steps_due_before(storage::Snapshot& snapshot, LocalDate day)
{
    return snapshot.all(step_rows::select("outcome is null and due_on < ?1 and missed_on is null and kind in "
                                          "('escalation', 'appeal', 'repeat', 'crime_report') order by due_on, id"),
                        step_rows::step_from, iso(day));
}

std::vector<Step> open_clocks_of_steps(storage::Snapshot& snapshot)
{
    return snapshot.all(step_rows::select("outcome is null and due_on is not null and set_by_letter = 0 and missed_on is "
                                          "null and kind in ('escalation', 'appeal', 'repeat', 'crime_report') "
                                          "order by due_on, id"),
                        step_rows::step_from);
}

std::vector<RecommendationId> extended_recommendations(storage::Snapshot& snapshot)
{
    return snapshot.all("select distinct recommendation_id from referral_steps where kind = 'extension' and "
                        "about_step_id is null",
                        [](const storage::Row& row) { return row.get<RecommendationId>(0); });
}

void add_former_deadline(storage::Transaction& tx, const Step& step, const FormerDeadline& former)
{
    const auto& deadline = former.deadline;
    tx.exec("insert into referral_former_deadlines (id, recommendation_id, step_id, rule_version, calendar_version, "
            "clock_start, due_on, replaced_at, reason, next_due, leaf) "
            "values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            Id<struct FormerDeadlineTag>::make(former.replaced_at), step.recommendation, step.id,
            deadline.rule_version, deadline.calendar_version, iso(deadline.start), iso(deadline.due),
            former.replaced_at, name(former.reason), text_of(former.next_due), former.leaf);
}

std::vector<FormerDeadline> former_deadlines_of(storage::Snapshot& snapshot, StepId step)
{
    return snapshot.all("select rule_version, calendar_version, clock_start, due_on, reason, next_due, leaf, "
                        "replaced_at from referral_former_deadlines where step_id = ?1 order by replaced_at, id",
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
                        step);
}

bool is_missed_send(storage::Snapshot& snapshot, ControlId control)
{
    return snapshot.value<std::int64_t>("select 1 from referral_missed_sends where control_id = ?1", control).has_value();
}

void add(storage::Transaction& tx, const MissedSend& missed)
{
    tx.exec("insert into referral_missed_sends (control_id, rule_version, calendar_version, due_on, missed_on) "
            "values (?1, ?2, ?3, ?4, ?5)",
            missed.control, missed.deadline.rule_version, missed.deadline.calendar_version, iso(missed.deadline.due),
            iso(missed.missed_on));
}

} // namespace adal::referral
