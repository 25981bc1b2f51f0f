// Addresses of the register of authorities.
#include "base/text.hpp"
#include "http/page.hpp"
#include "referral/authority_store.hpp"
#include "referral/pages.hpp"
#include "referral/label_view.hpp"

namespace adal::referral {

using namespace http;
using storage::Snapshot;
using storage::Transaction;

namespace {

// 1900-01-01 of the seed: in force before the register was kept.
Html validity(const Request& request, const AuthorityVersion& version)
{
    constexpr int before_the_register = 1900;
    const auto from = version.valid_from.year() == before_the_register
                          ? std::string("…")
                          : i18n::date(request.language, version.valid_from);
    const auto to = version.valid_to ? i18n::date(request.language, *version.valid_to) : std::string("…");
    return from + " – " + to;
}

Html register_table(Snapshot& db, const Request& request)
{
    std::vector<std::vector<Html>> rows;
    for (const auto& version : list_versions(db)) {
        Html called = strong({}, version.names.in(request.language));
        for (const auto& succession : successions_of(db, version.authority))
            if (const auto next = authority_on(db, succession.to, local_date(request.at)))
                called += p({cls("row-note")}, say(request, "succeeded_by", {{"authority", next->names.in(request.language)}}));
        rows.push_back({called, version.bin.empty() ? Html{"–"} : Html{version.bin},
                        say(request, "channel." + std::string(name(version.channel))),
                        validity(request, version),
                        badge(say(request, version.verified ? "rule_verified" : "rule_unverified"),
                              version.verified ? "good" : "warn") +
                            p({cls("row-note")}, version.source)});
    }
    const auto column = [&](std::string_view key) {
        return i18n::text(request.language, "referral." + std::string(key));
    };
    return data_table(say(request, "authorities"),
                      {column("authority"), column("bin"), column("channel_label"), column("validity"), column("source")}, rows);
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
                                 select_field("channel", say(request, "channel_label"), channels, "eotinish") +
                                 text_field("address", say(request, "channel_address"), "", {Attr("maxlength", 300)}) +
                                 text_field("valid_from", say(request, "valid_from"), iso(local_date(request.at)), {Attr("type", "date"), Attr("required")}) +
                                 text_field("source", say(request, "source"), "", {Attr("required"), Attr("maxlength", 300)}) +
                                 submit(say(request, "add"))));
}

Result<http::Reply> show_authorities(Snapshot& db, const Request& request)
{
    Page page{.title = i18n::text(request.language, "referral.authorities")};
    page.body = div({cls("page-head")}, h1({}, page.title), p({cls("lead")}, say(request, "authorities_lead"))) +
                register_table(db, request) + add_form(request);
    return render(request, page);
}

Result<http::Reply> post_authority(Transaction& tx, const Request& request)
{
    const auto text = [&](std::string_view field) { return clean_text(request.field(field)).value_or(""); };
    const auto channel = channel_from(request.field("channel"));
    if (!channel) return fail(bad_field, {{"field", "channel"}, {"reason", "unknown"}});
    const auto from = parse_date(request.field("valid_from"));
    if (!from) return fail(bad_field, {{"field", "valid_from"}, {"reason", "not_a_date"}});
    if (text("source").empty()) return fail(bad_field, {{"field", "source"}, {"reason", "missing"}});
    const auto added = add_authority(tx,
                                     {.names = {text("kk"), text("ru"), text("en")},
                                      .bin = text("bin"),
                                      .channel = *channel,
                                      .address = text("address"),
                                      .valid_from = *from,
                                      .source = text("source")},
                                     request.at);
    if (!added) return pass(added);
    return see_other(request.link("/authorities"));
}

} // namespace

void add_authority_routes(Router& router)
{
    router.page("/authorities", Permission::anyone, show_authorities, {.doc = "register of authorities and their versions"});
    router.form("/authorities", Permission::send_referrals, post_authority, {.doc = "add an authority"});
}

void add_routes(Router& router, const Law& law, files::Store& files, std::string origin)
{
    add_document_routes(router, law, files, std::move(origin));
    add_authority_routes(router);
}

} // namespace adal::referral
