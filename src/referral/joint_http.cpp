// Addresses of a joint control: the invitation, the shared protocol, the compartments.
#include "http/page.hpp"
#include "people/people.hpp"
#include "referral/form_http.hpp"
#include "referral/joint_store.hpp"
#include "referral/label_view.hpp"
#include "referral/pages.hpp"
#include "referral/referral.hpp"

namespace adal::referral {

namespace joint_pages {

using namespace http;
using Answer = Result<http::Reply>;
using storage::Snapshot;
using storage::Transaction;

bool is_lawyer(const Request& request)
{
    return request.may(Permission::sign_documents);
}

std::string path_of(ControlId control, std::string_view rest = "")
{
    return "/controls/" + control.str() + "/joint" + std::string(rest);
}

Html begin_form(Snapshot& db, const Request& request, ControlId control)
{
    std::vector<Choice> authorities{{"", say(request, "choose_authority")}};
    for (const auto& version : authorities_on(db, local_date(request.at)))
        authorities.push_back({version.authority.str(), version.names.in(request.language)});
    return section({cls("card")}, h2({}, say(request, "joint.begin")),
                   post_form(request, path_of(control),
                             p({cls("hint")}, say(request, "joint.begin_hint")) + select_field("authority", say(request, "authority"), authorities) +
                                 text_field("number", say(request, "joint.number"), "", {Attr("required"), Attr("maxlength", 80)}) +
                                 text_field("on", say(request, "joint.invited_on"), iso(local_date(request.at)), {Attr("type", "date"), Attr("required")}) +
                                 area_field("text", say(request, "joint.about"), "", {Attr("maxlength", 4000)}) + submit(say(request, "save"))));
}

Html agree_form(const Request& request, const JointEntry& entry)
{
    const bool is_open = entry.compartment == Compartment::shared && !entry.is_in_force();
    if (!is_open || entry.written_by == request.person()) return {};
    const auto form = entry.id.str();
    return details({}, summary({}, say(request, "joint.agree")),
                   post_form(request, path_of(entry.control, "/agree"),
                             hidden_field("entry", entry.id.text()) +
                                 text_field("post#" + form, say(request, "joint.their_post"), "", {Attr("required"), Attr("maxlength", 200)}, say(request, "joint.their_post_hint")) +
                                 submit(say(request, "joint.agree"))));
}

Html entry_row(const Request& request, const JointEntry& entry, const std::string& author)
{
    Html state;
    if (entry.compartment == Compartment::shared)
        state = badge(say(request, entry.is_in_force() ? "joint.in_force" : "joint.proposed"), entry.is_in_force() ? "good" : "warn");
    Html note = author + " · " + i18n::date_time(request.language, entry.written_at);
    if (entry.is_in_force()) note += Html{" · "} + say(request, "joint.agreed_with", {{"post", entry.their_post}});
    if (entry.leaf)
        note += Html{" · "} + a({href("/log-entries/" + std::to_string(*entry.leaf) + "/leaf")}, say(request, "log_entry", {{"number", std::to_string(*entry.leaf)}}));
    return li({cls("row")}, div({cls("row-main")}, p({}, entry.text), p({cls("row-note")}, note), agree_form(request, entry)), div({cls("row-side")}, state));
}

Html write_form(const Request& request, ControlId control, Compartment compartment)
{
    const auto form = std::string(name(compartment));
    return details({}, summary({}, say(request, "joint.write")),
                   post_form(request, path_of(control, "/entries"),
                             hidden_field("compartment", form) +
                                 area_field("text#" + form, say(request, "joint.entry"), "", {Attr("required"), Attr("maxlength", 8000)}) + submit(say(request, "save"))));
}

Html compartments(Snapshot& db, const Request& request, ControlId control)
{
    const auto entries = joint_entries(db, control, is_lawyer(request));
    std::vector<PersonId> people;
    for (const auto& entry : entries) people.push_back(entry.written_by);
    const auto names = people::full_names(db, people);
    Html out;
    for (const auto compartment : all_compartments) {
        if (!may_read(compartment, is_lawyer(request))) continue;
        Html rows;
        for (const auto& entry : entries) {
            if (entry.compartment != compartment) continue;
            const auto author = names.find(entry.written_by);
            rows += entry_row(request, entry, author == names.end() ? std::string("–") : author->second);
        }
        const auto key = "joint." + std::string(name(compartment));
        out += section({cls("card"), id_(name(compartment))}, h2({}, say(request, key)), p({cls("hint")}, say(request, key + "_hint")),
                       rows.empty() ? Html{} : ul({cls("rows")}, rows), write_form(request, control, compartment));
    }
    return out;
}

Answer show(Snapshot& db, const Request& request)
{
    const auto id = request.path_id<ControlId>();
    if (!id) return pass(id);
    const auto control = oversight::find_control(db, *id);
    if (!control) return fail(not_found);
    Page page{.title = i18n::text(request.language, "referral.joint.title"), .audience = Audience::office, .active = "nav.controls"};
    page.body = div({cls("page-head")}, h1({}, page.title), p({cls("lead")}, a({href(request.link("/controls/" + id->str()))}, control->title)));
    if (const auto joint = find_joint(db, *id)) {
        const auto version = authority_version(db, joint->authority_version);
        page.body += facts({{say(request, "authority"), version ? Html{version->names.in(request.language)} : Html{}},
                            {say(request, "joint.number"), joint->number},
                            {say(request, "joint.invited_on"), i18n::date(request.language, joint->invited_on)},
                            {say(request, "joint.about"), joint->text}}) +
                     compartments(db, request, *id);
    } else {
        page.body += begin_form(db, request, *id);
    }
    return render(request, page);
}

Answer back(const Request& request, ControlId id)
{
    return see_other(request.link(path_of(id)));
}

Answer begin(Transaction& tx, const Request& request)
{
    const auto id = request.path_id<ControlId>();
    if (!id) return pass(id);
    const auto authority = AuthorityId::parse(request.field("authority"));
    if (!authority) return bad_choice("authority", authority);
    const auto on = read_day(request, "on");
    if (!on) return pass(on);
    const auto number = cleaned(request, "number"), text = cleaned_lines(request, "text");
    if (!number) return pass(number);
    if (!text) return pass(text);
    const auto begun = begin_joint_control(tx, {.control = *id, .authority = *authority, .number = *number, .invited_on = *on, .text = *text},
                                           request.person(), request.at);
    if (!begun) return pass(begun);
    return back(request, *id);
}

Answer write(Transaction& tx, const Request& request)
{
    const auto id = request.path_id<ControlId>();
    if (!id) return pass(id);
    const auto compartment = compartment_from(request.field("compartment"));
    if (!compartment) return bad_choice("compartment", compartment);
    if (!may_read(*compartment, is_lawyer(request))) return fail(not_allowed);
    const auto text = cleaned_lines(request, "text");
    if (!text) return pass(text);
    const auto written = write_joint_entry(tx, *id, *compartment, *text, request.person(), request.at);
    if (!written) return pass(written);
    return back(request, *id);
}

Answer agree_entry(Transaction& tx, const Request& request)
{
    const auto id = request.path_id<ControlId>();
    if (!id) return pass(id);
    const auto entry = JointEntryId::parse(request.field("entry"));
    if (!entry) return bad_choice("entry", entry);
    const auto post = cleaned(request, "post");
    if (!post) return pass(post);
    const auto agreed = agree_joint_entry(tx, *id, *entry, *post, request.person(), request.at);
    if (!agreed) return pass(agreed);
    return back(request, *id);
}

} // namespace joint_pages

void add_joint_routes(http::Router& router)
{
    using enum Permission;
    router.page("/controls/{id}/joint", send_referrals, joint_pages::show, {.doc = "joint control with a law-enforcement body: protocol and compartments"});
    router.form("/controls/{id}/joint", send_referrals, joint_pages::begin, {.doc = "record the invitation to a joint control"});
    router.form("/controls/{id}/joint/entries", send_referrals, joint_pages::write, {.doc = "an entry of the protocol or of a compartment"});
    router.form("/controls/{id}/joint/agree", send_referrals, joint_pages::agree_entry, {.doc = "both sides agreed to an entry of the protocol"});
}

} // namespace adal::referral
