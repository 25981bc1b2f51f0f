// Addresses of the reviewers' queue and of the coordinators' desk.
#include "cyber/case_view.hpp"
#include "cyber/exposure_store.hpp"
#include "cyber/pages.hpp"

#include "base/text.hpp"
#include "people/people.hpp"

#include <algorithm>

namespace adal::cyber {

namespace case_routes {

using http::Reply;
using http::Request;
using storage::Snapshot;
using storage::Transaction;
using Answered = Result<Reply>;

constexpr int kShown = 50, kGoldDays = 180;
constexpr std::size_t kAlikeShown = 10;

Reviewing reviewing(const Request& request)
{
    return {.person = request.person(), .knows_answers = request.may(Permission::refer_resources)};
}

// The reviewer's side sees neither reviews nor history: two people judge without each other.
enum class Side { queue, desk };

class Casework
{
public:
    Casework(const Rulebook& rules, files::Store& files, Side side) : m_rules(rules), m_files(files), m_side(side) {}

    [[nodiscard]] Answered show(Snapshot& db, const Request& request) const
    {
        const auto offer = wanted(db, request);
        if (!offer) return pass(offer);
        const auto& resource = offer->shown;
        const auto asked = request.query_value("category");
        CasePage view{.resource = resource, .mirrors = verified_in_cluster(db, resource.cluster, 10), .notes = notes_of(db, offer->resource), .captures = offer->captures, .copy = offer->copy,
                      .category = find_category(asked) ? std::string{asked} : resource.category, .is_claimed = offer->is_claimed, .for_desk = m_side == Side::desk};
        std::erase_if(view.mirrors, [&](const Resource& other) { return other.id == offer->resource; });
        view.may_review = m_side == Side::queue || resource.state == State::arbitration;
        if (m_side == Side::desk) {
            view.reviews = reviews_of(db, resource.id);
            view.history = history_of(db, resource.id);
            view.appeals = appeals_of(db, resource.id);
            view.copies = {.copies = copies_of(db, resource.id), .alike = offer->copy ? alike(db, *offer->copy, kAlikeShown) : std::vector<Alike>{},
                           .is_on = m_rules.takes_copies && resource.identity.kind == Kind::url};
            view.is_gold = gold_of(db, resource.id).has_value();
            view.may_be_gold = as_gold(resource, view.reviews).has_value();
        }
        return render(request, case_page(request, view));
    }

    [[nodiscard]] Answered capture_picture(Snapshot& db, const Request& request) const
    {
        const auto offer = wanted(db, request);
        if (!offer) return pass(offer);
        const auto file = request.path_id<FileId>("file");
        if (!file) return pass(file);
        const auto stored = std::ranges::find(offer->captures, *file, &Capture::file) == offer->captures.end() ? std::nullopt : m_files.find(db, *file);
        const auto size = request.param("size");
        if (!stored || !stored->is_shown() || (size != "view" && size != "thumbnail")) return fail(not_found);
        auto reply = http::file_reply(size == "view" ? m_files.view_path(stored->sha256) : m_files.thumbnail_path(stored->sha256), "image/jpeg");
        reply.headers.emplace_back("Cache-Control", "private, no-store");
        return reply;
    }

    [[nodiscard]] Answered want(Transaction& tx, const Request& request) const
    {
        return back(request, [&](ResourceId id) { return want_copy(tx, m_rules, id, request.at); });
    }

    // As a download, whatever is in it: nothing of a stranger's page is ever shown from here.
    [[nodiscard]] Answered copy_file(Snapshot& db, const Request& request) const
    {
        const auto id = request.path_id<ResourceId>();
        const auto wanted = request.path_id<PageCopyId>("copy");
        if (!id || !wanted) return fail(not_found);
        const auto copy = find_copy(db, *wanted);
        const auto stored = copy && copy->resource == *id && copy->is_kept() ? m_files.find(db, copy->file) : std::nullopt;
        if (!stored || stored->erased_at) return fail(not_found);
        const auto form = request.param("form");
        if (form != "warc" && form != "cdxj") return fail(not_found);
        auto reply = form == "warc" ? http::file_reply(m_files.original_path(stored->sha256), "application/gzip") : http::bytes_reply(copy->cdxj, "text/plain; charset=utf-8");
        reply.headers.emplace_back("Cache-Control", "private, no-store");
        return http::download(std::move(reply), copy->id.str() + (form == "warc" ? ".warc.gz" : ".cdxj"));
    }

