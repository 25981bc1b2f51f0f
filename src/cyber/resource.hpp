// cyber/resource.hpp: one illegal resource from the first report to "still blocked": its states, and what each step
// demands (cyber.md §3.1, §3.3). Rules only: no storage, no network, no language. Thread-safe.
//
//   triaged ─┬─▶ in_review ─▶ verified ─▶ ready ─▶ referred ─▶ accepted ─▶ blocked · removed ⇄ relapsed ─▶ ready
//   guarded ─┘      │  └▶ arbitration ─▶ verified · rejected      │ refused
//                   └▶ rejected            verified ─▶ down (dead before it was referred)
//   any of verified … relapsed ─▶ withdrawn
#pragma once

#include "base/id.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "cyber/category.hpp"
#include "cyber/guard.hpp"
#include "cyber/link.hpp"
#include "cyber/list_entry.hpp"
#include "cyber/triage.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::cyber {

// Stored by name, append-only; "cyber.state." + name.
enum class State { triaged, guarded, in_review, arbitration, rejected, verified, down, ready, referred, accepted, refused, blocked, removed, relapsed, withdrawn };
inline constexpr std::array<State, 15> all_states{State::triaged, State::guarded, State::in_review, State::arbitration, State::rejected, State::verified, State::down,
                                                  State::ready, State::referred, State::accepted, State::refused, State::blocked, State::removed, State::relapsed,
                                                  State::withdrawn};
std::string_view name(State state);
std::optional<State> state_from(std::string_view name);

// Stands in the reviewers' queue.
bool is_waiting(State state);
// May stand in a feed: two people verified it and nobody took it back.
bool is_listed(State state);

struct Resource {
    ResourceId id{};
    Identity identity{};
    std::string host{}, registrable{}; // of web addresses
    Scope scope = Scope::path;         // that would be blocked
    std::string category{};
    int severity = 0;
    State state = State::triaged;
    bool is_guarded = false; // three reviewers, a coordinator and a lawyer
    PersonId cleared_by_coordinator{}, cleared_by_lawyer{};
    int score = 0;
    std::vector<Reason> reasons{};
    std::vector<GuardHit> guards{};
    std::string cluster{}; // mirrors of one another share it
    std::string case_id{}; // of the public log
    Instant first_reported_at{}, changed_at{};
    std::optional<Instant> verified_at{}, alive_at{}; // last look that found it alive
    std::int64_t version = 1;
};

// Where the name differs from another only by digits and hyphens, it is a mirror: "casino-24.kz", "casino25.com". What lives on
// a platform goes by its own name there, never by the platform's.
std::string cluster_of(const Identity& identity, std::string_view registrable);
// "example[.]kz/pay": nobody can follow it by accident.
std::string defanged(const Identity& identity);
// The same with its platform: "telegram: casinokz".
std::string shown(const Identity& identity);
// What would be blocked when nothing more is said: a channel or an address with a path alone, a bare host as far as the
// guard allows.
Scope proposed_scope(const Link& link, const Guard& guard);

enum class Verdict { confirm, reject };
std::string_view name(Verdict verdict);
std::optional<Verdict> verdict_from(std::string_view name);

struct Answer {
    std::string question{};
    bool yes = false;
    std::string where{}; // where in the capture it is seen; every yes says it
};

struct Review {
    ReviewId id{};
    ResourceId resource{};
    PersonId reviewer{};
    Verdict verdict = Verdict::reject;
    std::string category{};
    Scope scope = Scope::path;
    std::vector<Answer> answers{};
    std::string text{};
    CaptureId capture{};      // what the answers point to, or …
    PageCopyId copy{};        // … the server's copy of the page; both unset: then why there is none
    std::string no_capture{};
    bool is_arbitration = false;
    Instant at{};
};

inline constexpr std::chrono::minutes kLease{20};
inline constexpr std::chrono::hours kFreshLiveness{24};
inline constexpr int kSevereADay = 25; // resources of severity 5 one person looks at in a day

