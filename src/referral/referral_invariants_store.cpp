// What must always be true of this room, over the whole store (`adal check`).
#include "referral/calendar_store.hpp"
#include "referral/document_store.hpp"
#include "referral/referral.hpp"
#include "referral/step_store.hpp"

#include <algorithm>
#include <map>

namespace adal::referral {

namespace promises {

using Lines = std::vector<std::string>;

// Deadlines are counted again from the rule and the calendar that were kept with them (invariant 8).
class Recount
{
public:
    explicit Recount(storage::Snapshot& snapshot) : m_snapshot(snapshot) {}

    // True also where the content of that calendar was not kept yet (before 2026-11-26).
    bool agrees(const Deadline& deadline)
    {
        const auto& calendar = cached(m_calendars, deadline.calendar_version,
                                      [&] { return kept_calendar(m_snapshot, deadline.calendar_version); });
        const auto& rule = cached(m_rules, deadline.rule_version, [&]() -> std::optional<DeadlineRule> {
            const auto text = rule_text(m_snapshot, deadline.rule_version);
            if (!text) return std::nullopt;
            auto read = read_deadline_rule(*text);
            if (!read || read->version != deadline.rule_version) return std::nullopt;
            return *read;
        });
        if (!rule) return false;
        return !calendar || deadline_of(*rule, deadline.start, *calendar).due == deadline.due;
    }

private:
    template <typename T, typename Make>
    static const std::optional<T>& cached(std::map<std::string, std::optional<T>>& known, const std::string& key, Make make)
    {
        const auto it = known.find(key);
        return it != known.end() ? it->second : known.emplace(key, make()).first->second;
    }

    storage::Snapshot& m_snapshot;
    std::map<std::string, std::optional<WorkingDays>> m_calendars;
    std::map<std::string, std::optional<DeadlineRule>> m_rules;
};

bool was_extended(const std::vector<Step>& steps, const Recommendation& recommendation)
{
    return std::ranges::any_of(steps, [&](const Step& step) {
        return step.kind == StepKind::extension && !step.about.is_set() && step.recommendation == recommendation.id;
    });
}

// Who must answer is who it was addressed to, or the last one it was passed on to.
bool holder_is_explained(const std::vector<Step>& steps, const Recommendation& recommendation)
{
    AuthorityId last;
    for (const auto& step : steps)
        if (step.recommendation == recommendation.id &&
            (step.kind == StepKind::forwarding || step.kind == StepKind::succession))
            last = step.authority;
    return last == recommendation.holder;
}

void check_recommendation(storage::Snapshot& snapshot, Recount& recount, const std::vector<Step>& steps,
                          const Recommendation& recommendation, Lines& broken)
{
    if (recommendation.state == RecommendationState::unsent) return;
    const auto say = [&](std::string_view what) { broken.push_back(std::string(what) + ": " + recommendation.id.str()); };
    const auto& deadline = recommendation.deadline;
    if (!deadline || !rule_text(snapshot, deadline->rule_version) || !find_dispatch(snapshot, recommendation.dispatch))
        say("sent recommendation without its versions");
    else if (!was_extended(steps, recommendation) && !recount.agrees(*deadline))
        say("deadline is not what its rule and calendar give");
    if (!holder_is_explained(steps, recommendation)) say("another authority answers without a step that says so");
    const auto replies = list_replies(snapshot, recommendation.id);
    const auto answers = std::ranges::count_if(replies, [](const auto& reply) { return is_answer(reply.reply_class); });
    const bool is_answered = recommendation.state == RecommendationState::answered;
    if (answers != (is_answered ? 1 : 0)) say("recommendation and its replies disagree");
}

void check_steps(Recount& recount, const std::vector<Step>& steps, Lines& broken)
{
    for (const auto& step : steps) {
        if (is_our_letter(step.kind) && !step.deadline) broken.push_back("letter without a clock: " + step.id.str());
        if (step.deadline && !step.is_set_by_letter && !recount.agrees(*step.deadline))
            broken.push_back("deadline of a step is not what its rule and calendar give: " + step.id.str());
        if (step.end && step.end->on < step.on) broken.push_back("step ended before it began: " + step.id.str());
    }
}

} // namespace promises

std::vector<std::string> check_invariants(storage::Snapshot& snapshot)
{
    promises::Lines broken;
    promises::Recount recount{snapshot};
    for (const auto& id : all_documents(snapshot)) {
        const auto document = read_document(snapshot, id);
        if (!document) continue;
        if (!is_intact(*document)) broken.push_back("document changed after signing: " + id.str());
        if (state_of(*document) != document->state)
            broken.push_back("document state is not what its recommendations say: " + id.str());
        const auto steps = steps_in(snapshot, id);
        for (const auto& recommendation : document->recommendations)
            promises::check_recommendation(snapshot, recount, steps, recommendation, broken);
        promises::check_steps(recount, steps, broken);
    }
    return broken;
}

} // namespace adal::referral
