// Feeds for those who may have them: in the browser, by a key for programs, by TAXII and MISP; and the hash prefixes for
// everybody's phone.
#include "cyber/exchange.hpp"
#include "cyber/feed.hpp"
#include "cyber/feed_key_store.hpp"
#include "cyber/pages.hpp"

#include "base/json.hpp"
#include "base/text.hpp"
#include "http/page.hpp"

#include <boost/json.hpp>
#include <charconv>
#include <fmt/format.h>

namespace adal::cyber {

namespace feed_routes {

using http::Reply;
using http::Request;
using storage::Snapshot;
using storage::Transaction;
using Answered = Result<Reply>;

// What is withdrawn is gone at once: nobody keeps a copy on the way.
Reply fresh(Reply reply)
{
    reply.headers.emplace_back("Cache-Control", "private, no-store");
    return reply;
}

Answered show_list(Snapshot& db, const Request& request)
{
    using namespace http;
    Page page;
    page.title = i18n::text(request.language, "cyber.feeds");
    page.audience = Audience::office;
    page.active = "nav.cyber_desk";
    Html rows, keys;
    for (const auto feed : all_feeds)
        rows += li({cls("row")}, div({cls("row-main")}, a({href("/feeds/" + std::string{file_name(feed)}), Attr("download"), cls("row-title")}, file_name(feed)),
                                     p({cls("row-note")}, t(request, "cyber.feed." + std::string{name(feed)}))));
    for (const auto& key : feed_keys_of(db, request.person())) {
        if (key.revoked_at) continue;
        keys += li({cls("row")}, div({cls("row-main")}, p({}, key.label), p({cls("row-note")}, i18n::date_time(request.language, key.made_at))),
                   div({cls("row-side")}, post_form(request, "/cyber/feeds/revoke", hidden_field("key", key.token_hash) + submit(t(request, "cyber.feed_key_revoke"), "secondary"))));
    }
    page.body = div({cls("page-head")}, h1({}, page.title), p({cls("lead")}, t(request, "cyber.feeds_lead"))) + ul({cls("rows")}, rows) +
                section({cls("card")}, h2({}, t(request, "cyber.feed_keys")), p({cls("hint")}, t(request, "cyber.feed_keys_hint")), keys.empty() ? Html{} : ul({cls("rows")}, keys),
                        post_form(request, "/cyber/feeds/keys", text_field("label", t(request, "cyber.feed_key_label"), "", {Attr("required"), Attr("maxlength", 80)}) + submit(t(request, "cyber.feed_key_make"))));
    return render(request, page);
}

// The public address; where none is configured, the one the reader came by.
std::string site_of(const Request& request, const std::string& origin)
{
    return origin.empty() ? "http://" + std::string{request.header("Host")} : origin;
}

Answered make_key(Transaction& tx, const Request& request, const std::string& origin)
{
    const auto label = clean_text(request.field("label"));
    if (!label || label->empty() || label->size() > 160) return fail(bad_field, {{"field", "label"}, {"reason", "missing"}});
    const auto key = make_feed_key(tx, *label, request.person(), request.at);
    using namespace http;
    Page page;
    page.title = i18n::text(request.language, "cyber.feed_key_made");
    page.audience = Audience::office;
    page.active = "nav.cyber_desk";
    const auto host = site_of(request, origin);
    page.body = div({cls("page-head")}, h1({}, page.title), p({cls("lead")}, t(request, "cyber.feed_key_once"))) +
                facts({{t(request, "cyber.feed_key"), code({cls("break")}, key)},
                       {t(request, "cyber.feed_key_files"), code({cls("break")}, host + "/feeds/" + key + "/resources.csv")},
                       {"MISP", code({cls("break")}, host + "/feeds/" + key + "/misp/")},
                       {"TAXII 2.1", code({cls("break")}, host + "/taxii2/")}}) +
                p({cls("hint")}, t(request, "cyber.feed_key_taxii")) + p({}, a({href(request.link("/cyber/feeds"))}, t(request, "cyber.feeds")));
    return render(request, page);
}

Answered revoke_key(Transaction& tx, const Request& request)
{
    if (!revoke_feed_key(tx, request.field("key"), request.person(), request.at)) return fail(not_found);
    return http::see_other(request.link("/cyber/feeds"));
}

Answered given(Snapshot& db, std::string_view file)
{
    const auto feed = feed_of_file(file);
    if (!feed) return fail(not_found);
    return fresh(http::download(http::bytes_reply(write_feed(*feed, listed_resources(db)), std::string{media_type(*feed)}), file));
}

Answered give(Snapshot& db, const Request& request)
{
    return given(db, request.param("file"));
}

Answered give_by_key(Snapshot& db, const Request& request)
{
    if (!is_open_feed_key(db, request.param("token"))) return fail(not_found);
    return given(db, request.param("file"));
}

Answered give_misp(Snapshot& db, const Request& request, const std::string& origin)
{
    if (!is_open_feed_key(db, request.param("token"))) return fail(not_found);
    const auto site = site_of(request, origin);
    const auto file = request.param("file");
    if (file == "manifest.json") return fresh(http::bytes_reply(misp_manifest(listed_resources(db), site), "application/json"));
    if (file == "hashes.csv") return fresh(http::bytes_reply(misp_hashes(listed_resources(db), site), "text/csv"));
    if (file == misp_event_id(site) + ".json") return fresh(http::bytes_reply(misp_event(listed_resources(db), site), "application/json"));
    return fail(not_found);
}

// HTTP Basic (RFC 7617): any name, the key as the password.
bool may_read(Snapshot& db, const Request& request)
{
    if (request.may(Permission::read_feeds)) return true;
    std::string_view value = request.header("Authorization");
    if (!value.starts_with("Basic ")) return false;
    const auto pair = unbase64(value.substr(6));
    const auto colon = pair ? pair->find(':') : std::string::npos;
    return colon != std::string::npos && is_open_feed_key(db, std::string_view{*pair}.substr(colon + 1));
}

template <typename F> Answered taxii(Snapshot& db, const Request& request, F make)
{
    if (!may_read(db, request)) {
        auto refused = http::bytes_reply(to_text(json::object{{"title", "Unauthorized"}, {"http_status", "401"}}), std::string{kTaxiiType});
        refused.status = 401;
        refused.headers.emplace_back("WWW-Authenticate", "Basic realm=\"Adal feeds\"");
        return refused;
    }
    const Result<TaxiiPage> made = make();
    if (!made) return pass(made);
    auto reply = fresh(http::bytes_reply(made->text, std::string{kTaxiiType}));
    if (made->first) reply.headers.emplace_back("X-TAXII-Date-Added-First", iso(*made->first)); // TAXII 2.1 §3.4.3
    if (made->last) reply.headers.emplace_back("X-TAXII-Date-Added-Last", iso(*made->last));
    return reply;
}

Result<TaxiiQuery> query_of(const Request& request)
{
    TaxiiQuery out;
    const auto number = [&](std::string_view name, std::size_t& into) {
        const auto text = request.query_value(name);
        if (text.empty()) return true;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), into);
        return error == std::errc{} && end == text.data() + text.size();
    };
    constexpr std::size_t kMost = 1000;
    if (!number("limit", out.limit) || out.limit == 0) return fail(bad_field, {{"field", "limit"}, {"reason", "not_a_count"}});
    if (!number("next", out.next)) return fail(bad_field, {{"field", "next"}, {"reason", "not_a_count"}});
    out.limit = std::min(out.limit, kMost);
    if (const auto after = request.query_value("added_after"); !after.empty()) {
        out.added_after = parse_instant(after);
        if (!out.added_after) return fail(bad_field, {{"field", "added_after"}, {"reason", "not_a_choice"}});
    }
    return out;
}

