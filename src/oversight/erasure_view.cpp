#include "oversight/erasure_view.hpp"

#include "oversight/label_view.hpp"

namespace adal::oversight {

using namespace http;

namespace erasure_views {

constexpr int kMaxLetters = static_cast<int>(kMaxErasureText / 2); // of two bytes each

std::string_view tone_of(ErasureState state)
{
    return state == ErasureState::asked ? "warn" : state == ErasureState::done ? "good" : "neutral";
}

Html thumbnail(FindingId finding, FileId file, const std::string& alt)
{
    const auto address = "/findings/" + finding.str() + "/photos/" + file.str();
    return a({href(address + "/view")}, img({src(address + "/thumbnail"), Attr("alt", alt), Attr("loading", "lazy"), Attr("width", 320), Attr("height", 240)}));
}

Html numbered_photos(const Request& request, const ErasureForm& view)
{
    Html out;
    int n = 0;
    for (const auto& file : view.photos) {
        const auto label_text = i18n::text(request.language, "oversight.erasure.photo_number", {{"n", std::to_string(++n)}});
        out += figure({cls("photo")}, thumbnail(view.finding.id, file, label_text), figcaption({}, label_text));
    }
    return div({cls("photos")}, out);
}

Html form_part(const Request& request, const ErasureForm& view)
{
    if (view.photos.empty()) return empty_state(t(request, "oversight.erasure.none_left"));
    std::vector<Choice> which;
    int n = 0;
    for (const auto& file : view.photos)
        which.push_back({file.str(), t(request, "oversight.erasure.photo_number", {{"n", std::to_string(++n)}})});
    return numbered_photos(request, view)
           + post_form(request, "/findings/" + view.finding.id.str() + "/erasure",
                       select_field("file", t(request, "oversight.erasure.which"), which)
                           + select_field("ground", t(request, "oversight.erasure.ground"), choices_of(request, "erasure_ground", all_erasure_grounds))
                           + area_field("text", t(request, "oversight.erasure.text"), "", {Attr("required"), Attr("maxlength", kMaxLetters)}, t(request, "oversight.erasure.text_hint"))
                           + submit(t(request, "oversight.erasure.ask")));
}

Html decision(const Request& request, const Erasure& erasure)
{
    if (erasure.state != ErasureState::asked) return {};
    if (erasure.asked_by == request.person()) return p({cls("hint")}, t(request, "oversight.erasure.another_decides"));
    const auto path = "/erasures/" + erasure.id.str();
    return post_form(request, path + "/approve", submit(t(request, "oversight.erasure.approve"), "danger"))
           + details({}, summary({}, t(request, "oversight.erasure.refuse_instead")),
                     post_form(request, path + "/refuse",
                               area_field("answer#" + erasure.id.str(), t(request, "oversight.erasure.answer"), "", {Attr("required"), Attr("maxlength", kMaxLetters)})
                                   + submit(t(request, "oversight.erasure.refuse"), "secondary")));
}

Html erasure_card(const Request& request, const ErasureRow& row)
{
    const auto& erasure = row.erasure;
    const auto day = [&](Instant at) { return i18n::date_time(request.language, at); };
    Html lines = facts({{t(request, "oversight.erasure.ground"), label(request, "erasure_ground", erasure.ground)},
                        {t(request, "oversight.erasure.text"), erasure.text},
                        {t(request, "oversight.erasure.asked"), Html{row.asked_by} + Html{" · "} + Html{day(erasure.asked_at)}},
                        {t(request, "oversight.erasure.decided"), erasure.decided_at ? Html{row.decided_by} + Html{" · "} + Html{day(*erasure.decided_at)} : Html{}},
                        {t(request, "oversight.erasure.answer"), erasure.answer},
                        {t(request, "oversight.erasure.entry"),
                         erasure.leaf ? a({href("/log-entries/" + std::to_string(*erasure.leaf) + "/leaf")}, "№ ", *erasure.leaf) : Html{}}});
    Html picture = erasure.state == ErasureState::asked
                       ? div({cls("photos")}, figure({cls("photo")}, thumbnail(erasure.finding, erasure.file, i18n::text(request.language, "oversight.photo_alt"))))
                       : Html{};
    return section({cls("card")}, h2({}, a({href(request.link("/findings/" + erasure.finding.str()))}, row.title)),
                   p({cls("badges")}, badge(label(request, "erasure_state", erasure.state), tone_of(erasure.state))), picture, lines, decision(request, erasure));
}

} // namespace erasure_views

using namespace erasure_views;

Page erasure_form(const Request& request, const ErasureForm& view)
{
    Page page;
    page.title = i18n::text(request.language, "oversight.erasure.title");
    page.audience = Audience::office;
    page.active = "nav.erasures";
    Html earlier;
    for (const auto& erasure : view.earlier)
        earlier += li({}, badge(label(request, "erasure_state", erasure.state), tone_of(erasure.state)), " ",
                      i18n::date(request.language, local_date(erasure.asked_at)), " · ", label(request, "erasure_ground", erasure.ground));
    page.body = div({cls("page-head")}, p({cls("crumbs")}, a({href(request.link("/findings/" + view.finding.id.str()))}, title_of(request, view.finding))),
                    h1({}, page.title), p({cls("lead")}, t(request, "oversight.erasure.lead")))
                + notice(t(request, "oversight.erasure.for_good"), "warn") + form_part(request, view)
                + (earlier.empty() ? Html{} : section({}, h2({}, t(request, "oversight.erasure.earlier")), ul({}, earlier)));
    return page;
}

Page erasure_list(const Request& request, const std::vector<ErasureRow>& rows)
{
    Page page;
    page.title = i18n::text(request.language, "oversight.erasure.list_title");
    page.audience = Audience::office;
    page.active = "nav.erasures";
    Html cards;
    for (const auto& row : rows) cards += erasure_card(request, row);
    page.body = div({cls("page-head")}, h1({}, page.title), p({cls("lead")}, t(request, "oversight.erasure.list_lead")))
                + (rows.empty() ? empty_state(t(request, "oversight.erasure.nothing_asked")) : cards);
    return page;
}

Html erased_photo(const Request& request, const Erasure& erasure)
{
    const auto day = erasure.decided_at ? i18n::date(request.language, local_date(*erasure.decided_at)) : std::string{};
    return figure({cls("photo erased")}, div({cls("erased-mark")}, t(request, "oversight.erasure.erased")),
                  figcaption({}, label(request, "erasure_ground", erasure.ground), " · ", day,
                             erasure.leaf ? Html{" · "} + a({href("/log-entries/" + std::to_string(*erasure.leaf) + "/leaf")}, t(request, "oversight.erasure.entry"), " № ", *erasure.leaf) : Html{}));
}

} // namespace adal::oversight
