// cyber/cyber.hpp: the face of the room of illegal resources: who they are, whether they are on a list, why a person
// should look at them first, and the way of each from the first report to "still blocked".
//
// Each operation runs in the caller's transaction: it changes the record, writes what happened and, where the public log
// registers it, appends the entry, all or nothing. Rules of four eyes are inside. The public log gets categories, states and
// commitments to identities, never an address: `url.reported`, `evidence.added`, `review.decided`, `url.checked`, `referral.sent`,
// `authority.reply`, `url.blocked`, `correction`.
#pragma once

#include "cyber/appeal.hpp"
#include "cyber/appeal_store.hpp"
#include "cyber/canon_line.hpp"
#include "cyber/category.hpp"
#include "cyber/exposure_store.hpp"
#include "cyber/gold_store.hpp"
#include "cyber/guard.hpp"
#include "cyber/intake.hpp"
#include "cyber/link.hpp"
#include "cyber/list_entry.hpp"
#include "cyber/live_index.hpp"
#include "cyber/match_index.hpp"
#include "cyber/page_copy_store.hpp"
#include "cyber/probe_desk_store.hpp"
#include "cyber/resource.hpp"
#include "cyber/resource_store.hpp"
#include "cyber/rulebook.hpp"
#include "cyber/suffix_list.hpp"
#include "cyber/text_model.hpp"
#include "cyber/triage.hpp"
#include "cyber/url.hpp"
#include "files/files.hpp"
#include "http/router.hpp"
#include "storage/storage.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace adal::cyber {

inline constexpr ProblemCode category_refused{"cyber.category_refused", 422};
inline constexpr ProblemCode category_unknown{"cyber.category_unknown", 422};
inline constexpr ProblemCode arbiter_needed{"cyber.arbiter_needed", 403};
inline constexpr ProblemCode too_many_reports{"cyber.too_many_reports", 429};
// Pictures of strangers who give no name are not stored: what they may show is a crime to have.
inline constexpr ProblemCode screenshot_signed_in{"cyber.screenshot_signed_in", 403};
inline constexpr ProblemCode copies_off{"cyber.copies_off", 409};
inline constexpr ProblemCode copy_not_web{"cyber.copy_not_web", 409};
inline constexpr ProblemCode copy_waits{"cyber.copy_waits", 409};

struct NewReport {
    std::string text{}, category{}, note{};
    PersonId person{}; // unset: without a name
    const files::StoredFile* screenshot = nullptr; // of somebody who signed in, already stored; shows the first kMostShown resources
};
inline constexpr std::size_t kMostShown = 5;
enum class Outcome { fresh, known, refused, sealed };
struct ReportedLink {
    Outcome outcome = Outcome::fresh;
    std::string shown{};         // defanged; empty when sealed
    std::string_view reason{};   // of a refusal, key below "reason."
    ResourceId resource{};       // of fresh and known
};
inline constexpr std::int64_t kAnonymousAnHour = 1000; // reports without a name, of all senders together

// A sealed category keeps nothing but a hash of the identity: no text, no note, no person.
Result<std::vector<ReportedLink>> report_links(storage::Transaction& tx, const Rulebook& rules, const NewReport& report, Instant now);

// For 20 minutes nobody else gets it; the same person may take it again. Within the limits of exposure.hpp.
Result<Resource> claim_resource(storage::Transaction& tx, ResourceId id, PersonId person, Instant now);
// A screenshot, already stored; by who has claimed it. Its digest is committed to in the log: nobody can change it later.
Result<Capture> add_capture(storage::Transaction& tx, ResourceId id, const files::StoredFile& file, PersonId person, Instant now);
// The server is to take a copy of the page (again). Refused where copies are not taken, for what is no web address, and while one
// is waited for.
Result<Done> want_copy(storage::Transaction& tx, const Rulebook& rules, ResourceId id, Instant now);
// What was wanted is taken: its digest is committed to in the log, as of a screenshot. `archive`: already stored; nothing: no server
// answered, and there is nothing to seal.
// A waiting resource whose page is like one that two people verified goes up in the queue, with the reason.
Result<PageCopy> keep_copy(storage::Transaction& tx, const Rulebook& rules, PageCopy copy, const files::StoredFile* archive, Instant now);
// review: verdict, category, scope, answers, text, capture or copy of the page, or why there is none. An arbitration needs `may_arbitrate`.
Result<Resource> review_resource(storage::Transaction& tx, const Rulebook& rules, ResourceId id, Review review, bool may_arbitrate, PersonId person, Instant now);
// What the guard stops goes on with a coordinator's and a lawyer's word, two people.
Result<Resource> clear_guard(storage::Transaction& tx, ResourceId id, bool is_lawyer, PersonId person, Instant now);
// check: vantage, country, seen; at: when it was seen, unset: now.
Result<Resource> record_check(storage::Transaction& tx, Check check, PersonId person, Instant now);
// For the referral room, which appends the batch's entry: `leaf`.
Result<Resource> mark_referred(storage::Transaction& tx, ResourceId id, std::int64_t leaf, PersonId person, Instant now);
Result<Resource> mark_accepted(storage::Transaction& tx, ResourceId id, PersonId person, Instant now);
Result<Resource> mark_refused(storage::Transaction& tx, ResourceId id, std::string_view reason, PersonId person, Instant now);
Result<Resource> withdraw_resource(storage::Transaction& tx, ResourceId id, std::string_view reason, PersonId person, Instant now);

