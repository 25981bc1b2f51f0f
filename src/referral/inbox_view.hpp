// referral/inbox_view.hpp: the officer's pages behind a personal link, and the coordinator's side of them.
#pragma once

#include "http/page.hpp"
#include "referral/document.hpp"
#include "referral/inbox.hpp"

#include <map>
#include <string>
#include <vector>

namespace adal::referral {

// One document, as far as it was sent to the inbox's authority.
struct InboxDocument {
    Document document{};
    std::vector<Dispatch> dispatches{};
    std::vector<Recommendation> recommendations{};
    std::map<RecommendationId, std::vector<Reply>> replies{};
    std::vector<InboxReply> waiting{}; // came in, class not chosen yet
};
struct InboxPage {
    Inbox inbox{};
    std::string token{}; // of the link, for its forms
    AuthorityVersion authority{};
    std::vector<InboxDocument> documents{};
    LocalDate today{};
};
http::Page inbox_page(const http::Request& request, const InboxPage& view);

// Shown once, when the link is made.
http::Page fresh_inbox_page(const http::Request& request, DocumentId document, const std::string& address, const Inbox& inbox);
// On the page of a document: links of its authorities, replies that wait for their class.
http::Html inbox_links(const http::Request& request, DocumentId document, AuthorityId authority, const std::vector<Inbox>& inboxes);
http::Html inbox_replies(const http::Request& request, const Document& document, const std::vector<InboxReply>& replies);

} // namespace adal::referral
