#include "referral/batch_view.hpp"

#include "referral/label_view.hpp"

#include <algorithm>

namespace adal::referral {

using namespace http;

namespace batch_pages {

std::string day(const Request& request, LocalDate date)
{
    return i18n::date(request.language, date);
}

cyber::State state_of(const std::map<ResourceId, cyber::State>& states, ResourceId id)
{
    const auto found = states.find(id);
    return found == states.end() ? cyber::State::referred : found->second;
}

Html state_badge(const Request& request, cyber::State state)
{
    using enum cyber::State;
    const bool is_good = state == blocked || state == removed;
    const bool is_bad = state == refused || state == withdrawn || state == relapsed;
    return badge(t(request, "cyber.state." + std::string{cyber::name(state)}), is_good ? "good" : is_bad ? "bad" : "warn");
}

// Overdue while anything still waits.
Html clock(const Request& request, const Batch& batch, const std::map<ResourceId, cyber::State>& states, LocalDate today)
{
    const bool waits = std::ranges::any_of(batch.items, [&](const BatchItem& item) {
        const auto state = state_of(states, item.resource);
        return state == cyber::State::referred || state == cyber::State::accepted;
    });
    if (!waits) return badge(say(request, "batch.answered"), "good");
    const bool is_late = batch.deadline.due < today;
    return badge(Html{i18n::text(request.language, is_late ? "referral.batch.overdue" : "referral.batch.due", {{"day", day(request, batch.deadline.due)}})}, is_late ? "bad" : "neutral");
}

Html crumbs(const Request& request)
{
    return p({cls("crumbs")}, a({href(request.link("/cyber/batches"))}, say(request, "batch.title")));
}

Html receipt_form(const Request& request, const BatchPage& view)
{
    if (view.batch.received_on) return {};
    return section({cls("card")}, h2({}, say(request, "record_receipt")), p({cls("hint")}, say(request, "batch.receipt_hint")),
                   post_form(request, "/cyber/batches/" + view.batch.id.str() + "/receipt",
                             text_field("in_number", say(request, "in_number"), "", {Attr("required"), Attr("maxlength", 80)}) +
                                 text_field("received_on", say(request, "received_on"), iso(view.today), {Attr("type", "date"), Attr("required")}) + submit(say(request, "save"))));
}

Html items(const Request& request, const BatchPage& view)
{
    Html rows;
    for (const auto& item : view.batch.items) {
        const auto state = state_of(view.states, item.resource);
        const bool may_refuse = state == cyber::State::referred || state == cyber::State::accepted;
        rows += li({cls("row")},
                   div({cls("row-main")}, a({href(request.link("/cyber/desk/" + item.resource.str())), cls("row-title break")}, cyber::shown({.key = item.identity})),
                       p({cls("row-note")}, t(request, "cyber.category." + item.category), " · ", cyber::act_title(item.act).in(request.language), item.article.empty() ? "" : ", ", item.article),
                       may_refuse ? details({}, summary({}, say(request, "batch.refused_summary")),
                                            post_form(request, "/cyber/batches/" + view.batch.id.str() + "/refused",
                                                      hidden_field("resource", item.resource.str()) +
                                                          area_field("reason#" + item.resource.str(), say(request, "batch.refused_reason"), "", {Attr("required"), Attr("maxlength", 1000)}) +
                                                          submit(say(request, "save"), "secondary")))
                                  : Html{}),
                   div({cls("row-side")}, state_badge(request, state)));
    }
    return section({}, h2({}, say(request, "batch.items")), ul({cls("rows")}, rows));
}

Html topic_form(const Request& request, const NewBatchPage::Topic& topic)
{
    Html boxes;
    for (const auto& resource : topic.resources)
        boxes += check_field("resource", resource.id.str(), code({cls("break")}, cyber::shown(resource.identity)) + Html{" · "} + t(request, "cyber.category." + resource.category), true);
    std::vector<Choice> authorities, channels;
    for (const auto& authority : topic.authorities) authorities.push_back({authority.authority.str(), authority.names.in(request.language)});
    for (const auto kind : {ChannelKind::paper, ChannelKind::email, ChannelKind::eotinish, ChannelKind::portal}) channels.push_back({std::string{name(kind)}, say(request, "channel." + std::string{name(kind)})});
    Html body = authorities.empty() ? notice(say(request, "batch.nobody_competent"), "warn")
                                    : post_form(request, "/cyber/batches",
                                                fieldset({}, legend({}, say(request, "batch.which")), boxes) + select_field("authority#" + topic.code, say(request, "addressee"), authorities) +
                                                    select_field("channel#" + topic.code, say(request, "channel_label"), channels) +
                                                    text_field("out_number#" + topic.code, say(request, "out_number"), "", {Attr("required"), Attr("maxlength", 80)}) + submit(say(request, "batch.send")));
    return section({cls("card")}, h2({}, say(request, "topic." + topic.code)), body);
}

} // namespace batch_pages

using namespace batch_pages;

Page batch_list(const Request& request, const BatchListPage& view)
{
    Page page;
    page.title = i18n::text(request.language, "referral.batch.title");
    page.audience = Audience::office;
    page.active = "nav.cyber_desk";
    Html rows;
    for (const auto& batch : view.batches) {
        const auto authority = view.authorities.find(batch.authority);
        rows += li({cls("row")},
                   div({cls("row-main")}, a({href(request.link("/cyber/batches/" + batch.id.str())), cls("row-title")}, "№ ", batch.out_number),
                       p({cls("row-note")}, authority == view.authorities.end() ? std::string{} : authority->second.in(request.language), " · ", day(request, local_date(batch.sent_at)), " · ",
                         i18n::count(request.language, "referral.batch.count", static_cast<std::int64_t>(batch.items.size())))),
                   div({cls("row-side")}, clock(request, batch, view.states, view.today)));
    }
    page.body = div({cls("page-head")}, p({cls("crumbs")}, a({href(request.link("/cyber/desk"))}, t(request, "cyber.desk_title"))), h1({}, page.title), p({cls("lead")}, say(request, "batch.lead")),
                    p({}, a({href(request.link("/cyber/batches/new")), cls("button")}, say(request, "batch.new")))) +
                (rows.empty() ? empty_state(say(request, "batch.none")) : ul({cls("rows")}, rows));
    return page;
}

Page new_batch(const Request& request, const NewBatchPage& view)
{
    Page page;
    page.title = i18n::text(request.language, "referral.batch.new");
    page.audience = Audience::office;
    page.active = "nav.cyber_desk";
    Html forms;
    for (const auto& topic : view.topics) forms += topic_form(request, topic);
    page.body = div({cls("page-head")}, crumbs(request), h1({}, page.title), p({cls("lead")}, say(request, "batch.new_lead"))) +
                (forms.empty() ? empty_state(say(request, "batch.nothing_ready")) : forms);
    return page;
}

Page batch_page(const Request& request, const BatchPage& view)
{
    const auto& batch = view.batch;
    Page page;
    page.title = i18n::text(request.language, "referral.batch.one", {{"number", batch.out_number}});
    page.audience = Audience::office;
    page.active = "nav.cyber_desk";
    const auto path = "/cyber/batches/" + batch.id.str();
    page.body = div({cls("page-head")}, crumbs(request), h1({}, page.title), p({cls("badges")}, clock(request, batch, view.states, view.today))) +
                section({cls("card")}, h2({}, say(request, "sent")),
                        facts({{say(request, "addressee"), view.authority.in(request.language)},
                               {say(request, "channel_label"), say(request, "channel." + std::string{name(batch.channel)})},
                               {say(request, "sent_on"), day(request, local_date(batch.sent_at))},
                               {say(request, "batch.due_label"), day(request, batch.deadline.due)},
                               {say(request, "received_on"), batch.received_on ? Html{day(request, *batch.received_on)} : Html{}},
                               {say(request, "in_number"), batch.in_number},
                               {say(request, "batch.log_entry"), a({href("/log-entries/" + std::to_string(batch.leaf) + "/leaf")}, "№ ", batch.leaf)}}),
                        p({cls("actions")}, a({href(path + ".zip"), Attr("download"), cls("button")}, say(request, "batch.package")), " ", a({href(request.link(path + "/letter")), Attr("download")}, say(request, "batch.letter")))) +
                receipt_form(request, view) + items(request, view);
    return page;
}

} // namespace adal::referral
