#include "referral/document_view.hpp"

#include "referral/inbox_view.hpp"

#include "referral/paper_view.hpp"
#include "referral/label_view.hpp"
#include "referral/step_view.hpp"

#include <algorithm>

namespace adal::referral {

using namespace http;

namespace {

std::string day(const Request& request, LocalDate date)
{
    return i18n::date(request.language, date);
}

std::string authority_name(const Request& request, const std::vector<AuthorityVersion>& versions, AuthorityId id)
{
    const auto it = std::ranges::find(versions, id, &AuthorityVersion::authority);
    return it == versions.end() ? std::string("–") : it->names.in(request.language);
}

Html channel_label(const Request& request, ChannelKind channel)
{
    return say(request, "channel." + std::string(name(channel)));
}

Html class_badge(const Request& request, ReplyClass reply_class)
{
    std::string_view tone = "neutral";
    if (reply_class == ReplyClass::refused || reply_class == ReplyClass::none) tone = "bad";
    if (reply_class == ReplyClass::formal || reply_class == ReplyClass::partial) tone = "warn";
    if (reply_class == ReplyClass::promise || reply_class == ReplyClass::measure_taken ||
        reply_class == ReplyClass::solved)
        tone = "info"; // words of the authority; only a check on the spot is good news
    return badge(say(request, "reply_class." + std::string(name(reply_class))), tone);
}

std::string path_of(const Document& document, std::string_view rest = "")
{
    return "/documents/" + document.id.str() + std::string(rest);
}

Html date_field(const Request& request, std::string_view field, std::string_view key, LocalDate value)
{
    return text_field(field, say(request, key), iso(value), {Attr("type", "date"), Attr("required")});
}

} // namespace

Html state_badge(const Request& request, DocumentState state)
{
    const std::string_view tone = state == DocumentState::draft    ? "neutral"
                                  : state == DocumentState::signed_ ? "warn"
                                                                    : "info";
    return badge(say(request, "document_state." + std::string(name(state))), tone);
}

Html clock_badge(const Request& request, const Recommendation& recommendation, LocalDate today)
{
    using enum RecommendationState;
    if (recommendation.state == unsent) return badge(say(request, "clock.unsent"), "neutral");
    const i18n::Params due{{"date", day(request, recommendation.deadline->due)}};
    if (recommendation.state == answered) {
        const bool in_time = *recommendation.answered_on <= recommendation.deadline->due;
        return badge(say(request, in_time ? "clock.in_time" : "clock.late"), in_time ? "info" : "warn");
    }
    if (is_overdue(recommendation, today)) return badge(say(request, "clock.overdue", due), "bad");
    if (recommendation.deadline->due == today) return badge(say(request, "clock.today"), "warn");
    return badge(say(request, "clock.waiting", due), "neutral");
}

namespace {

Html waiting_controls(const Request& request, const DocumentListPage& view)
{
    if (view.waiting.empty()) return {};
    Html rows;
    for (const auto& control : view.waiting) {
        const bool late = view.today > control.due;
        rows += li({cls("row")},
                   div({cls("row-main")}, strong({}, control.title),
                       p({cls("row-note")},
                         say(request, "send_by", {{"date", day(request, control.due)}}))),
                   div({cls("row-side")}, late ? badge(say(request, "clock.we_are_late"), "bad") : Html{},
                       a({cls("button"), href(request.link("/documents/new?control=" + control.id.str()))},
                         say(request, "write_document"))));
    }
    return section({cls("card")}, h2({}, say(request, "waiting_for_us")), ul({cls("rows")}, rows));
}

Html nearest(const Request& request, const DocumentRow& row, LocalDate today)
{
    if (row.overdue > 0)
        return badge(Html{i18n::count(request.language, "referral.overdue_count", row.overdue)}, "bad");
    if (!row.nearest_due) return "–";
    if (*row.nearest_due == today) return badge(say(request, "clock.today"), "warn");
    return day(request, *row.nearest_due);
}

Html rule_term(const Request& request, const DeadlineRule& rule)
{
    const auto term = [&](TermUnit unit, int n) {
        return i18n::count(request.language, "referral.term." + std::string(name(unit)), n);
    };
    Html out = term(rule.unit, rule.term);
    if (rule.extension > 0)
        out += p({cls("row-note")}, say(request, "rule_extension", {{"term", term(rule.extension_unit, rule.extension)}}));
    return out;
}

Html rule_rows(const Request& request, const DeadlineRules& rules)
{
    std::vector<std::vector<Html>> rows;
    for (const auto& rule : rules.all())
        rows.push_back({code({}, rule.code), rule.act + (rule.article.empty() ? "" : ", " + rule.article),
                        rule_term(request, rule),
                        badge(say(request, rule.verified ? "rule_verified" : "rule_unverified"),
                              rule.verified ? "good" : "warn"),
                        code({}, rule.version)});
    return details({cls("card")}, summary({}, say(request, "rules")),
                   data_table(say(request, "rules"),
                              {i18n::text(request.language, "referral.rule_code"),
                               i18n::text(request.language, "referral.rule_act"),
                               i18n::text(request.language, "referral.rule_term"),
                               i18n::text(request.language, "referral.rule_state"),
                               i18n::text(request.language, "referral.rule_version")},
                              rows));
}

} // namespace

Page document_list(const Request& request, const DocumentListPage& view)
{
    Page page{.title = i18n::text(request.language, "referral.documents"),
              .audience = Audience::office,
              .active = "nav.documents"};
    std::vector<std::vector<Html>> rows;
    for (const auto& row : view.documents.rows)
        rows.push_back({a({href(request.link("/documents/" + row.id.str()))}, row.title),
                        state_badge(request, row.state), day(request, local_date(row.held_to)),
                        Html{row.recommendations}, Html{row.waiting}, Html{row.answered},
                        nearest(request, row, view.today)});
    const auto column = [&](std::string_view key) {
        return i18n::text(request.language, "referral." + std::string(key));
    };
    const auto list = rows.empty()
                          ? empty_state(say(request, "no_documents"))
                          : data_table(say(request, "documents"),
                                       {column("column_control"), column("column_state"),
                                        column("column_completed"), "#" + column("column_recommendations"),
                                        "#" + column("column_waiting"), "#" + column("column_answered"),
                                        column("column_nearest")},
                                       rows);
    page.body = div({cls("page-head")}, h1({}, page.title), p({cls("lead")}, say(request, "documents_lead"))) +
                waiting_controls(request, view) + list +
                pager(request, "/documents", view.documents.next) + rule_rows(request, *view.rules);
    return page;
}

namespace {

Html recommendation_fields(const Request& request, const DraftPage& view, std::size_t number)
{
    const auto n = std::to_string(number);
    Recommendation known;
    if (view.document && number <= view.document->recommendations.size())
        known = view.document->recommendations[number - 1];
    std::vector<Choice> authorities{{"", say(request, "choose_authority")}};
    for (const auto& version : view.authorities)
        authorities.push_back({version.authority.str(), version.names.in(request.language)});
    auto chosen = known.authority;
    if (!chosen.is_set() && !view.document && number <= view.facts.size())
        if (const auto named = view.competent.find(view.facts[number - 1].finding); named != view.competent.end())
            chosen = named->second;
    Html boxes;
    std::size_t fact_number = 0;
    for (const auto& fact : view.facts) {
        ++fact_number;
        const bool is_new = known.findings.empty() && number == fact_number && !view.document;
        const bool checked =
            is_new || std::ranges::find(known.findings, fact.finding) != known.findings.end();
        boxes += check_field("finding." + n, fact.finding.text(),
                             Html{std::to_string(fact_number) + ". " + fact.title.in(request.language) +
                                  " · " + fact.place.in(request.language)},
                             checked);
    }
    return fieldset({cls("card")}, legend({}, say(request, "recommendation_n", {{"number", n}})),
                    area_field("text." + n, say(request, "recommendation_text"), known.text,
                               {Attr("maxlength", 4000), Attr("rows", 4)},
                               say(request, "recommendation_hint")) +
                        select_field("authority." + n, say(request, "addressee"), authorities, chosen.text(),
                                     say(request, "addressee_hint")) +
                        p({cls("hint")}, say(request, "based_on_facts")) + boxes);
}

} // namespace

Page draft_form(const Request& request, const DraftPage& view)
{
    Page page{.title = i18n::text(request.language, "referral.draft_title"),
              .audience = Audience::office,
              .scripts = {"keep_form.js"},
              .active = "nav.documents"};
    const auto written = view.document ? view.document->recommendations.size() : 0;
    const auto shown = std::max(written, view.facts.size()) + 1;
    Html fields = hidden_field("control", view.control.text());
    if (view.document) fields += hidden_field("version", std::to_string(view.document->version));
    for (std::size_t n = 1; n <= shown; ++n) fields += recommendation_fields(request, view, n);
    fields += area_field("other_documents", say(request, "other_documents"),
                         view.document ? view.document->other_documents : "", {Attr("maxlength", 4000)},
                         say(request, "other_documents_hint"));
    fields += keep_notice(request) + submit(say(request, "save_draft"));
    const auto target = view.document ? path_of(*view.document, "/edit") : std::string("/documents");
    page.body = div({cls("page-head")}, h1({}, page.title), p({cls("lead")}, view.title)) +
                notice(say(request, "draft_note")) +
                (view.facts.empty() ? notice(say(request, "no_facts"), "bad") : Html{}) +
                post_form(request, target, fields);
    return page;
}

namespace {

Html missing_notice(const Request& request, const Document& document)
{
    const auto missing = missing_fields(document);
    if (missing.empty()) return notice(say(request, "complete"));
    Html rows;
    for (const auto& field : missing) rows += li({}, say(request, "field." + std::string(field)));
    return notice(p({}, say(request, "missing")) + ul({}, rows), "bad");
}

Html draft_actions(const Request& request, const Document& document)
{
    if (document.state != DocumentState::draft) return {};
    Html out = missing_notice(request, document) +
               p({}, a({cls("button secondary"), href(request.link(path_of(document, "/edit")))},
                       say(request, "edit_draft")));
    if (missing_fields(document).empty() && request.may(Permission::sign_documents))
        out += post_form(request, path_of(document, "/sign"),
                         hidden_field("version", std::to_string(document.version)) +
                             p({cls("hint")}, say(request, "sign_hint")) + submit(say(request, "sign")));
    return section({cls("card")}, h2({}, say(request, "next_step")), out);
}

// One form for each authority that has something unsent.
Html send_forms(const Request& request, const DocumentPage& view)
{
    const auto& document = view.document;
    if (document.state != DocumentState::signed_) return {};
    Html out;
    std::vector<AuthorityId> done;
    for (const auto& recommendation : document.recommendations) {
        const auto id = recommendation.answerable();
        if (recommendation.state != RecommendationState::unsent) continue;
        if (std::ranges::find(done, id) != done.end()) continue;
        done.push_back(id);
        const auto n = std::to_string(recommendation.ordinal);
        std::vector<Choice> channels;
        for (const auto channel : all_channels)
            channels.push_back({std::string(name(channel)), channel_label(request, channel)});
        const auto known = std::ranges::find(view.authorities, id, &AuthorityVersion::authority);
        out += section(
            {cls("card")}, h2({}, say(request, "send_to", {{"authority", authority_name(request, view.authorities, id)}})),
            p({}, a({href(request.link(path_of(document, "/package")) + "?authority=" + id.str())}, say(request, "parcel.title"))),
            post_form(request, path_of(document, "/send"),
                      hidden_field("authority", id.text()) +
                          select_field("channel#" + n, say(request, "channel_label"), channels,
                                       known == view.authorities.end() ? "" : name(known->channel)) +
                          text_field("out_number#" + n, say(request, "out_number"), "", {Attr("required"), Attr("maxlength", 80)}) +
                          date_field(request, "sent_on#" + n, "sent_on", view.today) +
                          p({cls("hint")}, say(request, "email_hint")) + submit(say(request, "record_sending"))));
    }
    return out;
}

// What the city's Open311 server made of each recommendation.
Html open311_rows(const Request& request, const DocumentPage& view, const Dispatch& sent)
{
    const auto items = view.open311.find(sent.id);
    if (items == view.open311.end() || items->second.empty()) return {};
    Html rows;
    for (const auto& item : items->second) {
        const auto recommendation = std::ranges::find(view.document.recommendations, item.recommendation, &Recommendation::id);
        const bool is_stuck = item.state == Open311State::unsure || item.state == Open311State::refused;
        const auto ordinal = recommendation == view.document.recommendations.end() ? 0 : recommendation->ordinal;
        Html row = Html{std::to_string(ordinal) + ". "} + badge(say(request, "open311_state." + std::string(name(item.state))), is_stuck ? "bad" : item.state == Open311State::closed ? "good" : "neutral");
        if (!item.request.empty()) row += Html{" № "} + Html{item.request};
        if (!item.words.empty()) row += Html{" · "} + Html{item.words};
        if (is_stuck && request.may(Permission::send_referrals))
            row += post_form(request, path_of(view.document, "/open311"), hidden_field("recommendation", item.recommendation.str()) + submit(say(request, "open311_again"), "secondary"));
        rows += li({}, row);
    }
    return h3({}, say(request, "open311_requests")) + ul({}, rows);
}

Html dispatch_card(const Request& request, const DocumentPage& view, const Dispatch& sent)
{
    const auto send_due = day(request, sent.send_deadline.due);
    Html out = facts({{say(request, "addressee"), authority_name(request, view.authorities, sent.authority)},
                      {say(request, "channel_label"), channel_label(request, sent.channel)},
                      {say(request, "out_number"), sent.out_number},
                      {say(request, "sent_on"), day(request, local_date(sent.sent_at))},
                      {say(request, "send_deadline"),
                       Html{send_due + " "} + badge(say(request, sent.late ? "clock.sent_late" : "clock.sent_in_time"),
                                                    sent.late ? "bad" : "good")},
                      {say(request, "received_on"), sent.received_on ? Html{day(request, *sent.received_on)} : Html{}},
                      {say(request, "in_number"), sent.in_number}});
    if (request.may(Permission::send_referrals)) {
        const auto letter = path_of(view.document, "/letters/" + sent.id.str());
        out += p({cls("actions")}, a({href(request.link(letter))}, say(request, "office.letter_title")), " · ",
                 a({href(request.link(letter + "/pdf")), Attr("download")}, "PDF"));
    }
    if (const auto letter = view.letters.find(sent.id); letter != view.letters.end())
        out += p({cls("hint")}, say(request, "letter_state"), " ", t(request, "mail.state." + std::string(mail::text(letter->second))));
    out += open311_rows(request, view, sent);
    if (!sent.received_on && request.may(Permission::send_referrals))
        out += details({}, summary({}, say(request, "record_receipt")),
                       post_form(request, path_of(view.document, "/receipt"),
                                 hidden_field("dispatch", sent.id.text()) +
                                     date_field(request, "received_on#" + sent.id.str(), "received_on", view.today) +
                                     text_field("in_number#" + sent.id.str(), say(request, "in_number"), "", {Attr("maxlength", 80)}) +
                                     p({cls("hint")}, say(request, "receipt_hint")) +
                                     submit(say(request, "save"))));
    if (request.may(Permission::send_referrals)) {
        const auto inboxes = view.inboxes.find(sent.authority);
        out += inbox_links(request, view.document.id, sent.authority, inboxes == view.inboxes.end() ? std::vector<Inbox>{} : inboxes->second);
    }
    return section({cls("card")}, h2({}, say(request, "sent")), out);
}

Html reply_form(const Request& request, const DocumentPage& view, const Recommendation& recommendation)
{
    const auto n = std::to_string(recommendation.ordinal);
    std::vector<Choice> classes;
    for (const auto reply_class : all_reply_classes)
        classes.push_back({std::string(name(reply_class)),
                           say(request, "reply_class." + std::string(name(reply_class)))});
    return details({}, summary({}, say(request, "record_reply")),
                   post_form(request, path_of(view.document, "/reply"),
                             hidden_field("recommendation", recommendation.id.text()) +
                                 date_field(request, "received_on#" + n, "reply_received_on", view.today) +
                                 text_field("number#" + n, say(request, "reply_number"), "", {Attr("maxlength", 80)}) +
                                 select_field("class#" + n, say(request, "reply_class"), classes, "formal", say(request, "reply_class_hint")) +
                                 text_field("promised_for#" + n, say(request, "promised_for"), "", {Attr("type", "date")}) +
                                 area_field("text#" + n, say(request, "reply_text"), "", {Attr("required"), Attr("maxlength", 8000)}) +
                                 file_field("letter#" + n, say(request, "reply_file"), ".pdf,.jpg,.jpeg,.png,.webp,.txt", true) +
                                 submit(say(request, "save_reply")),
                             true));
}

Html claim_forms(const Request& request, const DocumentPage& view, const Recommendation& recommendation)
{
    if (recommendation.state == RecommendationState::unsent) return {};
    Html out;
    for (const auto& finding : recommendation.findings) {
        const auto state = view.findings.find(finding);
        if (state == view.findings.end() ||
            !oversight::next(state->second, oversight::FindingAction::claim_fix))
            continue;
        const auto n = std::to_string(recommendation.ordinal) + "-" + finding.str();
        std::vector<Choice> claimants;
        for (const auto claimant : oversight::all_claimants)
            claimants.push_back({std::string(oversight::name(claimant)),
                                 t(request, "oversight.claimant." + std::string(oversight::name(claimant)))});
        out += details({}, summary({}, say(request, "record_fix_claim")),
                       post_form(request, path_of(view.document, "/fix"),
                                 hidden_field("recommendation", recommendation.id.text()) +
                                     hidden_field("finding", finding.text()) +
                                     select_field("claimant#" + n, say(request, "claimant"), claimants, "authority") +
                                     area_field("text#fix-" + n, say(request, "fix_text"), "", {Attr("required"), Attr("maxlength", 4000)}) +
                                     p({cls("hint")}, say(request, "fix_hint")) + submit(say(request, "save"))));
    }
    return out;
}

Html reply_rows(const Request& request, const std::vector<Reply>& replies)
{
    Html out;
    for (const auto& reply : replies) {
        Html when = day(request, reply.received_on);
        if (reply.promised_for)
            when += Html{" · "} + say(request, "promised", {{"date", day(request, *reply.promised_for)}});
        out += li({cls("row")},
                  div({cls("row-main")}, p({}, reply.text), p({cls("row-note")}, when, reply.number.empty() ? Html{} : Html{" · № " + reply.number})),
                  div({cls("row-side")}, class_badge(request, reply.reply_class)));
    }
    return out.empty() ? Html{} : ul({cls("rows")}, out);
}

// Where somebody went and looked, the act of it, for the office.
Html fix_act_link(const Request& request, const DocumentPage& view, FindingId id, oversight::FindingState state)
{
    const bool is_checked = state == oversight::FindingState::fixed_verified || state == oversight::FindingState::not_fixed;
    if (!is_checked || !request.may(Permission::send_referrals)) return {};
    const auto path = path_of(view.document, "/fix-acts/" + id.str());
    return Html{" · "} + a({href(request.link(path))}, say(request, "act.link_office")) + " · " + a({href(request.link(path + ".pdf")), Attr("download")}, "PDF");
}

Html finding_links(const Request& request, const DocumentPage& view, const Recommendation& recommendation)
{
    Html out;
    for (const auto& id : recommendation.findings) {
        const auto fact = std::ranges::find(view.document.facts, id, &Fact::finding);
        const auto state = view.findings.find(id);
        if (fact == view.document.facts.end() || state == view.findings.end()) continue;
        out += li({}, a({href(request.link("/findings/" + id.str()))}, fact->title.in(request.language)),
                  " · ", t(request, "oversight.finding_state." + std::string(oversight::name(state->second))), fix_act_link(request, view, id, state->second));
    }
    return ul({}, out);
}

Html recommendation_card(const Request& request, const DocumentPage& view, const Recommendation& recommendation)
{
    Html clock;
    if (recommendation.deadline) {
        const auto& deadline = *recommendation.deadline;
        clock = p({cls("hint")},
                  say(request, "computed_from", {{"start", day(request, deadline.start)},
                                                 {"rule", deadline.rule_version},
                                                 {"calendar", deadline.calendar_version}}));
        const auto former = view.former.find(recommendation.id);
        if (former != view.former.end())
            for (const auto& old : former->second)
                clock += former_line(request, old);
        if (recommendation.missed_on)
            clock += p({cls("hint")}, say(request, "missed_recorded", {{"date", day(request, *recommendation.missed_on)}}));
    }
    const auto replies = view.replies.find(recommendation.id);
    Html forms;
    if (request.may(Permission::send_referrals)) {
        if (recommendation.state == RecommendationState::waiting)
            forms += reply_form(request, view, recommendation);
        forms += claim_forms(request, view, recommendation) + step_forms(request, view, recommendation);
    }
    return article({cls("card"), id_("r-" + std::to_string(recommendation.ordinal))},
                   h3({}, say(request, "recommendation_n", {{"number", std::to_string(recommendation.ordinal)}}), " ",
                      clock_badge(request, recommendation, view.today)),
                   p({}, recommendation.text),
                   p({cls("row-note")}, authority_name(request, view.authorities, recommendation.authority),
                     recommendation.holder.is_set()
                         ? Html{" → "} + Html{authority_name(request, view.authorities, recommendation.holder)}
                         : Html{}),
                   finding_links(request, view, recommendation), clock,
                   replies == view.replies.end() ? Html{} : reply_rows(request, replies->second),
                   step_rows_of(request, view, recommendation), forms);
}

Html paper_links(const Request& request, const Document& document)
{
    Html out = a({href(request.link(path_of(document, "/paper")))}, say(request, "printable"));
    for (const auto language : i18n::all_languages) {
        const auto code = std::string(i18n::code(language));
        out += Html{" · "} + a({href("/" + code + path_of(document, "/full.pdf")), Attr("download")},
                               i18n::text(language, "referral.pdf"));
    }
    if (document.state != DocumentState::draft)
        out += Html{" · "} + a({href(request.link(path_of(document, "/register")))}, say(request, "office.register_title")) + " · " +
               a({href(request.link(path_of(document, "/register.pdf"))), Attr("download")}, say(request, "office.register_pdf"));
    if (document.state != DocumentState::draft)
        for (const auto part : {Part::protocol, Part::conclusion, Part::recommendations})
            out += Html{" · "} + a({href(request.link(path_of(document, "/papers/" + std::string(name(part)))))},
                                   say(request, "part." + std::string(name(part))));
    if (document.state != DocumentState::draft)
        out += Html{" · "} + a({href(request.link(path_of(document, "/dossier")))}, say(request, "dossier_office.link"));
    return p({cls("actions")}, out);
}

} // namespace

Page document_page(const Request& request, const DocumentPage& view)
{
    const auto& document = view.document;
    Page page{.title = i18n::text(request.language, "referral.document"),
              .audience = Audience::office,
              .active = "nav.documents"};
    Html body = div({cls("page-head")}, h1({}, page.title, " ", state_badge(request, document.state)),
                    p({cls("lead")}, a({href(request.link("/controls/" + document.control.str()))}, document.title)));
    body += p({}, a({href(request.link("/controls/" + document.control.str() + "/joint"))}, say(request, "joint.title")));
    body += paper_links(request, document) + draft_actions(request, document) + send_forms(request, view);
    if (!view.dispatches.empty())
        body += p({}, a({href(request.link(path_of(document, "/public")))}, say(request, "public_page")));
    for (const auto& sent : view.dispatches) body += dispatch_card(request, view, sent);
    body += inbox_replies(request, document, view.inbox_replies) + h2({}, say(request, "recommendations"));
    for (const auto& recommendation : document.recommendations)
        body += recommendation_card(request, view, recommendation);
    page.body = body;
    return page;
}

namespace {

Html public_rows(const Request& request, const DocumentPage& view)
{
    std::vector<std::vector<Html>> rows;
    for (const auto& recommendation : view.document.recommendations) {
        Html answer = "–";
        if (const auto replies = view.replies.find(recommendation.id); replies != view.replies.end())
            for (const auto& reply : replies->second)
                if (is_answer(reply.reply_class))
                    answer = class_badge(request, reply.reply_class) + Html{" " + day(request, reply.received_on)};
        Html states;
        for (const auto& id : recommendation.findings)
            if (const auto state = view.findings.find(id); state != view.findings.end())
                states += a({href(request.link("/findings/" + id.str()))},
                            t(request, "oversight.finding_state." + std::string(oversight::name(state->second)))) +
                          Html{" "};
        rows.push_back({Html{recommendation.ordinal},
                        authority_name(request, view.authorities, recommendation.answerable()),
                        clock_badge(request, recommendation, view.today), answer, states});
    }
    const auto column = [&](std::string_view key) {
        return i18n::text(request.language, "referral." + std::string(key));
    };
    return data_table(say(request, "what_came_of_it"),
                      {"№", column("addressee"), column("column_clock"), column("column_reply"), column("column_findings")},
                      rows);
}

} // namespace

Page public_document(const Request& request, const DocumentPage& view, const Paper& paper)
{
    Page page{.title = i18n::text(request.language, "referral.document") + ": " + view.document.title,
              .description = i18n::text(request.language, "referral.public_description")};
    page.body = div({cls("page-head")}, p({cls("lead")}, say(request, "public_description"))) +
                public_rows(request, view) + public_steps(request, view) +
                p({cls("actions")}, a({href(request.link(path_of(view.document, "/public.pdf"))), Attr("download")},
                                      say(request, "download_pdf"))) +
                paper_html(paper);
    return page;
}

Page printed_document(const Request& request, const Document& document, const Paper& paper)
{
    return {.title = i18n::text(request.language, "referral.document") + ": " + document.title,
            .audience = Audience::office,
            .body = paper_html(paper),
            .active = "nav.documents"};
}

} // namespace adal::referral
