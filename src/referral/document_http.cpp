// Addresses of final documents, from the draft to the last reply.
#include "referral/authority_store.hpp"
#include "referral/calendar_store.hpp"
#include "referral/document_view.hpp"
#include "people/people.hpp"
#include "referral/fix_act.hpp"
#include "referral/form_http.hpp"
#include "referral/inbox_store.hpp"
#include "referral/open311_store.hpp"
#include "referral/letter.hpp"
#include "referral/office_paper.hpp"
#include "referral/pages.hpp"
#include "referral/step_store.hpp"

#include <algorithm>

namespace adal::referral {

using Answer = Result<http::Reply>;
using http::Request;
using storage::Snapshot;
using storage::Transaction;

namespace {

constexpr int page_size = 50;
constexpr int most_recommendations = 200;

// A day that somebody typed, as a moment: now when it is today, else noon of that day.
Instant moment_of(LocalDate date, Instant now)
{
    if (date == local_date(now)) return now;
    return start_of(date).plus(std::chrono::hours{12});
}

std::vector<AuthorityVersion> authorities_of(Snapshot& db, const Document& document)
{
    std::vector<AuthorityVersion> out;
    const auto on = local_date(document.signed_at.value_or(document.drafted_at));
    for (const auto& sent : list_dispatches(db, document.id))
        if (const auto version = authority_version(db, sent.authority_version)) out.push_back(*version);
    const auto add = [&](AuthorityId id, LocalDate day) {
        if (!id.is_set() || std::ranges::find(out, id, &AuthorityVersion::authority) != out.end()) return;
        if (const auto version = authority_on(db, id, day)) out.push_back(*version);
    };
    for (const auto& recommendation : document.recommendations) {
        add(recommendation.authority, on);
        if (const auto version = authority_version(db, recommendation.holder_version))
            if (std::ranges::find(out, version->authority, &AuthorityVersion::authority) == out.end()) out.push_back(*version);
    }
    for (const auto& step : steps_of_document(db, document.id)) add(step.authority, step.on);
    return out;
}

// For each fact the nearest authority competent for its place.
std::map<FindingId, AuthorityId> competent_for(Snapshot& db, const Document& document, LocalDate today)
{
    std::vector<FindingId> ids;
    for (const auto& fact : document.facts) ids.push_back(fact.finding);
    std::map<FindingId, AuthorityId> out;
    for (const auto& [finding, standing] : oversight::standings(db, ids)) {
        const auto place = oversight::find_place(db, standing.place);
        if (!place) continue;
        if (const auto known = competent_authorities(db, *place, today); !known.empty()) out[finding] = known.front().authority;
    }
    return out;
}

DocumentPage page_of(Snapshot& db, const Document& document, LocalDate today)
{
    DocumentPage view{.document = document,
                      .dispatches = list_dispatches(db, document.id),
                      .authorities = authorities_of(db, document),
                      .today = today};
    view.steps = steps_in(db, document.id);
    for (const auto& step : view.steps) view.step_former[step.id] = former_deadlines_of(db, step.id);
    view.choices = authorities_on(db, today);
    for (const auto& sent : view.dispatches) {
        if (const auto letter = mail::state_of(db, letter_purpose, sent.id.str())) view.letters[sent.id] = *letter;
        view.inboxes[sent.authority] = inboxes_of(db, sent.authority);
        if (sent.channel == ChannelKind::open311) view.open311[sent.id] = open311_items_of(db, sent.id);
    }
    view.inbox_replies = open_inbox_replies(db, document.id);
    for (const auto& recommendation : document.recommendations) {
        for (const auto& succession : successions_of(db, recommendation.answerable()))
            view.successors[recommendation.answerable()].push_back(succession.to);
        view.replies[recommendation.id] = list_replies(db, recommendation.id);
        view.former[recommendation.id] = former_deadlines_of(db, recommendation.id);
        view.possible[recommendation.id] = possible_steps(db, document, recommendation, today);
        for (const auto& id : recommendation.findings)
            if (const auto finding = oversight::find_finding(db, id)) view.findings[id] = finding->state;
    }
    return view;
}

class Documents
{
public:
    Documents(const Law& law, files::Store& files, std::string origin)
        : m_law(law), m_files(files), m_origin(std::move(origin))
    {}

