#include "referral/paper.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace adal::referral {

namespace {

using i18n::Language;

class Template
{
public:
    Template(const PaperSource& source, Language language, Copy copy, Part part)
        : m_source(source), m_document(source.document), m_language(language), m_copy(copy), m_part(part)
    {}

    Paper paper()
    {
        Paper out{.language = m_language,
                  .title = m_part == Part::whole ? say("title") : say("part." + std::string(name(m_part))),
                  .subtitle = say("subtitle"),
                  .line = date_and_number(),
                  .footer = say("footer"),
                  .made_at = m_document.signed_at.value_or(m_document.drafted_at)};
        if (m_document.state == DocumentState::draft) out.draft_mark = say("draft");
        add_about(out);
        if (has(Part::protocol)) add_tasks(out);
        if (has(Part::protocol)) add_subjects(out);
        if (has(Part::protocol) || has(Part::conclusion)) add_facts(out);
        if (has(Part::recommendations)) add_recommendations(out);
        if (has(Part::conclusion) || has(Part::recommendations)) add_other_documents(out);
        if (has(Part::recommendations)) add_law(out);
        add_end(out);
        return out;
    }

private:
    [[nodiscard]] bool has(Part part) const { return m_part == Part::whole || m_part == part; }

    [[nodiscard]] std::string say(std::string_view key, const i18n::Params& params = {}) const
    {
        return i18n::text(m_language, "referral.paper." + std::string(key), params);
    }

    [[nodiscard]] std::string date_and_number() const
    {
        const auto at = m_document.signed_at.value_or(m_document.drafted_at);
        auto line = i18n::long_date(m_language, local_date(at));
        std::string numbers;
        for (const auto& sent : m_source.dispatches)
            numbers += (numbers.empty() ? "" : ", ") + sent.out_number;
        if (!numbers.empty()) line += "    №\u00a0" + numbers;
        return line;
    }

    [[nodiscard]] std::string held() const
    {
        const auto from = local_time(m_document.held_from), to = local_time(m_document.held_to);
        const auto clock = [](const LocalTime& t) { return fmt::format("{:02}:{:02}", t.hour, t.minute); };
        const auto day = [&](const LocalTime& t) { return i18n::long_date(m_language, t.date); };
        if (from.date == to.date) return day(from) + ", " + clock(from) + "–" + clock(to);
        return day(from) + ", " + clock(from) + " – " + day(to) + ", " + clock(to);
    }

    [[nodiscard]] std::string object() const
    {
        if (m_document.object_bin.empty()) return m_document.object;
        return m_document.object + say("bin", {{"bin", m_document.object_bin}});
    }

    void add_about(Paper& out) const
    {
        Pairs pairs;
        pairs.rows = {{say("control"), m_document.title},
                      {say("form"), i18n::text(m_language, "oversight.control_form." + m_document.form)},
                      {say("object"), object()},
                      {say("held"), held()},
                      {say("place"), m_document.place.in(m_language)}};
        if (!m_document.ground.empty()) pairs.rows.emplace_back(say("ground"), m_document.ground);
        out.blocks.emplace_back(std::move(pairs));
    }

    void add_tasks(Paper& out) const
    {
        out.blocks.emplace_back(Heading{say("tasks")});
        Numbered list;
        for (const auto line : split(m_document.tasks, '\n'))
            if (!trim(line).empty()) list.items.push_back({.text = std::string(trim(line))});
        out.blocks.emplace_back(std::move(list));
    }

    [[nodiscard]] std::string declaration(const Subject& subject) const
    {
        if (!subject.has_declared) return say("not_declared");
        return say(subject.has_conflict ? "conflict" : "no_conflict");
    }

    void add_subjects(Paper& out) const
    {
        out.blocks.emplace_back(Heading{say("subjects")});
        Grid grid{.header = {"№", say("subject_name"), say("subject_role"), say("subject_declaration")},
                  .widths = {7, 38, 22, 33}};
        int n = 0;
        for (const auto& subject : m_document.subjects) {
            ++n;
            const auto name = m_copy == Copy::full
                                  ? subject.display_name
                                  : say("subject_unnamed", {{"number", std::to_string(n)}});
            grid.rows.push_back({std::to_string(n), name,
                                 i18n::text(m_language, "oversight.subject_role." + subject.role),
                                 declaration(subject)});
        }
        out.blocks.emplace_back(std::move(grid));
        out.blocks.emplace_back(Paragraph{say(m_copy == Copy::full ? "declared_note" : "open_note")});
    }

