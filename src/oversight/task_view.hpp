// oversight/task_view.hpp: a volunteer's pages: what is to be done, and the form of a visit. Made for a phone
// of 360 px, works without script; the offline app has pages of its own.
#pragma once

#include "http/page.hpp"
#include "oversight/assignment.hpp"
#include "oversight/checklist.hpp"
#include "oversight/control.hpp"
#include "oversight/finding.hpp"
#include "oversight/place.hpp"
#include "oversight/visit.hpp"

#include <optional>
#include <string>
#include <vector>

namespace adal::oversight {

struct TaskRow {
    Assignment assignment{};
    i18n::Texts place{};
    std::string address{};
    std::optional<Visit> visit{}; // the newest one of this assignment
};
struct TaskListPage {
    std::vector<TaskRow> tasks{};
    std::vector<TaskRow> sent{};       // of done assignments, newest first
    std::vector<Finding> fix_checks{}; // claimed fixes that this person may go and see
};
http::Page task_list(const http::Request& request, const TaskListPage& view);

struct TaskPage {
    Assignment assignment{};
    Place place{};
    Control control{};
    std::vector<Visit> visits{};
};
http::Page task_page(const http::Request& request, const TaskPage& view);

struct VisitFormPage {
    Assignment assignment{};
    Place place{};
    const Checklist* checklist = nullptr;
    std::string client_id{};       // made with the form: sending twice is sending once
    std::string review_text{};     // what the reviewer asked for, when it is sent again
};
http::Page visit_form(const http::Request& request, const VisitFormPage& view);

// Paths of the form's fields: "a:board", "a:defect[0].len"; photos "photo:defect[0].dph".
inline constexpr int kFormEntries = 3; // entries offered for a repeated section

} // namespace adal::oversight
