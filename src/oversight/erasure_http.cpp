#include "oversight/erasure_view.hpp"
#include "oversight/label_view.hpp"
#include "oversight/pages.hpp"

#include "people/people.hpp"

#include <algorithm>

namespace adal::oversight {

namespace erasure_pages {

using http::Reply;
using http::Request;
using storage::Snapshot;
using storage::Transaction;

constexpr int kShown = 50;

Result<Reply> show_form(Snapshot& db, const Request& request, const files::Store& files)
{
    const auto id = request.path_id<FindingId>();
    if (!id) return pass(id);
    const auto finding = find_finding(db, *id);
    if (!finding) return fail(not_found);
    ErasureForm view{.finding = *finding, .earlier = erasures_of(db, finding->visit)};
    for (const auto& stored : files.find_all(db, photos_of(db, *finding)))
        if (!stored.erased_at && std::ranges::find(view.photos, stored.id) == view.photos.end()) view.photos.push_back(stored.id);
    return render(request, erasure_form(request, view));
}

std::string name_of(Snapshot& db, PersonId id)
{
    if (!id.is_set()) return {};
    const auto person = people::get(db, id);
    return person ? person->full_name() : std::string{};
}

Result<Reply> show_list(Snapshot& db, const Request& request)
{
    std::vector<ErasureRow> rows;
    for (auto& erasure : list_erasures(db, kShown)) {
        const auto finding = find_finding(db, erasure.finding);
        ErasureRow row{.title = finding ? title_of(request, *finding) : std::string{},
                       .asked_by = name_of(db, erasure.asked_by),
                       .decided_by = name_of(db, erasure.decided_by)};
        row.erasure = std::move(erasure);
        rows.push_back(std::move(row));
    }
    return render(request, erasure_list(request, rows));
}

Reply to_list(const Request& request)
{
    return http::see_other(request.link("/erasures"));
}

Result<Reply> post_asked(Transaction& tx, const Request& request, const files::Store& files)
{
    const auto id = request.path_id<FindingId>();
    if (!id) return pass(id);
    const auto file = FileId::parse(request.field("file"));
    if (!file) return fail(bad_field, {{"field", "file"}, {"reason", "not_a_choice"}});
    const auto ground = erasure_ground_from(request.field("ground"));
    if (!ground) return fail(bad_field, {{"field", "ground"}, {"reason", "not_a_choice"}});
    const auto asked = ask_photo_erasure(tx, files, {.finding = *id, .file = *file, .ground = *ground, .text = std::string{request.field("text")}},
                                         request.person(), request.at);
    if (!asked) return pass(asked);
    return to_list(request);
}

Result<Reply> post_approved(Transaction& tx, const Request& request, const files::Store& files)
{
    const auto id = request.path_id<ErasureId>();
    if (!id) return pass(id);
    const auto approved = approve_photo_erasure(tx, files, *id, request.person(), request.at);
    if (!approved) return pass(approved);
    return to_list(request);
}

Result<Reply> post_refused(Transaction& tx, const Request& request)
{
    const auto id = request.path_id<ErasureId>();
    if (!id) return pass(id);
    const auto refused = refuse_photo_erasure(tx, *id, request.field("answer"), request.person(), request.at);
    if (!refused) return pass(refused);
    return to_list(request);
}

} // namespace erasure_pages

void add_erasure_routes(http::Router& router, files::Store& files)
{
    using namespace erasure_pages;
    router.page("/erasures", Permission::redact, show_list, {.doc = "photos that are asked to be erased by law"});
    router.page("/findings/{id}/erasure", Permission::redact,
                [&files](Snapshot& db, const Request& request) { return show_form(db, request, files); }, {.doc = "form: ask that a photo be erased"});
    router.form("/findings/{id}/erasure", Permission::redact,
                [&files](Transaction& tx, const Request& request) { return post_asked(tx, request, files); }, {.doc = "ask that a photo be erased by law"});
    router.form("/erasures/{id}/approve", Permission::redact,
                [&files](Transaction& tx, const Request& request) { return post_approved(tx, request, files); }, {.doc = "erase the photo: somebody else than who asked"});
    router.form("/erasures/{id}/refuse", Permission::redact, post_refused, {.doc = "keep the photo, with a reason"});
}

} // namespace adal::oversight
