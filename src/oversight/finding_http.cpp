#include "oversight/finding_view.hpp"
#include "oversight/fix_view.hpp"
#include "oversight/form_http.hpp"
#include "oversight/label_view.hpp"
#include "oversight/oversight.hpp"
#include "oversight/pages.hpp"

#include "ledger/ledger.hpp"
#include "procurement/procurement.hpp"

#include <algorithm>

namespace adal::oversight {

namespace {

using http::Reply;
using http::Request;
using storage::Snapshot;
using storage::Transaction;

bool is_office(const Request& request)
{
    return request.may(Permission::verify_findings) || request.may(Permission::plan_controls) || request.may(Permission::seal_findings);
}

// A finding that this reader may know of: published, or anything for the office.
Result<Finding> visible_finding(Snapshot& db, const Request& request)
{
    const auto id = request.path_id<FindingId>();
    if (!id) return pass(id);
    auto finding = find_finding(db, *id);
    if (!finding) return fail(not_found);
    const bool may_check = request.may(Permission::check_fixes) && finding->state == FindingState::fix_claimed;
    if (!finding->publication && !is_office(request) && !may_check && !request.may(Permission::redact)) return fail(not_found);
    return *finding;
}

std::optional<SealView> seal_view(Snapshot& db, std::int64_t index, Instant at)
{
    const auto leaf = ledger::leaf(db, index);
    if (!leaf) return std::nullopt;
    return SealView{.leaf = index, .leaf_hash = base64(view(leaf->hash)), .at_ms = at.ms, .is_published = leaf->is_published};
}

std::vector<FileId> after_photos(Snapshot& db, const std::vector<FixClaim>& fixes)
{
    std::vector<FileId> out;
    for (const auto& fix : fixes)
        if (const auto check = check_of(db, fix.id))
            for (const auto& photo : check->photos)
                if (photo.file.is_set()) out.push_back(photo.file);
    return out;
}

Result<Reply> show_list(Snapshot& db, const Request& request)
{
    FindingListPage view{.search = std::string{request.query_value("q")}};
    const FindingFilter filter{.text = view.search, .only_published = !is_office(request), .after = std::string{request.query_value("after")}};
    auto page = list_findings(db, filter);
    std::vector<PlaceId> ids;
    for (const auto& finding : page.rows) ids.push_back(finding.place);
    const auto places = find_places(db, ids);
    for (auto& finding : page.rows) {
        const auto place = std::ranges::find(places, finding.place, &Place::id);
        view.rows.push_back({std::move(finding), place == places.end() ? i18n::Texts{} : place->name});
    }
    view.next = page.next;
    view.total = count_findings(db, filter);
    return render(request, finding_list(request, view));
}

// What was erased is not shown any more; its record stands in its place.
void take_erased_out(Snapshot& db, const files::Store& files, FindingPage& view)
{
    std::vector<FileId> gone;
    std::vector<Hash> hashes;
    for (const auto& stored : files.find_all(db, photos_of(db, view.finding)))
        if (stored.erased_at) gone.push_back(stored.id), hashes.push_back(stored.sha256);
    if (gone.empty()) return;
    for (auto& erasure : erasures_of(db, view.finding.visit)) {
        const auto stored = files.find(db, erasure.file);
        if (erasure.state == ErasureState::done && stored && std::ranges::find(hashes, stored->sha256) != hashes.end()) view.erased.push_back(std::move(erasure));
    }
    const auto is_gone = [&](FileId file) { return std::ranges::find(gone, file) != gone.end(); };
    std::erase_if(view.finding.photos, [&](const Photo& photo) { return is_gone(photo.file); });
    std::erase_if(view.after_photos, is_gone);
}

Result<Reply> show_finding(Snapshot& db, const Request& request, const files::Store& files)
{
    const auto finding = visible_finding(db, request);
    if (!finding) return pass(finding);
    FindingPage view{.finding = *finding, .for_office = is_office(request)};
    if (const auto place = find_place(db, finding->place)) {
        view.place = *place;
        view.district = district_name(request, list_district_names(db), place->district);
    }
    view.control = find_control(db, finding->control);
    if (view.control) {
        view.control->ground = ground_for_reader(db, request, view.control->ground);
        if (const auto process = procurement::find_process_by_ocid(db, view.control->ground.process)) {
            view.process_link = request.link("/procurement/" + process->str());
            view.screened_at = procurement::screened_at(db, *process);
        }
    }
    view.events = timeline(db, Entity::finding, finding->id.text());
    view.verifications = verifications_of(db, finding->id);
    view.fixes = fix_claims_of(db, finding->id);
    view.after_photos = after_photos(db, view.fixes);
    take_erased_out(db, files, view);
    if (finding->seal) view.seal = seal_view(db, finding->seal->leaf, finding->seal->at);
    if (finding->publication) view.publication = seal_view(db, finding->publication->leaf, finding->publication->at);
    return render(request, finding_page(request, view));
}

Reply to_finding(const Request& request, FindingId id)
{
    return http::see_other(request.link("/findings/" + id.str()));
}

// The stripped derivative of a photo that belongs to a finding this reader may see.
Result<Reply> show_photo(Snapshot& db, const Request& request, const files::Store& files)
{
    const auto finding = visible_finding(db, request);
    if (!finding) return pass(finding);
    const auto wanted = request.path_id<FileId>("file");
    if (!wanted) return pass(wanted);
    const auto later = after_photos(db, fix_claims_of(db, finding->id));
    const bool belongs = std::ranges::find(finding->photos, *wanted, &Photo::file) != finding->photos.end() || std::ranges::find(later, *wanted) != later.end();
    if (!belongs) return fail(not_found);
    return photo_reply(db, request, files, *wanted);
}

Result<Reply> post_seal(Transaction& tx, const Request& request, const files::Store& files)
{
    const auto id = request.path_id<FindingId>();
    if (!id) return pass(id);
    const auto sealed = seal_finding(tx, files, *id, request.person(), request.at);
    if (!sealed) return pass(sealed);
    return to_finding(request, *id);
}

Result<Reply> post_publish(Transaction& tx, const Request& request, const files::Store& files)
{
    const auto id = request.path_id<FindingId>();
    if (!id) return pass(id);
    const auto published = publish_finding(tx, files, *id, request.field("summary"), request.person(), request.at);
    if (!published) return pass(published);
    return to_finding(request, *id);
}

Result<Reply> show_fix_check(Snapshot& db, const Request& request)
{
    const auto finding = visible_finding(db, request);
    if (!finding) return pass(finding);
    const auto claims = fix_claims_of(db, finding->id);
    if (claims.empty() || claims.back().state != FixState::claimed) return fail(fix_already_checked);
    const auto place = find_place(db, finding->place);
    ADAL_CHECK(place.has_value());
    return render(request, fix_check_form(request, *finding, claims.back(), *place));
}

Result<Reply> post_fix_check(Transaction& tx, const Request& request, files::Store& files)
{
    const auto id = request.path_id<FindingId>();
    if (!id) return pass(id);
    const auto claims = fix_claims_of(tx, *id);
    if (claims.empty()) return fail(not_found);
    FixCheck check{.claim = claims.back().id, .checker = request.person(), .is_fixed = request.field("result") == "fixed",
                   .text = std::string{request.field("text")}, .at = request.at};
    const auto position = read_position(request);
    if (!position) return pass(position);
    check.position = *position;
    auto photos = read_photos(tx, request, files, PhotoRole::after, request.at);
    if (!photos) return pass(photos);
    check.photos = std::move(*photos);
    const auto checked = oversight::check_fix(tx, files, check, request.person(), request.at);
    if (!checked) return pass(checked);
    return http::see_other(request.link(is_office(request) ? "/findings/" + id->str() : std::string{"/tasks"}));
}

} // namespace

void add_finding_routes(http::Router& router, files::Store& files)
{
    router.page("/findings", Permission::anyone, show_list, {.doc = "published findings"});
    router.page("/findings/{id}", Permission::anyone,
                [&files](Snapshot& db, const Request& request) { return show_finding(db, request, files); }, {.doc = "one finding: evidence, history, seal"});
    router.get("/findings/{id}/photos/{file}/{size}", Permission::anyone,
               [&files](Snapshot& db, const Request& request) { return show_photo(db, request, files); },
               {.doc = "stripped photo of a finding (size: view, thumbnail)"});
    router.form("/findings/{id}/seal", Permission::seal_findings,
                [&files](Transaction& tx, const Request& request) { return post_seal(tx, request, files); }, {.doc = "seal a verified finding"});
    router.form("/findings/{id}/publish", Permission::seal_findings,
                [&files](Transaction& tx, const Request& request) { return post_publish(tx, request, files); }, {.doc = "publish a sealed finding"});
    router.page("/findings/{id}/fix-check", Permission::check_fixes, show_fix_check, {.doc = "form: look on the spot whether it is mended"});
    router.form("/findings/{id}/fix-check", Permission::check_fixes,
                [&files](Transaction& tx, const Request& request) { return post_fix_check(tx, request, files); },
                {.body_limit = 64 << 20, .multipart = true, .max_files = 6, .doc = "result of the look on the spot"});
}

} // namespace adal::oversight
