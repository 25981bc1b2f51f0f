#include "cyber/page_copy_view.hpp"

#include <algorithm>

namespace adal::cyber {

using namespace http;

namespace page_copy_words {

std::string word(const Request& request, std::string_view key)
{
    return i18n::text(request.language, "cyber." + std::string{key});
}

std::string failure_word(const Request& request, capture::Failure failure)
{
    return word(request, "copy_failure." + std::string{capture::name(failure)});
}

Html step_row(const Request& request, const PageStep& step, bool with_details)
{
    const bool is_cut = step.failure != capture::Failure::none;
    Html badges = step.status == 0 ? Html{} : badge("HTTP " + std::to_string(step.status), step.status < 400 ? "neutral" : "warn");
    if (is_cut) badges += " " + badge(failure_word(request, step.failure), "warn");
    Html details;
    if (with_details) {
        std::string said = step.address;
        for (const auto& more : {step.tls, step.certificate.empty() ? std::string{} : word(request, "copy_certificate") + " " + step.certificate.substr(0, 16) + "…"})
            if (!more.empty()) said += (said.empty() ? "" : " · ") + more;
        if (!said.empty()) details = p({cls("row-note break")}, said);
    }
    return li({cls("break")}, code({cls("break")}, defanged_address(step.url)), " ", badges, details);
}

Html way(const Request& request, const PageCopy& copy, bool with_details)
{
    Html steps;
    for (const auto& step : copy.steps) steps += step_row(request, step, with_details);
    return steps.empty() ? Html{} : ol({cls("steps")}, steps);
}

Html words_of_page(const Request& request, const PageCopy& copy)
{
    if (copy.text.empty()) return p({cls("hint")}, word(request, "copy_no_text"));
    return details({}, summary({}, word(request, "copy_text")), p({cls("break")}, copy.text));
}

Html one_copy(const Request& request, const PageCopy& copy, std::string_view base)
{
    if (!copy.taken_at) return p({}, badge(word(request, "copy_waiting"), "neutral"), " ", i18n::date_time(request.language, copy.wanted_at));
    Html out = p({}, badge(copy.is_kept() ? word(request, "copy_taken") : failure_word(request, copy.failure), copy.is_kept() ? "good" : "warn"), " ",
                 copy.is_kept() && copy.failure != capture::Failure::none ? badge(failure_word(request, copy.failure), "warn") + " " : Html{}, i18n::date_time(request.language, *copy.taken_at),
                 copy.leaf ? Html{", "} + Html{t(request, "cyber.capture_sealed", {{"leaf", std::to_string(*copy.leaf)}})} : Html{});
    out += way(request, copy, true);
    if (!copy.is_kept()) return out;
    const auto address = std::string{base} + "/copies/" + copy.id.str();
    return out + (copy.title.empty() ? Html{} : p({cls("break")}, copy.title)) + words_of_page(request, copy) +
           p({cls("actions")}, a({href(address + "/warc"), cls("button secondary")}, word(request, "copy_archive")), " ",
                a({href(address + "/cdxj")}, word(request, "copy_index")));
}

Html alike_list(const Request& request, const std::vector<Alike>& alike)
{
    Html out;
    for (const auto& one : alike)
        out += li({cls("break")}, a({href(request.link("/cyber/desk/" + one.resource.id.str()))}, shown(one.resource.identity)), " ",
                  badge(word(request, one.by == AlikeBy::text ? "alike_text" : one.by == AlikeBy::icon ? "alike_icon" : "alike_contact"), "neutral"), " ",
                  badge(word(request, "state." + std::string{name(one.resource.state)}), "neutral"));
    return out.empty() ? Html{} : h3({}, word(request, "alike_title")) + ul({}, out);
}

} // namespace page_copy_words

using namespace page_copy_words;

std::string defanged_address(std::string_view url)
{
    std::string out;
    for (const char c : url) out += c == '.' ? std::string{"[.]"} : c == '@' ? std::string{"[@]"} : std::string(1, c);
    if (out.starts_with("http")) out.replace(1, 2, "xx");
    return out;
}

Html page_copy_card(const Request& request, const PageCopy& copy)
{
    return section({cls("card")}, h2({}, word(request, "copy_title")), p({cls("hint")}, word(request, "copy_hint")), way(request, copy, false),
                   copy.title.empty() ? Html{} : facts({{word(request, "copy_page_title"), copy.title}}), words_of_page(request, copy));
}

Html copies_card(const Request& request, const CopiesCard& view, std::string_view base)
{
    if (!view.is_on && view.copies.empty()) return {};
    Html rows;
    for (const auto& copy : view.copies) rows += one_copy(request, copy, base);
    const bool waits = std::ranges::any_of(view.copies, [](const PageCopy& copy) { return !copy.taken_at; });
    const Html again = view.is_on && !waits ? post_form(request, std::string{base} + "/copies", submit(word(request, "copy_again"), "secondary")) : Html{};
    return section({cls("card")}, h2({}, word(request, "copy_title")), p({cls("hint")}, word(request, "copy_hint")), rows.empty() ? p({}, word(request, "copy_none")) : rows, again,
                   alike_list(request, view.alike));
}

} // namespace adal::cyber
