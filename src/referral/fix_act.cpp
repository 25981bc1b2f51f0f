#include "referral/fix_act.hpp"

#include <cmath>

namespace adal::referral {

namespace {

using i18n::Language;

struct Act {
    const FixActSource& source;
    Language language;

    [[nodiscard]] std::string say(std::string_view key, const i18n::Params& params = {}) const
    {
        return i18n::text(language, "referral.act." + std::string(key), params);
    }

    void add_found(Paper& paper) const
    {
        const Fact& fact = source.fact;
        paper.blocks.emplace_back(Heading{say("found")});
        Pairs pairs{.rows = {{say("defect"), fact.title.in(language)},
                             {i18n::text(language, "referral.paper.place"), fact.place.in(language)},
                             {say("severity"), i18n::text(language, "oversight.severity." + fact.severity)},
                             {say("sealed"), i18n::long_date(language, local_date(fact.sealed_at)) + ", № " + std::to_string(fact.leaf_index)}}};
        if (const auto& value = fact.value.in(language); !value.empty()) pairs.rows.emplace_back(say("value"), value);
        paper.blocks.emplace_back(std::move(pairs));
    }

    void add_claimed(Paper& paper) const
    {
        const auto& claim = source.claim;
        paper.blocks.emplace_back(Heading{say("claimed")});
        paper.blocks.emplace_back(Pairs{.rows = {{say("claimant"), i18n::text(language, "oversight.claimant." + std::string(oversight::name(claim.claimant)))},
                                                 {say("on"), i18n::long_date(language, local_date(claim.at))},
                                                 {say("words"), claim.text}}});
    }

    void add_seen(Paper& paper) const
    {
        const auto& check = source.check;
        paper.blocks.emplace_back(Heading{say("seen")});
        Pairs pairs{.rows = {{say("result"), say(check.is_fixed ? "fixed" : "not_fixed")},
                             {say("when"), i18n::date_time(language, check.at)},
                             {say("checker"), source.checker}}};
        if (check.distance_m) pairs.rows.emplace_back(say("distance"), say("metres", {{"count", i18n::number(language, std::llround(*check.distance_m))}}));
        if (!check.text.empty()) pairs.rows.emplace_back(say("words"), check.text);
        paper.blocks.emplace_back(std::move(pairs));
    }

    // The photos themselves are in the dossier; here is what they are known by.
    void add_photos(Paper& paper) const
    {
        if (source.check.photos.empty()) return;
        paper.blocks.emplace_back(Heading{say("photos")});
        Numbered list;
        for (const auto& photo : source.check.photos) list.items.push_back({.text = "SHA-256: " + hex(view(photo.sha256))});
        paper.blocks.emplace_back(std::move(list));
    }
};

} // namespace

Paper fix_act(const FixActSource& source, Language language)
{
    const Act act{source, language};
    const auto day = i18n::long_date(language, local_date(source.check.at));
    Paper paper{.language = language, .title = act.say("title"), .subtitle = source.document.title, .line = day, .footer = act.say("title"), .made_at = source.check.at};
    act.add_found(paper);
    act.add_claimed(paper);
    act.add_seen(paper);
    act.add_photos(paper);
    paper.blocks.emplace_back(Paragraph{act.say("note")});
    paper.blocks.emplace_back(Signature{.label = i18n::text(language, "referral.paper.signed"), .name = source.checker, .date = day});
    if (source.origin.empty()) return paper;
    paper.link = std::string(source.origin) + "/" + std::string(i18n::code(language)) + "/findings/" + source.fact.finding.str();
    paper.link_text = act.say("link");
    return paper;
}

} // namespace adal::referral
