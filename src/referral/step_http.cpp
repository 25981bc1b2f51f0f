// Addresses of the steps after the sending.
#include "files/files.hpp"
#include "http/page.hpp"
#include "referral/form_http.hpp"
#include "referral/pages.hpp"

namespace adal::referral {

namespace step_pages {

using Answer = Result<http::Reply>;
using http::Request;
using storage::Transaction;

Answer back(const Request& request, DocumentId id)
{
    return http::see_other(request.link("/documents/" + id.str()));
}

Result<NewStep> read_days(const Request& request, NewStep step)
{
    const auto on = read_day(request, "on");
    if (!on) return pass(on);
    step.on = *on;
    const auto until = read_optional_day(request, "until");
    if (!until) return pass(until);
    step.until = *until;
    const auto told_on = read_optional_day(request, "told_on");
    if (!told_on) return pass(told_on);
    step.told_on = *told_on;
    return step;
}

Result<NewStep> read_step(const Request& request, DocumentId document)
{
    NewStep step{.document = document,
                 .about = StepId::parse(request.field("about")).value_or(StepId{}),
                 .authority = AuthorityId::parse(request.field("authority")).value_or(AuthorityId{})};
    const auto recommendation = RecommendationId::parse(request.field("recommendation"));
    if (!recommendation) return bad_choice("recommendation", recommendation);
    step.recommendation = *recommendation;
    const auto kind = step_kind_from(request.field("kind"));
    if (!kind) return bad_choice("kind", kind);
    step.kind = *kind;
    if (!request.field("channel").empty()) {
        step.channel = channel_from(request.field("channel"));
        if (!step.channel) return bad_choice("channel", step.channel);
    }
    const auto number = cleaned(request, "number");
    if (!number) return pass(number);
    step.number = *number;
    const auto text = cleaned_lines(request, "text");
    if (!text) return pass(text);
    step.text = *text;
    return read_days(request, std::move(step));
}

Answer post_step(Transaction& tx, const Request& request, const Law& law, files::Store& files)
{
    const auto id = request.path_id<DocumentId>();
    if (!id) return pass(id);
    auto step = read_step(request, *id);
    if (!step) return pass(step);
    const auto letters = store_letters(tx, request, files);
    if (!letters) return pass(letters);
    step->files = *letters;
    const auto recorded = record_step(tx, law, *step, request.person(), request.at);
    if (!recorded) return pass(recorded);
    return back(request, *id);
}

Answer post_end(Transaction& tx, const Request& request)
{
    const auto id = request.path_id<DocumentId>();
    if (!id) return pass(id);
    const auto step = StepId::parse(request.field("step"));
    if (!step) return bad_choice("step", step);
    const auto outcome = step_outcome_from(request.field("outcome"));
    if (!outcome) return bad_choice("outcome", outcome);
    const auto on = read_day(request, "on");
    if (!on) return pass(on);
    const auto number = cleaned(request, "number");
    if (!number) return pass(number);
    const auto text = cleaned_lines(request, "text");
    if (!text) return pass(text);
    const auto ended = end_step(tx, *id, *step, {.outcome = *outcome, .on = *on, .number = *number, .text = *text},
                                request.person(), request.at);
    if (!ended) return pass(ended);
    return back(request, *id);
}

Answer post_reopen(Transaction& tx, const Request& request)
{
    const auto id = request.path_id<DocumentId>();
    if (!id) return pass(id);
    const auto recommendation = RecommendationId::parse(request.field("recommendation"));
    if (!recommendation) return bad_choice("recommendation", recommendation);
    const auto document = find_document(tx, *id);
    if (!document) return fail(not_found);
    if (document->find(*recommendation) == nullptr) return fail(step_other_document);
    const auto finding = FindingId::parse(request.field("finding"));
    if (!finding) return bad_choice("finding", finding);
    const auto text = cleaned_lines(request, "text");
    if (!text) return pass(text);
    const auto done = reopen(tx, *recommendation, *finding, *text, request.person(), request.at);
    if (!done) return pass(done);
    return back(request, *id);
}

} // namespace step_pages

void add_step_routes(http::Router& router, const Law& law, files::Store& files)
{
    using enum Permission;
    router.form("/documents/{id}/step", send_referrals,
                [&law, &files](storage::Transaction& tx, const http::Request& request) {
                    return step_pages::post_step(tx, request, law, files);
                },
                {.body_limit = letters_limit, .multipart = true, .max_files = 10,
                 .doc = "record a hearing, extension, forwarding, escalation, appeal, repeated demand or successor"});
    router.form("/documents/{id}/step-end", send_referrals, step_pages::post_end, {.doc = "record how a step ended"});
    router.form("/documents/{id}/reopen", send_referrals, step_pages::post_reopen, {.doc = "a mended defect came back"});
}

} // namespace adal::referral