// --- what a reviewer is given: resources that wait and, among them, gold items that look the same (gold.hpp) ---
struct Reviewing {
    PersonId person{};
    bool knows_answers = false; // coordinators and lawyers see what is marked, so they are given none
};
struct Offer {
    Resource shown{};
    ResourceId resource{};           // behind it; for what does not tell: mirrors, notes
    bool is_claimed = false;         // by the reviewer, now
    std::vector<Capture> captures{}; // the reviewer's own and the reporters'
    std::optional<PageCopy> copy{};  // the newest that the server took; only to who has claimed it, as the reporters' pictures
};
inline constexpr int kQueueShown = 50;
std::vector<Resource> queue_of(storage::Snapshot& snapshot, const Reviewing& who, Instant now); // highest score first
Result<Offer> offer_to(storage::Snapshot& snapshot, const Reviewing& who, ResourceId id, Instant now);
// The same steps with the same refusals for both. A gold item's answer is kept apart: nothing moves, the log has nothing of it.
Result<Done> claim_offer(storage::Transaction& tx, const Reviewing& who, ResourceId id, Instant now);
Result<Done> add_offer_capture(storage::Transaction& tx, const Reviewing& who, ResourceId id, const files::StoredFile& file, Instant now);
Result<Done> review_offer(storage::Transaction& tx, const Rulebook& rules, const Reviewing& who, ResourceId id, Review review, Instant now);
// A closed resource whose answer is known becomes a gold item.
Result<Gold> mark_gold(storage::Transaction& tx, ResourceId id, PersonId person, Instant now);

// address: as the owner writes it. Only what is listed can be appealed against, and one appeal at a time.
Result<Appeal> file_appeal(storage::Transaction& tx, const Rulebook& rules, std::string_view address, std::string_view contact, std::string_view text, Instant now);
// By somebody who did not review the resource; two equal votes decide, a granted appeal withdraws the resource.
Result<Appeal> vote_on_appeal(storage::Transaction& tx, AppealId id, bool grants, std::string_view text, PersonId person, Instant now);

// --- probes (probe_desk.hpp) ---
// key, country ("KZ"), network (≤ 100 bytes), person. The log says that it speaks for us: `policy.set` with the key, which is public.
Result<Done> register_probe(storage::Transaction& tx, Probe probe, Instant now);
Result<Done> retire_probe(storage::Transaction& tx, std::string_view name, Instant now);
// question: a signed note (room `probe`), not older or younger than five minutes.
Result<std::vector<ProbeTask>> tasks_for(storage::Snapshot& snapshot, std::string_view question, Instant now);
// A signed report, of a probe that is not retired; each once. The steps are judged here again. A line that is wrong, too old (a
// day), of the future, or of a resource that moved on since, is told and loses no other.
Result<TakenReport> take_report(storage::Transaction& tx, std::string_view note, Instant now);

// Each broken promise in one line (`adal check`): nobody referred without two distinct confirming people, who are not its
// reporters; states are the last of what happened.
std::vector<std::string> check_invariants(storage::Snapshot& snapshot);

// /cyber…: the public account and the form, the queue, the feeds. `rules` and `files` must outlive the router. `origin`: the
// public address ("https://…"); empty: the one a reader came by.
void add_routes(http::Router& router, const Rulebook& rules, files::Store& files, std::string origin);

} // namespace adal::cyber
