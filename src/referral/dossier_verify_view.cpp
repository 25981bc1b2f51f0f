// The page that checks a dossier from a disk: data/dossier/verify.html with style, script and the
// messages of the three languages inside. It loads nothing and the browser runs nothing in it but
// that one script.
#include "embedded/data.hpp"
#include "embedded/i18n.hpp"
#include "embedded/web.hpp"
#include "referral/dossier.hpp"

#include <algorithm>
#include <array>

namespace adal::referral {

namespace dossier_verify_page {

std::string_view part(std::string_view name)
{
    const auto* file = embedded::find(embedded::data(), name);
    if (file == nullptr) file = embedded::find(embedded::web(), name);
    ADAL_CHECK(file != nullptr);
    return file->bytes;
}

bool is_wanted(std::string_view key)
{
    constexpr std::array<std::string_view, 6> beginnings{
        "referral.bag.",  "referral.dossier.", "referral.dossier_page.",
        "ledger.verify.", "app.verdict.",      "app.verify_"};
    return std::ranges::any_of(
        beginnings, [&](std::string_view beginning) { return key.starts_with(beginning); });
}

// Safe inside a script element: no "<" is left.
std::string messages()
{
    json::object all;
    for (const auto* language : {"kk", "ru", "en"}) {
        const auto* file = embedded::find(embedded::i18n(), std::string{language} + ".json");
        ADAL_CHECK(file != nullptr);
        const auto catalogue = parse_json(file->bytes);
        ADAL_CHECK(catalogue.has_value());
        json::object wanted;
        for (const auto& [key, text] : catalogue->as_object())
            if (is_wanted(key) && text.is_string()) wanted[key] = text;
        all[language] = std::move(wanted);
    }
    std::string out;
    for (const char c : to_text(all))
        out += c == '<' ? "\\u003c" : std::string(1, c);
    return out;
}

std::string source_hash(std::string_view text)
{
    return "sha256-" + base64(view(sha256(text)));
}

} // namespace dossier_verify_page

std::string verify_page()
{
    using namespace dossier_verify_page;
    const auto style = part("dossier/verify.css"), script = part("dossier_verify.js");
    ADAL_CHECK(script.find("</script") == std::string_view::npos);
    const std::array<std::pair<std::string_view, std::string>, 5> values{
        {{"script-hash", source_hash(script)},
         {"style-hash", source_hash(style)},
         {"style", std::string{style}},
         {"messages", messages()},
         {"script", std::string{script}}}};
    std::string out;
    for (auto rest = part("dossier/verify.html"); !rest.empty();) {
        const auto open = rest.find("{{");
        out += rest.substr(0, open);
        if (open == std::string_view::npos) break;
        const auto close = rest.find("}}", open);
        const auto name = rest.substr(open + 2, close - open - 2);
        const auto value =
            std::ranges::find(values, name, [](const auto& pair) { return pair.first; });
        ADAL_CHECK(close != std::string_view::npos && value != values.end());
        out += value->second;
        rest.remove_prefix(close + 2);
    }
    return out;
}

std::string dossier_schema(std::string_view name)
{
    return std::string{dossier_verify_page::part("dossier/" + std::string{name})};
}

} // namespace adal::referral