inline constexpr ProblemCode wrong_state{"cyber.wrong_state", 409};               // params: state
inline constexpr ProblemCode reviewer_reported{"cyber.reviewer_reported", 403};
inline constexpr ProblemCode reviewer_again{"cyber.reviewer_again", 403};
inline constexpr ProblemCode reviewer_not_adult{"cyber.reviewer_not_adult", 403};
inline constexpr ProblemCode review_category{"cyber.review_category", 422};
inline constexpr ProblemCode review_unanswered{"cyber.review_unanswered", 422};
inline constexpr ProblemCode review_not_shown{"cyber.review_not_shown", 422};     // a yes does not say where
inline constexpr ProblemCode review_no_violation{"cyber.review_no_violation", 422}; // confirmed with a no among the answers
inline constexpr ProblemCode review_text_missing{"cyber.review_text_missing", 422};
inline constexpr ProblemCode review_capture_missing{"cyber.review_capture_missing", 422};
inline constexpr ProblemCode scope_too_wide{"cyber.scope_too_wide", 422};         // params: name
inline constexpr ProblemCode exposure_limit{"cyber.exposure_limit", 429};
inline constexpr ProblemCode claimed_by_other{"cyber.claimed_by_other", 409};
inline constexpr ProblemCode not_claimed{"cyber.not_claimed", 409};
inline constexpr ProblemCode guard_not_cleared{"cyber.guard_not_cleared", 409};
inline constexpr ProblemCode not_alive{"cyber.not_alive", 409};
inline constexpr ProblemCode no_legal_basis{"cyber.no_legal_basis", 409};
inline constexpr ProblemCode withdrawal_reason_missing{"cyber.withdrawal_reason_missing", 422};

// Who stands around a resource when somebody reviews it.
struct Panel {
    std::vector<PersonId> reporters{};
    std::vector<Review> reviews{}; // oldest first
};

// Whether that person may look at it at all.
Result<Done> may_review(const Resource& resource, const Panel& panel, PersonId person, bool is_adult, int severe_today);
// The review is whole: the category is one we accept, every question has an answer, every yes says where.
Result<Done> is_whole(const Review& review, const Resource& resource, const Guard& guard);
// The resource after a review. Two confirmations (three when guarded) of the same category verify it, with the narrower
// scope; two refusals end it; the first refusal ends it too, but for one in ten, chosen by the id; anything else goes to
// arbitration, whose review decides.
Resource after_review(Resource resource, const Panel& before, const Review& review);
bool is_looked_at_twice(ResourceId id); // one in ten refusals

// Liveness, as a person or a probe saw it.
enum class Seen { alive, dead, blocked };
std::string_view name(Seen seen);
std::optional<Seen> seen_from(std::string_view name);

struct Check {
    ResourceId resource{};
    std::string vantage{}; // "person", or the name of a probe
    std::string country{}; // ISO 3166-1 alpha-2
    Seen seen = Seen::alive;
    PersonId by{};
    Instant at{};
};

// verified → ready or down; blocked and removed → relapsed when it is alive in Kazakhstan; accepted → blocked when two
// vantages of Kazakhstan are blocked and a foreign one is not, → removed when it is dead for all that looked. `recent`:
// checks of the last 24 hours, this one among them.
Resource after_check(Resource resource, const Check& check, const std::vector<Check>& recent);

// Days after it was found blocked or gone on which it is looked at again.
inline constexpr std::array<int, 7> kLookAgainDays{1, 3, 7, 14, 30, 60, 90};
// When the next look is due; nothing: not blocked, or the plan is over. `checks`: of the last 90 days.
std::optional<Instant> next_look(const Resource& resource, const std::vector<Check>& checks);

// Ready to go into a batch on that day: cleared, alive within a day, a ground in force.
Result<LegalBasis> may_refer(const Resource& resource, const std::vector<Review>& reviews, Instant now);
Result<Resource> refer(Resource resource, const std::vector<Review>& reviews, Instant now);
Result<Resource> accept(Resource resource, Instant now);
Result<Resource> refuse(Resource resource, Instant now);
Result<Resource> withdraw(Resource resource, std::string_view reason, Instant now);

} // namespace adal::cyber
