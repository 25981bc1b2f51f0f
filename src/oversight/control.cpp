#include "oversight/control.hpp"

#include "base/text.hpp"
#include "oversight/named.hpp"

#include <algorithm>

namespace adal::oversight {
namespace {

constexpr std::array<Named<ControlForm>, 5> kForms{{{ControlForm::monitoring, "monitoring"},
                                                    {ControlForm::hearing, "hearing"},
                                                    {ControlForm::discussion, "discussion"},
                                                    {ControlForm::expertise, "expertise"},
                                                    {ControlForm::other, "other"}}};
constexpr std::array<Named<ControlState>, 6> kControlStates{{{ControlState::draft, "draft"},
                                                      {ControlState::open, "open"},
                                                      {ControlState::completed, "completed"},
                                                      {ControlState::documented, "documented"},
                                                      {ControlState::closed, "closed"},
                                                      {ControlState::cancelled, "cancelled"}}};
constexpr std::array<Named<SubjectRole>, 3> kRoles{{{SubjectRole::lead, "lead"},
                                                    {SubjectRole::member, "member"},
                                                    {SubjectRole::expert, "expert"}}};
constexpr std::array<Named<Conflict>, 3> kConflicts{{{Conflict::not_declared, "not_declared"},
                                                     {Conflict::none, "none"},
                                                     {Conflict::declared, "declared"}}};

bool is_blank(std::string_view text)
{
    return trim(text).empty();
}

Subject* subject_of(Control& control, PersonId person)
{
    const auto found = std::find_if(control.subjects.begin(), control.subjects.end(),
                                    [&](const Subject& s) { return s.person == person; });
    return found == control.subjects.end() ? nullptr : &*found;
}

bool takes_subjects(const Control& control)
{
    return control.state == ControlState::draft || control.state == ControlState::open;
}

tl::unexpected<Problem> wrong_state(const Control& control)
{
    return fail(control_wrong_state, {{"state", std::string(name(control.state))}});
}

Result<Done> subjects_complete(const Control& control)
{
    if (control.subjects.empty()) return fail(control_subjects_missing);
    const bool all_declared = std::all_of(control.subjects.begin(), control.subjects.end(), [](const Subject& s) {
        return s.conflict != Conflict::not_declared && s.declared_at;
    });
    if (!all_declared) return fail(control_declaration_missing);
    return done();
}

Result<Done> places_complete(const Control& control, const std::vector<Place>& places)
{
    if (control.places.empty()) return fail(control_places_missing);
    for (const PlaceId id : control.places) {
        const auto place = std::find_if(places.begin(), places.end(), [&](const Place& p) { return p.id == id; });
        if (place == places.end()) return fail(control_places_missing);
        if (const auto allowed = may_be_controlled(*place); !allowed) return allowed;
    }
    return done();
}

Result<Control> moved(Control control, ControlState from, ControlState to)
{
    if (control.state != from) return wrong_state(control);
    control.state = to;
    return control;
}

} // namespace

std::string_view name(ControlForm form)
{
    return name_in(kForms, form);
}

std::optional<ControlForm> control_form_from(std::string_view name)
{
    return value_in(kForms, name);
}

std::string_view name(ControlState state)
{
    return name_in(kControlStates, state);
}

std::optional<ControlState> control_state_from(std::string_view name)
{
    return value_in(kControlStates, name);
}

std::string_view name(SubjectRole role)
{
    return name_in(kRoles, role);
}

std::optional<SubjectRole> subject_role_from(std::string_view name)
{
    return value_in(kRoles, name);
}

std::string_view name(Conflict conflict)
{
    return name_in(kConflicts, conflict);
}

std::optional<Conflict> conflict_from(std::string_view name)
{
    return value_in(kConflicts, name);
}

Result<Control> open(Control control, const std::vector<Place>& places, const Hash& checklist_hash, Instant now)
{
    if (control.state != ControlState::draft) return fail(control_not_draft);
    const bool has_task = std::any_of(control.tasks.begin(), control.tasks.end(),
                                      [](const std::string& task) { return !is_blank(task); });
    if (!has_task) return fail(control_tasks_missing);
    if (const auto subjects = subjects_complete(control); !subjects) return pass(subjects);
    if (is_blank(control.object.name)) return fail(control_object_missing);
    if (!control.object.bin.empty() && !is_bin(control.object.bin))
        return fail(control_bin_wrong, {{"bin", control.object.bin}});
    if (const auto complete = places_complete(control, places); !complete) return pass(complete);
    if (!control.planned_from || !control.planned_to) return fail(control_dates_missing);
    if (*control.planned_to < *control.planned_from) return fail(control_dates_reversed);
    if (control.checklist.empty()) return fail(control_checklist_missing);

    control.checklist_hash = checklist_hash;
    control.state = ControlState::open;
    control.opened_at = now;
    return control;
}

Result<Control> add_subject(Control control, const Subject& subject)
{
    if (!takes_subjects(control)) return wrong_state(control);
    if (subject_of(control, subject.person)) return fail(already_a_subject);
    control.subjects.push_back(subject);
    return control;
}

Result<Control> declare(Control control, PersonId person, Conflict conflict, Instant now)
{
    if (!takes_subjects(control)) return wrong_state(control);
    Subject* subject = subject_of(control, person);
    if (!subject) return fail(not_a_subject);
    if (conflict == Conflict::not_declared) return fail(control_declaration_missing);
    subject->conflict = conflict;
    subject->declared_at = now;
    return control;
}

Result<Control> complete(Control control, Instant now)
{
    auto completed = moved(std::move(control), ControlState::open, ControlState::completed);
    if (completed) completed->completed_at = now;
    return completed;
}

Result<Control> mark_documented(Control control)
{
    return moved(std::move(control), ControlState::completed, ControlState::documented);
}

Result<Control> close(Control control)
{
    return moved(std::move(control), ControlState::documented, ControlState::closed);
}

Result<Control> cancel(Control control, std::string_view reason)
{
    if (!takes_subjects(control)) return wrong_state(control);
    if (is_blank(reason)) return fail(reason_missing);
    control.state = ControlState::cancelled;
    return control;
}

Result<Done> may_be_sent(const Control& control, PersonId person)
{
    if (control.state != ControlState::open) return fail(control_not_open);
    const auto subject = std::find_if(control.subjects.begin(), control.subjects.end(),
                                      [&](const Subject& s) { return s.person == person; });
    if (subject == control.subjects.end()) return fail(not_a_subject);
    if (subject->conflict == Conflict::declared) return fail(conflict_of_interest);
    if (subject->conflict == Conflict::not_declared) return fail(control_declaration_missing);
    return done();
}

bool is_bin(std::string_view digits)
{
    if (digits.size() != 12 || digits.find_first_not_of("0123456789") != std::string_view::npos) return false;
    for (const int first : {1, 3}) {
        int sum = 0;
        for (int i = 0; i < 11; ++i) sum += (digits[static_cast<std::size_t>(i)] - '0') * ((i + first - 1) % 11 + 1);
        if (sum % 11 < 10) return sum % 11 == digits[11] - '0';
    }
    return false;
}

std::string search_text(const Control& control)
{
    return adal::fold(control.title + " " + control.object.name + " " + control.object.bin + " " + control.ground.flag +
                " " + control.ground.process);
}

} // namespace adal::oversight
