// probe/test_lab.hpp: a small Internet on this machine for tests: resolvers that tell the truth or lie, servers that answer, hang
// up on a name, or say that they are closed. Every server ends with its object.
#pragma once

#include "probe/probe.hpp"
#include "probe/socket.hpp"

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <netinet/in.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <thread>

namespace adal::probe {

inline const Address kLoopback = *parse_address("127.0.0.1");

// A socket of this machine on a port of the system's choice.
class LabSocket
{
public:
    explicit LabSocket(int type) : m_socket(::socket(AF_INET, type | SOCK_CLOEXEC, 0))
    {
        const auto any = socket_name({kLoopback, 0});
        ADAL_CHECK(::bind(fd(), reinterpret_cast<const sockaddr*>(&any.storage), any.length) == 0);
        sockaddr_in bound{};
        socklen_t size = sizeof bound;
        ADAL_CHECK(::getsockname(fd(), reinterpret_cast<sockaddr*>(&bound), &size) == 0);
        m_port = ntohs(bound.sin_port);
    }
    [[nodiscard]] int fd() const { return m_socket.fd(); }
    [[nodiscard]] std::uint16_t port() const { return m_port; }
    [[nodiscard]] Server server() const { return {kLoopback, m_port}; }
    [[nodiscard]] bool is_ready() const { return wait_for(fd(), POLLIN, {.limit = std::chrono::milliseconds{50}}); }

private:
    Socket m_socket;
    std::uint16_t m_port = 0;
};

// A resolver: addresses by name; a name it does not know does not exist. Asked by UDP, it can say that TCP must be used.
class LabResolver
{
public:
    explicit LabResolver(std::map<std::string, std::vector<std::string>> names, bool only_tcp = false) : m_names(std::move(names)), m_only_tcp(only_tcp)
    {
        m_thread = std::jthread{[this](const std::stop_token& stop) {
            while (!stop.stop_requested()) serve();
        }};
    }
    [[nodiscard]] Server server() const { return m_udp.server(); }

private:
    struct Twin { // TCP on the same port
        explicit Twin(std::uint16_t port) : socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
        {
            const auto name = socket_name({kLoopback, port});
            ADAL_CHECK(::bind(socket.fd(), reinterpret_cast<const sockaddr*>(&name.storage), name.length) == 0 && ::listen(socket.fd(), 8) == 0);
        }
        [[nodiscard]] int fd() const { return socket.fd(); }
        Socket socket;
    };

    void serve()
    {
        char asked[512];
        if (m_udp.is_ready()) {
            sockaddr_storage from{};
            socklen_t length = sizeof from;
            const auto size = ::recvfrom(m_udp.fd(), asked, sizeof asked, 0, reinterpret_cast<sockaddr*>(&from), &length);
            const auto said = answer({asked, static_cast<std::size_t>(size)}, m_only_tcp);
            ::sendto(m_udp.fd(), said.data(), said.size(), 0, reinterpret_cast<sockaddr*>(&from), length);
        }
        if (!m_only_tcp || !wait_for(m_tcp.fd(), POLLIN, {.limit = std::chrono::milliseconds{20}})) return;
        const Socket peer{::accept(m_tcp.fd(), nullptr, nullptr)};
        const auto size = ::recv(peer.fd(), asked, sizeof asked, 0);
        const auto said = answer({asked + 2, static_cast<std::size_t>(size - 2)}, false);
        const auto framed = std::string{static_cast<char>(said.size() >> 8), static_cast<char>(said.size() & 0xff)} + said;
        ::send(peer.fd(), framed.data(), framed.size(), MSG_NOSIGNAL);
    }
    [[nodiscard]] std::string answer(std::string asked, bool is_cut) const
    {
        std::string name;
        std::size_t at = 12;
        for (; asked[at] != 0; at += static_cast<std::size_t>(asked[at]) + 1) name += (name.empty() ? "" : ".") + asked.substr(at + 1, static_cast<std::size_t>(asked[at]));
        const bool wants_v6 = asked[at + 2] == 28;
        const auto known = m_names.find(name);
        std::string records;
        char count = 0;
        if (known != m_names.end() && !is_cut)
            for (const auto& text : known->second) {
                const auto address = *parse_address(text);
                if (address.is_v6 != wants_v6) continue;
                const std::size_t size = wants_v6 ? 16 : 4;
                records += std::string{"\xc0\x0c\0", 3} + (wants_v6 ? '\x1c' : '\1') + std::string{"\0\1\0\0\0\x3c\0", 7} + static_cast<char>(size) + std::string{reinterpret_cast<const char*>(address.bytes.data()), size};
                ++count;
            }
        asked[2] = static_cast<char>(0x81 | (is_cut ? 2 : 0));
        asked[3] = known == m_names.end() ? '\x83' : '\x80';
        asked[7] = count;
        return asked + records;
    }

