#include "oversight/fix_view.hpp"

#include "oversight/label_view.hpp"

namespace adal::oversight {

using namespace http;

Html position_fields(const Request& request)
{
    return fieldset({cls("position"), Attr("data-position")}, legend({}, t(request, "oversight.your_position")),
                    p({cls("hint")}, t(request, "oversight.position_hint")),
                    button({Attr("type", "button"), cls("secondary"), Attr("hidden"), Attr("data-locate")}, t(request, "oversight.take_position")),
                    p({cls("hint"), Attr("role", "status"), Attr("data-located", i18n::text(request.language, "oversight.position_taken")), Attr("data-unit", i18n::text(request.language, "oversight.unit.m")), Attr("data-failed", i18n::text(request.language, "oversight.position_failed"))}, ""),
                    text_field("lat", t(request, "oversight.latitude"), "", {Attr("inputmode", "decimal"), Attr("autocomplete", "off")}),
                    text_field("lon", t(request, "oversight.longitude"), "", {Attr("inputmode", "decimal"), Attr("autocomplete", "off")}),
                    input({Attr("type", "hidden"), Attr("name", "accuracy"), Attr("value", "")}));
}

Page fix_check_form(const Request& request, const Finding& finding, const FixClaim& claim, const Place& place)
{
    Page page;
    page.title = i18n::text(request.language, "oversight.fix_check_title");
    page.audience = Audience::office;
    page.scripts = {"position.js", "keep_form.js"};
    page.active = "nav.tasks";
    page.body = div({cls("page-head")}, h1({}, page.title), p({cls("lead")}, title_of(request, finding), " · ", place.name.in(request.language)))
                + notice(t(request, "oversight.fix_claim_said", {{"text", claim.text}}))
                + post_form(request, "/findings/" + finding.id.str() + "/fix-check",
                            radio_field("result", t(request, "oversight.is_it_mended"),
                                        {{"fixed", t(request, "oversight.mended")}, {"not_fixed", t(request, "oversight.not_mended")}}, "", {}, true)
                                + file_field("photo:after", t(request, "oversight.after_photo"), "image/jpeg,image/png,image/webp", true, t(request, "oversight.after_photo_hint"))
                                + position_fields(request)
                                + area_field("text", t(request, "oversight.what_you_see"), "", {Attr("maxlength", 2000)})
                                + keep_notice(request) + submit(t(request, "oversight.send_check")),
                            true);
    return page;
}

} // namespace adal::oversight
