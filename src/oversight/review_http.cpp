#include "oversight/form_http.hpp"
#include "oversight/oversight.hpp"
#include "oversight/pages.hpp"
#include "oversight/review_view.hpp"

#include <algorithm>

namespace adal::oversight {

namespace {

using http::Reply;
using http::Request;
using storage::Snapshot;
using storage::Transaction;

i18n::Texts name_in(const std::vector<Place>& places, PlaceId id)
{
    const auto place = std::ranges::find(places, id, &Place::id);
    return place == places.end() ? i18n::Texts{} : place->name;
}

std::vector<QueuedFinding> queued(Snapshot& db, const Request& request, const FindingFilter& filter)
{
    auto findings = list_findings(db, filter).rows;
    std::vector<PlaceId> ids;
    for (const auto& finding : findings) ids.push_back(finding.place);
    const auto places = find_places(db, ids);
    std::vector<QueuedFinding> out;
    for (auto& finding : findings) {
        auto place = name_in(places, finding.place);
        const bool is_own = finding.has_author(request.person());
        out.push_back({std::move(finding), std::move(place), is_own});
    }
    return out;
}

Result<Reply> show_queue(Snapshot& db, const Request& request)
{
    QueuePage view;
    auto visits = list_visits(db, {.waiting_for_review = true}).rows;
    std::vector<PlaceId> ids;
    for (const auto& visit : visits) ids.push_back(visit.place);
    const auto places = find_places(db, ids);
    for (auto& visit : visits) {
        auto place = name_in(places, visit.place);
        const bool is_own = visit.has_author(request.person());
        view.visits.push_back({std::move(visit), std::move(place), is_own});
    }
    view.to_verify = queued(db, request, {.states = {FindingState::reported, FindingState::triaged, FindingState::disputed}});
    view.to_seal = queued(db, request, {.states = {FindingState::verified}, .only_unsealed = true});
    return render(request, review_queue(request, view));
}

Result<Visit> visit_of(Snapshot& db, const Request& request)
{
    const auto id = request.path_id<VisitId>();
    if (!id) return pass(id);
    auto visit = find_visit(db, *id);
    if (!visit) return fail(not_found);
    return *visit;
}

Result<Reply> show_visit(Snapshot& db, const Request& request)
{
    const auto visit = visit_of(db, request);
    if (!visit) return pass(visit);
    const auto place = find_place(db, visit->place);
    ADAL_CHECK(place.has_value());
    return render(request, visit_review(request, {*visit, *place, visit->has_author(request.person())}));
}

Result<Reply> show_visit_photo(Snapshot& db, const Request& request, const files::Store& files)
{
    const auto visit = visit_of(db, request);
    if (!visit) return pass(visit);
    const auto file = request.path_id<FileId>("file");
    if (!file) return pass(file);
    if (std::ranges::find(visit->photos, *file, &Photo::file) == visit->photos.end()) return fail(not_found);
    return photo_reply(db, request, files, *file);
}

Result<Reply> to_queue(const Request& request)
{
    return http::see_other(request.link("/review"));
}

Result<Reply> post_accept(Transaction& tx, const Request& request)
{
    const auto id = request.path_id<VisitId>();
    if (!id) return pass(id);
    const auto accepted = accept_visit(tx, *id, request.person(), request.at);
    if (!accepted) return pass(accepted);
    return to_queue(request);
}

Result<Reply> post_ask(Transaction& tx, const Request& request)
{
    const auto id = request.path_id<VisitId>();
    if (!id) return pass(id);
    const auto asked = ask_visit_info(tx, *id, request.field("text"), request.person(), request.at);
    if (!asked) return pass(asked);
    return to_queue(request);
}

Result<Reply> post_reject(Transaction& tx, const Request& request)
{
    const auto id = request.path_id<VisitId>();
    if (!id) return pass(id);
    const auto reason = reject_reason_from(request.field("reason"));
    if (!reason) return fail(bad_field, {{"field", "reason"}, {"reason", "not_a_choice"}});
    const auto rejected = reject_visit(tx, *id, *reason, request.field("text"), request.person(), request.at);
    if (!rejected) return pass(rejected);
    return to_queue(request);
}

Result<Reply> show_verification(Snapshot& db, const Request& request)
{
    const auto id = request.path_id<FindingId>();
    if (!id) return pass(id);
    const auto finding = find_finding(db, *id);
    if (!finding) return fail(not_found);
    const auto place = find_place(db, finding->place);
    ADAL_CHECK(place.has_value());
    return render(request, verification_form(request, {*finding, *place, finding->has_author(request.person())}));
}

Result<Reply> post_verification(Transaction& tx, const Request& request, files::Store& files)
{
    const auto id = request.path_id<FindingId>();
    if (!id) return pass(id);
    const auto result = verification_result_from(request.field("result"));
    const auto basis = verification_basis_from(request.field("basis"));
    if (!result) return fail(bad_field, {{"field", "result"}, {"reason", "required"}});
    if (!basis) return fail(bad_field, {{"field", "basis"}, {"reason", "required"}});
    Verification word{.basis = *basis, .result = *result, .text = std::string{request.field("text")}};
    const auto photos = read_photos(tx, request, files, PhotoRole::defect, request.at);
    if (!photos) return pass(photos);
    for (const auto& photo : *photos) word.photos.push_back(photo.file);
    const auto verified = verify_finding(tx, *id, word, request.person(), request.at);
    if (!verified) return pass(verified);
    return to_queue(request);
}

} // namespace

void add_review_routes(http::Router& router, files::Store& files)
{
    router.page("/review", Permission::verify_findings, show_queue, {.doc = "reviewer's queue: visits and findings"});
    router.page("/review/visits/{id}", Permission::verify_findings, show_visit, {.doc = "one visit to judge"});
    router.form("/review/visits/{id}/accept", Permission::verify_findings, post_accept, {.doc = "accept a visit; its violations become findings"});
    router.form("/review/visits/{id}/ask", Permission::verify_findings, post_ask, {.doc = "send a visit back with a question"});
    router.form("/review/visits/{id}/reject", Permission::verify_findings, post_reject, {.doc = "reject a visit with reason and text"});
    router.get("/visits/{id}/photos/{file}/{size}", Permission::verify_findings,
               [&files](Snapshot& db, const Request& request) { return show_visit_photo(db, request, files); }, {.doc = "stripped photo of a visit, for reviewers"});
    router.page("/review/findings/{id}", Permission::verify_findings, show_verification, {.doc = "form: verify a finding"});
    router.form("/review/findings/{id}", Permission::verify_findings,
                [&files](Transaction& tx, const Request& request) { return post_verification(tx, request, files); },
                {.body_limit = 64 << 20, .multipart = true, .max_files = 4, .doc = "a second person's word on a finding"});
}

} // namespace adal::oversight
