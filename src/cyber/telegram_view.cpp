#include "cyber/telegram_view.hpp"

#include "base/json.hpp"
#include "http/html.hpp"

#include <algorithm>
#include <boost/json.hpp>

namespace adal::cyber {

namespace telegram_saying {

constexpr std::size_t kMostRows = 15, kLongestShown = 120; // a message has room for 4096 letters

std::string said(i18n::Language language, std::string_view key, const i18n::Params& params = {})
{
    std::string out;
    http::append_escaped(out, i18n::text(language, key, params));
    return out;
}

std::string row_of(std::string_view shown, std::string_view note)
{
    std::string cut{shown.substr(0, kLongestShown)};
    while (!cut.empty() && cut.size() < shown.size() && (static_cast<unsigned char>(shown[cut.size()]) & 0xC0) == 0x80) cut.pop_back();
    if (cut.size() < shown.size()) cut += "…";
    std::string out = "\n• <code>";
    http::append_escaped(out, cut);
    out += "</code>";
    if (!note.empty()) out += " – " + std::string{note};
    return out;
}

std::string refusal(i18n::Language language, std::string_view reason)
{
    return said(language, "cyber.outcome_refused") + ": " + said(language, "reason." + std::string{reason});
}

std::string rest_of(i18n::Language language, std::size_t count)
{
    return count > kMostRows ? "\n" + said(language, "cyber.telegram_more", {{"count", std::to_string(count - kMostRows)}}) : std::string{};
}

json::object message_to(const TelegramUpdate& to, std::string text)
{
    return {{"chat_id", to.chat}, {"text", std::move(text)}, {"parse_mode", "HTML"}, {"link_preview_options", {{"is_disabled", true}}}};
}

TelegramCall reply_to(const TelegramUpdate& to, std::string text, json::array buttons = {})
{
    auto body = message_to(to, std::move(text));
    body["reply_parameters"] = {{"message_id", to.message}, {"allow_sending_without_reply", true}};
    if (!buttons.empty()) body["reply_markup"] = json::object{{"inline_keyboard", std::move(buttons)}};
    return {.method = "sendMessage", .body = to_text(body)};
}

// Each category a row, in the order of the form. What we refuse and what is sealed too: who has such a link in hand must
// not call it something else.
json::array category_buttons(i18n::Language language)
{
    json::array out;
    for (const auto& category : categories())
        out.push_back(json::array{json::object{{"text", i18n::text(language, "cyber.category." + category.code)}, {"callback_data", category.code}}});
    return out;
}

std::string start_in(i18n::Language language, std::string_view origin)
{
    auto out = "<b>" + said(language, "cyber.sealed_title") + "</b>\n" + said(language, "cyber.telegram_not_here") + " " + said(language, "cyber.sealed_do_not") + " " +
               said(language, "cyber.sealed_call");
    if (!origin.empty()) out += " " + said(language, "cyber.telegram_form", {{"address", std::string{origin} + "/" + std::string{i18n::code(language)} + "/cyber/report"}});
    return out + "\n\n" + said(language, "cyber.telegram_about");
}

} // namespace telegram_saying

using namespace telegram_saying;

TelegramCall say_start(const TelegramUpdate& to, std::string_view origin)
{
    std::string text;
    for (const auto language : i18n::all_languages) text += (text.empty() ? "" : "\n\n———\n") + start_in(language, origin);
    return {.method = "sendMessage", .body = to_text(message_to(to, std::move(text)))};
}

TelegramCall say_sentence(const TelegramUpdate& to, std::string_view key)
{
    return reply_to(to, said(to.language, key));
}

TelegramCall say_problem(const TelegramUpdate& to, const Problem& problem)
{
    std::string text;
    http::append_escaped(text, i18n::sentence(to.language, problem));
    return reply_to(to, std::move(text));
}

TelegramCall say_found(const TelegramUpdate& to, const std::vector<Found>& found)
{
    const bool is_any = std::ranges::any_of(found, [](const Found& one) { return one.refused.empty(); });
    auto text = said(to.language, is_any ? "cyber.telegram_ask" : "cyber.reported_lead");
    for (std::size_t i = 0; i < std::min(found.size(), kMostRows); ++i)
        text += row_of(shown(found[i].link.identity), found[i].refused.empty() ? std::string{} : refusal(to.language, found[i].refused));
    text += rest_of(to.language, found.size());
    return reply_to(to, std::move(text), is_any ? category_buttons(to.language) : json::array{});
}

TelegramCall say_reported(const TelegramUpdate& tap, const std::vector<ReportedLink>& links)
{
    const auto language = tap.language;
    const bool is_sealed = std::ranges::any_of(links, [](const ReportedLink& link) { return link.outcome == Outcome::sealed; });
    auto text = is_sealed ? said(language, "cyber.reported_sealed") + " " + said(language, "cyber.sealed_do_not") + " " + said(language, "cyber.telegram_delete")
                          : "<b>" + said(language, "cyber.category." + tap.choice) + "</b>\n" + said(language, "cyber.reported_lead");
    for (std::size_t i = 0; !is_sealed && i < std::min(links.size(), kMostRows); ++i) {
        const auto& link = links[i];
        text += row_of(link.shown, link.outcome == Outcome::refused ? refusal(language, link.reason)
                                                                    : said(language, link.outcome == Outcome::fresh ? "cyber.outcome_fresh" : "cyber.outcome_known"));
    }
    if (!is_sealed) text += rest_of(language, links.size());
    auto body = message_to(tap, std::move(text));
    body["message_id"] = tap.message;
    return {.method = "editMessageText", .body = to_text(body)};
}

TelegramCall say_heard(const TelegramUpdate& tap)
{
    return {.method = "answerCallbackQuery", .body = to_text(json::object{{"callback_query_id", tap.query}})};
}

} // namespace adal::cyber
