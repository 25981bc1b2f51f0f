#include "oversight/visit.hpp"

#include "base/text.hpp"
#include "oversight/named.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace adal::oversight {
namespace {

constexpr std::array<Named<VisitState>, 7> kVisitStates{{{VisitState::awaiting_media, "awaiting_media"},
                                                    {VisitState::complete, "complete"},
                                                    {VisitState::needs_info, "needs_info"},
                                                    {VisitState::amended, "amended"},
                                                    {VisitState::accepted, "accepted"},
                                                    {VisitState::rejected, "rejected"},
                                                    {VisitState::sealed, "sealed"}}};
constexpr std::array<Named<PhotoRole>, 4> kRoles{{{PhotoRole::overview, "overview"}, {PhotoRole::defect, "defect"}, {PhotoRole::before, "before"}, {PhotoRole::after, "after"}}};
constexpr std::array<Named<RejectReason>, 7> kReasons{{{RejectReason::wrong_place, "wrong_place"},
                                                       {RejectReason::unreadable_photos, "unreadable_photos"},
                                                       {RejectReason::not_on_site, "not_on_site"},
                                                       {RejectReason::duplicate, "duplicate"},
                                                       {RejectReason::personal_data, "personal_data"},
                                                       {RejectReason::fabricated, "fabricated"},
                                                       {RejectReason::other, "other"}}};

// A ULID (26) or a UUID (36 with hyphens): letters, digits, hyphens.
bool is_client_id(std::string_view id)
{
    return (id.size() == 26 || id.size() == 36) &&
           std::all_of(id.begin(), id.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-'; });
}

tl::unexpected<Problem> wrong_state(const Visit& visit)
{
    return fail(visit_wrong_state, {{"state", std::string(name(visit.state))}});
}

// The item a path like "defect[0].dph" leads to.
const Item* item_at(const Checklist& checklist, std::string_view path)
{
    const auto dot = path.find("].");
    return checklist.find_item(dot == std::string_view::npos ? path : path.substr(dot + 2));
}

// Questions answered by a photo or by the position of the whole visit.
std::vector<std::string> given_by(const Submission& submission, const Checklist& checklist)
{
    std::vector<std::string> given;
    for (const auto& photo : submission.photos) given.push_back(photo.question);
    if (submission.position)
        for (const auto& section : checklist.sections)
            for (const auto& item : section.items)
                if (!section.repeats && item.type == ItemType::position) given.push_back(item.name);
    return given;
}

Result<Done> check(const Submission& submission, const Checklist& checklist)
{
    if (submission.photos.size() > kMaxVisitPhotos) return fail(visit_too_many_photos, {{"limit", std::to_string(kMaxVisitPhotos)}});
    if (submission.position && !is_on_earth(*submission.position)) return fail(visit_bad_position);
    auto problems = check_answers(checklist, submission.answers, given_by(submission, checklist));
    for (const auto& photo : submission.photos) {
        const Item* item = item_at(checklist, photo.question);
        if (!photo.question.empty() && (!item || item->type != ItemType::photo)) problems.push_back({photo.question, "unknown_question"});
        if (photo.fix && !is_on_earth(*photo.fix)) return fail(visit_bad_position);
    }
    if (problems.empty()) return done();
    std::string all;
    for (const auto& problem : problems) all += (all.empty() ? "" : " ") + problem.question + ":" + problem.reason;
    return fail(visit_answers_wrong, {{"count", std::to_string(problems.size())}, {"question", problems.front().question}, {"reason", problems.front().reason}, {"all", all}});
}

// What a submission says, put into a visit.
void fill(Visit& visit, const Submission& submission, const Place& place, const Checklist& checklist)
{
    visit.answers = canonical_text(submission.answers);
    visit.position = submission.position;
    visit.started_at = submission.started_at;
    visit.finished_at = submission.finished_at;
    visit.photos = submission.photos;
    visit.observations = evaluate(checklist, submission.answers);
    visit.content_hash = content_hash(submission, checklist.hash);
    visit.distance_m.reset();
    visit.is_far = false;
    if (submission.position && place.geometry) {
        visit.distance_m = distance_m(*place.geometry, submission.position->at);
        visit.is_far = is_far(*visit.distance_m, submission.position->accuracy_m);
    }
}

VisitState state_after_media(const Visit& visit)
{
    if (!missing_media(visit).empty()) return VisitState::awaiting_media;
    return visit.version > 1 ? VisitState::amended : VisitState::complete;
}

Result<Done> may_review(const Visit& visit, PersonId reviewer)
{
    if (visit.state != VisitState::complete && visit.state != VisitState::amended) return wrong_state(visit);
    if (visit.has_author(reviewer)) return fail(visit_own);
    return done();
}

json::value sorted(const json::value& value)
{
    if (const auto* list = value.if_array()) {
        json::array out;
        for (const auto& one : *list) out.push_back(sorted(one));
        return out;
    }
    const auto* object = value.if_object();
    if (!object) return value;
    std::map<std::string, json::value> members;
    for (const auto& member : *object) members.emplace(std::string(member.key()), sorted(member.value()));
    json::object out;
    for (auto& [key, one] : members) out.emplace(key, std::move(one));
    return out;
}

json::value written(const std::optional<Fix>& fix)
{
    if (!fix) return nullptr;
    return json::object{{"accuracy_m", fix->accuracy_m}, {"at", fix->taken_at.ms}, {"latitude", fix->at.latitude}, {"longitude", fix->at.longitude}};
}

json::value written(const std::optional<Instant>& instant)
{
    return instant ? json::value(instant->ms) : json::value(nullptr);
}

} // namespace

std::string_view name(VisitState state)
{
    return name_in(kVisitStates, state);
}

std::optional<VisitState> visit_state_from(std::string_view name)
{
    return value_in(kVisitStates, name);
}

std::string_view name(PhotoRole role)
{
    return name_in(kRoles, role);
}

std::optional<PhotoRole> photo_role_from(std::string_view name)
{
    return value_in(kRoles, name);
}

std::string_view name(RejectReason reason)
{
    return name_in(kReasons, reason);
}

std::optional<RejectReason> reject_reason_from(std::string_view name)
{
    return value_in(kReasons, name);
}

bool Visit::has_author(PersonId person) const
{
    return person == sent_by || std::find(people.begin(), people.end(), person) != people.end();
}

Result<Visit> receive(const Submission& submission, const Assignment& assignment, const Place& place, const Checklist& checklist,
                      PersonId sender, Instant now)
{
    if (!is_client_id(submission.client_id)) return fail(visit_bad_id);
    if (const auto allowed = may_send_visit(assignment, sender); !allowed) return pass(allowed);
    if (submission.checklist != checklist.id) return fail(visit_wrong_checklist, {{"checklist", checklist.id}});
    if (const auto good = check(submission, checklist); !good) return pass(good);

    Visit visit{.client_id = submission.client_id, .assignment = assignment.id, .control = assignment.control, .place = place.id,
                .people = assignment.people, .sent_by = sender, .checklist = checklist.id, .checklist_hash = checklist.hash, .received_at = now};
    fill(visit, submission, place, checklist);
    visit.state = state_after_media(visit);
    return visit;
}

Result<Visit> amend(Visit visit, const Submission& submission, const Place& place, const Checklist& checklist, PersonId sender, Instant now)
{
    if (!visit.has_author(sender)) return fail(visit_not_yours);
    if (visit.state != VisitState::needs_info) return fail(visit_differs);
    if (submission.checklist != visit.checklist) return fail(visit_wrong_checklist, {{"checklist", visit.checklist}});
    if (const auto good = check(submission, checklist); !good) return pass(good);
    fill(visit, submission, place, checklist);
    visit.version += 1;
    visit.received_at = now;
    visit.state = state_after_media(visit);
    return visit;
}

Result<Visit> attach(Visit visit, const Hash& photo_hash, FileId file)
{
    bool is_known = false;
    for (auto& photo : visit.photos) {
        if (photo.sha256 != photo_hash) continue;
        is_known = true;
        if (!photo.file.is_set()) photo.file = file;
    }
    if (!is_known) return fail(visit_photo_unknown);
    if (visit.state == VisitState::awaiting_media) visit.state = state_after_media(visit);
    return visit;
}

Result<Visit> ask_for_info(Visit visit, PersonId reviewer, std::string_view text)
{
    if (const auto allowed = may_review(visit, reviewer); !allowed) return pass(allowed);
    if (trim(text).empty()) return fail(reason_missing);
    visit.state = VisitState::needs_info;
    visit.review_text = trim(text);
    return visit;
}

Result<Visit> reject(Visit visit, PersonId reviewer, RejectReason reason, std::string_view text)
{
    if (const auto allowed = may_review(visit, reviewer); !allowed) return pass(allowed);
    if (trim(text).empty()) return fail(reason_missing);
    visit.state = VisitState::rejected;
    visit.reject_reason = reason;
    visit.review_text = trim(text);
    return visit;
}

Result<Visit> accept(Visit visit, PersonId reviewer)
{
    if (const auto allowed = may_review(visit, reviewer); !allowed) return pass(allowed);
    visit.state = VisitState::accepted;
    return visit;
}

Result<Visit> mark_sealed(Visit visit, std::int64_t leaf)
{
    if (visit.state == VisitState::sealed) return visit;
    if (visit.state != VisitState::accepted) return wrong_state(visit);
    visit.state = VisitState::sealed;
    visit.leaf = leaf;
    return visit;
}

Hash content_hash(const Submission& submission, const Hash& checklist_hash)
{
    json::array photos;
    for (const auto& photo : submission.photos)
        photos.push_back(json::object{{"captured_at", written(photo.captured_at)}, {"fix", written(photo.fix)}, {"question", photo.question},
                                      {"role", std::string(name(photo.role))}, {"sha256", hex(view(photo.sha256))}});
    return sha256(canonical_text(json::object{{"answers", submission.answers},
                                              {"assignment", submission.assignment.str()},
                                              {"checklist", hex(view(checklist_hash))},
                                              {"finished_at", written(submission.finished_at)},
                                              {"photos", std::move(photos)},
                                              {"position", written(submission.position)},
                                              {"started_at", written(submission.started_at)}}));
}

std::vector<Hash> missing_media(const Visit& visit)
{
    std::vector<Hash> missing;
    for (const auto& photo : visit.photos)
        if (!photo.file.is_set() && std::find(missing.begin(), missing.end(), photo.sha256) == missing.end()) missing.push_back(photo.sha256);
    return missing;
}

Receipt receipt_of(const Visit& visit)
{
    return {.visit = visit.id, .client_id = visit.client_id, .version = visit.version, .content_hash = visit.content_hash,
            .received_at = visit.received_at, .missing_media = missing_media(visit)};
}

bool is_on_earth(const Fix& fix)
{
    return std::abs(fix.at.latitude) <= 90 && std::abs(fix.at.longitude) <= 180 && fix.accuracy_m > 0 && std::isfinite(fix.accuracy_m);
}

bool is_far(double distance_m, double accuracy_m)
{
    return distance_m > std::max(100.0, 3 * accuracy_m);
}

std::string canonical_text(const json::value& value)
{
    return to_text(sorted(value));
}

} // namespace adal::oversight
