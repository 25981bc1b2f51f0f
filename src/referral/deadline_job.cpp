// The job that writes silence down: each passed deadline once, with the rule it passed.
#include "ledger/ledger.hpp"
#include "referral/document_store.hpp"
#include "referral/referral.hpp"

#include <algorithm>

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
    event.pub = {{"document", recommendation.document.text()},
                 {"recommendation", recommendation.id.text()},
                 {"authority", sent->authority.text()},
                 {"authority_version", sent->authority_version.text()},
                 {"due", iso(recommendation.deadline->due)},
                 {"rule", recommendation.deadline->rule_version},
                 {"calendar", recommendation.deadline->calendar_version}};
    return event;
}

} // namespace

int record_missed(storage::Transaction& tx, LocalDate today, Instant now)
{
    int written = 0;
    for (const auto& recommendation : recommendations_due_before(tx, today)) {
        const auto missed = miss(recommendation, today);
        if (!missed) continue;
        save(tx, *missed);
        const auto leaf = ledger::append(tx, missed_event(tx, *missed), now);
        ADAL_CHECK(leaf.has_value());
        ++written;
    }
    return written;
}

std::vector<std::string> check_invariants(storage::Snapshot& snapshot)
{
    std::vector<std::string> broken;
    for (const auto& id : all_documents(snapshot)) {
        const auto document = read_document(snapshot, id);
        if (!document) continue;
        if (!is_intact(*document)) broken.push_back("document changed after signing: " + id.str());
        if (state_of(*document) != document->state)
            broken.push_back("document state is not what its recommendations say: " + id.str());
        for (const auto& recommendation : document->recommendations) {
            if (recommendation.state == RecommendationState::unsent) continue;
            // Invariant 8: the versions a deadline was computed from are there.
            const auto& deadline = recommendation.deadline;
            if (!deadline || !rule_text(snapshot, deadline->rule_version) ||
                !find_dispatch(snapshot, recommendation.dispatch))
                broken.push_back("sent recommendation without its versions: " + recommendation.id.str());
            const auto replies = list_replies(snapshot, recommendation.id);
            const auto answers = std::ranges::count_if(
                replies, [](const auto& reply) { return is_answer(reply.reply_class); });
            const bool is_answered = recommendation.state == RecommendationState::answered;
            if (answers != (is_answered ? 1 : 0))
                broken.push_back("recommendation and its replies disagree: " + recommendation.id.str());
        }
    }
    return broken;
}

} // namespace adal::referral
