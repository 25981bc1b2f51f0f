#include "cyber/resource.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <set>

namespace adal::cyber {

namespace resource_rules {

template <typename E> struct Named {
    E value;
    std::string_view name;
};
constexpr std::array<Named<State>, 15> kStates{{{State::triaged, "triaged"},   {State::guarded, "guarded"},   {State::in_review, "in_review"},
                                                {State::arbitration, "arbitration"}, {State::rejected, "rejected"}, {State::verified, "verified"},
                                                {State::down, "down"},         {State::ready, "ready"},       {State::referred, "referred"},
                                                {State::accepted, "accepted"}, {State::refused, "refused"},   {State::blocked, "blocked"},
                                                {State::removed, "removed"},   {State::relapsed, "relapsed"}, {State::withdrawn, "withdrawn"}}};
constexpr std::array<Named<Verdict>, 2> kVerdicts{{{Verdict::confirm, "confirm"}, {Verdict::reject, "reject"}}};
constexpr std::array<Named<Seen>, 3> kSeen{{{Seen::alive, "alive"}, {Seen::dead, "dead"}, {Seen::blocked, "blocked"}}};

template <typename E, std::size_t N> std::string_view name_in(const std::array<Named<E>, N>& table, E value)
{
    return std::ranges::find(table, value, &Named<E>::value)->name;
}
template <typename E, std::size_t N> std::optional<E> value_in(const std::array<Named<E>, N>& table, std::string_view name)
{
    const auto found = std::ranges::find(table, name, &Named<E>::name);
    return found == table.end() ? std::nullopt : std::optional{found->value};
}

Resource moved(Resource resource, State state, Instant now)
{
    resource.state = state;
    resource.changed_at = now;
    return resource;
}

// path is narrower than host, host than domain.
Scope narrower(Scope a, Scope b)
{
    const auto width = [](Scope scope) { return scope == Scope::path ? 0 : scope == Scope::host ? 1 : 2; };
    return width(a) <= width(b) ? a : b;
}

std::size_t confirmations_needed(const Resource& resource)
{
    return resource.is_guarded ? 3 : 2;
}

Resource verified(Resource resource, const std::vector<Review>& confirming, Instant now)
{
    resource.category = confirming.front().category;
    resource.severity = find_category(resource.category)->severity;
    resource.scope = confirming.front().scope;
    for (const auto& review : confirming) resource.scope = narrower(resource.scope, review.scope);
    resource.verified_at = now;
    return moved(std::move(resource), State::verified, now);
}

bool is_here(const Check& check)
{
    return check.country == "KZ";
}

} // namespace resource_rules

using namespace resource_rules;

std::string_view name(State state) { return name_in(kStates, state); }
std::optional<State> state_from(std::string_view name) { return value_in(kStates, name); }
std::string_view name(Verdict verdict) { return name_in(kVerdicts, verdict); }
std::optional<Verdict> verdict_from(std::string_view name) { return value_in(kVerdicts, name); }
std::string_view name(Seen seen) { return name_in(kSeen, seen); }
std::optional<Seen> seen_from(std::string_view name) { return value_in(kSeen, name); }

bool is_waiting(State state)
{
    return state == State::triaged || state == State::guarded || state == State::in_review;
}

bool is_listed(State state)
{
    switch (state) {
    case State::verified:
    case State::down:
    case State::ready:
    case State::referred:
    case State::accepted:
    case State::blocked:
    case State::removed:
    case State::relapsed: return true;
    default: return false;
    }
}

std::string cluster_of(const Identity& identity, std::string_view registrable)
{
    auto label = registrable.empty() || identity.kind != Kind::url ? std::string_view{identity.key}.substr(std::min(identity.key.size(), identity.key.find(':') + 1))
                                     : registrable.substr(0, registrable.find('.'));
    std::string out;
    for (const char c : label)
        if (c != '-' && c != '_' && (c < '0' || c > '9')) out += c;
    constexpr std::size_t kShortest = 4; // "b24" and "t-7" say nothing
    return out.size() < kShortest ? std::string{} : out;
}

std::string defanged(const Identity& identity)
{
    const auto text = std::string_view{identity.key}.substr(std::min(identity.key.size(), identity.key.find(':') + 1));
    std::string out;
    for (const char c : text) out += c == '.' ? std::string{"[.]"} : c == '@' ? std::string{"[@]"} : std::string(1, c);
    return out;
}

std::string shown(const Identity& identity)
{
    const auto kind = std::string_view{identity.key}.substr(0, identity.key.find(':'));
    return (kind == "url" ? std::string{} : std::string{kind} + ": ") + defanged(identity);
}

Scope proposed_scope(const Link& link, const Guard& guard)
{
    if (link.identity.kind != Kind::url || !link.meant) return Scope::path;
    const bool has_path = link.identity.key.find('/') != std::string::npos || link.identity.key.find('?') != std::string::npos;
    return has_path ? Scope::path : guard.smallest_scope(host_of(link));
}

Result<Done> may_review(const Resource& resource, const Panel& panel, PersonId person, bool is_adult, int severe_today)
{
    if (!is_waiting(resource.state) && resource.state != State::arbitration) return fail(wrong_state, {{"state", std::string{name(resource.state)}}});
    if (!is_adult) return fail(reviewer_not_adult);
    if (std::ranges::find(panel.reporters, person) != panel.reporters.end()) return fail(reviewer_reported);
    if (std::ranges::find(panel.reviews, person, &Review::reviewer) != panel.reviews.end()) return fail(reviewer_again);
    if (resource.severity >= 5 && severe_today >= kSevereADay) return fail(exposure_limit);
    return done();
}

Result<Done> is_whole(const Review& review, const Resource& resource, const Guard& guard)
{
    if (trim(review.text).empty()) return fail(review_text_missing);
    if (review.verdict == Verdict::reject) return done();
    const auto* category = find_category(review.category);
    if (category == nullptr || (category->accepted != Accepted::yes && category->accepted != Accepted::form)) return fail(review_category);
    for (const auto& question : questions_of(*category)) {
        const auto answer = std::ranges::find(review.answers, question.id, &Answer::question);
        if (answer == review.answers.end()) return fail(review_unanswered);
        if (!answer->yes) return fail(review_no_violation);
        if (trim(answer->where).empty()) return fail(review_not_shown);
    }
    if (!review.capture.is_set() && !review.copy.is_set() && trim(review.no_capture).empty()) return fail(review_capture_missing);
    if (review.scope != Scope::path) {
        const auto hits = guard.hits(resource.host, review.scope);
        if (resource.host.empty() || !hits.empty()) return fail(scope_too_wide, {{"name", hits.empty() ? resource.identity.key : hits.front().name}});
    }
    return done();
}

bool is_looked_at_twice(ResourceId id)
{
    return sha256(id.text())[0] % 10 == 0;
}

Resource after_review(Resource resource, const Panel& before, const Review& review)
{
    auto all = before.reviews;
    all.push_back(review);
    std::vector<Review> confirming;
    std::set<std::string> codes;
    for (const auto& one : all)
        if (one.verdict == Verdict::confirm) confirming.push_back(one), codes.insert(one.category);
    const auto refusing = all.size() - confirming.size();
    if (resource.state == State::arbitration) {
        if (review.verdict == Verdict::reject) return moved(std::move(resource), State::rejected, review.at);
        if (confirming.size() < confirmations_needed(resource)) return moved(std::move(resource), State::arbitration, review.at);
        std::ranges::rotate(confirming, confirming.end() - 1); // the arbiter's category holds
        return verified(std::move(resource), confirming, review.at);
    }
    if (confirming.empty()) {
        const bool is_over = refusing >= 2 || !is_looked_at_twice(resource.id);
        return moved(std::move(resource), is_over ? State::rejected : State::in_review, review.at);
    }
    if (refusing > 0 || codes.size() > 1) return moved(std::move(resource), State::arbitration, review.at);
    if (confirming.size() >= confirmations_needed(resource)) return verified(std::move(resource), confirming, review.at);
    return moved(std::move(resource), State::in_review, review.at);
}

Resource after_check(Resource resource, const Check& check, const std::vector<Check>& recent)
{
    if (check.seen == Seen::alive) resource.alive_at = check.at;
    const auto state = resource.state;
    if (state == State::verified || state == State::down || state == State::ready) {
        if (check.seen == Seen::alive) return moved(std::move(resource), State::ready, check.at);
        if (check.seen == Seen::dead) return moved(std::move(resource), State::down, check.at);
        return resource;
    }
    if ((state == State::blocked || state == State::removed) && check.seen == Seen::alive && is_here(check))
        return moved(std::move(resource), State::relapsed, check.at);
    if (state == State::relapsed && check.seen == Seen::alive) return moved(std::move(resource), State::ready, check.at);
    if (state != State::accepted && state != State::referred) return resource;
    std::set<std::string> blocked_here;
    bool is_alive_abroad = false, is_dead_for_all = true;
    for (const auto& one : recent) {
        if (one.seen == Seen::blocked && is_here(one)) blocked_here.insert(one.vantage);
        if (one.seen == Seen::alive && !is_here(one)) is_alive_abroad = true;
        if (one.seen != Seen::dead) is_dead_for_all = false;
    }
    if (blocked_here.size() >= 2 && is_alive_abroad) return moved(std::move(resource), State::blocked, check.at);
    if (is_dead_for_all && recent.size() >= 2) return moved(std::move(resource), State::removed, check.at);
    return resource;
}

std::optional<Instant> next_look(const Resource& resource, const std::vector<Check>& checks)
{
    if (resource.state != State::blocked && resource.state != State::removed) return std::nullopt;
    for (const auto days : kLookAgainDays) {
        const auto due = resource.changed_at.plus(std::chrono::hours{24 * days});
        if (std::ranges::none_of(checks, [&](const Check& check) { return check.at >= due; })) return due;
    }
    return std::nullopt;
}

Result<LegalBasis> may_refer(const Resource& resource, const std::vector<Review>& reviews, Instant now)
{
    if (resource.state != State::ready) return fail(wrong_state, {{"state", std::string{name(resource.state)}}});
    if (resource.is_guarded && !(resource.cleared_by_coordinator.is_set() && resource.cleared_by_lawyer.is_set())) return fail(guard_not_cleared);
    if (!resource.alive_at || resource.alive_at->plus(kFreshLiveness) < now) return fail(not_alive);
    std::set<PersonId> people;
    for (const auto& review : reviews)
        if (review.verdict == Verdict::confirm) people.insert(review.reviewer);
    ADAL_CHECK(people.size() >= 2);
    const auto* category = find_category(resource.category);
    const auto basis = category ? basis_on(*category, local_date(now)) : std::nullopt;
    if (!basis) return fail(no_legal_basis);
    return *basis;
}

Result<Resource> refer(Resource resource, const std::vector<Review>& reviews, Instant now)
{
    if (const auto basis = may_refer(resource, reviews, now); !basis) return pass(basis);
    return moved(std::move(resource), State::referred, now);
}

Result<Resource> accept(Resource resource, Instant now)
{
    if (resource.state != State::referred) return fail(wrong_state, {{"state", std::string{name(resource.state)}}});
    return moved(std::move(resource), State::accepted, now);
}

Result<Resource> refuse(Resource resource, Instant now)
{
    if (resource.state != State::referred && resource.state != State::accepted) return fail(wrong_state, {{"state", std::string{name(resource.state)}}});
    return moved(std::move(resource), State::refused, now);
}

Result<Resource> withdraw(Resource resource, std::string_view reason, Instant now)
{
    if (!is_listed(resource.state) && resource.state != State::refused) return fail(wrong_state, {{"state", std::string{name(resource.state)}}});
    if (trim(reason).empty()) return fail(withdrawal_reason_missing);
    return moved(std::move(resource), State::withdrawn, now);
}

} // namespace adal::cyber
