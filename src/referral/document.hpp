// referral/document.hpp: the final document of a control. Law "On public control" art. 13(1): it has the
// proposals and, attached, date, time and place; tasks; the subjects with information on their compliance;
// the form of control; the facts established. It cannot be signed without any of them, never changes after
// signing, and a control has one.
//
//   draft → signed → sent (every recommendation sent)
//
// Pure and thread-safe.
#pragma once

#include "base/hash.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "i18n/i18n.hpp"
#include "referral/authority.hpp"
#include "referral/recommendation.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::referral {

enum class DocumentState { draft, signed_, sent };
std::string_view name(DocumentState state); // "draft" "signed" "sent"
std::optional<DocumentState> document_state_from(std::string_view name);

// A subject of public control and what is declared about a conflict of interest (art. 1(2)).
struct Subject {
    PersonId person{};
    std::string display_name{}; // never in public copies
    std::string role{};         // code of the role in the control
    bool has_declared = false;
    bool has_conflict = false;
};

// A sealed finding as the document states it: copied at drafting, so that the document says for ever what
// was known when it was signed.
struct Fact {
    FindingId finding{};
    std::string case_id{};   // of the log
    i18n::Texts title{};     // of the checklist rule that was broken
    i18n::Texts value{};     // what was answered or measured, as people read it; may be empty
    std::string summary{};   // as published; may be empty
    std::string note{};      // the volunteer's own words; never in public copies
    i18n::Texts place{};
    std::string severity{};  // code
    Instant sealed_at{};
    std::int64_t leaf_index = 0;
};

struct Document {
    DocumentId id{};
    ControlId control{};
    DocumentState state = DocumentState::draft;
    std::string title{};            // of the control
    std::string object{}, object_bin{}; // whose acts were assessed
    std::string ground{};           // legal ground; may be empty
    Instant held_from{}, held_to{}; // when the control was carried out
    i18n::Texts place{};
    std::string tasks{};            // one per line
    std::string form{};             // code of the form of control
    std::vector<Subject> subjects{};
    std::vector<Fact> facts{};
    std::vector<Recommendation> recommendations{};
    std::string other_documents{};  // art. 13(1): other documents obtained; may be empty
    PersonId drafted_by{}, signed_by{};
    std::string signed_by_name{};
    Instant drafted_at{};
    std::optional<Instant> signed_at{};
    std::string content_hash{};     // hex SHA-256 of canonical(); set when signed
    std::int64_t version = 1;       // of the form, for the stale-form check

    [[nodiscard]] const Recommendation* find(RecommendationId wanted) const;
};

// One sending to one authority; carries the recommendations addressed to it.
struct Dispatch {
    DispatchId id{};
    DocumentId document{};
    AuthorityId authority{};
    AuthorityVersionId authority_version{}; // in force on the day of sending
    ChannelKind channel = ChannelKind::paper;
    std::string out_number{};
    Instant sent_at{};
    Instant recorded_at{};      // when we were told of it
    PersonId sent_by{};
    Deadline send_deadline{};  // PC_SEND
    bool late = false;         // sent after it
    std::optional<LocalDate> received_on{};
    std::string in_number{};   // registration number of the authority
};

// What happened to one recommendation up to a moment; the records behind the figures.
struct RecommendationRecord {
    RecommendationId id{};
    DocumentId document{};
    Instant sent_at{};
    LocalDate due{};                        // as it stood then
    std::optional<LocalDate> answered_on{}; // when the answer was registered by `as_of`
    std::optional<ReplyClass> reply_class{};
    std::vector<FindingId> findings{};
};

inline constexpr ProblemCode document_second{"document.second", 409};
inline constexpr ProblemCode document_signed_already{"document.signed_already", 409};
// Somebody changed a signed document behind the program: nothing more is sent or answered under it.
inline constexpr ProblemCode document_changed{"document.changed", 409};
inline constexpr ProblemCode document_not_signed{"document.not_signed", 409};
inline constexpr ProblemCode document_incomplete{"document.incomplete", 422}; // params: field (a key `referral.field.*`)
inline constexpr ProblemCode document_control_open{"document.control_open", 409};
inline constexpr ProblemCode document_nothing_to_send{"document.nothing_to_send", 409};
inline constexpr ProblemCode document_sent_before_signing{"document.sent_before_signing", 422};
inline constexpr ProblemCode document_sent_in_future{"document.sent_in_future", 422};
inline constexpr ProblemCode document_out_number_missing{"document.out_number_missing", 422};
inline constexpr ProblemCode document_foreign_fact{"document.foreign_fact", 422}; // params: n
inline constexpr ProblemCode dispatch_received_already{"dispatch.received_already", 409};
inline constexpr ProblemCode dispatch_received_before_sending{"dispatch.received_before_sending", 422}; // params: sent
inline constexpr ProblemCode dispatch_received_in_future{"dispatch.received_in_future", 422};
inline constexpr ProblemCode document_undeclared{"document.undeclared", 422}; // a subject without declaration

// Names of the missing fields of art. 13(1), in the order of the law: "date", "place", "tasks", "subjects",
// "form", "facts", "recommendations". Empty: complete.
std::vector<std::string_view> missing_fields(const Document& document);

[[nodiscard]] Result<Done> may_edit(const Document& document);
[[nodiscard]] Result<Document> sign(Document document, PersonId signer, std::string_view signer_name, Instant now);
// Everything that the signature covers, as JSON with fixed order; its SHA-256 is content_hash.
std::string canonical(const Document& document);
// False when somebody changed a signed document in the database.
bool is_intact(const Document& document);
// Checks a sending against the document and the clock; `last_day` is the PC_SEND day.
[[nodiscard]] Result<Dispatch> dispatch(const Document& document, Dispatch wanted, Instant now);
// The authority says when it registered the document.
[[nodiscard]] Result<Dispatch> receive(Dispatch dispatch, LocalDate received_on, std::string_view in_number,
                                       LocalDate today);
// The case of the log, when a recommendation rests on one sealed finding; else empty.
std::string case_of(const Document& document, const Recommendation& recommendation);
// State after the recommendations changed: sent when none is unsent.
DocumentState state_of(const Document& document);

} // namespace adal::referral
