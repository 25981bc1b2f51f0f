#include "procurement/procurement_view.hpp"

#include <algorithm>

namespace adal::procurement {

using namespace adal::http;

namespace {

Html sum(const Request& request, const std::optional<CurrencyAmount>& amount)
{
    return amount ? Html(say(request.language, *amount)) : Html{};
}

Html day(const Request& request, Instant instant)
{
    return i18n::date(request.language, local_date(instant));
}

Html score_badge(const Request& request, int failed, int applicable)
{
    if (failed > 0)
        return badge(t(request, "procurement.score",
                       {{"failed", std::to_string(failed)},
                        {"applicable", std::to_string(applicable)}}),
                     "warn");
    return badge(t(request, applicable > 0 ? "procurement.no_signs" : "procurement.not_screened"),
                 "neutral");
}

Html row_view(const Request& request, const Summary& row)
{
    return article({cls("card")},
                   h3({}, a({href(request.link("/procurement/" + row.id.str()))}, row.title)),
                   p({}, score_badge(request, row.failed, row.applicable)),
                   facts({{t(request, "procurement.buyer"), row.buyer_name},
                          {t(request, "procurement.supplier"), row.supplier_name},
                          {t(request, "procurement.contract_sum"), sum(request, row.contract_sum)},
                          {t(request, "procurement.locality"), row.locality}}));
}

std::vector<Choice> filter_choices(const Request& request)
{
    std::vector<Choice> choices{{"", t(request, "procurement.filter_any")},
                                {"any", t(request, "procurement.filter_flagged")}};
    for (const auto code : all_flag_codes())
        choices.push_back({std::string{code}, title_of(request.language, code)});
    return choices;
}

Html search_form(const Request& request, const Question& question)
{
    const std::string chosen = question.flagged_only ? "any" : question.flag;
    return form({Attr{"method", "get"}, action(request.link("/procurement")), cls("filter")},
                text_field("q", t(request, "procurement.search"), question.words),
                select_field("flag", t(request, "procurement.filter_flag"),
                             filter_choices(request), chosen),
                check_field("works", "1", t(request, "procurement.filter_works"),
                            question.works_only),
                submit(t(request, "procurement.find")));
}

} // namespace

Html list_view(const Request& request, const Totals& totals, const Question& question,
               const ListPage& page)
{
    Html body = h1({}, t(request, "procurement.title"));
    body += p({cls("lead")}, t(request, "procurement.intro"));
    const auto number = [&](std::int64_t n) { return i18n::number(request.language, n); };
    body += p({}, i18n::count(request.language, "procurement.count_line", totals.processes,
                              {{"flagged", number(totals.flagged)},
                               {"works", number(totals.flagged_works)}}));
    body += search_form(request, question);
    if (page.rows.empty()) return body + empty_state(t(request, "procurement.nothing_found"));
    for (const auto& row : page.rows) body += row_view(request, row);
    return body + pager(request, "/procurement", page.next);
}

namespace {

Html category_of(const Request& request, const std::string& category)
{
    if (category != "goods" && category != "works" && category != "services") return category;
    return t(request, "procurement.category." + category);
}

Html facts_view(const Request& request, const Summary& summary, const Process& process)
{
    const Html tenderers =
        process.tenderers ? Html(i18n::number(request.language, *process.tenderers)) : Html{};
    return facts(
        {{t(request, "procurement.buyer"), summary.buyer_name},
         {t(request, "procurement.supplier"), summary.supplier_name},
         {t(request, "procurement.estimate"), sum(request, summary.estimate)},
         {t(request, "procurement.contract_sum"), sum(request, summary.contract_sum)},
         {t(request, "procurement.method"),
          process.method_details.empty() ? process.method : process.method_details},
         {t(request, "procurement.category"), category_of(request, process.category)},
         {t(request, "procurement.tenderers"), tenderers},
         {t(request, "procurement.locality"), summary.locality},
         {t(request, "procurement.description"),
          process.description == process.title ? std::string{} : process.description},
         {t(request, "procurement.ocid"), code({}, summary.ocid)}});
}

Html evidence_table(const Request& request, const Answer& answer)
{
    Html rows;
    for (const auto& item : answer.evidence)
        rows += tr({}, td({}, code({}, item.pointer)), td({}, item.value));
    return details({}, summary({}, t(request, "procurement.evidence")),
                   table({},
                         thead({}, tr({}, th({Attr{"scope", "col"}},
                                             t(request, "procurement.evidence_place")),
                                      th({Attr{"scope", "col"}},
                                         t(request, "procurement.evidence_value")))),
                         tbody({}, rows)));
}

Html answer_view(const Request& request, const FlagAnswer& one)
{
    const Outcome outcome = one.answer.outcome;
    Html inner = h3({}, title_of(request.language, one.code), " ", small({}, one.code));
    inner += p({}, badge(t(request, "procurement.outcome." + std::string{text(outcome)}),
                         outcome == Outcome::fail ? "warn" : "neutral"));
    if (outcome != Outcome::pass)
        inner += p({}, explain(request.language, one.code, one.answer));
    if (!one.answer.evidence.empty()) inner += evidence_table(request, one.answer);
    return article({cls("card")}, inner);
}

struct Event {
    Instant at{};
    std::string_view key{};
};

std::vector<Event> events_of(const Process& process, const Deal& deal)
{
    std::vector<Event> events;
    const auto add = [&](const std::optional<Moment>& moment, std::string_view key) {
        if (moment) events.push_back({moment->at, key});
    };
    add(process.tender_period.start, "procurement.event.tender_start");
    add(process.tender_period.end, "procurement.event.tender_end");
    for (const auto at : active_awards(process))
        add(process.awards[at].date, "procurement.event.award");
    for (const auto& contract : process.contracts)
        for (const auto& amendment : contract.amendments)
            add(amendment.date, "procurement.event.amended");
    add(deal.signed_at, "procurement.event.signed");
    add(deal.ends, "procurement.event.ends");
    add(deal.warranty_until, "procurement.event.warranty");
    std::ranges::stable_sort(events, {}, [](const Event& event) { return event.at; });
    return events;
}

Html timeline_view(const Request& request, const Process& process)
{
    std::vector<TimelineEntry> entries;
    for (const auto& event : events_of(process, deal_of(process)))
        entries.push_back({.when = day(request, event.at), .what = t(request, event.key)});
    if (entries.empty()) return {};
    return section({}, h2({}, t(request, "procurement.timeline")), timeline(entries));
}

} // namespace

Html process_view(const Request& request, const Summary& summary, const Process& process,
                  const std::vector<FlagAnswer>& answers)
{
    Html body = p({cls("crumbs")}, a({href(request.link("/procurement"))}, t(request, "procurement.title")));
    body += h1({}, summary.title);
    body += p({cls("badges")}, score_badge(request, summary.failed, summary.applicable));
    if (request.may(Permission::plan_controls))
        body += p({}, a({cls("button"),
                         href(request.link("/controls/new?process=" + summary.id.str()))},
                        t(request, "procurement.open_control")));
    body += facts_view(request, summary, process);
    if (!answers.empty()) {
        body += h2({}, t(request, "procurement.signs"));
        body += p({}, t(request, "procurement.signs_note"));
        for (const auto& one : answers) body += answer_view(request, one);
    }
    body += timeline_view(request, process);
    return body + p({cls("hint")}, t(request, "procurement.source_note"));
}

} // namespace adal::procurement
