#include "mail/outbox_view.hpp"

namespace adal::mail {

using namespace http;

namespace outbox_parts {

std::string_view tone(MailState state)
{
    switch (state) {
    case MailState::sent: return "good";
    case MailState::refused:
    case MailState::given_up: return "bad";
    case MailState::queued:
    case MailState::sending: return "neutral";
    }
    return "neutral";
}

Html say(const Request& request, std::string_view key, const i18n::Params& params = {})
{
    return t(request, "mail." + std::string(key), params);
}

Html history(const Request& request, const OutboxRow& letter)
{
    std::string line = i18n::date_time(request.language, letter.queued_at);
    if (letter.attempts > 0) line += " · " + i18n::count(request.language, "mail.attempts", letter.attempts);
    if (letter.next_try && letter.attempts > 0)
        line += " · " + i18n::text(request.language, "mail.next_try", {{"time", i18n::date_time(request.language, *letter.next_try)}});
    return p({cls("row-note")}, line);
}

Html again(const Request& request, const OutboxRow& letter)
{
    if (letter.state != MailState::refused && letter.state != MailState::given_up) return {};
    return post_form(request, "/mail/" + letter.id.str() + "/again", submit(say(request, "again"), "secondary"));
}

Html row(const Request& request, const OutboxRow& letter)
{
    const Html words = letter.words.empty() || letter.state == MailState::sent ? Html{} : p({cls("hint")}, say(request, "server_said"), " ", code({}, letter.words));
    return li({cls("row")},
              div({cls("row-main")}, p({cls("row-title")}, letter.subject), p({cls("row-note")}, letter.to), history(request, letter), words,
                  again(request, letter)),
              div({cls("row-side")}, badge(say(request, "state." + std::string(text(letter.state))), tone(letter.state))));
}

} // namespace outbox_parts

Page outbox_page(const Request& request, const std::vector<OutboxRow>& letters, const std::string& next_key)
{
    using namespace outbox_parts;
    Page page{.title = i18n::text(request.language, "mail.title"), .audience = Audience::office, .active = "nav.mail"};
    Html rows;
    for (const auto& letter : letters) rows += row(request, letter);
    page.body = div({cls("page-head")}, h1({}, page.title), p({cls("lead")}, say(request, "lead"))) +
                (letters.empty() ? empty_state(say(request, "none")) : section({cls("card")}, ul({cls("rows")}, rows))) +
                pager(request, "/mail", next_key);
    return page;
}

} // namespace adal::mail