    [[nodiscard]] Answered claim(Transaction& tx, const Request& request) const
    {
        return back(request, [&](ResourceId id) -> Result<Done> {
            if (m_side == Side::queue) return claim_offer(tx, reviewing(request), id, request.at);
            return only_done(claim_resource(tx, id, request.person(), request.at));
        });
    }

    [[nodiscard]] Answered capture(Transaction& tx, const Request& request) const
    {
        const auto id = request.path_id<ResourceId>();
        if (!id) return pass(id);
        if (request.files.empty() || request.files.front().size == 0) return fail(bad_field, {{"field", "capture"}, {"reason", "missing"}});
        const auto& upload = request.files.front();
        const auto stored = m_files.add_photo(tx, upload.path, upload.file_name, request.at);
        if (!stored) return pass(stored);
        const auto added = m_side == Side::queue ? add_offer_capture(tx, reviewing(request), *id, *stored, request.at) : only_done(add_capture(tx, *id, *stored, request.person(), request.at));
        if (!added) return pass(added);
        return to(request, *id);
    }

    [[nodiscard]] Answered review(Transaction& tx, const Request& request) const
    {
        auto review = read_review(request);
        if (!review) return pass(review);
        const auto id = request.path_id<ResourceId>();
        if (!id) return pass(id);
        if (m_side == Side::queue) {
            if (const auto kept = review_offer(tx, m_rules, reviewing(request), *id, std::move(*review), request.at); !kept) return pass(kept);
            return http::see_other(request.link("/cyber/queue"));
        }
        if (const auto kept = review_resource(tx, m_rules, *id, std::move(*review), true, request.person(), request.at); !kept) return pass(kept);
        return to(request, *id);
    }

    [[nodiscard]] Answered check(Transaction& tx, const Request& request) const
    {
        const auto seen = seen_from(request.field("seen"));
        if (!seen) return fail(bad_field, {{"field", "seen"}, {"reason", "not_a_choice"}});
        const auto vantage = clean_text(request.field("vantage"));
        if (!vantage || vantage->empty() || vantage->size() > 120) return fail(bad_field, {{"field", "vantage"}, {"reason", "missing"}});
        const std::string country{request.field("country")};
        if (country.size() != 2 || !std::ranges::all_of(country, [](char c) { return c >= 'A' && c <= 'Z'; })) return fail(bad_field, {{"field", "country"}, {"reason", "not_a_choice"}});
        return back(request, [&](ResourceId id) { return record_check(tx, {.resource = id, .vantage = *vantage, .country = country, .seen = *seen}, request.person(), request.at); });
    }

    [[nodiscard]] Answered appeal(Transaction& tx, const Request& request) const
    {
        const auto appeal = AppealId::parse(request.field("appeal"));
        if (!appeal) return fail(not_found);
        const auto vote = request.field("vote");
        if (vote != "grant" && vote != "refuse") return fail(bad_field, {{"field", "vote"}, {"reason", "missing"}});
        return back(request, [&](ResourceId id) -> Result<Appeal> {
            const auto known = find_appeal(tx, *appeal);
            if (!known || known->resource != id) return fail(not_found);
            return vote_on_appeal(tx, *appeal, vote == "grant", request.field("text"), request.person(), request.at);
        });
    }

    [[nodiscard]] Answered clear(Transaction& tx, const Request& request) const
    {
        return back(request, [&](ResourceId id) { return clear_guard(tx, id, request.may(Permission::sign_documents), request.person(), request.at); });
    }

    [[nodiscard]] Answered withdraw(Transaction& tx, const Request& request) const
    {
        return back(request, [&](ResourceId id) { return withdraw_resource(tx, id, request.field("reason"), request.person(), request.at); });
    }

    [[nodiscard]] Answered gold(Transaction& tx, const Request& request) const
    {
        const auto wish = request.field("gold");
        if (wish != "yes" && wish != "no") return fail(bad_field, {{"field", "gold"}, {"reason", "not_a_choice"}});
        return back(request, [&](ResourceId id) -> Result<Done> {
            if (wish == "yes") return only_done(mark_gold(tx, id, request.person(), request.at));
            retire_gold(tx, id, request.at);
            return done();
        });
    }

private:
    template <typename T> static Result<Done> only_done(const Result<T>& result)
    {
        return result ? done() : Result<Done>{pass(result)};
    }

