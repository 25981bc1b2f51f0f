#include "referral/letter.hpp"

#include "i18n/i18n.hpp"

namespace adal::referral {

namespace {

using i18n::Language;

std::string paragraphs(const LetterSource& source, Language language)
{
    const i18n::Params params{{"authority", source.authority.names.in(language)},
                              {"title", source.document.title},
                              {"number", source.dispatch.out_number},
                              {"date", i18n::long_date(language, local_date(source.dispatch.sent_at))},
                              {"due", i18n::long_date(language, source.due)},
                              {"inbox", source.inbox},
                              {"link", source.open_copy}};
    const auto say = [&](std::string_view key) { return i18n::text(language, "referral.letter." + std::string{key}, params) + "\n\n"; };
    std::string text = say("greeting") + say("sent") + say("due");
    if (!source.inbox.empty()) text += say("inbox");
    if (!source.open_copy.empty()) text += say("open_copy");
    return text + say("end");
}

} // namespace

mail::Letter dispatch_letter(const LetterSource& source)
{
    const auto subject = [&](Language language) {
        return i18n::text(language, "referral.letter.subject", {{"number", source.dispatch.out_number}});
    };
    return {.subject = subject(Language::kk) + " / " + subject(Language::ru),
            .text = paragraphs(source, Language::kk) + "----------\n\n" + paragraphs(source, Language::ru),
            .purpose = std::string{letter_purpose},
            .key = source.dispatch.id.str()};
}

} // namespace adal::referral
