#include "probe/test_lab.hpp"

#include <csignal>
#include <fstream>
#include <gtest/gtest.h>
#include <unistd.h>

namespace adal::probe {
namespace {

const std::string kSite = "casino.example";
const std::string kPage = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello";

std::uint16_t closed_port() // bound, but nobody listens
{
    static const LabSocket nobody{SOCK_STREAM};
    return nobody.port();
}

class ProbeLab : public ::testing::Test
{
protected:
    void SetUp() override { std::signal(SIGPIPE, SIG_IGN); } // OpenSSL writes to whoever hung up
    Settings settings() const
    {
        return {.dns = truth.server(), .control_dns = truth.server(), .control_name = "www.example.org",
                .pages = read_block_pages(R"({"pages":[{"id":"lab","body":"closed by order","source":"lab","seen":"2026-11-27","verified":true}]})"), .step_limit = std::chrono::milliseconds{1500},
                .plain_port = closed_port(), .allow_private = true};
    }
    static Target target(std::uint16_t port, bool is_tls)
    {
        return {.url = "https://casino.example/", .host = kSite, .port = port, .is_tls = is_tls};
    }
    static void expect(const Measurement& seen, Outcome outcome, By by, std::string_view reason, bool alive_elsewhere = false)
    {
        const auto verdict = verdict_of(seen, alive_elsewhere);
        EXPECT_EQ(name(verdict.outcome), name(outcome));
        EXPECT_EQ(name(verdict.by), name(by));
        EXPECT_EQ(verdict.reason, reason);
        auto line = measurement_line(seen);
        line.pop_back();
        ASSERT_TRUE(read_measurement(line)); // whatever was seen can be written and read
        EXPECT_EQ(verdict_of(*read_measurement(line), alive_elsewhere), verdict);
    }

