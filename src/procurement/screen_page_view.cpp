#include "procurement/screen_page_view.hpp"

#include "http/html.hpp"
#include "procurement/party.hpp"

#include <algorithm>
#include <cmath>

namespace adal::procurement {

using namespace adal::http;

namespace screen_page_parts {

constexpr std::string_view kStyle = R"(<style>
:root{color-scheme:light dark;--ink:#1b1f24;--paper:#fff;--soft:#59636e;--line:#d1d9e0;--tone:#0b5c6b;--band:#f3f6f8}
@media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--paper:#0f1419;--soft:#9aa7b4;--line:#2f3943;--tone:#7fd0de;--band:#161d24}}
*{box-sizing:border-box}
body{margin:0 auto;padding:2rem 1.25rem 4rem;max-width:64rem;background:var(--paper);color:var(--ink);font:16px/1.5 "Noto Sans",system-ui,sans-serif}
h1{font-size:1.75rem;line-height:1.2;margin:0 0 .5rem}h2{font-size:1.25rem;margin:2.5rem 0 .75rem}h3{font-size:1.05rem;margin:0}h4{font-size:1rem;margin:1rem 0 .25rem}
p{margin:.25rem 0 .75rem;max-width:46rem}.soft,small{color:var(--soft)}
table{border-collapse:collapse;width:100%;font-size:.9rem}th,td{padding:.35rem .6rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{background:var(--band);font-weight:600}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem;margin:.5rem 0}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
article{border-top:2px solid var(--line);padding:1.1rem 0}.sign{border-left:3px solid var(--tone);padding:.1rem 0 .1rem .8rem;margin:.9rem 0}
code{font:.85em "Noto Sans Mono",ui-monospace,monospace}.score{font-weight:600;color:var(--tone)}
@media(max-width:40rem){dl{grid-template-columns:1fr}dt{margin-top:.3rem}}
@media print{@page{margin:16mm 14mm}:root{--ink:#000;--paper:#fff;--soft:#444;--line:#bbb;--tone:#000;--band:#eee}body{padding:0;max-width:none;font-size:10pt}article,.sign,tr{break-inside:avoid}h2,h3,h4{break-after:avoid}thead{display:table-header-group}}
</style>
)";

struct Speech {
    i18n::Language language;

    [[nodiscard]] std::string say(std::string_view key, const i18n::Params& params = {}) const { return i18n::text(language, key, params); }
    [[nodiscard]] std::string count(std::int64_t n) const { return i18n::number(language, n); }
    [[nodiscard]] std::string person() const { return say("procurement.person"); }
};

Html pair(const std::string& name, const Html& value)
{
    return value.empty() ? Html{} : dt({}, name) + dd({}, value);
}

Html number_cell(const std::string& text)
{
    return td({cls("n")}, text);
}

Html run_section(const Speech& speech, std::size_t processes, std::size_t flagged_count, const ScreenRun& run)
{
    Html files;
    for (const auto& file : run.files) files += (files.empty() ? Html{} : br()) + code({}, file);
    Html out = dl({}, pair(speech.say("procurement.report.files"), files), pair(speech.say("procurement.report.rows"), Html{speech.count(run.rows)}),
                  pair(speech.say("procurement.report.used"), Html{speech.count(run.used)}),
                  pair(speech.say("procurement.report.skipped"), Html{speech.count(run.skipped)}),
                  pair(speech.say("procurement.report.refused"), Html{speech.count(run.refused)}),
                  pair(speech.say("procurement.report.duplicates"), Html{speech.count(run.duplicates)}),
                  pair(speech.say("procurement.report.noted"), Html{speech.count(run.noted)}),
                  pair(speech.say("procurement.report.register"), Html{speech.count(run.register_entries)}),
                  pair(speech.say("procurement.report.processes"), Html{speech.count(static_cast<std::int64_t>(processes))}),
                  pair(speech.say("procurement.report.flagged"), Html{speech.count(static_cast<std::int64_t>(flagged_count))}));
    if (run.notes.empty()) return out;
    Html notes;
    for (const auto& note : run.notes) notes += tr({}, td({}, code({}, note)));
    return out + h4({}, speech.say("procurement.report.notes")) + table({}, tbody({}, notes));
}

Html flags_table(const Speech& speech, std::span<const Screened> screened)
{
    Html rows;
    for (const auto& count : count_by_flag(screened))
        rows += tr({}, td({}, code({}, count.code)), td({}, title_of(speech.language, count.code)), number_cell(speech.count(count.failed)),
                   number_cell(speech.count(count.passed)), number_cell(speech.count(count.not_applicable)));
    const auto head = [&](std::string_view key) { return th({cls("n"), Attr("scope", "col")}, speech.say(key)); };
    return table({}, thead({}, tr({}, th({Attr("scope", "col")}, speech.say("procurement.report.code")), th({Attr("scope", "col")}, speech.say("procurement.facet.flag")),
                                  head("procurement.outcome.fail"), head("procurement.outcome.pass"), head("procurement.outcome.not_applicable"))),
                 tbody({}, rows));
}

// Four digits are enough for people; the exact numbers are in the JSON form.
std::string rounded(const Speech& speech, double value)
{
    if (value == std::floor(value) && std::abs(value) < 1e15) return speech.count(static_cast<std::int64_t>(value));
    return i18n::number(speech.language, value, std::abs(value) < 10 ? 3 : 1);
}

Html numbers_line(const Speech& speech, const Answer& answer)
{
    std::string line;
    const auto add = [&](std::string_view key, const std::string& value) { line += (line.empty() ? "" : " · ") + speech.say(key) + ": " + value; };
    if (answer.value) add("procurement.report.value", rounded(speech, *answer.value));
    if (answer.threshold) add("procurement.report.threshold", rounded(speech, *answer.threshold));
    if (answer.population > 0) add("procurement.report.population", speech.count(answer.population));
    return line.empty() ? Html{} : p({cls("soft")}, line);
}

Html evidence_table(const Speech& speech, const std::string& ocid, const Answer& answer)
{
    if (answer.evidence.empty()) return {};
    Html rows;
    for (const auto& item : answer.evidence)
        rows += tr({}, td({}, code({}, item.ocid == ocid ? item.pointer : item.ocid + " " + item.pointer)), td({}, item.value));
    return table({}, thead({}, tr({}, th({Attr("scope", "col")}, speech.say("procurement.evidence_place")), th({Attr("scope", "col")}, speech.say("procurement.evidence_value")))),
                 tbody({}, rows));
}

Html sign(const Speech& speech, const std::string& ocid, const FlagAnswer& one, const std::vector<std::string>& names)
{
    const Answer answer = without_persons(one.answer, names, speech.person());
    return div({cls("sign")}, h4({}, code({}, one.code), " ", title_of(speech.language, one.code)), p({}, explain(speech.language, one.code, answer)),
               numbers_line(speech, answer), evidence_table(speech, ocid, answer));
}

Html party_name(const Speech& speech, const PartyRef& party)
{
    return is_person_id(party.id) ? Html{speech.person()} : Html{party.name};
}

Html process_article(const Speech& speech, const Process& process, const Screened& screened)
{
    const Shown shown{process};
    const auto names = person_names(process);
    const Deal deal = deal_of(*shown);
    const auto sum = [&](const std::optional<CurrencyAmount>& amount) { return amount ? Html{say(speech.language, *amount)} : Html{}; };
    Html signs;
    for (const auto& one : screened.answers)
        if (one.answer.outcome == Outcome::fail) signs += sign(speech, process.ocid, one, names);
    const i18n::Params score{{"failed", speech.count(screened.failed)}, {"applicable", speech.count(screened.applicable)}};
    return article({}, h3({}, shown->title.empty() ? shown->ocid : shown->title), p({cls("score")}, speech.say("procurement.score", score)),
                   dl({}, pair(speech.say("procurement.buyer"), party_name(speech, shown->buyer)), pair(speech.say("procurement.supplier"), party_name(speech, deal.supplier)),
                      pair(speech.say("procurement.estimate"), sum(shown->estimate)), pair(speech.say("procurement.contract_sum"), sum(deal.value)),
                      pair(speech.say("procurement.report.weight"), Html{i18n::percent(speech.language, share_of(screened.weight))}),
                      pair(speech.say("procurement.ocid"), code({}, shown->ocid))),
                   signs);
}

} // namespace screen_page_parts

std::string screen_page(const ProcessSource& source, std::span<const Screened> screened, const ScreenRun& run, i18n::Language language)
{
    using namespace screen_page_parts;
    const Speech speech{language};
    const auto positions = flagged(screened);
    const std::size_t shown = std::min(positions.size(), kMostOnPage);
    Html list;
    std::vector<Process> room;
    for (std::size_t i = 0; i < shown; ++i) {
        const auto at = positions[i];
        list += process_article(speech, source.range(at, at + 1, room).front(), screened[at]);
    }
    if (shown < positions.size())
        list += p({}, speech.say("procurement.report.cut", {{"shown", speech.count(static_cast<std::int64_t>(shown))}, {"all", speech.count(static_cast<std::int64_t>(positions.size()))}}));

    const std::string title = speech.say("procurement.report.title");
    const Html body = header({}, h1({}, title), p({}, speech.say("procurement.signs_note")), p({cls("soft")}, speech.say("procurement.report.score_note"))) +
                      main_({}, run_section(speech, source.size(), positions.size(), run), h2({}, speech.say("procurement.report.counts")), flags_table(speech, screened),
                            h2({}, speech.say("procurement.signs")), positions.empty() ? p({}, speech.say("procurement.no_signs")) : list);
    std::string page = "<!doctype html>\n";
    page += element("html", {Attr("lang", i18n::code(language))},
                    element("head", {}, void_element("meta", {Attr("charset", "utf-8")}) +
                                            void_element("meta", {Attr("name", "viewport"), Attr("content", "width=device-width, initial-scale=1")}) +
                                            element("title", {}, title) + Html::trusted(std::string{kStyle})) +
                        element("body", {}, body))
                .markup();
    return page + "\n";
}

} // namespace adal::procurement