    void add_facts(Paper& out) const
    {
        out.blocks.emplace_back(Heading{say("facts")});
        Numbered list;
        for (const auto& fact : m_document.facts) list.items.push_back(fact_item(fact));
        out.blocks.emplace_back(std::move(list));
        out.blocks.emplace_back(Paragraph{say("facts_note")});
    }

    [[nodiscard]] Numbered::Item fact_item(const Fact& fact) const
    {
        Numbered::Item item{.text = fact.title.in(m_language)};
        item.details.push_back(say("fact_place", {{"place", fact.place.in(m_language)}}));
        if (const auto& value = fact.value.in(m_language); !value.empty())
            item.details.push_back(say("fact_value", {{"value", value}}));
        const bool has_note = m_copy == Copy::full && !fact.note.empty();
        const auto& words = has_note ? fact.note : fact.summary;
        if (!words.empty()) item.details.push_back(words);
        item.details.push_back(
            say("fact_seal", {{"severity", i18n::text(m_language, "oversight.severity." + fact.severity)},
                              {"date", i18n::long_date(m_language, local_date(fact.sealed_at))},
                              {"leaf", std::to_string(fact.leaf_index)}}));
        return item;
    }

    [[nodiscard]] std::string authority_name(AuthorityId id) const
    {
        const auto it = std::ranges::find(m_source.authorities, id, &AuthorityVersion::authority);
        return it == m_source.authorities.end() ? std::string("–") : it->names.in(m_language);
    }

    [[nodiscard]] std::string fact_numbers(const Recommendation& recommendation) const
    {
        std::string out;
        for (std::size_t i = 0; i < m_document.facts.size(); ++i)
            if (std::ranges::find(recommendation.findings, m_document.facts[i].finding) !=
                recommendation.findings.end())
                out += (out.empty() ? "" : ", ") + std::to_string(i + 1);
        return out;
    }

    void add_recommendations(Paper& out) const
    {
        out.blocks.emplace_back(Heading{say("recommendations")});
        Numbered list;
        for (const auto& recommendation : m_document.recommendations)
            list.items.push_back(
                {.text = recommendation.text,
                 .details = {say("addressee", {{"authority", authority_name(recommendation.authority)}}),
                             say("based_on", {{"facts", fact_numbers(recommendation)}})}});
        out.blocks.emplace_back(std::move(list));
    }

    void add_other_documents(Paper& out) const
    {
        if (m_document.other_documents.empty()) return;
        out.blocks.emplace_back(Heading{say("other_documents")});
        out.blocks.emplace_back(Paragraph{m_document.other_documents});
    }

    void add_law(Paper& out) const
    {
        const auto& rule = m_source.rules.get(rule_reply);
        out.blocks.emplace_back(Paragraph{say("law_note", {{"days", std::to_string(rule.term)}})});
    }

    void add_end(Paper& out) const
    {
        if (m_document.state == DocumentState::draft) return;
        const auto name = m_copy == Copy::full ? m_document.signed_by_name : std::string{};
        out.blocks.emplace_back(
            Signature{.label = say("signed"),
                      .name = name,
                      .date = i18n::long_date(m_language, local_date(*m_document.signed_at))});
        out.blocks.emplace_back(Paragraph{say("hash", {{"hash", m_document.content_hash}})});
        if (m_source.origin.empty()) return;
        out.link = std::string(m_source.origin) + "/" + std::string(i18n::code(m_language)) +
                   "/documents/" + m_document.id.str() + "/public";
        out.link_text = say("link");
    }

    const PaperSource& m_source;
    const Document& m_document;
    Language m_language;
    Copy m_copy;
    Part m_part;
};

} // namespace

std::string_view name(Part part)
{
    switch (part) {
    case Part::whole: return "whole";
    case Part::protocol: return "protocol";
    case Part::conclusion: return "conclusion";
    case Part::recommendations: return "recommendations";
    }
    return "whole";
}

std::optional<Part> part_from(std::string_view text)
{
    for (const auto part : all_parts)
        if (name(part) == text) return part;
    return std::nullopt;
}

Paper paper_of(const PaperSource& source, Language language, Copy copy, Part part)
{
    return Template{source, language, copy, part}.paper();
}

} // namespace adal::referral
