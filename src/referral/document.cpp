#include "referral/document.hpp"

#include "base/json.hpp"
#include "base/text.hpp"
#include "referral/document_json.hpp"

#include <algorithm>

namespace adal::referral {

std::string_view name(DocumentState state)
{
    switch (state) {
    case DocumentState::draft: return "draft";
    case DocumentState::signed_: return "signed";
    case DocumentState::sent: return "sent";
    }
    return {};
}

std::optional<DocumentState> document_state_from(std::string_view text)
{
    using enum DocumentState;
    for (const auto state : {draft, signed_, sent})
        if (name(state) == text) return state;
    return std::nullopt;
}

const Recommendation* Document::find(RecommendationId wanted) const
{
    const auto it = std::ranges::find(recommendations, wanted, &Recommendation::id);
    return it == recommendations.end() ? nullptr : &*it;
}

std::vector<std::string_view> missing_fields(const Document& document)
{
    std::vector<std::string_view> missing;
    if (document.held_from.ms <= 0 || document.held_to < document.held_from) missing.push_back("date");
    if (trim(document.place.in(i18n::Language::kk)).empty()) missing.push_back("place");
    if (trim(document.tasks).empty()) missing.push_back("tasks");
    if (document.subjects.empty()) missing.push_back("subjects");
    if (document.form.empty()) missing.push_back("form");
    if (document.facts.empty()) missing.push_back("facts");
    const bool has_empty = std::ranges::any_of(document.recommendations, [](const auto& r) {
        return trim(r.text).empty() || !r.authority.is_set() || r.findings.empty();
    });
    if (document.recommendations.empty() || has_empty) missing.push_back("recommendations");
    return missing;
}

Result<Done> may_edit(const Document& document)
{
    if (document.state != DocumentState::draft) return fail(document_signed_already);
    return done();
}

namespace {

const Recommendation* with_foreign_fact(const Document& document)
{
    for (const auto& recommendation : document.recommendations)
        for (const auto& finding : recommendation.findings)
            if (std::ranges::find(document.facts, finding, &Fact::finding) == document.facts.end())
                return &recommendation;
    return nullptr;
}

} // namespace

Result<Document> sign(Document document, PersonId signer, std::string_view signer_name, Instant now)
{
    if (const auto fine = may_edit(document); !fine) return pass(fine);
    if (const auto missing = missing_fields(document); !missing.empty())
        return fail(document_incomplete, {{"field", std::string(missing.front())}});
    if (!std::ranges::all_of(document.subjects, &Subject::has_declared)) return fail(document_undeclared);
    if (const auto* foreign = with_foreign_fact(document))
        return fail(document_foreign_fact, {{"n", std::to_string(foreign->ordinal)}});

    document.state = DocumentState::signed_;
    document.signed_by = signer;
    document.signed_by_name = signer_name;
    document.signed_at = now;
    document.content_hash = hex(view(sha256(canonical(document))));
    return document;
}

namespace {

json::array recommendations_of(const Document& document)
{
    json::array out;
    for (const auto& recommendation : document.recommendations) {
        json::array findings;
        for (const auto& finding : recommendation.findings) findings.emplace_back(finding.text());
        out.push_back(json::object{{"id", recommendation.id.text()},
                                   {"n", recommendation.ordinal},
                                   {"text", recommendation.text},
                                   {"authority", recommendation.authority.text()},
                                   {"findings", std::move(findings)}});
    }
    return out;
}

} // namespace

std::string canonical(const Document& document)
{
    return to_text(json::object{{"id", document.id.text()},
                                {"control", document.control.text()},
                                {"title", document.title},
                                {"object", document.object},
                                {"object_bin", document.object_bin},
                                {"ground", document.ground},
                                {"from", document.held_from.ms},
                                {"to", document.held_to.ms},
                                {"place", json::array{document.place.kk, document.place.ru, document.place.en}},
                                {"tasks", document.tasks},
                                {"form", document.form},
                                {"subjects", subjects_to_text(document.subjects)},
                                {"facts", facts_to_text(document.facts)},
                                {"recommendations", recommendations_of(document)},
                                {"other", document.other_documents},
                                {"signed_by", document.signed_by.text()},
                                {"signed_by_name", document.signed_by_name},
                                {"signed_at", document.signed_at.value_or(Instant{}).ms}});
}

bool is_intact(const Document& document)
{
    return document.state == DocumentState::draft ||
           document.content_hash == hex(view(sha256(canonical(document))));
}

Result<Dispatch> dispatch(const Document& document, Dispatch wanted, Instant now)
{
    if (document.state == DocumentState::draft) return fail(document_not_signed);
    const bool has_unsent = std::ranges::any_of(document.recommendations, [&](const auto& r) {
        return r.answerable() == wanted.authority && r.state == RecommendationState::unsent;
    });
    if (!has_unsent) return fail(document_nothing_to_send);
    if (trim(wanted.out_number).empty()) return fail(document_out_number_missing);
    if (local_date(wanted.sent_at) < local_date(document.signed_at.value_or(Instant{})))
        return fail(document_sent_before_signing);
    if (wanted.sent_at > now) return fail(document_sent_in_future);

    wanted.document = document.id;
    wanted.recorded_at = now;
    wanted.late = local_date(wanted.sent_at) > wanted.send_deadline.due;
    return wanted;
}

Result<Dispatch> receive(Dispatch dispatch, LocalDate received_on, std::string_view in_number, LocalDate today)
{
    if (dispatch.received_on) return fail(dispatch_received_already);
    const auto sent_on = local_date(dispatch.sent_at);
    if (received_on < sent_on) return fail(dispatch_received_before_sending, {{"sent", iso(sent_on)}});
    if (received_on > today) return fail(dispatch_received_in_future);
    dispatch.received_on = received_on;
    dispatch.in_number = trim(in_number);
    return dispatch;
}

std::string case_of(const Document& document, const Recommendation& recommendation)
{
    if (recommendation.findings.size() != 1) return {};
    const auto fact = std::ranges::find(document.facts, recommendation.findings.front(), &Fact::finding);
    return fact == document.facts.end() ? std::string{} : fact->case_id;
}

DocumentState state_of(const Document& document)
{
    if (document.state == DocumentState::draft) return DocumentState::draft;
    const bool has_unsent = std::ranges::any_of(document.recommendations, [](const auto& r) {
        return r.state == RecommendationState::unsent;
    });
    return has_unsent ? DocumentState::signed_ : DocumentState::sent;
}

} // namespace adal::referral
