// Addresses of the officer's inbox, and of the coordinator who gives out its links.
#include "referral/authority_store.hpp"
#include "referral/document_store.hpp"
#include "referral/form_http.hpp"
#include "referral/inbox_store.hpp"
#include "referral/inbox_view.hpp"
#include "referral/pages.hpp"

#include <algorithm>

namespace adal::referral {

namespace inbox_pages {

using Answer = Result<http::Reply>;
using http::Request;
using storage::Snapshot;
using storage::Transaction;

constexpr int kMostDocuments = 50;

// Without a configured origin the address is the one the coordinator came by.
std::string inbox_address(const Request& request, const std::string& origin, const std::string& token)
{
    const auto host = origin.empty() ? "http://" + std::string(request.header("Host")) : origin;
    return host + request.link("/inbox/" + token);
}

// A wrong, an ended and a withdrawn link all look the same: not there.
Result<Inbox> opened(Snapshot& db, const Request& request)
{
    const auto inbox = find_inbox(db, request.param("token"));
    if (!inbox || !is_open(*inbox, request.at)) return fail(not_found);
    return *inbox;
}

// Nobody keeps the page or lists its address.
http::Reply secret(http::Reply reply)
{
    std::erase_if(reply.headers, [](const auto& header) { return header.first == "Cache-Control"; });
    reply.headers.emplace_back("Cache-Control", "no-store");
    reply.headers.emplace_back("X-Robots-Tag", "noindex");
    return reply;
}

InboxDocument gathered(Snapshot& db, const Document& document, AuthorityId authority)
{
    InboxDocument one{.document = document};
    for (const auto& sent : list_dispatches(db, document.id))
        if (sent.authority == authority) one.dispatches.push_back(sent);
    for (const auto& recommendation : document.recommendations)
        if (recommendation.answerable() == authority && recommendation.state != RecommendationState::unsent) {
            one.recommendations.push_back(recommendation);
            one.replies[recommendation.id] = replies_of(db, recommendation.id);
        }
    one.waiting = open_inbox_replies(db, document.id);
    return one;
}

Answer show(Snapshot& db, const Request& request)
{
    const auto inbox = opened(db, request);
    if (!inbox) return pass(inbox);
    const auto authority = authority_on(db, inbox->authority, local_date(request.at));
    InboxPage view{.inbox = *inbox, .token = std::string{request.param("token")}, .authority = authority.value_or(AuthorityVersion{}), .today = local_date(request.at)};
    for (const auto& id : documents_sent_to(db, inbox->authority, kMostDocuments))
        if (const auto document = read_document(db, id)) view.documents.push_back(gathered(db, *document, inbox->authority));
    return secret(render(request, inbox_page(request, view)));
}

// A document of which something was sent to the inbox's authority.
Result<Document> addressed(Snapshot& db, const Inbox& inbox, DocumentId id)
{
    auto document = read_document(db, id);
    if (!document || gathered(db, *document, inbox.authority).dispatches.empty()) return fail(not_found);
    return std::move(*document);
}

Answer pdf(Snapshot& db, const Request& request, const Law& law, const std::string& origin)
{
    const auto inbox = opened(db, request);
    if (!inbox) return pass(inbox);
    constexpr std::string_view kEnding = ".pdf";
    const auto file = request.param("file");
    const auto id = file.ends_with(kEnding) ? DocumentId::parse(file.substr(0, file.size() - kEnding.size())) : std::nullopt;
    if (!id) return fail(not_found);
    const auto document = addressed(db, *inbox, *id);
    if (!document) return pass(document);
    const auto paper = paper_of_document(db, law, *document, request.language, Copy::full, origin);
    return secret(http::download(http::bytes_reply(to_pdf(paper), "application/pdf"), "qorytyndy-" + id->str() + ".pdf"));
}

http::Reply back(const Request& request)
{
    return secret(http::see_other(request.link("/inbox/" + std::string{request.param("token")})));
}

Answer received(Transaction& tx, const Request& request, const Law& law)
{
    const auto inbox = opened(tx, request);
    if (!inbox) return pass(inbox);
    const auto id = DispatchId::parse(request.field("dispatch"));
    const auto sent = id ? find_dispatch(tx, *id) : std::nullopt;
    if (!sent || sent->authority != inbox->authority) return fail(not_found);
    const auto on = read_day(request, "received_on");
    if (!on) return pass(on);
    const auto number = cleaned(request, "in_number");
    if (!number) return pass(number);
    if (number->empty()) return fail(bad_field, {{"field", "in_number"}, {"reason", "missing"}});
    if (const auto done = acknowledge(tx, law, *id, *on, *number, inbox->made_by, request.at); !done) return pass(done);
    note_use(tx, inbox->id, request.at);
    return back(request);
}

Answer reply(Transaction& tx, const Request& request, files::Store& files)
{
    const auto inbox = opened(tx, request);
    if (!inbox) return pass(inbox);
    const auto id = RecommendationId::parse(request.field("recommendation"));
    const auto recommendation = id ? find_recommendation(tx, *id) : std::nullopt;
    if (!recommendation) return fail(not_found);
    const auto number = cleaned(request, "number");
    if (!number) return pass(number);
    const auto text = cleaned_lines(request, "text");
    if (!text) return pass(text);
    const auto waiting = open_inbox_replies(tx, recommendation->document);
    const bool one_waits = std::ranges::find(waiting, *id, &InboxReply::recommendation) != waiting.end();
    if (const auto fine = may_reply(*inbox, *recommendation, *text, one_waits); !fine) return pass(fine);
    const auto letters = store_letters(tx, request, files);
    if (!letters) return pass(letters);
    add(tx, {.id = InboxReplyId::make(request.at),
             .inbox = inbox->id,
             .document = recommendation->document,
             .recommendation = *id,
             .number = *number,
             .text = *text,
             .received_at = request.at,
             .files = *letters});
    note_use(tx, inbox->id, request.at);
    return back(request);
}

// --- the coordinator's side ----------------------------------------------------------------------------------------

Answer make(Transaction& tx, const Request& request, const std::string& origin)
{
    const auto id = request.path_id<DocumentId>();
    if (!id) return pass(id);
    const auto authority = AuthorityId::parse(request.field("authority"));
    const auto sent = list_dispatches(tx, *id);
    if (!authority || std::ranges::find(sent, *authority, &Dispatch::authority) == sent.end()) return fail(not_found);
    const auto fresh = make_inbox(tx, *authority, request.person(), request.at);
    return secret(render(request, fresh_inbox_page(request, *id, inbox_address(request, origin, fresh.token), fresh.inbox)));
}

Answer withdraw(Transaction& tx, const Request& request)
{
    const auto document = request.path_id<DocumentId>();
    if (!document) return pass(document);
    const auto id = InboxId::parse(request.field("inbox"));
    if (!id || !revoke(tx, *id, request.at)) return fail(not_found);
    return http::see_other(request.link("/documents/" + document->str()));
}

Answer classify(Transaction& tx, const Request& request)
{
    const auto document = request.path_id<DocumentId>();
    if (!document) return pass(document);
    const auto id = InboxReplyId::parse(request.field("reply"));
    const auto waiting = id ? find_inbox_reply(tx, *id) : std::nullopt;
    if (!waiting || waiting->document != *document) return fail(not_found);
    if (waiting->handled_at) return fail(inbox_handled);
    const auto reply_class = reply_class_from(request.field("class"));
    if (!reply_class) return bad_choice("class", reply_class);
    const auto promised = read_optional_day(request, "promised_for");
    if (!promised) return pass(promised);
    const NewReply reply{.document = *document,
                         .recommendation = waiting->recommendation,
                         .received_on = local_date(waiting->received_at),
                         .number = waiting->number,
                         .reply_class = *reply_class,
                         .text = waiting->text,
                         .promised_for = *promised,
                         .files = waiting->files};
    if (const auto registered = register_reply(tx, reply, request.person(), request.at); !registered) return pass(registered);
    note_handled(tx, *id, request.person(), request.at);
    return http::see_other(request.link("/documents/" + document->str()));
}

} // namespace inbox_pages

void add_inbox_routes(http::Router& router, const Law& law, files::Store& files, std::string origin)
{
    using enum Permission;
    router.page("/inbox/{token}", anyone, inbox_pages::show, {.doc = "an authority's inbox, by a personal link"});
    router.page("/inbox/{token}/documents/{file}", anyone,
                [&law, origin](storage::Snapshot& db, const http::Request& request) { return inbox_pages::pdf(db, request, law, origin); },
                {.doc = "a final document for its addressee, as PDF with names"});
    router.form("/inbox/{token}/received", anyone,
                [&law](storage::Transaction& tx, const http::Request& request) { return inbox_pages::received(tx, request, law); },
                {.doc = "an authority says that it registered a final document"});
    router.form("/inbox/{token}/reply", anyone,
                [&files](storage::Transaction& tx, const http::Request& request) { return inbox_pages::reply(tx, request, files); },
                {.body_limit = letters_limit, .multipart = true, .max_files = 10, .doc = "an authority replies to a recommendation"});
    router.form("/documents/{id}/inbox", send_referrals,
                [origin](storage::Transaction& tx, const http::Request& request) { return inbox_pages::make(tx, request, origin); },
                {.doc = "make a personal link for an officer"});
    router.form("/documents/{id}/inbox/revoke", send_referrals, inbox_pages::withdraw, {.doc = "withdraw a personal link"});
    router.form("/documents/{id}/inbox/classify", send_referrals, inbox_pages::classify, {.doc = "choose the class of a reply that came in by a link"});
}

} // namespace adal::referral
