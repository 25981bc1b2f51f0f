// The job that writes silence down: each passed deadline once, with the rule it passed.
#include "ledger/ledger.hpp"
#include "referral/calendar_store.hpp"
#include "referral/document_store.hpp"
#include "referral/pending_store.hpp"
#include "referral/referral.hpp"
#include "referral/step_store.hpp"

namespace adal::referral {

namespace {

ledger::Event missed_event(storage::Snapshot& snapshot, const Recommendation& recommendation)
{
    ledger::Event event{.type = "deadline.missed", .role = "system"};
    const auto sent = find_dispatch(snapshot, recommendation.dispatch);
    ADAL_CHECK(sent.has_value());
    if (recommendation.findings.size() == 1)
        if (const auto finding = oversight::find_finding(snapshot, recommendation.findings.front()))
            if (finding->seal) event.case_id = finding->seal->case_id;
    const bool is_passed_on = recommendation.holder.is_set();
    const auto version = is_passed_on ? recommendation.holder_version : sent->authority_version;
    event.pub = {{"document", recommendation.document.text()},
                 {"recommendation", recommendation.id.text()},
                 {"authority", recommendation.answerable().text()},
                 {"authority_version", version.text()},
                 {"due", iso(recommendation.deadline->due)},
                 {"rule", recommendation.deadline->rule_version},
                 {"calendar", recommendation.deadline->calendar_version}};
    return event;
}

int write_missed(storage::Transaction& tx, const ledger::Event& event, Instant now)
{
    const auto leaf = ledger::append(tx, event, now);
    ADAL_CHECK(leaf.has_value());
    return 1;
}

int record_missed_recommendations(storage::Transaction& tx, LocalDate today, Instant now)
{
    int written = 0;
    for (const auto& recommendation : recommendations_due_before(tx, today)) {
        const auto missed = miss(recommendation, today);
        if (!missed) continue;
        save(tx, *missed);
        written += write_missed(tx, missed_event(tx, *missed), now);
    }
    return written;
}

int record_missed_steps(storage::Transaction& tx, LocalDate today, Instant now)
{
    int written = 0;
    for (const auto& step : steps_due_before(tx, today)) {
        const auto missed = miss(step, today);
        if (!missed) continue;
        save(tx, *missed);
        ledger::Event event{.type = "deadline.missed", .role = "system"};
        event.pub = {{"kind", name(missed->kind)},
                     {"step", missed->id.text()},
                     {"document", missed->document.text()},
                     {"recommendation", missed->recommendation.text()},
                     {"authority", missed->authority.text()},
                     {"authority_version", missed->authority_version.text()},
                     {"due", iso(missed->deadline->due)},
                     {"rule", missed->deadline->rule_version},
                     {"calendar", missed->deadline->calendar_version}};
        written += write_missed(tx, event, now);
    }
    return written;
}

// The log measures us like everybody else. It does not say which control: that is committed.
int record_missed_sends(storage::Transaction& tx, const Law& law, LocalDate today, Instant now)
{
    int written = 0;
    for (const auto& pending : pending_sends(tx, law, today)) {
        if (today <= pending.deadline.due || is_missed_send(tx, pending.control)) continue;
        keep(tx, law.rules.get_on(rule_send, pending.deadline.start));
        keep(tx, calendar_on(tx, law, today), now);
        add(tx, MissedSend{.control = pending.control, .deadline = pending.deadline, .missed_on = today});
        ledger::Event event{.type = "deadline.missed", .role = "system"};
        event.pub = {{"kind", "send"},
                     {"due", iso(pending.deadline.due)},
                     {"rule", pending.deadline.rule_version},
                     {"calendar", pending.deadline.calendar_version}};
        event.commitments = {{.label = "control", .value = pending.control.str()}};
        written += write_missed(tx, event, now);
    }
    return written;
}

} // namespace

int record_missed(storage::Transaction& tx, const Law& law, LocalDate today, Instant now)
{
    return record_missed_recommendations(tx, today, now) + record_missed_steps(tx, today, now) +
           record_missed_sends(tx, law, today, now);
}

} // namespace adal::referral
