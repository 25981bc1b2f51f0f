#include "oversight/task_view.hpp"

#include "oversight/fix_view.hpp"
#include "oversight/label_view.hpp"

#include <fmt/format.h>

namespace adal::oversight {

using namespace http;

namespace {

Html task_row(const Request& request, const TaskRow& row)
{
    const auto path = "/tasks/" + row.assignment.id.str();
    Html side = state_badge(request, row.assignment.state);
    if (row.visit) side += state_badge(request, row.visit->state);
    return li({cls("row")}, div({cls("row-main")}, a({href(request.link(path)), cls("row-title")}, row.place.in(request.language)),
                                p({cls("row-note")}, t(request, "oversight.due"), ": ", i18n::date(request.language, row.assignment.due),
                                  row.address.empty() ? Html{} : Html{" · "} + Html{row.address})),
              div({cls("row-side")}, side));
}

Html rows_of(const Request& request, const std::vector<TaskRow>& tasks, std::string_view empty_key)
{
    Html rows;
    for (const auto& row : tasks) rows += task_row(request, row);
    return rows.empty() ? empty_state(t(request, empty_key)) : ul({cls("rows")}, rows);
}

Html hint_of(const Request& request, const Item& item)
{
    Html hint{item.hint.in(request.language)};
    if (!item.required) hint += Html{hint.empty() ? "" : " "} + t(request, "oversight.optional");
    return hint;
}

Html label_of(const Request& request, const Item& item)
{
    Html text{item.label.in(request.language)};
    if (!item.unit.empty()) text += Html{", "} + t(request, "oversight.unit." + item.unit);
    return text;
}

// A photo that is needed only when the answer is a violation says so instead of demanding.
Html photo_hint(const Request& request, const Item& item)
{
    return item.photo_of.empty() ? hint_of(request, item) : t(request, "oversight.photo_if_violation");
}

Html item_field(const Request& request, const Checklist& checklist, const Item& item, const std::string& path)
{
    const auto answer = "a:" + path;
    const auto choices = [&] {
        std::vector<Choice> out;
        if (const auto known = checklist.choices.find(item.choices); known != checklist.choices.end())
            for (const auto& choice : known->second) out.push_back({choice.name, Html{choice.label.in(request.language)}});
        return out;
    };
    switch (item.type) {
    case ItemType::choice: return radio_field(answer, label_of(request, item), choices(), "", hint_of(request, item));
    case ItemType::choices: {
        Html boxes;
        for (const auto& choice : choices()) boxes += check_field(answer, choice.value, choice.label);
        return fieldset({}, legend({}, label_of(request, item)), boxes);
    }
    case ItemType::integer: return text_field(answer, label_of(request, item), "", {Attr("inputmode", "numeric")}, hint_of(request, item));
    case ItemType::decimal: return text_field(answer, label_of(request, item), "", {Attr("inputmode", "decimal")}, hint_of(request, item));
    case ItemType::text: return area_field(answer, label_of(request, item), "", {Attr("maxlength", 2000)}, hint_of(request, item));
    case ItemType::photo: return file_field("photo:" + path, label_of(request, item), "image/jpeg,image/png,image/webp", false, photo_hint(request, item));
    case ItemType::position: return {}; // asked once, for the whole visit
    case ItemType::confirm: return check_field(answer, "yes", label_of(request, item));
    }
    return {};
}

Html section_fields(const Request& request, const Checklist& checklist, const Section& part, const std::string& prefix)
{
    Html fields;
    for (const auto& item : part.items) fields += item_field(request, checklist, item, prefix + item.name);
    return fields;
}

Html section_of(const Request& request, const Checklist& checklist, const Section& part)
{
    const auto& title = part.title.in(request.language);
    if (!part.repeats) return section({cls("form-section")}, h2({}, title), section_fields(request, checklist, part, ""));
    Html entries;
    for (int n = 0; n < kFormEntries; ++n)
        entries += details({cls("entry")}, summary({}, title, " ", n + 1), section_fields(request, checklist, part, fmt::format("{}[{}].", part.name, n)));
    return section({cls("form-section")}, h2({}, title), p({cls("hint")}, t(request, "oversight.entries_hint")), entries);
}

} // namespace

Page task_list(const Request& request, const TaskListPage& view)
{
    Page page;
    page.title = i18n::text(request.language, "oversight.tasks_title");
    page.audience = Audience::office;
    page.active = "nav.tasks";
    Html checks;
    for (const auto& finding : view.fix_checks)
        checks += li({cls("row")}, div({cls("row-main")}, a({href(request.link("/findings/" + finding.id.str() + "/fix-check")), cls("row-title")}, title_of(request, finding))),
                     div({cls("row-side")}, state_badge(request, finding.state)));
    page.body = div({cls("page-head")}, h1({}, page.title), p({cls("lead")}, i18n::count(request.language, "oversight.tasks_count", std::ssize(view.tasks))))
                + rows_of(request, view.tasks, "oversight.no_tasks")
                + (checks.empty() ? Html{} : section({}, h2({}, t(request, "oversight.fix_checks_title")), p({cls("hint")}, t(request, "oversight.fix_checks_hint")), ul({cls("rows")}, checks)))
                + section({}, h2({}, t(request, "oversight.sent_title")), rows_of(request, view.sent, "oversight.nothing_sent"));
    return page;
}

Page task_page(const Request& request, const TaskPage& view)
{
    const auto path = "/tasks/" + view.assignment.id.str();
    const bool is_going = view.assignment.state == AssignmentState::offered || view.assignment.state == AssignmentState::accepted;
    Html actions;
    if (view.assignment.state == AssignmentState::offered)
        actions += post_form(request, path + "/accept", submit(t(request, "oversight.accept_task")), false, "inline")
                   + post_form(request, path + "/decline", submit(t(request, "oversight.decline_task"), "secondary"), false, "inline");
    const bool is_asked = !view.visits.empty() && view.visits.back().state == VisitState::needs_info;
    if ((is_going && view.assignment.state == AssignmentState::accepted) || is_asked)
        actions += p({}, a({href(request.link(path + "/visit")), cls("button")}, t(request, is_asked ? "oversight.amend_visit" : "oversight.fill_visit")));
    Html visits;
    for (const auto& visit : view.visits)
        visits += li({cls("row")}, div({cls("row-main")}, p({cls("row-title")}, i18n::date_time(request.language, visit.received_at)),
                                       p({cls("row-note")}, t(request, "oversight.receipt"), ": ", code({cls("hash")}, hex(adal::view(visit.content_hash)).substr(0, 16))),
                                       visit.review_text.empty() ? Html{} : p({}, visit.review_text)),
                     div({cls("row-side")}, state_badge(request, visit.state)));
    Page page;
    page.title = view.place.name.in(request.language);
    page.audience = Audience::office;
    page.active = "nav.tasks";
    page.body = div({cls("page-head")}, p({cls("crumbs")}, a({href(request.link("/tasks"))}, t(request, "oversight.tasks_title"))), h1({}, page.title),
                    p({cls("badges")}, state_badge(request, view.assignment.state)))
                + section({cls("card")}, facts({{t(request, "oversight.control"), view.control.title},
                                                {t(request, "oversight.due"), i18n::date(request.language, view.assignment.due)},
                                                {t(request, "oversight.address"), view.place.address},
                                                {t(request, "oversight.contractor"), view.place.contract.contractor}}))
                + notice(t(request, "oversight.safety"), "warn") + actions
                + (visits.empty() ? Html{} : section({}, h2({}, t(request, "oversight.sent_title")), ul({cls("rows")}, visits)));
    return page;
}

Page visit_form(const Request& request, const VisitFormPage& view)
{
    Html sections;
    for (const auto& part : view.checklist->sections) sections += section_of(request, *view.checklist, part);
    Page page;
    page.title = view.checklist->title.in(request.language);
    page.audience = Audience::office;
    page.active = "nav.tasks";
    page.scripts = {"position.js", "keep_form.js"};
    page.body = div({cls("page-head")}, h1({}, page.title), p({cls("lead")}, view.place.name.in(request.language)))
                + (view.review_text.empty() ? Html{} : notice(Html{view.review_text}, "warn"))
                + post_form(request, "/tasks/" + view.assignment.id.str() + "/visit",
                            hidden_field("client_id", view.client_id) + position_fields(request) + sections + keep_notice(request) + submit(t(request, "oversight.send_visit")), true, "visit-form");
    return page;
}

} // namespace adal::oversight
