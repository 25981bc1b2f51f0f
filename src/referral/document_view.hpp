// referral/document_view.hpp: the pages of final documents: list with clocks, draft form, desk of one
// document, public page.
#pragma once

#include "http/page.hpp"
#include "oversight/oversight.hpp"
#include "referral/document_store.hpp"
#include "referral/paper.hpp"
#include "referral/step.hpp"

#include "mail/mail.hpp"
#include "referral/inbox.hpp"
#include "referral/open311.hpp"

#include <map>
#include <optional>
#include <vector>

namespace adal::referral {

// A completed control that still waits for its document.
struct WaitingControl {
    ControlId id{};
    std::string title{};
    LocalDate due{}; // PC_SEND
};

struct DocumentListPage {
    DocumentRows documents{};
    std::vector<WaitingControl> waiting{};
    const DeadlineRules* rules = nullptr;
    LocalDate today{};
};
http::Page document_list(const http::Request& request, const DocumentListPage& view);

struct DraftPage {
    std::optional<Document> document{}; // absent: a new one
    ControlId control{};
    std::string title{};
    std::vector<Fact> facts{};
    std::vector<AuthorityVersion> authorities{};
    std::map<FindingId, AuthorityId> competent{}; // whom the register names for the fact
};
http::Page draft_form(const http::Request& request, const DraftPage& view);

struct DocumentPage {
    Document document{};
    std::vector<Dispatch> dispatches{};
    std::map<DispatchId, mail::MailState> letters{};      // of those that went by e-mail
    std::map<DispatchId, std::vector<Open311Item>> open311{}; // of those that went by Open311
    std::map<AuthorityId, std::vector<Inbox>> inboxes{};  // links given out, newest first
    std::vector<InboxReply> inbox_replies{};              // came in, class not chosen yet
    std::vector<AuthorityVersion> authorities{}; // of the recommendations
    std::map<RecommendationId, std::vector<Reply>> replies{};
    std::map<RecommendationId, std::vector<FormerDeadline>> former{};
    std::map<FindingId, oversight::FindingState> findings{};
    std::vector<Step> steps{}; // oldest first
    std::map<StepId, std::vector<FormerDeadline>> step_former{};
    std::map<RecommendationId, std::vector<StepKind>> possible{}; // what may be done next
    std::vector<AuthorityVersion> choices{};                      // in force today
    std::map<AuthorityId, std::vector<AuthorityId>> successors{};
    LocalDate today{};
};
http::Page document_page(const http::Request& request, const DocumentPage& view);
// What everybody may see once something was sent: the open copy and what came of each recommendation.
http::Page public_document(const http::Request& request, const DocumentPage& view, const Paper& paper);
http::Page printed_document(const http::Request& request, const Document& document, const Paper& paper);

http::Html state_badge(const http::Request& request, DocumentState state);
// Due in 3 working days · overdue · answered in time, as a badge.
http::Html clock_badge(const http::Request& request, const Recommendation& recommendation, LocalDate today);

} // namespace adal::referral