Answered taxii_page(Snapshot& db, const Request& request, TaxiiPage (*make)(const std::vector<Resource>&, const TaxiiQuery&))
{
    return taxii(db, request, [&]() -> Result<TaxiiPage> {
        if (request.param("id") != collection_id()) return fail(not_found);
        const auto query = query_of(request);
        if (!query) return pass(query);
        return make(listed_resources(db), *query);
    });
}

void add_taxii_routes(http::Router& router, const std::string& origin)
{
    const auto get = [&](std::string pattern, auto make, std::string_view doc) {
        router.get(std::move(pattern), Permission::anyone, [make](Snapshot& db, const Request& r) {
            return taxii(db, r, [&]() -> Result<TaxiiPage> {
                const Result<json::object> made = make(r);
                if (!made) return pass(made);
                return TaxiiPage{.text = to_text(*made)};
            });
        }, {.doc = doc});
    };
    get("/taxii2", [origin](const Request& r) -> Result<json::object> { return taxii_discovery(site_of(r, origin)); }, "TAXII 2.1 discovery, by key");
    get("/taxii2/adal", [](const Request&) -> Result<json::object> { return taxii_api_root(); }, "TAXII 2.1 API root, by key");
    get("/taxii2/adal/collections", [](const Request&) -> Result<json::object> { return json::object{{"collections", json::array{taxii_collection()}}}; }, "TAXII 2.1 collections, by key");
    get("/taxii2/adal/collections/{id}", [](const Request& r) -> Result<json::object> {
        if (r.param("id") != collection_id()) return fail(not_found);
        return taxii_collection();
    }, "TAXII 2.1 collection, by key");
    router.get("/taxii2/adal/collections/{id}/objects", Permission::anyone, [](Snapshot& db, const Request& r) { return taxii_page(db, r, taxii_objects); }, {.doc = "TAXII 2.1 objects, by key"});
    router.get("/taxii2/adal/collections/{id}/manifest", Permission::anyone, [](Snapshot& db, const Request& r) { return taxii_page(db, r, taxii_manifest); }, {.doc = "TAXII 2.1 manifest, by key"});
}