    LabResolver truth{{{kSite, {"127.0.0.1"}}}};
    Instant now = *parse_instant("2026-11-27T10:00:00Z");
};

TEST_F(ProbeLab, APageIsReachableAndItsCertificateIsNoted)
{
    const LabTls tls{kSite, kPage};
    const LabServer server{tls};
    const auto seen = measure(target(server.port(), true), settings(), now);
    expect(seen, Outcome::reachable, By::nothing, "page_shown");
    ASSERT_EQ(seen.attempts.size(), 1U);
    EXPECT_EQ(seen.attempts[0].source, Source::both);
    EXPECT_EQ(seen.attempts[0].tls.certificate, Certificate::untrusted);
    EXPECT_EQ(seen.attempts[0].tls.fingerprint.size(), 64U);
    EXPECT_EQ(seen.attempts[0].web.bytes, 5);
    const auto pem = "/tmp/probe-lab-" + std::to_string(::getpid()) + ".pem";
    std::ofstream{pem} << tls.pem();
    auto trusting = settings();
    trusting.authorities = pem;
    EXPECT_EQ(measure(target(server.port(), true), trusting, now).attempts.at(0).tls.certificate, Certificate::valid);
    ::unlink(pem.c_str());
    const LabServer other{LabTls{"other.example", kPage}};
    EXPECT_EQ(measure(target(other.port(), true), settings(), now).attempts.at(0).tls.certificate, Certificate::other_name);
}

TEST_F(ProbeLab, AResolverThatLies)
{
    const LabResolver denies{{}}, inside{{{kSite, {"10.1.2.3"}}}}, site{{{kSite, {"93.184.215.14"}}}};
    auto from = settings();
    from.dns = denies.server();
    expect(measure(target(1, true), from, now), Outcome::blocked, By::dns, "name_denied");
    from.control_dns = denies.server();
    expect(measure(target(1, true), from, now), Outcome::down, By::nothing, "no_name");
    from.dns = inside.server();
    from.control_dns = site.server();
    from.allow_private = false;
    const auto seen = measure(target(1, true), from, now);
    expect(seen, Outcome::blocked, By::dns, "private_address");
    EXPECT_TRUE(seen.attempts.empty()); // nobody was connected to
}

TEST_F(ProbeLab, APrivateAddressIsNotConnectedTo)
{
    const LabServer server{says(kPage)};
    auto from = settings();
    from.allow_private = false;
    EXPECT_TRUE(measure(target(server.port(), false), from, now).attempts.empty());
    auto in_digits = target(server.port(), false);
    in_digits.host = "127.0.0.1";
    EXPECT_TRUE(measure(in_digits, from, now).attempts.empty());
    EXPECT_EQ(server.connections(), 0);
    from.allow_private = true;
    expect(measure(in_digits, from, now), Outcome::reachable, By::nothing, "page_shown");
    EXPECT_EQ(server.connections(), 2) << "is somebody there, and the page";
}

TEST_F(ProbeLab, AnswersThatAreCutAreAskedForByTcpAndASilentResolverIsNoVerdict)
{
    const LabResolver long_answers{{{kSite, {"127.0.0.1"}}}, true};
    const LabServer server{says(kPage)};
    auto from = settings();
    from.dns = long_answers.server();
    expect(measure(target(server.port(), false), from, now), Outcome::reachable, By::nothing, "page_shown");
    const LabSocket silent{SOCK_DGRAM};
    from.dns = silent.server();
    from.step_limit = std::chrono::milliseconds{300};
    const Deadline begun{};
    expect(measure(target(server.port(), false), from, now), Outcome::unclear, By::nothing, "resolver_failed");
    EXPECT_LT(begun.spent_ms(), 3000);
}

TEST_F(ProbeLab, APortThatIsClosed)
{
    const auto seen = measure(target(closed_port(), true), settings(), now);
    EXPECT_EQ(seen.attempts.at(0).tcp.status, TcpStatus::refused);
    expect(seen, Outcome::down, By::nothing, "no_connection");
    expect(seen, Outcome::blocked, By::tcp, "no_connection", true);
}

TEST_F(ProbeLab, ASiteWithoutTlsIsReadByItsPlainPort)
{
    const LabServer server{says(kPage)};
    auto from = settings();
    from.plain_port = server.port();
    const auto seen = measure(target(closed_port(), true), from, now);
    expect(seen, Outcome::reachable, By::nothing, "page_shown");
    EXPECT_EQ(seen.attempts.at(0).port, server.port());
}

TEST_F(ProbeLab, ATlsServerThatResetsOnOneName)
{
    const LabServer server{LabTls{kSite, kPage, kSite}};
    const auto seen = measure(target(server.port(), true), settings(), now);
    EXPECT_EQ(seen.attempts.at(0).tls.status, TlsStatus::reset);
    EXPECT_EQ(seen.attempts.at(0).tls_control.status, TlsStatus::ok);
    expect(seen, Outcome::blocked, By::tls, "name_cut");
}

TEST_F(ProbeLab, ATlsServerThatHangsUpOnEveryName)
{
    const LabServer server{[](const Socket& peer) { (void)peeked(peer), reset(peer); }};
    const auto seen = measure(target(server.port(), true), settings(), now);
    expect(seen, Outcome::down, By::nothing, "tls_cut");
    expect(seen, Outcome::blocked, By::tls, "tls_cut", true);
}

TEST_F(ProbeLab, PagesThatSayTheyAreClosed)
{
    const LabServer law{says("HTTP/1.1 451 Unavailable For Legal Reasons\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")};
    expect(measure(target(law.port(), false), settings(), now), Outcome::blocked, By::http, "status_451");
    const LabServer page{says("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n<h1>closed by order</h1>")};
    const auto seen = measure(target(page.port(), false), settings(), now);
    expect(seen, Outcome::blocked, By::http, "block_page");
    EXPECT_EQ(seen.attempts.at(0).web.block_page, "lab");
    const LabServer gone{says("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")};
    expect(measure(target(gone.port(), false), settings(), now), Outcome::down, By::nothing, "page_gone");
}

TEST_F(ProbeLab, AHostThatIsCutOutOfPlainHttp)
{
    const LabServer server{[](const Socket& peer) {
        const auto asked = peeked(peer);
        if (asked.find("Host: " + kSite) != asked.npos) return reset(peer);
        says(kPage)(Socket{::dup(peer.fd())});
    }};
    expect(measure(target(server.port(), false), settings(), now), Outcome::blocked, By::http, "host_cut");
}

TEST_F(ProbeLab, AnEndlessPageIsCutAndARedirectIsNotFollowed)
{
    const LabServer endless{says("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + std::string(300'000, 'x'))};
    const auto seen = measure(target(endless.port(), false), settings(), now);
    EXPECT_EQ(seen.attempts.at(0).web.bytes, static_cast<std::int64_t>(kMostBody));
    expect(seen, Outcome::reachable, By::nothing, "page_shown");
    const LabServer next{says(kPage)};
    const LabServer redirect{says("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:" + std::to_string(next.port()) + "/\"\\x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")};
    const auto sent_on = measure(target(redirect.port(), false), settings(), now);
    EXPECT_EQ(sent_on.attempts.at(0).web.code, 302);
    EXPECT_TRUE(sent_on.attempts.at(0).web.location.starts_with("http://127.0.0.1:"));
    EXPECT_EQ(next.connections(), 0);
    expect(sent_on, Outcome::reachable, By::nothing, "page_shown");
}

TEST_F(ProbeLab, AServerThatSaysNothingEndsInTime)
{
    const LabServer server{[](const Socket& peer) { (void)wait_for(peer.fd(), POLLRDHUP, {.limit = std::chrono::milliseconds{400}}); }};
    auto from = settings();
    from.step_limit = std::chrono::milliseconds{300};
    const Deadline begun{};
    expect(measure(target(server.port(), true), from, now), Outcome::down, By::nothing, "tls_cut");
    EXPECT_LT(begun.spent_ms(), 5000);
}

} // namespace
} // namespace adal::probe
