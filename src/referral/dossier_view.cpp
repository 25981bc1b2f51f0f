#include "referral/dossier_view.hpp"

#include "referral/label_view.hpp"

namespace adal::referral {

using namespace http;

namespace dossier_blocks {

std::string path_of(const DossierPage& view, std::string_view rest)
{
    return "/documents/" + view.document.id.str() + std::string{rest};
}

Html reason_field(const Request& request, std::string_view field)
{
    return text_field(field, say(request, "dossier_office.reason"), "",
                      {Attr("required"), Attr("maxlength", 200)},
                      say(request, "dossier_office.reason_hint"));
}

// "3 · image/jpeg · 2.1 MB": originals have no names, only what they are.
std::string name_of(const files::StoredFile& file, std::size_t n)
{
    return std::to_string(n + 1) + " · " + file.mime + " · " +
           std::to_string((file.size + 1023) / 1024) + " KB · " +
           hex(view(file.sha256)).substr(0, 12);
}

Html originals(const Request& request, const DossierPage& page)
{
    if (page.originals.empty()) return {};
    std::vector<Choice> choices;
    for (std::size_t n = 0; n < page.originals.size(); ++n)
        choices.push_back({page.originals[n].id.str(), Html{name_of(page.originals[n], n)}});
    return section({cls("card")}, h2({}, say(request, "dossier_office.originals")),
                   post_form(request, path_of(page, "/originals"),
                             select_field("file", say(request, "dossier_office.file"), choices) +
                                 reason_field(request, "reason#original") +
                                 submit(say(request, "dossier_office.open"))));
}

Html access_log(const Request& request, const DossierPage& page)
{
    if (page.accesses.empty()) return empty_state(say(request, "dossier_office.log_empty"));
    std::vector<std::vector<Html>> rows;
    for (const auto& access : page.accesses) {
        const auto name = page.names.find(access.person);
        std::size_t n = 0;
        while (n < page.originals.size() && page.originals[n].id != access.file)
            ++n;
        rows.push_back(
            {Html{i18n::date_time(request.language, access.at)},
             name == page.names.end() ? say(request, "dossier_office.operator")
                                      : Html{name->second},
             say(request, "dossier_office.purpose_" + std::string{files::text(access.purpose)}),
             Html{n < page.originals.size() ? name_of(page.originals[n], n)
                                            : std::string{access.file.text()}},
             Html{access.reason}});
    }
    std::vector<std::string> columns;
    for (const auto* column : {"when", "who", "purpose", "file", "reason"})
        columns.push_back(
            i18n::text(request.language, std::string{"referral.dossier_office."} + column));
    return data_table(say(request, "dossier_office.log"), columns, rows);
}

} // namespace dossier_blocks

Page dossier_page(const Request& request, const DossierPage& view)
{
    Page page{.title = i18n::text(request.language, "referral.dossier_office.title"),
              .audience = Audience::office,
              .active = "nav.documents"};
    const bool is_draft = view.document.state == DocumentState::draft;
    const Html making =
        is_draft
            ? notice(say(request, "dossier_office.unsigned"), "warn")
            : section({cls("card")}, post_form(request, dossier_blocks::path_of(view, "/dossier"),
                                               dossier_blocks::reason_field(request, "reason") +
                                                   submit(say(request, "dossier_office.make"))));
    page.body =
        p({}, a({href(request.link(dossier_blocks::path_of(view, "")))}, view.document.title)) +
        p({cls("lead")}, say(request, "dossier_office.lead")) + making +
        dossier_blocks::originals(request, view) +
        section({}, h2({}, say(request, "dossier_office.log")),
                dossier_blocks::access_log(request, view));
    return page;
}

} // namespace adal::referral
