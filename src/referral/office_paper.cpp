#include "referral/office_paper.hpp"

#include <algorithm>

namespace adal::referral {

namespace {

using i18n::Language;

class Office
{
public:
    Office(const OfficePaperSource& source, Language language) : m_source(source), m_language(language) {}

    [[nodiscard]] std::string say(std::string_view key, const i18n::Params& params = {}) const
    {
        return i18n::text(m_language, "referral.office." + std::string(key), params);
    }
    [[nodiscard]] std::string day(LocalDate date) const { return i18n::long_date(m_language, date); }

    [[nodiscard]] std::string authority(AuthorityId id) const
    {
        const auto it = std::ranges::find(m_source.authorities, id, &AuthorityVersion::authority);
        return it == m_source.authorities.end() ? "–" : it->names.in(m_language);
    }

    void add_link(Paper& paper) const
    {
        if (m_source.origin.empty()) return;
        paper.link = std::string(m_source.origin) + "/" + std::string(i18n::code(m_language)) + "/documents/" + m_source.document.id.str() + "/public";
        paper.link_text = i18n::text(m_language, "referral.paper.link");
    }

    Paper letter(const Dispatch& dispatch) const
    {
        const auto sent_on = local_date(dispatch.sent_at);
        Paper paper{.language = m_language,
                    .title = say("letter_title"),
                    .line = day(sent_on) + "    №\u00a0" + dispatch.out_number,
                    .footer = say("letter_title"),
                    .made_at = dispatch.sent_at};
        paper.blocks.emplace_back(Pairs{.rows = {{say("to"), authority(dispatch.authority)}, {say("about"), m_source.document.title}}});
        paper.blocks.emplace_back(Body{say("letter_sent", {{"date", day(local_date(m_source.document.signed_at.value_or(dispatch.sent_at)))}})});
        add_own_recommendations(paper, dispatch);
        paper.blocks.emplace_back(Body{say("letter_law", {{"due", day(due_of(dispatch))}})});
        paper.blocks.emplace_back(Heading{say("enclosed")});
        paper.blocks.emplace_back(Numbered{.items = {{.text = say("enclosed_document")}}});
        paper.blocks.emplace_back(Signature{.label = i18n::text(m_language, "referral.paper.signed"), .name = {}, .date = day(sent_on)});
        add_link(paper);
        return paper;
    }

    Paper reply_register(Copy copy, LocalDate today) const
    {
        Paper paper{.language = m_language,
                    .title = say("register_title"),
                    .subtitle = m_source.document.title,
                    .line = say("register_as_of", {{"date", day(today)}}),
                    .footer = say("register_title"),
                    .made_at = start_of(today)};
        Grid grid{.header = {"№", say("recommendation"), say("sent"), say("due"), say("reply"), say("result")}, .widths = {5, 31, 19, 13, 18, 14}};
        for (const auto& recommendation : m_source.document.recommendations) grid.rows.push_back(row(recommendation, copy, today));
        paper.blocks.emplace_back(std::move(grid));
        paper.blocks.emplace_back(Paragraph{say(copy == Copy::full ? "register_note" : "register_open_note")});
        add_link(paper);
        return paper;
    }

private:
    [[nodiscard]] LocalDate due_of(const Dispatch& dispatch) const
    {
        LocalDate due = local_date(dispatch.sent_at);
        for (const auto& recommendation : m_source.document.recommendations)
            if (recommendation.dispatch == dispatch.id && recommendation.deadline) due = std::max(due, recommendation.deadline->due);
        return due;
    }

    void add_own_recommendations(Paper& paper, const Dispatch& dispatch) const
    {
        Numbered list;
        for (const auto& recommendation : m_source.document.recommendations)
            if (recommendation.dispatch == dispatch.id) list.items.push_back({.text = recommendation.text});
        paper.blocks.emplace_back(std::move(list));
    }

    [[nodiscard]] std::string sent(const Recommendation& recommendation) const
    {
        const auto it = std::ranges::find(m_source.dispatches, recommendation.dispatch, &Dispatch::id);
        if (it == m_source.dispatches.end()) return authority(recommendation.answerable()) + "\n" + say("not_sent");
        return authority(recommendation.answerable()) + "\n№ " + it->out_number + ", " + i18n::date(m_language, local_date(it->sent_at));
    }

    // The letter that answers; else the last that does not speak of it.
    [[nodiscard]] const Reply* answer(const Recommendation& recommendation) const
    {
        const auto found = m_source.replies.find(recommendation.id);
        if (found == m_source.replies.end() || found->second.empty()) return nullptr;
        const auto it = std::ranges::find_if(found->second, [](const Reply& reply) { return is_answer(reply.reply_class); });
        return it == found->second.end() ? &found->second.back() : &*it;
    }

    [[nodiscard]] std::vector<std::string> row(const Recommendation& recommendation, Copy copy, LocalDate today) const
    {
        const Reply* reply = answer(recommendation);
        std::string words;
        if (reply) {
            words = i18n::date(m_language, reply->received_on) + (reply->number.empty() ? "" : ", № " + reply->number);
            if (copy == Copy::full) words += "\n" + reply->text;
        }
        return {std::to_string(recommendation.ordinal), recommendation.text, sent(recommendation),
                recommendation.deadline ? i18n::date(m_language, recommendation.deadline->due) : "–", words.empty() ? "–" : words,
                result(recommendation, reply, today)};
    }

    [[nodiscard]] std::string result(const Recommendation& recommendation, const Reply* reply, LocalDate today) const
    {
        if (recommendation.state == RecommendationState::unsent) return say("not_sent");
        if (recommendation.state == RecommendationState::answered && reply) {
            const auto kind = i18n::text(m_language, "referral.reply_class." + std::string(name(reply->reply_class)));
            return reply->late ? kind + " (" + say("late") + ")" : kind;
        }
        return say(is_overdue(recommendation, today) ? "overdue" : "waiting");
    }

    const OfficePaperSource& m_source;
    Language m_language;
};

} // namespace

Paper cover_letter(const OfficePaperSource& source, const Dispatch& dispatch, Language language)
{
    return Office{source, language}.letter(dispatch);
}

Paper reply_register(const OfficePaperSource& source, Language language, Copy copy, LocalDate today)
{
    return Office{source, language}.reply_register(copy, today);
}

} // namespace adal::referral
