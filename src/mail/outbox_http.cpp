// Addresses of the operator's list of letters.
#include "mail/mail.hpp"
#include "mail/outbox_view.hpp"

namespace adal::mail {

namespace {

using http::Reply;
using http::Request;

constexpr int kPage = 50;

Result<Reply> show(storage::Snapshot& db, const Request& request)
{
    auto letters = list_letters(db, request.query_value("after"), kPage + 1);
    std::string next;
    if (letters.size() > kPage) {
        letters.pop_back();
        next = letters.back().id.str();
    }
    return render(request, outbox_page(request, letters, next));
}

Result<Reply> again(storage::Transaction& tx, const Request& request)
{
    const auto id = request.path_id<MailId>();
    if (!id) return pass(id);
    if (!queue_again(tx, *id, request.at)) return fail(not_found);
    return http::see_other(request.link("/mail"));
}

} // namespace

void add_routes(http::Router& router)
{
    router.page("/mail", Permission::operate, show, {.doc = "letters that went out or wait"});
    router.form("/mail/{id}/again", Permission::operate, again, {.doc = "queue a letter again that was given up"});
}

} // namespace adal::mail
