#include "cyber/cyber.hpp"

#include "base/text.hpp"
#include "cyber/exposure_store.hpp"
#include "ledger/ledger.hpp"
#include "people/people.hpp"

#include <algorithm>

namespace adal::cyber {

namespace resource_steps {

using storage::Snapshot;
using storage::Transaction;

constexpr std::size_t kLongestNote = 2000;

struct Acting {
    PersonId person{};
    std::string_view role{}; // of the log
    Instant at{};
    std::string_view text{};
};

std::string_view entry_of(State state)
{
    switch (state) {
    case State::verified:
    case State::rejected: return "review.decided";
    case State::ready:
    case State::down: return "url.checked";
    case State::accepted:
    case State::refused: return "authority.reply";
    case State::blocked:
    case State::removed:
    case State::relapsed: return "url.blocked";
    case State::withdrawn: return "correction";
    default: return {};
    }
}

// Nothing of the address: whoever is given the opening can check it.
Result<std::optional<std::int64_t>> logged(Transaction& tx, const Resource& resource, const Acting& who)
{
    std::optional<std::int64_t> none;
    const auto type = entry_of(resource.state);
    if (type.empty()) return none;
    ledger::Event event{.type = std::string{type}, .case_id = resource.case_id, .role = std::string{who.role}};
    event.pub = {{"cat", resource.category}, {"state", name(resource.state)}};
    if (who.person.is_set()) event.commitments.push_back({.label = "actor", .value = who.person.str()});
    if (!who.text.empty()) event.commitments.push_back({.label = "text", .value = std::string{who.text}});
    const auto leaf = ledger::append(tx, event, who.at);
    if (!leaf) return pass(leaf);
    return std::optional{leaf->index};
}

Result<Resource> kept(Transaction& tx, const Resource& before, Resource after, const Acting& who, std::optional<std::int64_t> leaf = {})
{
    after.version = before.version + 1;
    if (const auto saved = save(tx, after); !saved) return pass(saved);
    if (before.state == after.state) return after;
    if (!leaf) {
        const auto own = logged(tx, after, who);
        if (!own) return pass(own);
        leaf = *own;
    }
    add(tx, after.id, Happened{.person = who.person, .at = who.at, .from = std::string{name(before.state)}, .to = std::string{name(after.state)}, .text = std::string{who.text}, .leaf = leaf});
    return after;
}

Result<Resource> known(Snapshot& snapshot, ResourceId id)
{
    auto resource = find_resource(snapshot, id);
    if (!resource) return fail(not_found);
    return std::move(*resource);
}

// The set of categories we accept is public: the first report under a changed set says so in the log.
Result<Done> announce_categories(Transaction& tx, Instant now)
{
    if (is_announced(tx, categories_sha256())) return done();
    std::string accepted;
    for (const auto& category : categories())
        if (category.accepted != Accepted::no) accepted += (accepted.empty() ? "" : " ") + category.code;
    ledger::Event event{.type = "policy.set", .role = "system"};
    event.pub = {{"accepted", accepted}, {"categories", categories_sha256()}, {"version", categories_version()}};
    const auto leaf = ledger::append(tx, event, now);
    if (!leaf) return pass(leaf);
    add_announced(tx, categories_sha256(), leaf->index, now);
    return done();
}

Resource fresh_resource(const Rulebook& rules, const Found& found, const Category& category, Instant now)
{
    Resource out{.id = ResourceId::make(now), .identity = found.link.identity, .registrable = found.link.registrable, .category = category.code, .severity = category.severity};
    if (found.link.identity.kind == Kind::url) out.host = std::string{host_of(found.link)};
    out.scope = proposed_scope(found.link, rules.guard);
    auto triage = rules.triage_of(found.written, found.link);
    out.score = triage.score;
    out.reasons = std::move(triage.reasons);
    if (!out.host.empty()) out.guards = rules.guard.protected_names(out.host);
    out.is_guarded = !out.guards.empty() || category.accepted == Accepted::form;
    out.state = out.is_guarded ? State::guarded : State::triaged;
    if (out.guards.empty()) out.cluster = cluster_of(out.identity, out.registrable); // pages of one host for all are no mirrors
    out.case_id = ledger::new_event_id();
    out.first_reported_at = out.changed_at = now;
    return out;
}

// Only web addresses: what lives on a platform is shown to those who are signed in there.
void want(Transaction& tx, const Resource& resource, Instant now)
{
    add_wanted(tx, {.id = PageCopyId::make(now), .resource = resource.id, .site = resource.registrable.empty() ? resource.host : resource.registrable, .wanted_at = now});
}

Result<Done> raise_alike(Transaction& tx, const Rulebook& rules, Resource resource, const PageCopy& copy)
{
    constexpr std::size_t kLooked = 20;
    if (!is_waiting(resource.state)) return done();
    const auto found = alike(tx, copy, kLooked);
    const auto known = std::ranges::find_if(found, [](const Alike& one) { return is_listed(one.resource.state); });
    if (known == found.end()) return done();
    auto triage = rules.triage.with_alike({.score = resource.score, .reasons = resource.reasons}, defanged(known->resource.identity));
    if (triage.reasons.size() == resource.reasons.size()) return done();
    resource.score = triage.score;
    resource.reasons = std::move(triage.reasons);
    put_triage(tx, resource);
    return done();
}

Result<Done> begin(Transaction& tx, const Rulebook& rules, const Resource& resource, PersonId person)
{
    add(tx, resource);
    if (rules.takes_copies && resource.identity.kind == Kind::url) want(tx, resource, resource.first_reported_at);
    ledger::Event event{.type = "url.reported", .case_id = resource.case_id, .role = "volunteer"};
    event.pub = {{"cat", resource.category}};
    event.commitments.push_back({.label = "identity", .value = resource.identity.key});
    const auto leaf = ledger::append(tx, event, resource.first_reported_at);
    if (!leaf) return pass(leaf);
    add(tx, resource.id, Happened{.person = person, .at = resource.first_reported_at, .to = std::string{name(resource.state)}, .leaf = leaf->index});
    return done();
}

Result<Capture> sealed_capture(Transaction& tx, const Resource& resource, const files::StoredFile& file, const Acting& who)
{
    ledger::Event event{.type = "evidence.added", .case_id = resource.case_id, .role = std::string{who.role}};
    event.pub = {{"cat", resource.category}};
    event.commitments = {{.label = "actor", .value = who.person.str()}, {.label = "capture", .digest = ledger::Digest{file.sha256, file.size}}};
    const auto leaf = ledger::append(tx, event, who.at);
    if (!leaf) return pass(leaf);
    const Capture capture{.id = CaptureId::make(who.at), .resource = resource.id, .file = file.id, .person = who.person, .at = who.at, .leaf = leaf->index};
    add(tx, capture);
    return capture;
}

// What the reporter saw, for the first resources of the report.
Result<Done> show(Transaction& tx, const std::vector<ReportedLink>& links, const NewReport& report, Instant now)
{
    if (report.screenshot == nullptr) return done();
    if (!report.person.is_set()) return fail(screenshot_signed_in);
    std::size_t n = 0;
    for (const auto& link : links) {
        if (!link.resource.is_set() || n >= kMostShown) continue;
        ++n;
        const auto shown = sealed_capture(tx, *find_resource(tx, link.resource), *report.screenshot, {report.person, "volunteer", now, {}});
        if (!shown) return pass(shown);
    }
    return done();
}

Result<ReportedLink> taken(Transaction& tx, const Rulebook& rules, const Found& found, const Category& category, const NewReport& report, Instant now)
{
    ReportedLink out{.shown = shown(found.link.identity)};
    if (!found.refused.empty()) {
        out.outcome = Outcome::refused;
        out.reason = found.refused;
        return out;
    }
    LinkReport row{.id = LinkReportId::make(now), .category = category.code, .sha256 = sha256(found.link.identity.key), .at = now};
    if (category.accepted == Accepted::sealed) {
        add(tx, row);
        return ReportedLink{.outcome = Outcome::sealed};
    }
    row.person = report.person;
    row.note = report.note;
    auto resource = find_resource(tx, found.link.identity.key);
    out.outcome = resource ? Outcome::known : Outcome::fresh;
    if (!resource) {
        resource = fresh_resource(rules, found, category, now);
        if (const auto begun = begin(tx, rules, *resource, report.person); !begun) return pass(begun);
        row.is_first = true;
    }
    out.resource = row.resource = resource->id;
    add(tx, row);
    return out;
}

Result<bool> is_adult(Snapshot& snapshot, PersonId id, Instant now)
{
    const auto person = people::get(snapshot, id);
    if (!person) return pass(person);
    return person->is_surely_adult(local_date(now));
}

Result<Done> allowed(Snapshot& snapshot, const Resource& resource, const Panel& panel, PersonId person, Instant now)
{
    const auto adult = is_adult(snapshot, person, now);
    if (!adult) return pass(adult);
    return may_review(resource, panel, person, *adult, severe_reviews_since(snapshot, person, now.plus(-std::chrono::hours{24})));
}

bool is_of(Snapshot& snapshot, const Review& review, ResourceId id)
{
    if (review.capture.is_set()) {
        const auto captures = captures_of(snapshot, id);
        if (std::ranges::find(captures, review.capture, &Capture::id) == captures.end()) return false;
    }
    const auto copy = review.copy.is_set() ? find_copy(snapshot, review.copy) : std::nullopt;
    return !review.copy.is_set() || (copy && copy->resource == id && copy->is_kept());
}

Panel panel_of(Snapshot& snapshot, ResourceId id)
{
    return {.reporters = reporters_of(snapshot, id), .reviews = reviews_of(snapshot, id)};
}

bool is_claimed_by(Snapshot& snapshot, ResourceId id, PersonId person, Instant now)
{
    const auto claim = claim_of(snapshot, id);
    return claim && claim->person == person && claim->until > now;
}

} // namespace resource_steps

using namespace resource_steps;

Result<std::vector<ReportedLink>> report_links(Transaction& tx, const Rulebook& rules, const NewReport& report, Instant now)
{
    const auto* category = find_category(report.category);
    if (category == nullptr) return fail(category_unknown);
    if (category->accepted == Accepted::no) return fail(category_refused);
    const auto note = clean_text(report.note);
    if (!note) return fail(bad_field, {{"field", "note"}, {"reason", "bad_text"}});
    if (note->size() > kLongestNote) return fail(bad_field, {{"field", "note"}, {"reason", "too_long"}});
    auto clean = report;
    clean.note = *note;
    const auto links = find_links(report.text, rules.suffixes, rules.own);
    if (!links) return pass(links);
    if (!report.person.is_set() && count_reports_since(tx, now.plus(-std::chrono::hours{1}), true) + std::ssize(*links) > kAnonymousAnHour) return fail(too_many_reports);
    if (const auto announced = announce_categories(tx, now); !announced) return pass(announced);
    std::vector<ReportedLink> out;
    for (const auto& found : *links) {
        auto one = taken(tx, rules, found, *category, clean, now);
        if (!one) return pass(one);
        out.push_back(std::move(*one));
    }
    if (const auto shown = show(tx, out, clean, now); !shown) return pass(shown);
    return out;
}

Result<Resource> claim_resource(Transaction& tx, ResourceId id, PersonId person, Instant now)
{
    auto resource = known(tx, id);
    if (!resource) return pass(resource);
    if (const auto may = allowed(tx, *resource, panel_of(tx, id), person, now); !may) return pass(may);
    const auto claim = claim_of(tx, id);
    if (claim && claim->person != person && claim->until > now) return fail(claimed_by_other);
    if (const auto may = may_look(looking_since(tx, person, now.plus(-std::chrono::hours{24})), now); !may) return pass(may);
    put_claim(tx, id, {.person = person, .until = now.plus(kLease)});
    begin_looking(tx, person, id, {.from = now, .until = now.plus(kLease)});
    return resource;
}

Result<Capture> add_capture(Transaction& tx, ResourceId id, const files::StoredFile& file, PersonId person, Instant now)
{
    const auto resource = known(tx, id);
    if (!resource) return pass(resource);
    if (!is_claimed_by(tx, id, person, now)) return fail(not_claimed);
    return sealed_capture(tx, *resource, file, {person, "reviewer", now, {}});
}

Result<Done> want_copy(Transaction& tx, const Rulebook& rules, ResourceId id, Instant now)
{
    const auto resource = known(tx, id);
    if (!resource) return pass(resource);
    if (!rules.takes_copies) return fail(copies_off);
    if (resource->identity.kind != Kind::url) return fail(copy_not_web);
    if (is_wanted(tx, id)) return fail(copy_waits);
    want(tx, *resource, now);
    return done();
}

Result<PageCopy> keep_copy(Transaction& tx, const Rulebook& rules, PageCopy copy, const files::StoredFile* archive, Instant now)
{
    const auto resource = known(tx, copy.resource);
    if (!resource) return pass(resource);
    const auto before = find_copy(tx, copy.id);
    if (!before || before->taken_at) return fail(not_found); // another server on this database was faster
    copy.taken_at = now;
    if (archive != nullptr) {
        copy.file = archive->id;
        ledger::Event event{.type = "evidence.added", .case_id = resource->case_id, .role = "system"};
        event.pub = {{"cat", resource->category}};
        event.commitments = {{.label = "page", .digest = ledger::Digest{archive->sha256, archive->size}}};
        const auto leaf = ledger::append(tx, event, now);
        if (!leaf) return pass(leaf);
        copy.leaf = leaf->index;
    }
    save_taken(tx, copy);
    if (const auto raised = raise_alike(tx, rules, *resource, copy); !raised) return pass(raised);
    return copy;
}

Result<Resource> review_resource(Transaction& tx, const Rulebook& rules, ResourceId id, Review review, bool may_arbitrate, PersonId person, Instant now)
{
    auto resource = known(tx, id);
    if (!resource) return pass(resource);
    const auto panel = panel_of(tx, id);
    if (const auto may = allowed(tx, *resource, panel, person, now); !may) return pass(may);
    if (resource->state == State::arbitration && !may_arbitrate) return fail(arbiter_needed);
    if (!is_claimed_by(tx, id, person, now)) return fail(not_claimed);
    review.id = ReviewId::make(now);
    review.resource = id;
    review.reviewer = person;
    review.is_arbitration = resource->state == State::arbitration;
    review.at = now;
    if (const auto whole = is_whole(review, *resource, rules.guard); !whole) return pass(whole);
    if (!is_of(tx, review, id)) return fail(not_found);
    add(tx, review);
    drop_claim(tx, id);
    end_looking(tx, person, id, now);
    return kept(tx, *resource, after_review(*resource, panel, review), {person, review.is_arbitration ? "coordinator" : "reviewer", now, review.text});
}

Result<Resource> clear_guard(Transaction& tx, ResourceId id, bool is_lawyer, PersonId person, Instant now)
{
    auto resource = known(tx, id);
    if (!resource) return pass(resource);
    if (!resource->is_guarded || !is_listed(resource->state)) return fail(wrong_state, {{"state", std::string{name(resource->state)}}});
    auto after = *resource;
    (is_lawyer ? after.cleared_by_lawyer : after.cleared_by_coordinator) = person;
    if (after.cleared_by_lawyer == after.cleared_by_coordinator) return fail(reviewer_again);
    return kept(tx, *resource, std::move(after), {person, is_lawyer ? "lawyer" : "coordinator", now, {}});
}

Result<Resource> record_check(Transaction& tx, Check check, PersonId person, Instant now)
{
    auto resource = known(tx, check.resource);
    if (!resource) return pass(resource);
    if (!is_listed(resource->state)) return fail(wrong_state, {{"state", std::string{name(resource->state)}}});
    check.by = person;
    if (check.at.ms == 0) check.at = now;
    add(tx, check);
    return kept(tx, *resource, after_check(*resource, check, checks_since(tx, check.resource, now.plus(-kFreshLiveness))), {person, "reviewer", now, {}});
}

Result<Resource> mark_referred(Transaction& tx, ResourceId id, std::int64_t leaf, PersonId person, Instant now)
{
    auto resource = known(tx, id);
    if (!resource) return pass(resource);
    auto after = refer(*resource, reviews_of(tx, id), now);
    if (!after) return pass(after);
    return kept(tx, *resource, std::move(*after), {person, "coordinator", now, {}}, leaf);
}

Result<Resource> mark_accepted(Transaction& tx, ResourceId id, PersonId person, Instant now)
{
    auto resource = known(tx, id);
    if (!resource) return pass(resource);
    auto after = accept(*resource, now);
    if (!after) return pass(after);
    return kept(tx, *resource, std::move(*after), {person, "coordinator", now, {}});
}

Result<Resource> mark_refused(Transaction& tx, ResourceId id, std::string_view reason, PersonId person, Instant now)
{
    auto resource = known(tx, id);
    if (!resource) return pass(resource);
    auto after = refuse(*resource, now);
    if (!after) return pass(after);
    return kept(tx, *resource, std::move(*after), {person, "coordinator", now, reason});
}

Result<Resource> withdraw_resource(Transaction& tx, ResourceId id, std::string_view reason, PersonId person, Instant now)
{
    auto resource = known(tx, id);
    if (!resource) return pass(resource);
    const auto why = clean_text(reason);
    if (!why) return fail(bad_field, {{"field", "reason"}, {"reason", "bad_text"}});
    auto after = withdraw(*resource, *why, now);
    if (!after) return pass(after);
    return kept(tx, *resource, std::move(*after), {person, "coordinator", now, *why});
}

} // namespace adal::cyber