    [[nodiscard]] Answer show_list(Snapshot& db, const Request& request) const
    {
        const auto today = local_date(request.at);
        DocumentListPage view{.documents = list_documents(db, today, request.query_value("after"), page_size),
                              .rules = &m_law.rules,
                              .today = today};
        const auto calendar = calendar_on(db, m_law, today);
        const auto controls = oversight::list_controls(db, {.state = oversight::ControlState::completed});
        for (const auto& control : controls.rows) {
            if (find_document_of(db, control.id)) continue;
            const auto deadline = deadline_of(m_law.rules.get(rule_send), local_date(*control.completed_at), calendar);
            view.waiting.push_back({.id = control.id, .title = control.title, .due = deadline.due});
        }
        return render(request, document_list(request, view));
    }

    [[nodiscard]] Answer show_new(Snapshot& db, const Request& request) const
    {
        const auto control = ControlId::parse(request.query_value("control"));
        if (!control) return fail(not_found);
        if (const auto existing = find_document_of(db, *control))
            return http::see_other(request.link("/documents/" + existing->str()));
        const auto preview = preview_document(db, *control, request.at);
        if (!preview) return pass(preview);
        return render(request, draft_form(request, {.control = *control,
                                                    .title = preview->title,
                                                    .facts = preview->facts,
                                                    .authorities = authorities_on(db, local_date(request.at)),
                                                    .competent = competent_for(db, *preview, local_date(request.at))}));
    }

    [[nodiscard]] Answer show_edit(Snapshot& db, const Request& request) const
    {
        const auto document = wanted(db, request);
        if (!document) return pass(document);
        if (const auto fine = may_edit(*document); !fine) return pass(fine);
        return render(request, draft_form(request, {.document = *document,
                                                    .control = document->control,
                                                    .title = document->title,
                                                    .facts = document->facts,
                                                    .authorities = authorities_on(db, local_date(request.at))}));
    }

    [[nodiscard]] Answer show_document(Snapshot& db, const Request& request) const
    {
        const auto document = wanted(db, request);
        if (!document) return pass(document);
        return render(request, document_page(request, page_of(db, *document, local_date(request.at))));
    }

    [[nodiscard]] Answer show_paper(Snapshot& db, const Request& request) const
    {
        const auto document = wanted(db, request);
        if (!document) return pass(document);
        return render(request, printed_document(request, *document, paper(db, *document, request.language, Copy::full)));
    }

    [[nodiscard]] Answer show_public(Snapshot& db, const Request& request) const
    {
        const auto document = sent(db, request);
        if (!document) return pass(document);
        return render(request, public_document(request, page_of(db, *document, local_date(request.at)),
                                               paper(db, *document, request.language, Copy::open)));
    }

    [[nodiscard]] Answer full_pdf(Snapshot& db, const Request& request) const
    {
        const auto document = wanted(db, request);
        if (!document) return pass(document);
        return pdf(db, *document, request.language, Copy::full);
    }

    [[nodiscard]] Answer public_pdf(Snapshot& db, const Request& request) const
    {
        const auto document = sent(db, request);
        if (!document) return pass(document);
        return pdf(db, *document, request.language, Copy::open);
    }

    [[nodiscard]] Answer show_register(Snapshot& db, const Request& request) const
    {
        const auto document = wanted(db, request);
        if (!document) return pass(document);
        return render(request, printed_document(request, *document, register_of(db, *document, request, Copy::full)));
    }

    [[nodiscard]] Answer register_pdf(Snapshot& db, const Request& request) const
    {
        const auto document = wanted(db, request);
        if (!document) return pass(document);
        return as_pdf(register_of(db, *document, request, Copy::full), "zhauaptar-" + document->id.str(), request.language);
    }

    [[nodiscard]] Answer public_register(Snapshot& db, const Request& request) const
    {
        const auto document = sent(db, request);
        if (!document) return pass(document);
        return as_pdf(register_of(db, *document, request, Copy::open), "zhauaptar-" + document->id.str(), request.language);
    }

