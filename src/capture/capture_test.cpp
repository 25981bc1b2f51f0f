#include "capture/address.hpp"
#include "capture/page.hpp"
#include "capture/worker.hpp"
#include "files/sandbox.hpp"

#include <arpa/inet.h>
#include <atomic>
#include <csignal>
#include <functional>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <zlib.h>

namespace adal::capture {
namespace {

using namespace std::chrono_literals;

TEST(Address, WhatIsNotThePublicInternetIsRefused)
{
    for (const auto* host : {"0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.31.255.255", "192.168.0.1", "198.19.0.1", "224.0.0.1", "255.255.255.255", "[::1]", "::",
                             "::ffff:127.0.0.1", "64:ff9b::7f00:1", "fe80::1", "fd00::1", "ff02::1", "2001:db8::1", "2002:7f00:1::", "2001:0:1::"})
        EXPECT_FALSE(is_public_literal(host)) << host;
    for (const auto* host : {"1.1.1.1", "100.128.0.1", "172.32.0.1", "192.0.1.1", "223.255.255.255", "2606:4700:4700::1111", "[2a00:1450::1]", "2001:4860::1"})
        EXPECT_TRUE(is_public_literal(host)) << host;
    EXPECT_FALSE(is_public_literal("example.kz"));
}

TEST(Address, OnlyPortsOfTheWeb)
{
    for (const int port : {80, 443, 8080, 8443}) EXPECT_TRUE(is_web_port(port)) << port;
    for (const int port : {0, 22, 25, 81, 6667, 6000, 10080, 65536, -1}) EXPECT_FALSE(is_web_port(port)) << port;
}

TEST(Page, TextOfHtmlWithoutScriptsAndTricks)
{
    const auto page = read_page("HTTP/1.1 200 OK\r\nContent-Type: Text/HTML; charset=utf-8\r\n\r\n<title>Каспи &amp; Ko</title><script>бұл емес</script><p>Сәлем,\xE2\x80\xAE\n  әлем &#1178;</p><!-- жоқ -->");
    EXPECT_EQ(page.status, 200);
    EXPECT_EQ(page.mime, "text/html");
    EXPECT_EQ(page.title, "Каспи & Ko");
    EXPECT_EQ(page.text, "Сәлем, әлем Қ");
}

TEST(Page, ChunksAndOldLetters)
{
    EXPECT_EQ(dechunked("3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n"), "abcde");
    EXPECT_EQ(dechunked("ffffffffffffffffff\r\nabc"), "");
    EXPECT_EQ(read_page("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n\xCF\xF0\xE8\xE2\xE5\xF2").text, "Привет");
    EXPECT_EQ(read_page("").status, 0);
}

std::string bomb()
{
    std::string zeros(64u << 20, ' '), out(1u << 20, '\0');
    z_stream stream{};
    deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    stream.next_in = reinterpret_cast<Bytef*>(zeros.data());
    stream.avail_in = static_cast<uInt>(zeros.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

TEST(Page, DecompressionBombIsCutOff)
{
    EXPECT_EQ(inflated(bomb(), kMostPage).size(), kMostPage);
}

// Answers each connection with what it is told to.
class HostileServer
{
public:
    using Answer = std::function<void(int socket, const std::atomic<bool>& stop)>;
    explicit HostileServer(Answer answer) : m_answer(std::move(answer))
    {
        std::signal(SIGPIPE, SIG_IGN);
        m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in here{};
        here.sin_family = AF_INET;
        here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof here;
        EXPECT_EQ(::bind(m_listener, reinterpret_cast<sockaddr*>(&here), size), 0);
        EXPECT_EQ(::listen(m_listener, 8), 0);
        ::getsockname(m_listener, reinterpret_cast<sockaddr*>(&here), &size);
        m_port = ntohs(here.sin_port);
        m_thread = std::thread{[this] { run(); }};
    }
    HostileServer(const HostileServer&) = delete;
    HostileServer& operator=(const HostileServer&) = delete;
    ~HostileServer()
    {
        m_stop = true;
        ::shutdown(m_listener, SHUT_RDWR);
        m_thread.join();
        ::close(m_listener);
    }
    [[nodiscard]] int port() const { return m_port; }

private:
    void run()
    {
        for (;;) {
            const int socket = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
            if (socket < 0) return;
            std::string request(4096, '\0');
            if (::recv(socket, request.data(), request.size(), 0) > 0) m_answer(socket, m_stop);
            ::close(socket);
        }
    }
    Answer m_answer;
    std::atomic<bool> m_stop = false;
    int m_listener = -1, m_port = 0;
    std::thread m_thread{};
};

void say(int socket, std::string_view bytes)
{
    files::write_all(socket, bytes);
}

Hop fetch_from(const HostileServer& server, Errand errand = {.url = "http://casino.example/win", .time = 5s, .bytes = kMostBytes})
{
    const Dialer here = [&](const Target&, std::chrono::steady_clock::time_point until) { return dial_address("127.0.0.1", server.port(), until); };
    return fetch_hop("/proc/self/exe", here, {"casino.example", 80}, errand, Instant{1});
}

TEST(Worker, FetchesWhatAResidentSees)
{
    if (files::kSanitizedBuild) GTEST_SKIP() << "built with a sanitizer there is no seccomp, and libcurl connects twice";
    const HostileServer server{[](int socket, const auto&) { say(socket, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n12\r\n<title>Win</title>\r\n4\r\nwin!\r\n0\r\n\r\n"); }};
    const auto hop = fetch_from(server);
    EXPECT_EQ(name(hop.failure), "none");
    EXPECT_EQ(hop.status, 200);
    EXPECT_EQ(hop.title, "Win");
    EXPECT_EQ(hop.text, "win!");
    EXPECT_EQ(hop.address, "127.0.0.1");
    EXPECT_TRUE(hop.request.starts_with("GET /win HTTP/1.1\r\nHost: casino.example\r\n")) << hop.request;
    EXPECT_TRUE(hop.response.ends_with("\r\n\r\n12\r\n<title>Win</title>\r\n4\r\nwin!\r\n0\r\n\r\n")) << hop.response;
}

TEST(Worker, DoesNotFollowByItself)
{
    if (files::kSanitizedBuild) GTEST_SKIP() << "built with a sanitizer there is no seccomp, and libcurl connects twice";
    const HostileServer server{[](int socket, const auto&) { say(socket, "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\nContent-Length: 0\r\n\r\n"); }};
    const auto hop = fetch_from(server);
    EXPECT_TRUE(hop.is_redirect());
    EXPECT_EQ(hop.location, "http://127.0.0.1/");
}

TEST(Worker, SlowDripEndsInTimeAndKeepsWhatCame)
{
    if (files::kSanitizedBuild) GTEST_SKIP() << "built with a sanitizer there is no seccomp, and libcurl connects twice";
    const HostileServer server{[](int socket, const auto& stop) {
        say(socket, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 1000\r\n\r\n");
        for (int n = 0; n < 100 && !stop; ++n) {
            say(socket, "x");
            std::this_thread::sleep_for(50ms);
        }
    }};
    const auto hop = fetch_from(server, {.url = "http://casino.example/", .time = 700ms, .bytes = kMostBytes});
    EXPECT_EQ(name(hop.failure), "time");
    EXPECT_EQ(hop.text.substr(0, 3), "xxx");
}

TEST(Worker, EndlessBodyAndEndlessHeadAreCutOff)
{
    if (files::kSanitizedBuild) GTEST_SKIP() << "built with a sanitizer there is no seccomp, and libcurl connects twice";
    const HostileServer body{[](int socket, const auto& stop) {
        say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 10737418240\r\n\r\n");
        const std::string part(1u << 20, 'z');
        while (!stop && files::write_all(socket, part)) {}
    }};
    const auto big = fetch_from(body);
    EXPECT_EQ(name(big.failure), "size");
    EXPECT_LE(big.response.size(), kMostBytes);
    EXPECT_GT(big.response.size(), kMostBytes / 2);
    const HostileServer head{[](int socket, const auto& stop) {
        say(socket, "HTTP/1.1 200 OK\r\n");
        while (!stop && files::write_all(socket, "X-More: yes, a lot of it\r\n")) {}
    }};
    EXPECT_EQ(name(fetch_from(head).failure), "size");
}

TEST(Worker, BombAndNonsense)
{
    if (files::kSanitizedBuild) GTEST_SKIP() << "built with a sanitizer there is no seccomp, and libcurl connects twice";
    const HostileServer server{[packed = bomb()](int socket, const auto&) { say(socket, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n" + packed); }};
    const auto hop = fetch_from(server);
    EXPECT_EQ(name(hop.failure), "none");
    EXPECT_EQ(hop.text, "");
    const HostileServer rude{[](int socket, const auto&) { say(socket, "SSH-2.0-OpenSSH\r\n"); }};
    EXPECT_EQ(name(fetch_from(rude).failure), "http");
    const HostileServer silent{[](int, const auto&) {}};
    EXPECT_EQ(name(fetch_from(silent).failure), "http");
}

TEST(Worker, NobodyIsConnectedToWhereItIsNotRight)
{
    for (const Target& target : {Target{"127.0.0.1", 80}, Target{"[::1]", 443}, Target{"169.254.169.254", 80}, Target{"localhost", 80}})
        EXPECT_EQ(name(fetch_hop("/proc/self/exe", dial_public, target, {.url = "http://x.example/", .time = 2s, .bytes = 1000}, Instant{1}).failure), "address_not_public") << target.host;
    EXPECT_EQ(name(fetch_hop("/proc/self/exe", dial_public, {"1.1.1.1", 25}, {.url = "http://x.example/", .time = 2s, .bytes = 1000}, Instant{1}).failure), "port_not_web");
}

} // namespace
} // namespace adal::capture