    // A reviewer gets what waits for a review; the desk gets all.
    [[nodiscard]] Result<Offer> wanted(Snapshot& db, const Request& request) const
    {
        const auto id = request.path_id<ResourceId>();
        if (!id) return pass(id);
        if (m_side == Side::queue) return offer_to(db, reviewing(request), *id, request.at);
        auto resource = find_resource(db, *id);
        if (!resource) return fail(not_found);
        const auto claim = claim_of(db, *id);
        return Offer{.shown = std::move(*resource), .resource = *id, .is_claimed = claim && claim->person == request.person() && claim->until > request.at, .captures = captures_of(db, *id), .copy = newest_copy(db, *id)};
    }

    [[nodiscard]] Reply to(const Request& request, ResourceId id) const
    {
        return http::see_other(request.link((m_side == Side::desk ? "/cyber/desk/" : "/cyber/queue/") + id.str()));
    }

    template <typename F> [[nodiscard]] Answered back(const Request& request, F f) const
    {
        const auto id = request.path_id<ResourceId>();
        if (!id) return pass(id);
        const auto done = f(*id);
        if (!done) return pass(done);
        return to(request, *id);
    }

    static Result<Review> read_review(const Request& request)
    {
        const auto verdict = verdict_from(request.field("verdict"));
        if (!verdict) return fail(bad_field, {{"field", "verdict"}, {"reason", "missing"}});
        const auto text = clean_text(request.field("text"));
        const auto why = clean_text(request.field("no_capture"));
        if (!text || !why) return fail(bad_field, {{"field", "text"}, {"reason", "bad_text"}});
        Review out{.verdict = *verdict, .category = std::string{request.field("category")}, .text = *text, .no_capture = *why};
        for (const auto scope : {Scope::path, Scope::host, Scope::domain})
            if (cyber::text(scope) == request.field("scope")) out.scope = scope;
        const auto pointed = request.field("capture");
        const bool is_copy = pointed.starts_with("copy:");
        const auto copy = is_copy ? PageCopyId::parse(pointed.substr(5)) : std::nullopt;
        const auto capture = is_copy || pointed.empty() ? std::nullopt : CaptureId::parse(pointed);
        if (!pointed.empty() && !copy && !capture) return fail(bad_field, {{"field", "capture"}, {"reason", "not_a_choice"}});
        out.copy = copy.value_or(PageCopyId{});
        out.capture = capture.value_or(CaptureId{});
        if (const auto* category = find_category(out.category))
            for (const auto& question : questions_of(*category)) {
                const auto answer = request.field("answer." + question.id);
                const auto where = clean_text(request.field("where." + question.id));
                if (answer.empty() || !where) continue;
                out.answers.push_back({.question = question.id, .yes = answer == "yes", .where = *where});
            }
        return out;
    }

