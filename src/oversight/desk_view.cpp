#include "oversight/desk_view.hpp"

#include "oversight/label_view.hpp"

namespace adal::oversight {

using namespace http;

namespace {

Html controls(const Request& request, const std::vector<Control>& list, std::string_view title)
{
    if (list.empty()) return {};
    Html rows;
    for (const auto& control : list)
        rows += li({cls("row")}, div({cls("row-main")}, a({href(request.link("/controls/" + control.id.str())), cls("row-title")}, control.title),
                                     p({cls("row-note")}, control.object.name)),
                   div({cls("row-side")}, state_badge(request, control.state)));
    return section({}, h2({}, t(request, title)), ul({cls("rows")}, rows));
}

Html targets(const Request& request, const std::vector<procurement::FlaggedWork>& works)
{
    Html rows;
    for (const auto& work : works) {
        Html why;
        for (const auto& reason : work.why) why += li({}, reason.in(request.language));
        const auto sum = work.process.contract_sum ? procurement::say(request.language, *work.process.contract_sum) : std::string{};
        rows += li({cls("row")}, div({cls("row-main")}, a({href(request.link("/procurement/" + work.process.id.str())), cls("row-title")}, work.process.title),
                                     p({cls("row-note")}, work.process.buyer_name, sum.empty() ? "" : " · ", sum), ul({cls("reasons")}, why)),
                   div({cls("row-side")}, a({href(request.link("/controls/new?process=" + work.process.id.str())), cls("button secondary")}, t(request, "oversight.plan_control"))));
    }
    return section({}, h2({}, t(request, "oversight.targets_title")), p({cls("hint")}, t(request, "oversight.risk_is_no_accusation")),
                   rows.empty() ? empty_state(t(request, "oversight.no_targets")) : ul({cls("rows")}, rows),
                   p({}, a({href(request.link("/procurement/targets"))}, t(request, "oversight.all_targets"))));
}

} // namespace

Page desk(const Request& request, const DeskPage& view)
{
    const auto count = [&](FindingState state) {
        const auto found = view.findings.find(state);
        return found == view.findings.end() ? std::int64_t{0} : found->second;
    };
    Html tiles = stat(Html{view.visits_waiting}, t(request, "oversight.visits_waiting"), {}, request.link("/review"));
    for (const auto state : {FindingState::reported, FindingState::verified, FindingState::referred, FindingState::fix_claimed, FindingState::fixed_verified})
        tiles += stat(Html{count(state)}, label(request, "finding_state", state), {}, request.link("/findings"));
    Page page;
    page.title = i18n::text(request.language, "oversight.desk_title");
    page.audience = Audience::office;
    page.active = "nav.desk";
    page.body = div({cls("page-head")}, h1({}, page.title), p({cls("lead")}, t(request, "oversight.desk_lead")),
                    p({}, a({href(request.link("/places")), cls("button")}, t(request, "oversight.choose_place"))))
                + div({cls("stats")}, tiles) + controls(request, view.drafts, "oversight.drafts") + controls(request, view.open, "oversight.open_controls")
                + controls(request, view.completed, "oversight.completed_controls") + targets(request, view.targets);
    return page;
}

} // namespace adal::oversight