    [[nodiscard]] Answer show_part(Snapshot& db, const Request& request) const
    {
        const auto document = wanted(db, request);
        if (!document) return pass(document);
        const auto [part, is_pdf] = wanted_part(request);
        if (!part) return fail(not_found);
        const auto paper = paper_of_document(db, m_law, *document, request.language, Copy::full, m_origin, *part);
        if (is_pdf) return as_pdf(paper, std::string(name(*part)) + "-" + document->id.str(), request.language);
        return render(request, printed_document(request, *document, paper));
    }

    // The act of the latest check of a finding of this document.
    [[nodiscard]] Answer show_fix_act(Snapshot& db, const Request& request) const
    {
        const auto document = wanted(db, request);
        if (!document) return pass(document);
        auto wanted_file = std::string(request.param("finding"));
        const bool is_pdf = wanted_file.ends_with(kPdf);
        if (is_pdf) wanted_file.resize(wanted_file.size() - kPdf.size());
        const auto id = FindingId::parse(wanted_file);
        const auto fact = id ? std::ranges::find(document->facts, *id, &Fact::finding) : document->facts.end();
        if (fact == document->facts.end()) return fail(not_found);
        const auto paper = act_of(db, *document, *fact, request.language);
        if (!paper) return fail(not_found);
        if (is_pdf) return as_pdf(*paper, "tekseru-aktisi-" + id->str(), request.language);
        return render(request, printed_document(request, *document, *paper));
    }

    [[nodiscard]] Answer show_letter(Snapshot& db, const Request& request) const
    {
        const auto document = wanted(db, request);
        if (!document) return pass(document);
        const auto letter = letter_of(db, *document, request);
        if (!letter) return pass(letter);
        return render(request, printed_document(request, *document, *letter));
    }

    [[nodiscard]] Answer letter_pdf(Snapshot& db, const Request& request) const
    {
        const auto document = wanted(db, request);
        if (!document) return pass(document);
        const auto letter = letter_of(db, *document, request);
        if (!letter) return pass(letter);
        return as_pdf(*letter, "ilespe-hat-" + document->id.str(), request.language);
    }

    [[nodiscard]] Answer post_draft(Transaction& tx, const Request& request) const
    {
        const auto control = ControlId::parse(request.field("control"));
        if (!control) return fail(not_found);
        const auto draft = read_draft(request);
        if (!draft) return pass(draft);
        const auto document = draft_document(tx, *control, *draft, request.person(), request.at);
        if (!document) return pass(document);
        return http::see_other(request.link("/documents/" + document->id.str()));
    }

    [[nodiscard]] Answer post_edit(Transaction& tx, const Request& request) const
    {
        const auto id = request.path_id<DocumentId>();
        if (!id) return pass(id);
        const auto draft = read_draft(request);
        if (!draft) return pass(draft);
        return back(request, *id, edit_document(tx, *id, read_version(request), *draft, request.at));
    }

    [[nodiscard]] Answer post_sign(Transaction& tx, const Request& request) const
    {
        const auto document = wanted(tx, request);
        if (!document) return pass(document);
        // Whoever signs signs what was on the page.
        if (document->version != read_version(request)) return fail(stale_form);
        return back(request, document->id, sign_document(tx, document->id, request.person(), request.at));
    }

    [[nodiscard]] Answer post_send(Transaction& tx, const Request& request) const
    {
        const auto id = request.path_id<DocumentId>();
        if (!id) return pass(id);
        const auto authority = AuthorityId::parse(request.field("authority"));
        if (!authority) return bad_choice("authority", authority);
        const auto channel = channel_from(request.field("channel"));
        if (!channel) return bad_choice("channel", channel);
        const auto number = cleaned(request, "out_number");
        if (!number) return pass(number);
        const auto sent_on = read_day(request, "sent_on");
        if (!sent_on) return pass(sent_on);
        if (*channel == ChannelKind::email && *sent_on == local_date(request.at))
            if (const auto address = email_address_of(tx, *authority, *sent_on); !address) return pass(address);
        if (*channel == ChannelKind::open311 && *sent_on == local_date(request.at))
            if (const auto endpoint = open311_endpoint_of(tx, *authority, *sent_on); !endpoint) return pass(endpoint);
        const Sending sending{.authority = *authority,
                              .channel = *channel,
                              .out_number = *number,
                              .sent_at = moment_of(*sent_on, request.at)};
        return back(request, *id, send_document(tx, m_law, *id, sending, request.person(), request.at));
    }

