#include "probe/probe.hpp"

#include <gtest/gtest.h>

namespace adal::probe {
namespace {

const auto kSite = *parse_address("93.184.215.14"), kOther = *parse_address("8.8.8.8"), kInside = *parse_address("10.0.0.1");

Attempt page(Address address, Source source, int code, Certificate certificate = Certificate::valid)
{
    return {.address = address, .port = 443, .source = source, .tcp = {TcpStatus::ok, 1}, .tls = {.status = TlsStatus::ok, .certificate = certificate}, .web = {.status = WebStatus::ok, .code = code}};
}
Attempt no_connection(Address address, Source source, TcpStatus status)
{
    return {.address = address, .port = 443, .source = source, .tcp = {status, 1}};
}
Attempt cut(TlsStatus with_name, TlsStatus without)
{
    return {.address = kSite, .port = 443, .source = Source::both, .tcp = {TcpStatus::ok, 1}, .tls = {.status = with_name}, .tls_control = {.status = without}};
}
Attempt closed_page(int code, std::string id, bool verified)
{
    auto out = page(kSite, Source::both, code);
    out.web.block_page = std::move(id);
    out.web.page_is_verified = verified;
    return out;
}
Attempt plain(WebStatus with_host, WebStatus without)
{
    return {.address = kSite, .port = 80, .source = Source::both, .tcp = {TcpStatus::ok, 1}, .web = {.status = with_host}, .web_control = {.status = without}};
}

struct Row {
    const char* what;
    Lookup here, control;
    std::vector<Attempt> attempts;
    bool alive_elsewhere;
    Verdict wanted;
};

Lookup found(std::vector<Address> addresses)
{
    return {.status = DnsStatus::ok, .addresses = std::move(addresses)};
}
Lookup none(DnsStatus status)
{
    return {.status = status};
}
constexpr Verdict blocked(By by, std::string_view reason)
{
    return {Outcome::blocked, by, reason};
}
constexpr Verdict down(std::string_view reason)
{
    return {Outcome::down, By::nothing, reason};
}
constexpr Verdict unclear(std::string_view reason)
{
    return {Outcome::unclear, By::nothing, reason};
}
constexpr Verdict shown{Outcome::reachable, By::nothing, "page_shown"};

void expect(const std::vector<Row>& rows)
{
    for (const auto& row : rows) {
        const auto seen = verdict_of({.here = row.here, .control = row.control, .attempts = row.attempts}, row.alive_elsewhere);
        EXPECT_EQ(name(seen.outcome), name(row.wanted.outcome)) << row.what;
        EXPECT_EQ(name(seen.by), name(row.wanted.by)) << row.what;
        EXPECT_EQ(seen.reason, row.wanted.reason) << row.what;
    }
}

TEST(ProbeVerdict, Names)
{
    const auto site = found({kSite});
    expect({
        {"denied here, known elsewhere", none(DnsStatus::no_name), site, {}, false, blocked(By::dns, "name_denied")},
        {"no address here", none(DnsStatus::no_address), site, {}, false, blocked(By::dns, "name_denied")},
        {"gone for both", none(DnsStatus::no_name), none(DnsStatus::no_name), {}, true, down("no_name")},
        {"control says nothing", none(DnsStatus::no_name), none(DnsStatus::silent), {}, true, unclear("no_control")},
        {"our resolver is broken", none(DnsStatus::silent), site, {}, true, unclear("resolver_failed")},
        {"our resolver refuses everything", none(DnsStatus::refused), site, {}, false, unclear("resolver_failed")},
        {"a private address here", found({kInside}), site, {}, false, blocked(By::dns, "private_address")},
        {"a private address for all", found({kInside}), found({kInside}), {}, false, down("private_for_all")},
        {"a private address, no control", found({kInside}), none(DnsStatus::silent), {}, false, unclear("no_control")},
        {"another machine, whose certificate is not theirs", found({kOther}), site, {page(kOther, Source::here, 200, Certificate::untrusted), page(kSite, Source::control, 200)}, false,
         blocked(By::dns, "sent_elsewhere")},
        {"another machine that is dead", found({kOther}), site, {no_connection(kOther, Source::here, TcpStatus::refused), page(kSite, Source::control, 200)}, false, blocked(By::dns, "sent_elsewhere")},
        {"two machines of one site", found({kOther}), site, {page(kOther, Source::here, 200), page(kSite, Source::control, 200)}, false, shown},
    });
}

TEST(ProbeVerdict, ConnectionsAndHandshakes)
{
    const auto site = found({kSite});
    expect({
        {"refused, alive abroad", site, site, {no_connection(kSite, Source::both, TcpStatus::refused)}, true, blocked(By::tcp, "no_connection")},
        {"timeout, alive abroad", site, site, {no_connection(kSite, Source::both, TcpStatus::timeout)}, true, blocked(By::tcp, "no_connection")},
        {"timeout, nobody saw it alive", site, site, {no_connection(kSite, Source::both, TcpStatus::timeout)}, false, down("no_connection")},
        {"timeout, and the control resolver is silent", site, none(DnsStatus::silent), {no_connection(kSite, Source::here, TcpStatus::timeout)}, true, unclear("control_silent")},
        {"no network here", site, site, {no_connection(kSite, Source::both, TcpStatus::unreachable)}, true, unclear("no_network")},
        {"reset with the true name only", site, site, {cut(TlsStatus::reset, TlsStatus::ok)}, false, blocked(By::tls, "name_cut")},
        {"silence with the true name only", site, site, {cut(TlsStatus::timeout, TlsStatus::alert)}, false, blocked(By::tls, "name_cut")},
        {"closed with the true name only", site, site, {cut(TlsStatus::closed, TlsStatus::ok)}, false, blocked(By::tls, "name_cut")},
        {"reset with any name", site, site, {cut(TlsStatus::reset, TlsStatus::reset)}, false, down("tls_cut")},
        {"reset with any name, alive abroad", site, site, {cut(TlsStatus::reset, TlsStatus::reset)}, true, blocked(By::tls, "tls_cut")},
        {"the server itself says no", site, site, {cut(TlsStatus::alert, TlsStatus::not_tried)}, true, unclear("no_page")},
    });
}

TEST(ProbeVerdict, Pages)
{
    const auto site = found({kSite});
    expect({
        {"a page", site, site, {page(kSite, Source::both, 200)}, false, shown},
        {"a redirect", site, site, {page(kSite, Source::both, 302)}, false, shown},
        {"a bad certificate of its own", site, site, {page(kSite, Source::both, 200, Certificate::untrusted)}, false, shown},
        {"a door that is shut to probes", site, site, {page(kSite, Source::both, 403)}, false, shown},
        {"451", site, site, {page(kSite, Source::both, 451)}, false, blocked(By::http, "status_451")},
        {"a known block page", site, site, {closed_page(200, "x", true)}, false, blocked(By::http, "block_page")},
        {"a block page nobody verified", site, site, {closed_page(200, "x", false)}, false, unclear("page_not_verified")},
        {"the same, alive abroad", site, site, {closed_page(302, "x", false)}, true, blocked(By::http, "block_page")},
        {"cut with the true Host only", site, site, {plain(WebStatus::reset, WebStatus::ok)}, false, blocked(By::http, "host_cut")},
        {"cut with any Host", site, site, {plain(WebStatus::reset, WebStatus::reset)}, false, unclear("no_page")},
        {"gone", site, site, {page(kSite, Source::both, 404)}, false, down("page_gone")},
        {"broken", site, site, {page(kSite, Source::both, 502)}, false, down("page_gone")},
        {"gone here, alive abroad", site, site, {page(kSite, Source::both, 404)}, true, unclear("differs_elsewhere")},
        {"one of two addresses works", site, site, {no_connection(kSite, Source::both, TcpStatus::timeout), page(kOther, Source::both, 200)}, true, shown},
        {"nothing was tried", site, site, {}, true, unclear("nothing_tried")},
    });
}

TEST(ProbeVerdict, BlockPagesAreKnownByTextOrRedirect)
{
    const auto pages = read_block_pages(R"({"pages":[{"id":"a","body":"closed by order","source":"s","seen":"2026-01-01","verified":true},)"
                                        R"({"id":"b","location":"http://stop.example/","body":"x","source":"s","seen":"2026-01-01","verified":false}]})");
    EXPECT_EQ(block_page_of(pages, "<p>closed by order</p>", "")->id, "a");
    EXPECT_EQ(block_page_of(pages, "x", "http://stop.example/?1")->id, "b");
    EXPECT_EQ(block_page_of(pages, "", "http://stop.example/?1"), nullptr); // all that is given must be there
    EXPECT_EQ(block_page_of(pages, "x", "https://shop.example/"), nullptr);
    EXPECT_THROW(read_block_pages(R"({"pages":[{"id":"a","source":"s","seen":"d","verified":true}]})"), CheckFailed);
    EXPECT_FALSE(block_pages().empty());
}

} // namespace
} // namespace adal::probe
