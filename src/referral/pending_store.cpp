#include "oversight/oversight.hpp"
#include "referral/calendar_store.hpp"
#include "referral/document_store.hpp"
#include "referral/pending_store.hpp"

#include <algorithm>

namespace adal::referral {

namespace pending_rows {

struct OverControl {
    PendingSend send{};
    LocalDate completed_on{};
};

// Without a document, or with a draft: oversight still calls the control completed.
void add_unsigned(storage::Snapshot& snapshot, std::vector<OverControl>& out)
{
    oversight::ControlFilter filter{.state = oversight::ControlState::completed};
    for (bool more = true; more;) {
        const auto page = oversight::list_controls(snapshot, filter);
        for (const auto& control : page.rows) {
            const auto document = find_document_of(snapshot, control.id);
            PendingSend send{.control = control.id, .title = control.title};
            if (document) {
                send.document = *document;
                send.state = DocumentState::draft;
            }
            out.push_back({send, local_date(control.completed_at.value_or(Instant{}))});
        }
        filter.after = page.next;
        more = !page.next.empty();
    }
}

void add_signed(storage::Snapshot& snapshot, std::vector<OverControl>& out)
{
    snapshot.each("select id, control_id, title, held_to from referral_documents where state = 'signed' order by id",
                  [&](const storage::Row& row) {
                      out.push_back({{.control = row.get<ControlId>(1),
                                      .document = row.get<DocumentId>(0),
                                      .state = DocumentState::signed_,
                                      .title = row.get<std::string>(2)},
                                     local_date(row.get<Instant>(3))});
                  });
}

} // namespace pending_rows

std::vector<PendingSend> pending_sends(storage::Snapshot& snapshot, const Law& law, LocalDate today)
{
    std::vector<pending_rows::OverControl> controls;
    pending_rows::add_unsigned(snapshot, controls);
    pending_rows::add_signed(snapshot, controls);
    std::vector<PendingSend> out;
    if (controls.empty()) return out;
    const auto calendar = calendar_on(snapshot, law, today);
    for (auto& control : controls) {
        const auto& rule = law.rules.get_on(rule_send, control.completed_on);
        control.send.deadline = deadline_of(rule, control.completed_on, calendar);
        out.push_back(std::move(control.send));
    }
    std::ranges::stable_sort(out, {}, [](const PendingSend& send) { return send.deadline.due; });
    return out;
}

} // namespace adal::referral
