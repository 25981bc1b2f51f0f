#include "cyber/gold_view.hpp"

#include <cmath>

namespace adal::cyber {

using namespace http;

namespace gold_pages {

std::string interval_text(const GoldScore& score)
{
    const auto interval = wilson(score.right, score.answered);
    return std::to_string(std::lround(100 * interval.low)) + "–" + std::to_string(std::lround(100 * interval.high)) + " %";
}

} // namespace gold_pages

Html gold_card(const Request& request, const CasePage& view)
{
    if (!view.is_gold && !view.may_be_gold) return {};
    return section({cls("card")}, h2({}, t(request, "cyber.gold_one")), p({cls("hint")}, t(request, "cyber.gold_one_hint")),
                   post_form(request, "/cyber/desk/" + view.resource.id.str() + "/gold",
                             hidden_field("gold", view.is_gold ? "no" : "yes") + submit(t(request, view.is_gold ? "cyber.gold_unmark" : "cyber.gold_mark"), "secondary")));
}

Html gold_scores_card(const Request& request, const std::vector<GoldScore>& scores, std::int64_t items)
{
    if (items == 0 && scores.empty()) return {};
    const auto word = [&](std::string_view key) { return i18n::text(request.language, "cyber.gold_" + std::string{key}); };
    std::vector<std::vector<Html>> rows;
    for (const auto& score : scores) rows.push_back({Html{score.name}, Html{score.answered}, Html{score.right}, Html{gold_pages::interval_text(score)}});
    return section({cls("card")}, h2({}, word("title")), facts({{word("items"), Html{items}}}), p({cls("hint")}, word("hint")),
                   rows.empty() ? Html{} : data_table(Html{word("caption")}, {word("person"), "#" + word("answered"), "#" + word("right"), word("sure")}, rows));
}

} // namespace adal::cyber