    [[nodiscard]] Answer post_open311(Transaction& tx, const Request& request) const
    {
        const auto document = wanted(tx, request);
        if (!document) return pass(document);
        const auto id = RecommendationId::parse(request.field("recommendation"));
        if (!id || std::ranges::find(document->recommendations, *id, &Recommendation::id) == document->recommendations.end()) return fail(not_found);
        return back(request, document->id, send_open311_again(tx, *id, request.at));
    }

    [[nodiscard]] Answer post_receipt(Transaction& tx, const Request& request) const
    {
        const auto document = wanted(tx, request);
        if (!document) return pass(document);
        const auto id = DispatchId::parse(request.field("dispatch"));
        const auto known = id ? find_dispatch(tx, *id) : std::nullopt;
        if (!known || known->document != document->id) return fail(not_found);
        const auto received_on = read_day(request, "received_on");
        if (!received_on) return pass(received_on);
        const auto number = cleaned(request, "in_number");
        if (!number) return pass(number);
        return back(request, document->id,
                    acknowledge(tx, m_law, *id, *received_on, *number, request.person(), request.at));
    }

    [[nodiscard]] Answer post_reply(Transaction& tx, const Request& request) const
    {
        const auto id = request.path_id<DocumentId>();
        if (!id) return pass(id);
        const auto recommendation = RecommendationId::parse(request.field("recommendation"));
        if (!recommendation) return bad_choice("recommendation", recommendation);
        auto reply = read_reply(request);
        if (!reply) return pass(reply);
        reply->document = *id;
        reply->recommendation = *recommendation;
        const auto files = store_letters(tx, request, m_files);
        if (!files) return pass(files);
        reply->files = *files;
        return back(request, *id, register_reply(tx, *reply, request.person(), request.at));
    }

    [[nodiscard]] Answer post_fix(Transaction& tx, const Request& request) const
    {
        const auto document = wanted(tx, request);
        if (!document) return pass(document);
        const auto recommendation = RecommendationId::parse(request.field("recommendation"));
        if (!recommendation || document->find(*recommendation) == nullptr) return fail(not_found);
        const auto finding = FindingId::parse(request.field("finding"));
        if (!finding) return bad_choice("finding", finding);
        const auto claimant = oversight::claimant_from(request.field("claimant"));
        if (!claimant) return bad_choice("claimant", claimant);
        const auto text = cleaned_lines(request, "text");
        if (!text) return pass(text);
        return back(request, document->id,
                    claim_fix(tx, *recommendation, *finding, *text, request.person(), request.at, *claimant));
    }

private:
    [[nodiscard]] static Result<Document> wanted(Snapshot& db, const Request& request)
    {
        const auto id = request.path_id<DocumentId>();
        if (!id) return pass(id);
        auto document = read_document(db, *id);
        if (!document) return fail(not_found);
        return *document;
    }

    // In public a document exists from its first sending.
    [[nodiscard]] static Result<Document> sent(Snapshot& db, const Request& request)
    {
        auto document = wanted(db, request);
        if (document && list_dispatches(db, document->id).empty()) return fail(not_found);
        return document;
    }

    template <typename T>
    [[nodiscard]] static Answer back(const Request& request, DocumentId id, const Result<T>& done)
    {
        if (!done) return pass(done);
        return http::see_other(request.link("/documents/" + id.str()));
    }

