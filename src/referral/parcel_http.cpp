// Addresses of the package that a person hands in by hand.
#include "referral/authority_store.hpp"
#include "referral/competence_store.hpp"
#include "referral/document_store.hpp"
#include "referral/pages.hpp"
#include "referral/parcel_view.hpp"

namespace adal::referral {

namespace parcel_pages {

using Answer = Result<http::Reply>;
using http::Request;
using storage::Snapshot;

// The first of the channels that are handed in by hand, with its limits; none when the register knows none.
std::optional<Channel> channel_by_hand(Snapshot& db, AuthorityId authority, LocalDate today)
{
    const auto channels = channels_of(db, authority);
    for (const auto kind : {ChannelKind::eotinish, ChannelKind::portal})
        if (const auto* channel = channel_on(channels, kind, today)) return *channel;
    return std::nullopt;
}

Result<ParcelPage> made(Snapshot& db, const Request& request, const Law& law, const std::string& origin)
{
    const auto id = request.path_id<DocumentId>();
    if (!id) return pass(id);
    const auto document = read_document(db, *id);
    const auto wanted = AuthorityId::parse(request.query_value("authority"));
    const auto today = local_date(request.at);
    const auto authority = wanted ? authority_on(db, *wanted, today) : std::nullopt;
    if (!document || !authority) return fail(not_found);
    if (document->state == DocumentState::draft) return fail(document_not_signed);
    const auto link = origin.empty() ? std::string{} : origin + "/kk/documents/" + id->str() + "/public";
    std::string text;
    std::vector<ParcelFile> files;
    for (const auto language : {i18n::Language::kk, i18n::Language::ru}) {
        text += (text.empty() ? "" : "\n\n") + appeal_text(*document, *authority, law.rules.get(rule_reply).term, link, language);
        files.push_back({"qorytyndy-" + std::string{i18n::code(language)} + ".pdf", to_pdf(paper_of_document(db, law, *document, language, Copy::full, origin))});
    }
    ParcelPage page{.document = *id, .authority = *authority, .channel = channel_by_hand(db, *wanted, today)};
    page.package = pack(text, std::move(files), page.channel ? &*page.channel : nullptr);
    return page;
}

} // namespace parcel_pages

void add_parcel_routes(http::Router& router, const Law& law, std::string origin)
{
    router.page("/documents/{id}/package", Permission::send_referrals,
                [&law, origin](storage::Snapshot& db, const http::Request& request) -> Result<http::Reply> {
                    const auto view = parcel_pages::made(db, request, law, origin);
                    if (!view) return pass(view);
                    return render(request, parcel_page(request, *view));
                },
                {.doc = "text and files to hand in by hand: eOtinish, a portal"});
    router.page("/documents/{id}/package.zip", Permission::send_referrals,
                [&law, origin](storage::Snapshot& db, const http::Request& request) -> Result<http::Reply> {
                    const auto view = parcel_pages::made(db, request, law, origin);
                    if (!view) return pass(view);
                    const auto document = read_document(db, view->document);
                    const auto bytes = zip_of(view->package, document->signed_at.value_or(document->drafted_at));
                    return http::download(http::bytes_reply(bytes, "application/zip"), "adal-" + view->document.str() + ".zip");
                },
                {.doc = "the package to hand in by hand, as ZIP"});
}

} // namespace adal::referral
