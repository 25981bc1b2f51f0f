// Addresses of the register of authorities: the list, one authority with how it answers, the forms that complete it.
#include "http/page.hpp"
#include "referral/authority_store.hpp"
#include "referral/authority_view.hpp"
#include "referral/competence_store.hpp"
#include "referral/form_http.hpp"
#include "referral/label_view.hpp"
#include "referral/pages.hpp"

#include <algorithm>

namespace adal::referral {

using namespace http;
using storage::Snapshot;
using storage::Transaction;

namespace authority_pages {

using Answer = Result<http::Reply>;

// The newest version of each, with the dates of all of them.
Html register_table(Snapshot& db, const Request& request)
{
    const auto counts = statistics(db, local_date(request.at));
    std::vector<std::vector<Html>> rows;
    for (const auto& version : list_versions(db)) {
        Html called = a({href(request.link("/authorities/" + version.authority.str()))}, version.names.in(request.language));
        for (const auto& succession : successions_of(db, version.authority))
            if (const auto next = authority_on(db, succession.to, local_date(request.at)))
                called += p({cls("row-note")}, say(request, "succeeded_by", {{"authority", next->names.in(request.language)}}));
        const auto count = counts.find(version.authority);
        const auto known = count == counts.end() ? AuthorityStatistics{} : count->second;
        called += p({cls("row-note")}, badge(say(request, version.verified ? "rule_verified" : "rule_unverified"), version.verified ? "good" : "warn"));
        rows.push_back({called, validity(request, version.valid_from, version.valid_to), Html{known.answers.sent},
                        share_of(request, known.answers.in_time, known.answers.answered + known.answers.overdue),
                        share_of(request, known.fixes.fixed_verified, known.fixes.referred), Html{known.fixes.claimed_unchecked}});
    }
    const auto column = [&](std::string_view key) { return i18n::text(request.language, "referral." + std::string(key)); };
    return data_table(say(request, "authorities"),
                      {column("authority"), column("validity"), "#" + column("stat.sent"), "#" + column("stat.in_time"),
                       "#" + column("stat.fixed"), "#" + column("stat.claimed")},
                      rows);
}

Html add_form(const Request& request)
{
    if (!request.may(Permission::send_referrals)) return {};
    std::vector<Choice> channels;
    for (const auto channel : all_channels)
        channels.push_back({std::string(name(channel)), say(request, "channel." + std::string(name(channel)))});
    return details({cls("card")}, summary({}, say(request, "add_authority")),
                   post_form(request, "/authorities",
                             text_field("kk", say(request, "name_kk"), "", {Attr("required"), Attr("maxlength", 300)}) +
                                 text_field("ru", say(request, "name_ru"), "", {Attr("maxlength", 300)}) +
                                 text_field("en", say(request, "name_en"), "", {Attr("maxlength", 300)}) +
                                 text_field("bin", say(request, "bin"), "", {Attr("inputmode", "numeric"), Attr("maxlength", 12)}) +
                                 text_field("territory", say(request, "territory"), "", {Attr("maxlength", 160)}, say(request, "territory_hint")) +
                                 select_field("channel", say(request, "channel_label"), channels, "eotinish") +
                                 text_field("address", say(request, "channel_address"), "", {Attr("maxlength", 300)}) +
                                 text_field("valid_from", say(request, "valid_from"), iso(local_date(request.at)), {Attr("type", "date"), Attr("required")}) +
                                 text_field("source", say(request, "source"), "", {Attr("required"), Attr("maxlength", 300)}) +
                                 submit(say(request, "add"))));
}

Answer show_list(Snapshot& db, const Request& request)
{
    Page page{.title = i18n::text(request.language, "referral.authorities")};
    page.body = div({cls("page-head")}, h1({}, page.title), p({cls("lead")}, say(request, "authorities_lead"))) +
                register_table(db, request) + add_form(request);
    return render(request, page);
}

void add_name(Snapshot& db, AuthorityPage& view, AuthorityId id)
{
    if (!id.is_set()) return;
    const auto versions = versions_of(db, id);
    if (!versions.empty()) view.names[id] = versions.back().names;
}

Answer show_one(Snapshot& db, const Request& request)
{
    const auto id = request.path_id<AuthorityId>();
    if (!id) return pass(id);
    AuthorityPage view{.id = *id, .versions = versions_of(db, *id), .today = local_date(request.at)};
    if (view.versions.empty()) return fail(not_found);
    view.successions = successions_of(db, *id);
    view.competences = competences_of(db, *id);
    view.channels = channels_of(db, *id);
    view.statistics = statistics_of(db, *id, view.today);
    for (const auto& succession : view.successions) add_name(db, view, succession.to);
    for (const auto& version : view.versions) add_name(db, view, version.parent);
    if (request.may(Permission::send_referrals)) view.choices = authorities_on(db, view.today);
    return render(request, authority_page(request, view));
}

Result<AuthorityVersion> read_version(const Request& request)
{
    const auto text = [&](std::string_view field) { return clean_text(request.field(field)).value_or(""); };
    const auto channel = channel_from(request.field("channel"));
    if (!channel) return bad_choice("channel", channel);
    const auto from = read_day(request, "valid_from");
    if (!from) return pass(from);
    if (text("source").empty()) return fail(bad_field, {{"field", "source"}, {"reason", "missing"}});
    return AuthorityVersion{.names = {text("kk"), text("ru"), text("en")},
                            .bin = text("bin"),
                            .parent = AuthorityId::parse(request.field("parent")).value_or(AuthorityId{}),
                            .territory = text("territory"),
                            .channel = *channel,
                            .address = text("address"),
                            .valid_from = *from,
                            .legal_act = text("legal_act"),
                            .source = text("source"),
                            .verified = request.field("verified") == "yes"};
}

Answer back(const Request& request, AuthorityId id)
{
    return see_other(request.link("/authorities/" + id.str()));
}

Answer post_authority(Transaction& tx, const Request& request)
{
    const auto version = read_version(request);
    if (!version) return pass(version);
    const auto added = add_authority(tx, *version, request.at);
    if (!added) return pass(added);
    return see_other(request.link("/authorities"));
}

Answer post_version(Transaction& tx, const Request& request)
{
    const auto id = request.path_id<AuthorityId>();
    if (!id) return pass(id);
    auto version = read_version(request);
    if (!version) return pass(version);
    version->authority = *id;
    if (version->parent.is_set() && versions_of(tx, version->parent).empty()) return fail(authority_unknown);
    const auto added = add_authority(tx, *version, request.at);
    if (!added) return pass(added);
    return back(request, *id);
}

Answer post_close(Transaction& tx, const Request& request)
{
    const auto id = request.path_id<AuthorityId>();
    if (!id) return pass(id);
    const auto last_day = read_day(request, "last_day");
    if (!last_day) return pass(last_day);
    const auto closed = close_authority(tx, *id, *last_day);
    if (!closed) return pass(closed);
    return back(request, *id);
}

Answer post_succession(Transaction& tx, const Request& request)
{
    const auto id = request.path_id<AuthorityId>();
    if (!id) return pass(id);
    const auto to = AuthorityId::parse(request.field("to"));
    if (!to) return bad_choice("to", to);
    const auto kind = succession_from(request.field("kind"));
    if (!kind) return bad_choice("kind", kind);
    const auto on = read_day(request, "on");
    if (!on) return pass(on);
    const auto act = cleaned(request, "act");
    if (!act) return pass(act);
    const auto added = add_succession(tx, {.from = *id, .to = *to, .kind = *kind, .on = *on, .act = *act});
    if (!added) return pass(added);
    return back(request, *id);
}

Answer post_competence(Transaction& tx, const Request& request)
{
    const auto id = request.path_id<AuthorityId>();
    if (!id) return pass(id);
    const auto from = read_day(request, "valid_from");
    if (!from) return pass(from);
    const auto source = cleaned(request, "source");
    if (!source) return pass(source);
    const auto added = add_competence(tx,
                                      {.authority = *id, .topic = std::string(request.field("topic")),
                                       .territory = std::string(trim(request.field("territory"))), .valid_from = *from,
                                       .source = *source, .verified = request.field("verified") == "yes"},
                                      request.at);
    if (!added) return pass(added);
    return back(request, *id);
}

Answer post_channel(Transaction& tx, const Request& request)
{
    constexpr std::int64_t kilobyte = 1024;
    const auto id = request.path_id<AuthorityId>();
    if (!id) return pass(id);
    const auto kind = channel_from(request.field("kind"));
    if (!kind) return bad_choice("kind", kind);
    const auto from = read_day(request, "valid_from");
    if (!from) return pass(from);
    Channel channel{.authority = *id, .kind = *kind, .valid_from = *from};
    const auto address = cleaned(request, "address"), source = cleaned(request, "source");
    if (!address) return pass(address);
    if (!source) return pass(source);
    channel.address = *address;
    channel.source = *source;
    const auto letters = read_limit(request, "max_letters"), files = read_limit(request, "max_files"), size = read_limit(request, "max_kilobytes");
    for (const auto* limit : {&letters, &files, &size})
        if (!*limit) return pass(*limit);
    channel.max_letters = *letters;
    channel.max_files = *files;
    constexpr std::int64_t most_kilobytes = 1 << 30;
    if (*size) channel.max_file_bytes = std::min(**size, most_kilobytes) * kilobyte;
    const auto added = add_channel(tx, channel, request.at);
    if (!added) return pass(added);
    return back(request, *id);
}

} // namespace authority_pages

void add_authority_routes(Router& router)
{
    using namespace authority_pages;
    using enum Permission;
    router.page("/authorities", anyone, show_list, {.doc = "register of authorities and how they answer"});
    router.page("/authorities/{id}", anyone, show_one, {.doc = "one authority: answers, fixes, versions, competence"});
    router.form("/authorities", send_referrals, post_authority, {.doc = "add an authority"});
    router.form("/authorities/{id}/versions", send_referrals, post_version, {.doc = "a new version of an authority"});
    router.form("/authorities/{id}/close", send_referrals, post_close, {.doc = "end the open version of an authority"});
    router.form("/authorities/{id}/succession", send_referrals, post_succession, {.doc = "who came after an authority"});
    router.form("/authorities/{id}/competences", send_referrals, post_competence, {.doc = "what an authority answers for"});
    router.form("/authorities/{id}/channels", send_referrals, post_channel, {.doc = "a channel of an authority with its limits"});
}

void add_routes(Router& router, const Law& law, files::Store& files, std::string origin)
{
    add_board_routes(router, law, origin);
    add_inbox_routes(router, law, files, origin);
    add_parcel_routes(router, law, origin);
    add_batch_routes(router, law, files);
    add_step_routes(router, law, files);
    add_calendar_routes(router, law);
    add_joint_routes(router);
    add_document_routes(router, law, files, std::move(origin));
    add_authority_routes(router);
}

} // namespace adal::referral
