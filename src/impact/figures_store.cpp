// The figures from the records of the rooms, as they were known at a moment.
#include "cyber/cyber.hpp"
#include "impact/impact.hpp"
#include "impact/saving_store.hpp"
#include "oversight/oversight.hpp"
#include "referral/referral.hpp"

#include <algorithm>
#include <set>

namespace adal::impact {

namespace {

using oversight::FindingAction;
using oversight::FindingState;

// One finding or control: its state then, and what ever happened to it by then.
struct History {
    std::string state{};
    std::set<std::string> actions{}, states{};
};

std::map<std::string, History> histories(storage::Snapshot& snapshot, oversight::Entity entity, Instant as_of)
{
    std::map<std::string, History> out;
    for (const auto& event : oversight::events_until(snapshot, entity, as_of)) {
        auto& history = out[event.id];
        history.state = event.to;
        history.actions.insert(event.action);
        history.states.insert(event.to);
    }
    return out;
}

class Recomputation
{
public:
    Recomputation(storage::Snapshot& snapshot, Instant as_of) : m_snapshot(snapshot), m_as_of(as_of)
    {
        for (const auto indicator : all_indicators()) m_figures[indicator].indicator = indicator;
    }

    Figures figures()
    {
        add_findings();
        add_controls();
        add_recommendations();
        add_savings();
        for (const auto& id : cyber::ever_in(m_snapshot, {cyber::State::verified}, m_as_of)) count(Indicator::resources_verified, id.str());
        for (const auto& id : cyber::ever_in(m_snapshot, {cyber::State::blocked, cyber::State::removed}, m_as_of)) count(Indicator::resources_blocked, id.str());
        m_figures[Indicator::volunteers_active].value =
            oversight::people_of_accepted_visits(m_snapshot, m_as_of);
        m_figures[Indicator::volunteers_active].record_count = m_figures[Indicator::volunteers_active].value;
        finish();
        return std::move(m_figures);
    }

private:
    void count(Indicator indicator, const std::string& record, std::int64_t amount = 1)
    {
        auto& figure = m_figures[indicator];
        figure.value += amount;
        figure.records.push_back(record);
    }

    static bool is(const History& history, FindingState state) { return history.state == name(state); }
    static bool did(const History& history, FindingAction action)
    {
        return history.actions.contains(std::string(name(action)));
    }

    void add_findings()
    {
        m_findings = histories(m_snapshot, oversight::Entity::finding, m_as_of);
        for (const auto& [id, history] : m_findings) {
            if (is(history, FindingState::duplicate) || is(history, FindingState::invalid)) continue;
            m_valid.insert(id);
            if (history.states.contains(std::string(name(FindingState::verified))))
                count(Indicator::findings_verified, id);
            if (did(history, FindingAction::seal)) count(Indicator::findings_sealed, id);
            if (did(history, FindingAction::claim_fix)) count(Indicator::fixes_claimed, id);
            if (is(history, FindingState::fix_claimed)) count(Indicator::fixes_unchecked, id);
            const bool is_fixed = is(history, FindingState::fixed_verified);
            if (is_fixed) count(Indicator::fixes_verified, id);
            if (!did(history, FindingAction::refer) && !did(history, FindingAction::refer_urgent)) continue;
            count(Indicator::findings_referred, id);
            // I9: by referral, without what turned out duplicate or invalid.
            auto& rate = m_figures[Indicator::fix_rate];
            rate.value += is_fixed ? 1 : 0;
            rate.denominator = rate.denominator.value_or(0) + 1;
            rate.records.push_back(id);
        }
        auto& rate = m_figures[Indicator::fix_rate];
        rate.denominator = rate.denominator.value_or(0);
    }

    void add_controls()
    {
        std::set<std::string> with_findings;
        for (const auto& [finding, control] : oversight::controls_of_findings(m_snapshot))
            if (m_valid.contains(finding.str())) with_findings.insert(control.str());
        for (const auto& [id, history] : histories(m_snapshot, oversight::Entity::control, m_as_of)) {
            const bool is_held = history.state == "completed" || history.state == "documented" ||
                                 history.state == "closed";
            if (!is_held) continue;
            count(Indicator::controls_held, id);
            if (with_findings.contains(id)) count(Indicator::controls_with_findings, id);
        }
    }

    void add_recommendations()
    {
        const auto today = local_date(m_as_of);
        for (const auto& sent : referral::sent_recommendations(m_snapshot, m_as_of)) {
            const auto id = sent.id.str();
            count(Indicator::recommendations_sent, id);
            if (!sent.answered_on) {
                if (today > sent.due) count(Indicator::recommendations_overdue, id);
                continue;
            }
            count(Indicator::recommendations_answered, id);
            if (*sent.answered_on <= sent.due) count(Indicator::recommendations_in_time, id);
        }
        const auto all = m_figures[Indicator::recommendations_sent].value;
        for (const auto indicator : {Indicator::recommendations_answered, Indicator::recommendations_in_time,
                                     Indicator::recommendations_overdue})
            m_figures[indicator].denominator = all;
    }

    void add_savings()
    {
        for (const auto& saving : all_savings(m_snapshot)) {
            const bool has_ended = saving.ended_at && *saving.ended_at <= m_as_of;
            if (saving.claimed_at > m_as_of || has_ended) continue;
            const bool is_confirmed = saving.confirmed_at && *saving.confirmed_at <= m_as_of;
            const auto id = saving.id.str();
            const auto amount = counted(saving).tiyn;
            if (!is_budget_saving(saving.type)) {
                if (is_confirmed && saving.type == SavingType::redo_at_contractor_cost)
                    count(Indicator::works_restored, id, amount);
                continue;
            }
            count(Indicator::savings_stated, id, amount);
            if (is_confirmed) count(Indicator::savings_confirmed, id, amount);
            else if (saving.grade != Grade::e) count(Indicator::savings_provisional, id, amount);
        }
    }

    void finish()
    {
        for (auto& [indicator, figure] : m_figures) {
            std::ranges::sort(figure.records);
            if (!figure.records.empty()) figure.record_count = static_cast<std::int64_t>(figure.records.size());
        }
    }

    storage::Snapshot& m_snapshot;
    Instant m_as_of;
    Figures m_figures;
    std::map<std::string, History> m_findings;
    std::set<std::string> m_valid;
};

} // namespace

Figures recompute(storage::Snapshot& snapshot, Instant as_of)
{
    return Recomputation{snapshot, as_of}.figures();
}

} // namespace adal::impact
