// Feeds for those who may have them, and the hash prefixes for everybody's phone.
#include "cyber/feed.hpp"
#include "cyber/pages.hpp"

#include "base/json.hpp"
#include "http/page.hpp"

#include <boost/json.hpp>
#include <charconv>
#include <fmt/format.h>

namespace adal::cyber {

namespace feed_routes {

using http::Reply;
using http::Request;
using storage::Snapshot;

Result<Reply> show_list(Snapshot&, const Request& request)
{
    using namespace http;
    Page page;
    page.title = i18n::text(request.language, "cyber.feeds");
    page.audience = Audience::office;
    page.active = "nav.cyber_desk";
    Html rows;
    for (const auto feed : all_feeds)
        rows += li({cls("row")}, div({cls("row-main")}, a({href("/feeds/" + std::string{file_name(feed)}), Attr("download"), cls("row-title")}, file_name(feed)),
                                     p({cls("row-note")}, t(request, "cyber.feed." + std::string{name(feed)}))));
    page.body = div({cls("page-head")}, h1({}, page.title), p({cls("lead")}, t(request, "cyber.feeds_lead"))) + ul({cls("rows")}, rows);
    return render(request, page);
}

Result<Reply> give(Snapshot& db, const Request& request)
{
    const auto feed = feed_of_file(request.param("file"));
    if (!feed) return fail(not_found);
    auto reply = http::bytes_reply(write_feed(*feed, listed_resources(db)), std::string{media_type(*feed)});
    reply.headers.emplace_back("Cache-Control", "private, no-store"); // what is withdrawn is gone at once
    return http::download(std::move(reply), std::string{file_name(*feed)});
}

Result<Reply> give_prefixes(Snapshot& db, const Request&)
{
    json::array out;
    for (const auto prefix : hash_prefixes(listed_resources(db))) out.push_back(json::string{fmt::format("{:08x}", prefix)});
    auto reply = http::json_reply(json::object{{"prefixes", std::move(out)}});
    reply.headers.emplace_back("Cache-Control", "public, max-age=300");
    return reply;
}

Result<Reply> give_hashes(Snapshot& db, const Request& request)
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

void add_feed_routes(http::Router& router)
{
    router.page("/cyber/feeds", Permission::read_feeds, feed_routes::show_list, {.doc = "feeds of verified resources"});
    router.get("/feeds/{file}", Permission::read_feeds, feed_routes::give, {.doc = "one feed: plain.txt, resources.csv, resources.jsonl, hosts.txt, dnsmasq.conf, adblock.txt, rpz.zone, stix-bundle.json"});
    router.get("/api/v1/link-prefixes", Permission::anyone, feed_routes::give_prefixes, {.doc = "first 4 bytes of the hash of each listed key"});
    router.get("/api/v1/link-hashes/{prefix}", Permission::anyone, feed_routes::give_hashes, {.doc = "whole hashes that begin with a prefix"});
}

} // namespace adal::cyber