    const Rulebook& m_rules;
    files::Store& m_files;
    Side m_side;
};

Answered show_queue(Snapshot& db, const Request& request)
{
    const auto left = minutes_left(looking_since(db, request.person(), request.at.plus(-std::chrono::hours{24})), request.at);
    return render(request, queue_page(request, queue_of(db, reviewing(request), request.at), unwanted_of(db, request.person()), left));
}

Answered post_unwanted(Transaction& tx, const Request& request)
{
    std::vector<std::string> unwanted;
    for (const auto code : request.fields("category")) {
        if (find_category(code) == nullptr) return fail(category_unknown);
        if (std::ranges::find(unwanted, code) == unwanted.end()) unwanted.emplace_back(code);
    }
    put_unwanted(tx, request.person(), unwanted);
    return http::see_other(request.link("/cyber/queue"));
}

Answered show_desk(Snapshot& db, const Request& request)
{
    const auto in = [&](std::vector<State> states) { return list_resources(db, {.states = std::move(states), .limit = kShown}, request.at); };
    DeskPage view{.arbitration = in({State::arbitration}), .unseen = in({State::verified, State::down, State::relapsed}), .ready = in({State::ready}),
                  .waiting = in({State::referred, State::accepted}), .blocked = in({State::blocked, State::removed})};
    for (const auto& resource : in({State::verified, State::ready}))
        if (resource.is_guarded && !(resource.cleared_by_coordinator.is_set() && resource.cleared_by_lawyer.is_set())) view.uncleared.push_back(resource);
    for (const auto& resource : in({State::blocked, State::removed}))
        if (const auto due = next_look(resource, checks_since(db, resource.id, resource.changed_at)); due && *due <= request.at) view.due.push_back(resource);
    view.again = reported_again(db, request.at.plus(-std::chrono::hours{24 * 30}), kShown);
    view.agreement = agreement_since(db, request.at.plus(-std::chrono::hours{24 * 30}));
    for (auto& pair : view.agreement.frequent) {
        if (const auto person = people::get(db, pair.a)) pair.first = person->full_name();
        if (const auto person = people::get(db, pair.b)) pair.second = person->full_name();
    }
    view.gold = gold_scores(db, request.at.plus(-std::chrono::hours{24 * kGoldDays}));
    for (auto& score : view.gold)
        if (const auto person = people::get(db, score.person)) score.name = person->full_name();
    view.gold_items = count_gold(db);
    for (const auto& appeal : open_appeals(db, kShown))
        if (auto resource = find_resource(db, appeal.resource)) view.appealed.push_back(std::move(*resource));
    return render(request, desk_page(request, view));
}

void add_side(http::Router& router, const Rulebook& rules, files::Store& files, Side side, Permission needed)
{
    const auto work = std::make_shared<const Casework>(rules, files, side);
    const std::string base = side == Side::desk ? "/cyber/desk/{id}" : "/cyber/queue/{id}";
    router.page(base, needed, [work](Snapshot& db, const Request& r) { return work->show(db, r); }, {.doc = "one reported resource"});
    router.get(base + "/captures/{file}/{size}", needed, [work](Snapshot& db, const Request& r) { return work->capture_picture(db, r); }, {.doc = "a screenshot of a resource (size: view, thumbnail)"});
    router.form(base + "/claim", needed, [work](Transaction& tx, const Request& r) { return work->claim(tx, r); }, {.doc = "take a resource for 20 minutes"});
    router.form(base + "/captures", needed, [work](Transaction& tx, const Request& r) { return work->capture(tx, r); },
                {.body_limit = 16 << 20, .multipart = true, .max_files = 1, .doc = "a screenshot of a resource"});
    router.form(base + "/review", needed, [work](Transaction& tx, const Request& r) { return work->review(tx, r); }, {.doc = "confirm or reject a resource"});
    if (side == Side::queue) return;
    router.form(base + "/check", needed, [work](Transaction& tx, const Request& r) { return work->check(tx, r); }, {.doc = "what somebody saw: alive, dead, blocked"});
    router.form(base + "/copies", needed, [work](Transaction& tx, const Request& r) { return work->want(tx, r); }, {.doc = "have a copy of the page taken (again)"});
    router.get(base + "/copies/{copy}/{form}", needed, [work](Snapshot& db, const Request& r) { return work->copy_file(db, r); }, {.doc = "a copy of the page (form: warc, cdxj)"});
    router.form(base + "/appeal", needed, [work](Transaction& tx, const Request& r) { return work->appeal(tx, r); }, {.doc = "a vote on an owner's appeal"});
    router.form(base + "/clear", needed, [work](Transaction& tx, const Request& r) { return work->clear(tx, r); }, {.doc = "let go on what the guard stopped"});
    router.form(base + "/gold", needed, [work](Transaction& tx, const Request& r) { return work->gold(tx, r); }, {.doc = "a known answer that reviewers are given unseen, or no longer"});
    router.form(base + "/withdraw", needed, [work](Transaction& tx, const Request& r) { return work->withdraw(tx, r); }, {.doc = "take a resource out of all feeds"});
}

} // namespace case_routes

void add_case_routes(http::Router& router, const Rulebook& rules, files::Store& files)
{
    using namespace case_routes;
    router.page("/cyber/queue", Permission::review_resources, show_queue, {.doc = "reported resources that wait for a review"});
    router.form("/cyber/queue/unwanted", Permission::review_resources, post_unwanted, {.doc = "categories a reviewer does not want to look at"});
    router.page("/cyber/desk", Permission::refer_resources, show_desk, {.doc = "verified resources: disputes, looks, referrals"});
    add_side(router, rules, files, Side::queue, Permission::review_resources);
    add_side(router, rules, files, Side::desk, Permission::refer_resources);
}

} // namespace adal::cyber