Answered give_prefixes(Snapshot& db, const Request&)
{
    json::array out;
    for (const auto prefix : hash_prefixes(listed_resources(db))) out.push_back(json::string{fmt::format("{:08x}", prefix)});
    auto reply = http::json_reply(json::object{{"prefixes", std::move(out)}});
    reply.headers.emplace_back("Cache-Control", "public, max-age=300");
    return reply;
}

Answered give_hashes(Snapshot& db, const Request& request)
{
    const auto text = request.param("prefix");
    std::uint32_t prefix = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), prefix, 16);
    if (text.size() != 8 || error != std::errc{} || end != text.data() + text.size()) return fail(not_found);
    json::array out;
    for (const auto& hash : hashes_under(listed_resources(db), prefix)) out.push_back(json::string{hex(view(hash))});
    auto reply = http::json_reply(json::object{{"hashes", std::move(out)}});
    reply.headers.emplace_back("Cache-Control", "public, max-age=300");
    return reply;
}

} // namespace feed_routes

void add_feed_routes(http::Router& router, std::string origin)
{
    using namespace feed_routes;
    router.page("/cyber/feeds", Permission::read_feeds, show_list, {.doc = "feeds of verified resources, keys for programs"});
    router.form("/cyber/feeds/keys", Permission::read_feeds, [origin](Transaction& tx, const Request& r) { return make_key(tx, r, origin); }, {.doc = "a key by which a program fetches feeds"});
    router.form("/cyber/feeds/revoke", Permission::read_feeds, revoke_key, {.doc = "withdraw a key"});
    router.get("/feeds/{file}", Permission::read_feeds, give, {.doc = "one feed: plain.txt, resources.csv, resources.jsonl, hosts.txt, dnsmasq.conf, adblock.txt, rpz.zone, stix-bundle.json"});
    router.get("/feeds/{token}/{file}", Permission::anyone, give_by_key, {.doc = "one feed, by key"});
    router.get("/feeds/{token}/misp/{file}", Permission::anyone, [origin](Snapshot& db, const Request& r) { return give_misp(db, r, origin); }, {.doc = "MISP feed by key: manifest.json, the event, hashes.csv"});
    add_taxii_routes(router, origin);
    router.get("/api/v1/link-prefixes", Permission::anyone, give_prefixes, {.doc = "first 4 bytes of the hash of each listed key"});
    router.get("/api/v1/link-hashes/{prefix}", Permission::anyone, give_hashes, {.doc = "whole hashes that begin with a prefix"});
}

} // namespace adal::cyber
