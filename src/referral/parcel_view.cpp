#include "referral/parcel_view.hpp"

#include "referral/label_view.hpp"

namespace adal::referral {

using namespace http;

namespace parcel_parts {

Html counted(const Request& request, const ParcelPage& view)
{
    const auto limit = view.channel ? view.channel->max_letters : std::nullopt;
    const auto count = i18n::number(request.language, view.package.letters);
    Html line = p({cls("hint")}, limit ? say(request, "parcel.letters_of", {{"count", count}, {"limit", i18n::number(request.language, *limit)}})
                                       : say(request, "parcel.letters", {{"count", count}}));
    if (view.package.text_cut) line += p({cls("hint")}, strong({}, say(request, "parcel.cut")));
    return line;
}

Html files(const Request& request, const ParcelPage& view)
{
    Html list;
    for (const auto& file : view.package.files)
        list += li({}, file.name, " · ", i18n::number(request.language, static_cast<std::int64_t>(file.bytes.size() / 1024 + 1)), " KB");
    Html out = ul({}, list);
    for (const auto& name : view.package.left_out) out += p({cls("hint")}, say(request, "parcel.left_out", {{"name", name}}));
    return out;
}

} // namespace parcel_parts

Page parcel_page(const Request& request, const ParcelPage& view)
{
    using namespace parcel_parts;
    Page page{.title = i18n::text(request.language, "referral.parcel.title"), .audience = Audience::office, .active = "nav.documents"};
    const auto zip = "/documents/" + view.document.str() + "/package.zip?authority=" + view.authority.authority.str();
    page.body = div({cls("page-head")}, h1({}, page.title), p({cls("lead")}, view.authority.names.in(request.language)),
                    p({}, say(request, "parcel.how"))) +
                section({cls("card")}, h2({}, say(request, "parcel.text")),
                        area_field("appeal", say(request, "parcel.copy"), view.package.text, {Attr("readonly"), Attr("rows", 16)}), counted(request, view)) +
                section({cls("card")}, h2({}, say(request, "parcel.files")), files(request, view),
                        p({cls("actions")}, a({href(request.link(zip)), cls("button"), Attr("download")}, say(request, "parcel.zip")))) +
                p({cls("actions")}, a({href(request.link("/documents/" + view.document.str())), cls("button secondary")}, say(request, "inbox.back")));
    return page;
}

} // namespace adal::referral