    std::map<std::string, std::vector<std::string>> m_names;
    bool m_only_tcp;
    LabSocket m_udp{SOCK_DGRAM};
    Twin m_tcp{m_udp.port()};
    std::jthread m_thread;
};

// A listening server; what it does with each connection is told to it.
class LabServer
{
public:
    explicit LabServer(std::function<void(Socket)> with) : m_with(std::move(with))
    {
        ADAL_CHECK(::listen(m_listener.fd(), 16) == 0);
        m_thread = std::jthread{[this](const std::stop_token& stop) {
            while (!stop.stop_requested())
                if (m_listener.is_ready()) ++m_connections, m_with(Socket{::accept(m_listener.fd(), nullptr, nullptr)});
        }};
    }
    [[nodiscard]] std::uint16_t port() const { return m_listener.port(); }
    [[nodiscard]] int connections() const { return m_connections; }

private:
    std::function<void(Socket)> m_with;
    std::atomic<int> m_connections = 0;
    LabSocket m_listener{SOCK_STREAM};
    std::jthread m_thread;
};

inline std::string peeked(const Socket& peer)
{
    char bytes[2048];
    if (!wait_for(peer.fd(), POLLIN, {.limit = std::chrono::milliseconds{500}})) return {};
    const auto size = ::recv(peer.fd(), bytes, sizeof bytes, MSG_PEEK);
    return size > 0 ? std::string{bytes, static_cast<std::size_t>(size)} : std::string{};
}

inline void reset(const Socket& peer) // RST instead of an orderly end
{
    const linger at_once{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(peer.fd(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

// Plain HTTP.
inline std::function<void(Socket)> says(std::string answer)
{
    return [answer = std::move(answer)](const Socket& peer) {
        char bytes[4096];
        if (wait_for(peer.fd(), POLLIN, {.limit = std::chrono::milliseconds{500}}) && ::recv(peer.fd(), bytes, sizeof bytes, 0) > 0) ::send(peer.fd(), answer.data(), answer.size(), MSG_NOSIGNAL);
    };
}

// TLS with a certificate for `name` that signs itself; `cut_name`: a ClientHello that has it is answered by RST.
class LabTls
{
public:
    LabTls(const std::string& name, std::string answer, std::string cut_name = {}) : m_answer(std::move(answer)), m_cut_name(std::move(cut_name))
    {
        const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key{EVP_EC_gen("P-256"), EVP_PKEY_free};
        const std::unique_ptr<X509, decltype(&X509_free)> certificate{X509_new(), X509_free};
        X509_set_version(certificate.get(), 2);
        ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
        X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
        X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
        X509_set_pubkey(certificate.get(), key.get());
        auto* subject = X509_get_subject_name(certificate.get());
        X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
        X509_set_issuer_name(certificate.get(), subject);
        const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> names{X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, ("DNS:" + name).c_str()), X509_EXTENSION_free};
        X509_add_ext(certificate.get(), names.get(), -1);
        ADAL_CHECK(X509_sign(certificate.get(), key.get(), EVP_sha256()) > 0);
        ADAL_CHECK(SSL_CTX_use_certificate(m_context.get(), certificate.get()) == 1 && SSL_CTX_use_PrivateKey(m_context.get(), key.get()) == 1);
        const std::unique_ptr<BIO, decltype(&BIO_free)> out{BIO_new(BIO_s_mem()), BIO_free};
        PEM_write_bio_X509(out.get(), certificate.get());
        char* bytes = nullptr;
        const auto size = BIO_get_mem_data(out.get(), &bytes);
        m_pem.assign(bytes, static_cast<std::size_t>(size));
    }
    void operator()(const Socket& peer) const
    {
        const auto hello = peeked(peer);
        if (!m_cut_name.empty() && hello.find(m_cut_name) != hello.npos) return reset(peer);
        const std::unique_ptr<SSL, decltype(&SSL_free)> session{SSL_new(m_context.get()), SSL_free};
        SSL_set_fd(session.get(), peer.fd());
        char bytes[4096];
        if (SSL_accept(session.get()) == 1 && SSL_read(session.get(), bytes, sizeof bytes) > 0) SSL_write(session.get(), m_answer.data(), static_cast<int>(m_answer.size())), SSL_shutdown(session.get());
    }
    [[nodiscard]] const std::string& pem() const { return m_pem; }

private:
    std::string m_answer, m_cut_name, m_pem{};
    std::shared_ptr<SSL_CTX> m_context{SSL_CTX_new(TLS_server_method()), SSL_CTX_free};
};

} // namespace adal::probe
