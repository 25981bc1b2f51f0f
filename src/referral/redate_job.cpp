// When the calendar changes, open deadlines are counted again: by the rule version they were computed from, from
// the day their clock started. Old and new day stay on record, and the public log says so.
#include "ledger/ledger.hpp"
#include "referral/calendar_store.hpp"
#include "referral/document_store.hpp"
#include "referral/referral.hpp"
#include "referral/step_store.hpp"

#include <algorithm>
#include <map>

namespace adal::referral {

namespace redating {

// Rules as they were kept, read once each.
class KeptRules
{
public:
    explicit KeptRules(storage::Snapshot& snapshot) : m_snapshot(snapshot) {}

    const DeadlineRule& get(const std::string& version)
    {
        const auto known = m_rules.find(version);
        if (known != m_rules.end()) return known->second;
        const auto text = rule_text(m_snapshot, version);
        ADAL_CHECK(text.has_value());
        auto rule = read_deadline_rule(*text);
        ADAL_CHECK(rule.has_value() && rule->version == version);
        return m_rules.emplace(version, std::move(*rule)).first->second;
    }

private:
    storage::Snapshot& m_snapshot;
    std::map<std::string, DeadlineRule> m_rules;
};

ledger::Event moved_event(DocumentId document, RecommendationId recommendation, const Deadline& old, const Deadline& fresh)
{
    ledger::Event event{.type = "correction", .role = "system"};
    event.pub = {{"kind", "deadline"},
                 {"reason", name(MoveReason::calendar)},
                 {"document", document.text()},
                 {"recommendation", recommendation.text()},
                 {"rule", fresh.rule_version},
                 {"due_before", iso(old.due)},
                 {"due", iso(fresh.due)},
                 {"calendar_before", old.calendar_version},
                 {"calendar", fresh.calendar_version}};
    return event;
}

FormerDeadline former(const Deadline& old, const Deadline& fresh, std::int64_t leaf, Instant now)
{
    return {.deadline = old, .reason = MoveReason::calendar, .next_due = fresh.due, .leaf = leaf, .replaced_at = now};
}

void move(storage::Transaction& tx, Recommendation recommendation, const Deadline& fresh, Instant now)
{
    const auto& old = *recommendation.deadline;
    const auto leaf = ledger::append(tx, moved_event(recommendation.document, recommendation.id, old, fresh), now);
    ADAL_CHECK(leaf.has_value());
    add_former_deadline(tx, recommendation.id, former(old, fresh, leaf->index, now));
    save(tx, redate(std::move(recommendation), fresh));
}

void move(storage::Transaction& tx, Step step, const Deadline& fresh, Instant now)
{
    auto event = moved_event(step.document, step.recommendation, *step.deadline, fresh);
    event.pub["step"] = step.id.text();
    const auto leaf = ledger::append(tx, event, now);
    ADAL_CHECK(leaf.has_value());
    add_former_deadline(tx, step, former(*step.deadline, fresh, leaf->index, now));
    step.deadline = fresh;
    save(tx, step);
}

// Moves each whose last day is another one by this calendar; how many.
template <typename Clocks>
int recount(storage::Transaction& tx, Clocks clocks, KeptRules& rules, const WorkingDays& calendar, Instant now)
{
    int moved = 0;
    for (auto& clock : clocks) {
        const auto old = *clock.deadline;
        const auto fresh = deadline_of(rules.get(old.rule_version), old.start, calendar);
        if (fresh.due == old.due) continue;
        move(tx, std::move(clock), fresh, now);
        ++moved;
    }
    return moved;
}

// A term extended by a letter ends on the letter's day, whatever the calendar says.
std::vector<Recommendation> counted_recommendations(storage::Snapshot& snapshot)
{
    auto open = open_recommendations(snapshot);
    const auto extended = extended_recommendations(snapshot);
    std::erase_if(open, [&](const auto& one) { return std::ranges::find(extended, one.id) != extended.end(); });
    return open;
}

} // namespace redating

int redate_open(storage::Transaction& tx, const Law& law, Instant now)
{
    const auto calendar = calendar_on(tx, law, local_date(now));
    if (is_recounted(tx, calendar.version())) return 0;
    keep(tx, calendar, now);
    redating::KeptRules rules{tx};
    const int moved = redating::recount(tx, redating::counted_recommendations(tx), rules, calendar, now) +
                      redating::recount(tx, open_clocks_of_steps(tx), rules, calendar, now);
    mark_recounted(tx, calendar.version(), now);
    return moved;
}

} // namespace adal::referral
