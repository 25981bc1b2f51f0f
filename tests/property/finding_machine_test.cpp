// A finding under random events: whoever does whatever in whatever order, it never leaves the declared machine,
// its state is what its events add up to, and the four eyes stay four.
#include "oversight/test_records.hpp"

#include "oversight/event.hpp"

#include <rapidcheck/gtest.h>

namespace adal::oversight {
namespace {

using namespace test;

constexpr int kSteps = 60;

const std::vector<PersonId>& everybody()
{
    static const std::vector<PersonId> people{author, mate, reviewer, second_reviewer, coordinator};
    return people;
}

const Finding& first()
{
    static const Finding finding = reported();
    return finding;
}

struct Story {
    Finding finding = first();
    std::vector<Event> events{{.entity = Entity::finding, .id = "1", .seq = 1, .action = "report", .to = "reported"}};
    std::vector<Verification> words{};
    Instant now = moment;
};

Result<Step> anything(const Story& story, int what, PersonId who, const std::string& text)
{
    const auto& f = story.finding;
    auto canonical = first();
    canonical.id = FindingId::make(moment);
    const auto said = [&](VerificationResult result) {
        auto given = word(who, result);
        given.text = text;
        given.at = story.now;
        return verify(f, given, story.words);
    };
    switch (what) {
    case 0: return triage(f, who, story.now);
    case 1: return mark_duplicate(f, canonical, who, story.now);
    case 2: return mark_invalid(f, who, InvalidReason::out_of_scope, text, story.now);
    case 3: return said(VerificationResult::confirm);
    case 4: return said(VerificationResult::refute);
    case 5: return said(VerificationResult::unsure);
    case 6: return seal(f, {.leaf = 1, .eid = "e", .case_id = "c", .by = who, .at = story.now});
    case 7: return publish(f, {.leaf = 2, .eid = "e", .summary = text, .by = who, .at = story.now});
    case 8: return refer(f, who, story.now);
    case 9: return refer_urgent(f, who, story.now);
    case 10: return acknowledge(f, story.now);
    case 11: return start_work(f, story.now);
    case 12: return refuse(f, text, story.now);
    case 13: return close_refused(f, text, story.now);
    case 14: return claim_fix(f, text, story.now);
    case 15: return finish_fix_check(f, true, story.now);
    case 16: return finish_fix_check(f, false, story.now);
    case 17: return reopen(f, true, text, story.now);
    default: return archive(f, who, story.now);
    }
}

void go_on(Story& story, const Step& step, PersonId who)
{
    RC_ASSERT(step.from == std::optional{story.finding.state});
    RC_ASSERT(next(story.finding.state, step.action) == std::optional{step.finding.state});
    RC_ASSERT(step.finding.version == story.finding.version + 1);
    if (step.action == FindingAction::confirm || step.action == FindingAction::refute || step.action == FindingAction::doubt || step.action == FindingAction::decide_valid ||
        step.action == FindingAction::decide_invalid) {
        const bool refutes = step.action == FindingAction::refute || step.action == FindingAction::decide_invalid;
        story.words.push_back(word(who, step.action == FindingAction::doubt ? VerificationResult::unsure : refutes ? VerificationResult::refute : VerificationResult::confirm));
    }
    story.events.push_back({.entity = Entity::finding, .id = "1", .seq = std::ssize(story.events) + 1, .actor = who, .action = std::string(name(step.action)),
                            .from = std::string(name(*step.from)), .to = std::string(name(step.finding.state))});
    story.finding = step.finding;
}

// I1, I3 and what a seal and a publication rest on, whatever happened.
void check(const Story& story)
{
    const auto& f = story.finding;
    RC_ASSERT(fold(story.events) == std::optional{std::string(name(f.state))});
    RC_ASSERT(!f.seal || (f.verified_at && !f.has_author(f.seal->by)));
    RC_ASSERT(!f.publication || (f.seal && !f.has_author(f.publication->by)));
    RC_ASSERT((f.state == FindingState::duplicate) == f.duplicate_of.is_set());
    RC_ASSERT(!f.archive_proposed_by.is_set() || !f.has_author(f.archive_proposed_by));
    RC_ASSERT(!f.verification_due || !f.verified_at);
    bool is_referred = false;
    for (const auto& event : story.events) is_referred = is_referred || event.action == "refer";
    RC_ASSERT(!is_referred || f.seal);
    for (const auto& one : story.words) RC_ASSERT(!f.has_author(one.verifier));
}

RC_GTEST_PROP(AFinding, never_leaves_its_machine_under_random_events, ())
{
    Story story;
    if (*rc::gen::arbitrary<bool>()) story.finding.severity = Severity::danger;
    for (int i = 0; i < kSteps; ++i) {
        story.now = story.now.plus(std::chrono::hours{*rc::gen::inRange(0, 24 * 400)});
        const auto who = *rc::gen::elementOf(everybody());
        // What ends a finding at once is tried less often, so that most stories get far.
        const auto what = *rc::gen::weightedOneOf<int>({{30, rc::gen::inRange(3, 19)}, {4, rc::gen::just(0)}, {1, rc::gen::element(1, 2)}});
        const auto step = anything(story, what, who, *rc::gen::element<std::string>("көрдім", "көрдім", "көрдім", " "));
        if (step) go_on(story, *step, who);
        else RC_ASSERT(step.error().code->key.starts_with("oversight."));
        check(story);
    }
    RC_TAG(std::string(name(story.finding.state)));
}

} // namespace
} // namespace adal::oversight
