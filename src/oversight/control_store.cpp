#include "oversight/control_store.hpp"

#include "oversight/search_words.hpp"

#include <fmt/format.h>

namespace adal::oversight {

namespace {

using storage::Row;
using storage::Snapshot;
using storage::Transaction;

std::optional<std::string> day_text(const std::optional<LocalDate>& date)
{
    return date ? std::optional{iso(*date)} : std::nullopt;
}

std::optional<LocalDate> day_of(const Row& row, int column)
{
    return row.is_null(column) ? std::nullopt : parse_date(row.text(column));
}

std::string tasks_text(const std::vector<std::string>& tasks)
{
    json::array all;
    for (const auto& task : tasks) all.emplace_back(task);
    return to_text(all);
}

std::vector<std::string> tasks_of_text(std::string_view text)
{
    const auto stored = parse_json(text);
    ADAL_CHECK(stored.has_value() && stored->is_array());
    std::vector<std::string> out;
    for (const auto& task : stored->get_array()) out.emplace_back(task.as_string());
    return out;
}

constexpr std::string_view kColumns = "c.id, c.title, c.form, c.tasks, c.object_name, c.object_bin, c.checklist, c.checklist_hash, c.ground_legal, c.ground_flag, c.ground_process, "
                                      "c.ground_explanation, c.planned_from, c.planned_to, c.state, c.created_by, c.created_at, c.opened_at, c.completed_at, c.version, c.adults_only";

Control control_of(const Row& row)
{
    Control control;
    control.id = row.get<ControlId>(0);
    control.title = row.get<std::string>(1);
    control.form = *control_form_from(row.text(2));
    control.tasks = tasks_of_text(row.text(3));
    control.object = {row.get<std::string>(4), row.get<std::string>(5)};
    control.checklist = row.get<std::string>(6);
    if (!row.is_null(7)) control.checklist_hash = hash_from(row.text(7));
    control.ground = {row.get<std::string>(8), row.get<std::string>(9), row.get<std::string>(10), row.get<std::string>(11)};
    control.planned_from = day_of(row, 12);
    control.planned_to = day_of(row, 13);
    control.state = *control_state_from(row.text(14));
    control.created_by = row.get<PersonId>(15);
    control.created_at = row.get<Instant>(16);
    control.opened_at = row.get<std::optional<Instant>>(17);
    control.completed_at = row.get<std::optional<Instant>>(18);
    control.version = row.get<std::int64_t>(19);
    control.adults_only = row.get<bool>(20);
    return control;
}

void read_parts(Snapshot& snapshot, Control& control)
{
    control.subjects = snapshot.all("select person_id, role, conflict, declared_at from oversight_control_subject where control_id = ?1 order by position",
                                    [](const Row& row) {
                                        return Subject{row.get<PersonId>(0), *subject_role_from(row.text(1)), *conflict_from(row.text(2)), row.get<std::optional<Instant>>(3)};
                                    },
                                    control.id);
    control.places = snapshot.all("select place_id from oversight_control_place where control_id = ?1 order by position", [](const Row& row) { return row.get<PlaceId>(0); }, control.id);
}

void write_parts(Transaction& tx, const Control& control)
{
    tx.exec("delete from oversight_control_subject where control_id = ?1", control.id);
    tx.exec("delete from oversight_control_place where control_id = ?1", control.id);
    std::int64_t position = 0;
    for (const auto& subject : control.subjects)
        tx.exec("insert into oversight_control_subject (control_id, person_id, position, role, conflict, declared_at) values (?1, ?2, ?3, ?4, ?5, ?6)", control.id, subject.person,
                ++position, name(subject.role), name(subject.conflict), subject.declared_at);
    position = 0;
    for (const auto& place : control.places)
        tx.exec("insert into oversight_control_place (control_id, place_id, position) values (?1, ?2, ?3)", control.id, place, ++position);
}

std::optional<storage::Blob> hash_blob(const std::optional<Hash>& hash)
{
    return hash ? std::optional{storage::Blob{view(*hash)}} : std::nullopt;
}

Assignment assignment_of(const Row& row)
{
    return {.id = row.get<AssignmentId>(0), .control = row.get<ControlId>(1), .place = row.get<PlaceId>(2), .due = *parse_date(row.text(3)),
            .state = *assignment_state_from(row.text(4)), .created_by = row.get<PersonId>(5), .created_at = row.get<Instant>(6), .version = row.get<std::int64_t>(7)};
}

constexpr std::string_view kAssignmentColumns = "a.id, a.control_id, a.place_id, a.due, a.state, a.created_by, a.created_at, a.version";

void read_people(Snapshot& snapshot, Assignment& assignment)
{
    assignment.people = snapshot.all("select person_id from oversight_assignment_person where assignment_id = ?1 order by position", [](const Row& row) { return row.get<PersonId>(0); },
                                     assignment.id);
}

void write_people(Transaction& tx, const Assignment& assignment)
{
    tx.exec("delete from oversight_assignment_person where assignment_id = ?1", assignment.id);
    std::int64_t position = 0;
    for (const auto& person : assignment.people)
        tx.exec("insert into oversight_assignment_person (assignment_id, person_id, position) values (?1, ?2, ?3)", assignment.id, person, ++position);
}

} // namespace

void add(Transaction& tx, const Control& control)
{
    tx.exec("insert into oversight_control (id, title, form, tasks, object_name, object_bin, checklist, checklist_hash, ground_legal, ground_flag, ground_process, ground_explanation, "
            "planned_from, planned_to, state, created_by, created_at, opened_at, completed_at, search_text, version, adults_only) "
            "values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)",
            control.id, control.title, name(control.form), tasks_text(control.tasks), control.object.name, control.object.bin, control.checklist, hash_blob(control.checklist_hash),
            control.ground.legal, control.ground.flag, control.ground.process, control.ground.explanation, day_text(control.planned_from), day_text(control.planned_to),
            name(control.state), control.created_by, control.created_at, control.opened_at, control.completed_at, " " + search_text(control), control.version, control.adults_only);
    write_parts(tx, control);
}

Result<Done> save(Transaction& tx, const Control& control)
{
    const auto changed = tx.exec(
        "update oversight_control set title = ?2, form = ?3, tasks = ?4, object_name = ?5, object_bin = ?6, checklist = ?7, checklist_hash = ?8, ground_legal = ?9, ground_flag = ?10, "
        "ground_process = ?11, ground_explanation = ?12, planned_from = ?13, planned_to = ?14, state = ?15, opened_at = ?16, completed_at = ?17, search_text = ?18, version = ?19, adults_only = ?20 "
        "where id = ?1 and version = ?19 - 1",
        control.id, control.title, name(control.form), tasks_text(control.tasks), control.object.name, control.object.bin, control.checklist, hash_blob(control.checklist_hash),
        control.ground.legal, control.ground.flag, control.ground.process, control.ground.explanation, day_text(control.planned_from), day_text(control.planned_to), name(control.state),
        control.opened_at, control.completed_at, " " + search_text(control), control.version, control.adults_only);
    if (changed != 1) return fail(stale_form);
    write_parts(tx, control);
    return done();
}

std::optional<Control> find_control(Snapshot& snapshot, ControlId id)
{
    auto control = snapshot.first(fmt::format("select {} from oversight_control c where c.id = ?1", kColumns), control_of, id);
    if (control) read_parts(snapshot, *control);
    return control;
}

PageOf<Control> list_controls(Snapshot& snapshot, const ControlFilter& filter)
{
    const auto like = like_patterns(filter.text);
    const auto sql = fmt::format("select {} from oversight_control c where (?1 = '' or c.state = ?1) "
                                 "and (?2 = '' or exists (select 1 from oversight_control_place p where p.control_id = c.id and p.place_id = ?2)) "
                                 "and (?3 = '' or exists (select 1 from oversight_control_subject s where s.control_id = c.id and s.person_id = ?3)) "
                                 "and (?4 = 0 or c.opened_at is not null) and (?5 = '' or c.id < ?5) and {} order by c.id desc limit ?6",
                                 kColumns, like_condition("c.search_text", 7));
    PageOf<Control> page;
    page.rows = snapshot.all(sql, control_of, filter.state ? name(*filter.state) : std::string_view{""}, filter.place.str(), filter.subject.str(), filter.only_public, filter.after,
                             filter.limit + 1, like[0], like[1], like[2], like[3], like[4], like[5], like[6], like[7]);
    if (std::ssize(page.rows) > filter.limit) {
        page.rows.pop_back();
        page.next = page.rows.back().id.str();
    }
    for (auto& control : page.rows) read_parts(snapshot, control);
    return page;
}

void add(Transaction& tx, const Assignment& assignment)
{
    tx.exec("insert into oversight_assignment (id, control_id, place_id, due, state, created_by, created_at, version) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", assignment.id,
            assignment.control, assignment.place, iso(assignment.due), name(assignment.state), assignment.created_by, assignment.created_at, assignment.version);
    write_people(tx, assignment);
}

Result<Done> save(Transaction& tx, const Assignment& assignment)
{
    const auto changed = tx.exec("update oversight_assignment set due = ?2, state = ?3, version = ?4 where id = ?1 and version = ?4 - 1", assignment.id, iso(assignment.due),
                                 name(assignment.state), assignment.version);
    if (changed != 1) return fail(stale_form);
    write_people(tx, assignment);
    return done();
}

std::optional<Assignment> find_assignment(Snapshot& snapshot, AssignmentId id)
{
    auto assignment = snapshot.first(fmt::format("select {} from oversight_assignment a where a.id = ?1", kAssignmentColumns), assignment_of, id);
    if (assignment) read_people(snapshot, *assignment);
    return assignment;
}

std::vector<Assignment> assignments_of(Snapshot& snapshot, ControlId control)
{
    auto all = snapshot.all(fmt::format("select {} from oversight_assignment a where a.control_id = ?1 order by a.id", kAssignmentColumns), assignment_of, control);
    for (auto& assignment : all) read_people(snapshot, assignment);
    return all;
}

std::vector<Assignment> tasks_of(Snapshot& snapshot, PersonId person)
{
    auto all = snapshot.all(fmt::format("select {} from oversight_assignment a join oversight_assignment_person p on p.assignment_id = a.id "
                                        "where p.person_id = ?1 and a.state in ('offered', 'accepted') order by a.due, a.id",
                                        kAssignmentColumns),
                            assignment_of, person);
    for (auto& assignment : all) read_people(snapshot, assignment);
    return all;
}

} // namespace adal::oversight
