#include "referral/inbox_view.hpp"

#include "referral/label_view.hpp"

#include <algorithm>

namespace adal::referral {

using namespace http;

namespace inbox_parts {

std::string inbox_path(const InboxPage& view, const std::string& rest)
{
    return "/inbox/" + view.token + rest;
}

Html state_badge(const Request& request, const Recommendation& recommendation, bool waits, LocalDate today)
{
    if (recommendation.state == RecommendationState::answered) return badge(say(request, "inbox.answered"), "good");
    if (waits) return badge(say(request, "inbox.taken"), "good");
    const auto due = i18n::date(request.language, recommendation.deadline->due);
    if (recommendation.deadline->due < today) return badge(say(request, "inbox.overdue", {{"date", due}}), "bad");
    return badge(say(request, "inbox.due", {{"date", due}}), "warn");
}

Html reply_form(const Request& request, const InboxPage& view, const Recommendation& recommendation)
{
    const auto n = std::to_string(recommendation.ordinal) + "-" + recommendation.id.str();
    return details({}, summary({}, say(request, "inbox.write_reply")),
                   post_form(request, inbox_path(view, "/reply"),
                             hidden_field("recommendation", recommendation.id.text()) +
                                 text_field("number#" + n, say(request, "inbox.number"), "", {Attr("maxlength", 80)}) +
                                 area_field("text#" + n, say(request, "inbox.text"), "", {Attr("required"), Attr("maxlength", 8000)}) +
                                 file_field("letter#" + n, say(request, "reply_file"), ".pdf,.jpg,.jpeg,.png,.webp,.txt", true) +
                                 submit(say(request, "inbox.send_reply")),
                             true));
}

Html recommendation_item(const Request& request, const InboxPage& view, const InboxDocument& one, const Recommendation& recommendation)
{
    const bool waits = std::ranges::find(one.waiting, recommendation.id, &InboxReply::recommendation) != one.waiting.end();
    const bool open = recommendation.state == RecommendationState::waiting && !waits;
    return li({cls("row")},
              div({cls("row-main")}, p({cls("row-title")}, say(request, "inbox.recommendation", {{"number", std::to_string(recommendation.ordinal)}})),
                  p({}, recommendation.text), open ? reply_form(request, view, recommendation) : Html{}),
              div({cls("row-side")}, state_badge(request, recommendation, waits, view.today)));
}

Html receipt(const Request& request, const InboxPage& view, const Dispatch& sent)
{
    const auto intro = p({cls("row-note")}, say(request, "inbox.sent", {{"number", sent.out_number},
                                                                      {"date", i18n::date(request.language, local_date(sent.sent_at))}}));
    if (sent.received_on)
        return intro + p({cls("row-note")}, say(request, "inbox.registered", {{"date", i18n::date(request.language, *sent.received_on)},
                                                                           {"number", sent.in_number}}));
    return intro + post_form(request, inbox_path(view, "/received"),
                             hidden_field("dispatch", sent.id.text()) +
                                 text_field("in_number#" + sent.id.str(), say(request, "in_number"), "", {Attr("required"), Attr("maxlength", 80)}) +
                                 text_field("received_on#" + sent.id.str(), say(request, "received_on"), iso(view.today), {Attr("type", "date"), Attr("required")}) +
                                 p({cls("hint")}, say(request, "inbox.registered_hint")) + submit(say(request, "inbox.register")));
}

Html document_card(const Request& request, const InboxPage& view, const InboxDocument& one)
{
    Html receipts, list;
    for (const auto& sent : one.dispatches) receipts += receipt(request, view, sent);
    for (const auto& recommendation : one.recommendations) list += recommendation_item(request, view, one, recommendation);
    const auto pdf = "/inbox/" + view.token + "/documents/" + one.document.id.str() + ".pdf";
    return section({cls("card")}, h2({}, one.document.title), receipts,
                   p({cls("actions")}, a({href(request.link(pdf)), cls("button secondary")}, say(request, "inbox.document"))), ul({cls("rows")}, list));
}

} // namespace inbox_parts

Page inbox_page(const Request& request, const InboxPage& view)
{
    Page page{.title = i18n::text(request.language, "referral.inbox.title"), .audience = Audience::open};
    page.body = div({cls("page-head")}, h1({}, page.title), p({cls("lead")}, view.authority.names.in(request.language)),
                    p({}, say(request, "inbox.lead")));
    if (view.documents.empty()) page.body += empty_state(say(request, "inbox.none"));
    for (const auto& one : view.documents) page.body += inbox_parts::document_card(request, view, one);
    page.body += p({cls("hint")}, say(request, "inbox.until", {{"date", i18n::date(request.language, local_date(view.inbox.expires_at))}}));
    return page;
}

Page fresh_inbox_page(const Request& request, DocumentId document, const std::string& address, const Inbox& inbox)
{
    Page page{.title = i18n::text(request.language, "referral.inbox.fresh_title"), .audience = Audience::office, .active = "nav.documents"};
    page.body = div({cls("page-head")}, h1({}, page.title), p({cls("lead")}, say(request, "inbox.once"))) +
                section({cls("card")}, p({}, code({cls("address")}, address)),
                        p({cls("hint")}, say(request, "inbox.until", {{"date", i18n::date(request.language, local_date(inbox.expires_at))}}))) +
                p({cls("actions")}, a({href(request.link("/documents/" + document.str())), cls("button")}, say(request, "inbox.back")));
    return page;
}

Html inbox_links(const Request& request, DocumentId document, AuthorityId authority, const std::vector<Inbox>& inboxes)
{
    Html list;
    for (const auto& inbox : inboxes) {
        if (!is_open(inbox, request.at)) continue;
        const auto used = inbox.used_at ? say(request, "inbox.used", {{"time", i18n::date_time(request.language, *inbox.used_at)}}) : say(request, "inbox.unused");
        list += li({cls("row")},
                   div({cls("row-main")}, p({cls("row-note")}, say(request, "inbox.made", {{"time", i18n::date_time(request.language, inbox.made_at)}}), " · ", used)),
                   div({cls("row-side")}, post_form(request, "/documents/" + document.str() + "/inbox/revoke",
                                                   hidden_field("inbox", inbox.id.text()) + submit(say(request, "inbox.revoke"), "secondary"))));
    }
    return details({}, summary({}, say(request, "inbox.links")), p({cls("hint")}, say(request, "inbox.links_hint")),
                   list.empty() ? Html{} : ul({cls("rows")}, list),
                   post_form(request, "/documents/" + document.str() + "/inbox",
                             hidden_field("authority", authority.text()) + submit(say(request, "inbox.make"), "secondary")));
}

Html inbox_replies(const Request& request, const Document& document, const std::vector<InboxReply>& replies)
{
    if (replies.empty()) return {};
    std::vector<Choice> classes;
    for (const auto reply_class : all_reply_classes)
        classes.push_back({std::string(name(reply_class)), say(request, "reply_class." + std::string(name(reply_class)))});
    Html cards;
    for (const auto& reply : replies) {
        const auto* recommendation = document.find(reply.recommendation);
        const auto ordinal = recommendation == nullptr ? std::string{"–"} : std::to_string(recommendation->ordinal);
        cards += section({cls("card")}, h3({}, say(request, "inbox.recommendation", {{"number", ordinal}})),
                         facts({{say(request, "inbox.came_in"), Html{i18n::date_time(request.language, reply.received_at)}},
                                {say(request, "reply_number"), Html{reply.number}},
                                {say(request, "inbox.files"), Html{static_cast<std::int64_t>(reply.files.size())}}}),
                         p({}, reply.text),
                         post_form(request, "/documents/" + document.id.str() + "/inbox/classify",
                                   hidden_field("reply", reply.id.text()) +
                                       select_field("class#" + reply.id.str(), say(request, "reply_class"), classes, "formal", say(request, "reply_class_hint")) +
                                       text_field("promised_for#" + reply.id.str(), say(request, "promised_for"), "", {Attr("type", "date")}) +
                                       submit(say(request, "inbox.classify"))));
    }
    return section({cls("card"), id_("inbox")}, h2({}, say(request, "inbox.to_classify")), p({cls("hint")}, say(request, "inbox.to_classify_hint")), cards);
}

} // namespace adal::referral
