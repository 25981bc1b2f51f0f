// referral/document_store.hpp: final documents, sendings, recommendations and replies in the database.
#pragma once

#include "referral/document.hpp"
#include "referral/recommendation.hpp"
#include "storage/storage.hpp"

#include <optional>
#include <string>
#include <vector>

namespace adal::referral {

// --- documents ---------------------------------------------------------------------------------------
void add(storage::Transaction& tx, const Document& document); // with its recommendations
// Changes the row whose version is document.version - 1; stale_form otherwise. Recommendations of a draft are
// written anew; those of a signed document by save(Recommendation).
Result<Done> save(storage::Transaction& tx, const Document& document);
std::optional<Document> read_document(storage::Snapshot& snapshot, DocumentId id);
std::optional<DocumentId> find_document_of(storage::Snapshot& snapshot, ControlId control);

// A line of the list: how many recommendations stand where, and the nearest day.
struct DocumentRow {
    DocumentId id{};
    ControlId control{};
    std::string title{};
    DocumentState state = DocumentState::draft;
    Instant held_to{};
    std::int64_t recommendations = 0, unsent = 0, waiting = 0, answered = 0, overdue = 0;
    std::optional<LocalDate> nearest_due{};
};
struct DocumentRows {
    std::vector<DocumentRow> rows{};
    std::string next{}; // key of the next page; empty at the end
};
DocumentRows list_documents(storage::Snapshot& snapshot, LocalDate today, std::string_view after, int limit);

std::vector<DocumentId> all_documents(storage::Snapshot& snapshot);
std::vector<RecommendationRecord> list_sent(storage::Snapshot& snapshot, Instant as_of);

// --- recommendations ---------------------------------------------------------------------------------
void save(storage::Transaction& tx, const Recommendation& recommendation);
std::optional<Recommendation> find_recommendation(storage::Snapshot& snapshot, RecommendationId id);
std::vector<Recommendation> recommendations_of(storage::Snapshot& snapshot, DocumentId id);
std::vector<Recommendation> recommendations_due_before(storage::Snapshot& snapshot, LocalDate day); // unrecorded
// Waiting and not yet recorded as missed, without their findings.
std::vector<Recommendation> open_recommendations(storage::Snapshot& snapshot);
void add_former_deadline(storage::Transaction& tx, RecommendationId id, const FormerDeadline& former);
std::vector<FormerDeadline> former_deadlines_of(storage::Snapshot& snapshot, RecommendationId id); // oldest first
// Recommendations that rest on a finding.
std::vector<RecommendationId> recommendations_about(storage::Snapshot& snapshot, FindingId finding);

// --- sendings, replies, rules ------------------------------------------------------------------------
void add(storage::Transaction& tx, const Dispatch& dispatch);
void save_receipt(storage::Transaction& tx, const Dispatch& dispatch);
std::optional<Dispatch> find_dispatch(storage::Snapshot& snapshot, DispatchId id);
std::vector<Dispatch> list_dispatches(storage::Snapshot& snapshot, DocumentId id);

void add(storage::Transaction& tx, const Reply& reply);
std::vector<Reply> list_replies(storage::Snapshot& snapshot, RecommendationId id); // oldest first

void keep(storage::Transaction& tx, const DeadlineRule& rule); // once per version
std::optional<std::string> rule_text(storage::Snapshot& snapshot, std::string_view version);

} // namespace adal::referral