    [[nodiscard]] static std::int64_t read_version(const Request& request)
    {
        std::int64_t version = 0;
        for (const char c : request.field("version")) {
            if (c < '0' || c > '9' || version > 1'000'000'000) return 0;
            version = version * 10 + (c - '0');
        }
        return version;
    }

    // Blocks without a text are left out; a text without authority or facts is kept and cannot be signed.
    [[nodiscard]] static Result<Draft> read_draft(const Request& request)
    {
        Draft draft;
        for (int n = 1; n <= most_recommendations && request.form.contains("text." + std::to_string(n)); ++n) {
            const auto number = std::to_string(n);
            const auto text = cleaned_lines(request, "text." + number);
            if (!text) return pass(text);
            if (text->empty()) continue;
            DraftRecommendation recommendation{
                .text = *text,
                .authority = AuthorityId::parse(request.field("authority." + number)).value_or(AuthorityId{})};
            for (const auto value : request.fields("finding." + number))
                if (const auto finding = FindingId::parse(value)) recommendation.findings.push_back(*finding);
            draft.recommendations.push_back(std::move(recommendation));
        }
        const auto other = cleaned_lines(request, "other_documents");
        if (!other) return pass(other);
        draft.other_documents = *other;
        return draft;
    }

    [[nodiscard]] static Result<NewReply> read_reply(const Request& request)
    {
        NewReply reply;
        const auto received_on = read_day(request, "received_on");
        if (!received_on) return pass(received_on);
        reply.received_on = *received_on;
        const auto reply_class = reply_class_from(request.field("class"));
        if (!reply_class) return bad_choice("class", reply_class);
        reply.reply_class = *reply_class;
        const auto number = cleaned(request, "number");
        if (!number) return pass(number);
        reply.number = *number;
        const auto text = cleaned_lines(request, "text");
        if (!text) return pass(text);
        reply.text = *text;
        if (request.field("promised_for").empty()) return reply;
        const auto promised = read_day(request, "promised_for");
        if (!promised) return pass(promised);
        reply.promised_for = *promised;
        return reply;
    }

    [[nodiscard]] Paper paper(Snapshot& db, const Document& document, i18n::Language language, Copy copy) const
    {
        return paper_of_document(db, m_law, document, language, copy, m_origin);
    }

    static constexpr std::string_view kPdf = ".pdf";

    [[nodiscard]] static std::pair<std::optional<Part>, bool> wanted_part(const Request& request)
    {
        auto text = request.param("part");
        const bool is_pdf = text.ends_with(kPdf);
        if (is_pdf) text.remove_suffix(kPdf.size());
        return {part_from(text), is_pdf};
    }

    [[nodiscard]] std::optional<Paper> act_of(Snapshot& db, const Document& document, const Fact& fact, i18n::Language language) const
    {
        const auto claims = oversight::fix_claims_of(db, fact.finding);
        for (auto claim = claims.rbegin(); claim != claims.rend(); ++claim)
            if (const auto check = oversight::check_of(db, claim->id)) {
                const auto names = people::full_names(db, {check->checker});
                const auto found = names.find(check->checker);
                return fix_act({.document = document, .fact = fact, .claim = *claim, .check = *check,
                                .checker = found == names.end() ? std::string{} : found->second, .origin = m_origin},
                               language);
            }
        return std::nullopt;
    }

    [[nodiscard]] static http::Reply as_pdf(const Paper& paper, const std::string& name, i18n::Language language)
    {
        return http::download(http::bytes_reply(to_pdf(paper), "application/pdf"), name + "-" + std::string(i18n::code(language)) + ".pdf");
    }

    [[nodiscard]] http::Reply pdf(Snapshot& db, const Document& document, i18n::Language language, Copy copy) const
    {
        return as_pdf(paper(db, document, language, copy), "qorytyndy-" + document.id.str(), language);
    }

    // f(OfficePaperSource) over what is stored about the document.
    template <typename F> [[nodiscard]] auto office(Snapshot& db, const Document& document, F&& f) const
    {
        const auto dispatches = list_dispatches(db, document.id);
        const auto authorities = authorities_of(db, document);
        std::map<RecommendationId, std::vector<Reply>> replies;
        for (const auto& recommendation : document.recommendations) replies[recommendation.id] = list_replies(db, recommendation.id);
        return f(OfficePaperSource{document, dispatches, authorities, replies, m_origin});
    }

    [[nodiscard]] Paper register_of(Snapshot& db, const Document& document, const Request& request, Copy copy) const
    {
        return office(db, document, [&](const OfficePaperSource& source) { return reply_register(source, request.language, copy, local_date(request.at)); });
    }

    [[nodiscard]] Result<Paper> letter_of(Snapshot& db, const Document& document, const Request& request) const
    {
        const auto id = DispatchId::parse(request.param("dispatch"));
        const auto dispatch = id ? find_dispatch(db, *id) : std::nullopt;
        if (!dispatch || dispatch->document != document.id) return fail(not_found);
        return office(db, document, [&](const OfficePaperSource& source) -> Result<Paper> { return cover_letter(source, *dispatch, request.language); });
    }

    const Law& m_law;
    files::Store& m_files;
    std::string m_origin;
};

} // namespace

Paper paper_of_document(Snapshot& db, const Law& law, const Document& document, i18n::Language language,
                        Copy copy, std::string_view origin, Part part)
{
    const auto dispatches = list_dispatches(db, document.id);
    const auto authorities = authorities_of(db, document);
    return paper_of({.document = document, .dispatches = dispatches, .authorities = authorities,
                     .rules = law.rules, .origin = origin},
                    language, copy, part);
}

void add_document_routes(http::Router& router, const Law& law, files::Store& files, std::string origin)
{
    const auto room = std::make_shared<const Documents>(law, files, std::move(origin));
    using Read = Answer (Documents::*)(Snapshot&, const Request&) const;
    using Write = Answer (Documents::*)(Transaction&, const Request&) const;
    const auto page = [&](std::string_view path, Permission needed, Read f, std::string_view doc) {
        router.page(path, needed, [room, f](Snapshot& db, const Request& r) { return ((*room).*f)(db, r); }, {.doc = doc});
    };
    const auto form = [&](std::string_view path, Permission needed, Write f, http::RouteOptions options) {
        router.form(path, needed, [room, f](Transaction& tx, const Request& r) { return ((*room).*f)(tx, r); }, options);
    };
    using enum Permission;
    page("/documents", send_referrals, &Documents::show_list, "final documents with their clocks");
    form("/documents/{id}/open311", send_referrals, &Documents::post_open311, {.doc = "hand a recommendation to the Open311 server again"});
    page("/documents/new", send_referrals, &Documents::show_new, "form: final document of a control");
    page("/documents/{id}", send_referrals, &Documents::show_document, "one final document: sign, send, replies");
    page("/documents/{id}/edit", send_referrals, &Documents::show_edit, "form: change the draft");
    page("/documents/{id}/paper", send_referrals, &Documents::show_paper, "the document to print, with names");
    page("/documents/{id}/full.pdf", send_referrals, &Documents::full_pdf, "the document as PDF, with names");
    page("/documents/{id}/public", anyone, &Documents::show_public, "the open copy and what came of it");
    page("/documents/{id}/public.pdf", anyone, &Documents::public_pdf, "the open copy as PDF");
    page("/documents/{id}/register", send_referrals, &Documents::show_register, "what came back for each recommendation, to print");
    page("/documents/{id}/register.pdf", send_referrals, &Documents::register_pdf, "what came back, as PDF, with the words of the replies");
    page("/documents/{id}/public-register.pdf", anyone, &Documents::public_register, "what came back, as PDF, without the words");
    page("/documents/{id}/papers/{part}", send_referrals, &Documents::show_part, "protocol, conclusion or recommendations; with .pdf as PDF");
    page("/documents/{id}/fix-acts/{finding}", send_referrals, &Documents::show_fix_act, "act of the check of a fix; with .pdf as PDF");
    page("/documents/{id}/letters/{dispatch}", send_referrals, &Documents::show_letter, "the cover letter, to print");
    page("/documents/{id}/letters/{dispatch}/pdf", send_referrals, &Documents::letter_pdf, "the cover letter as PDF");
    form("/documents", send_referrals, &Documents::post_draft, {.body_limit = 1u << 20, .doc = "draft of a final document"});
    form("/documents/{id}/edit", send_referrals, &Documents::post_edit, {.body_limit = 1u << 20, .doc = "change the draft"});
    form("/documents/{id}/sign", sign_documents, &Documents::post_sign, {.doc = "sign the final document"});
    form("/documents/{id}/send", send_referrals, &Documents::post_send, {.doc = "record the sending to an authority"});
    form("/documents/{id}/receipt", send_referrals, &Documents::post_receipt, {.doc = "record the authority's registration"});
    form("/documents/{id}/reply", send_referrals, &Documents::post_reply,
         {.body_limit = letters_limit, .multipart = true, .max_files = 10, .doc = "record a reply to a recommendation"});
    form("/documents/{id}/fix", send_referrals, &Documents::post_fix, {.doc = "record a claimed fix"});
}

} // namespace adal::referral
