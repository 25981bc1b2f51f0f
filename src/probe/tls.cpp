#include "probe/tls.hpp"

#include "base/hash.hpp"

#include <cerrno>
#include <memory>
#include <new>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>

namespace adal::probe {

namespace shaking {

using Context = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;
using Session = std::unique_ptr<SSL, decltype(&SSL_free)>;
using CertificatePtr = std::unique_ptr<X509, decltype(&X509_free)>;

Session session_of(const std::string& authorities)
{
    const Context context{SSL_CTX_new(TLS_client_method()), SSL_CTX_free};
    if (!context) throw std::bad_alloc{};
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_NONE, nullptr); // judged afterwards: a wrong certificate is an answer, too
    if (authorities.empty()) SSL_CTX_set_default_verify_paths(context.get());
    else SSL_CTX_load_verify_locations(context.get(), authorities.c_str(), nullptr);
    Session session{SSL_new(context.get()), SSL_free};
    if (!session) throw std::bad_alloc{};
    return session;
}

TlsStatus failure(int code, int saved_errno)
{
    const auto error = ERR_peek_error();
    if (code == SSL_ERROR_SYSCALL) {
        if (saved_errno == ECONNRESET || saved_errno == EPIPE) return TlsStatus::reset;
        return TlsStatus::closed;
    }
    if (ERR_GET_LIB(error) != ERR_LIB_SSL) return TlsStatus::failed;
    const auto reason = ERR_GET_REASON(error);
    if (reason == SSL_R_UNEXPECTED_EOF_WHILE_READING) return TlsStatus::closed;
    return reason >= SSL_AD_REASON_OFFSET ? TlsStatus::alert : TlsStatus::failed; // the other side's alerts are numbered from there
}

TlsStatus shake(SSL* session, int fd, const Deadline& deadline)
{
    for (;;) {
        ERR_clear_error();
        errno = 0;
        const int done = SSL_connect(session);
        if (done == 1) return TlsStatus::ok;
        const int saved = errno;
        const int code = SSL_get_error(session, done);
        if (code != SSL_ERROR_WANT_READ && code != SSL_ERROR_WANT_WRITE) return failure(code, saved);
        if (!wait_for(fd, code == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT, deadline)) return TlsStatus::timeout;
    }
}

void judge(TlsStep& step, SSL* session, const std::string& wanted)
{
    const CertificatePtr certificate{SSL_get1_peer_certificate(session), X509_free};
    if (!certificate) return;
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    if (X509_digest(certificate.get(), EVP_sha256(), digest, &size) == 1) step.fingerprint = hex({reinterpret_cast<const char*>(digest), size});
    const bool names = X509_check_host(certificate.get(), wanted.data(), wanted.size(), 0, nullptr) == 1 || X509_check_ip_asc(certificate.get(), wanted.c_str(), 0) == 1;
    if (!names) step.certificate = Certificate::other_name;
    else step.certificate = SSL_get_verify_result(session) == X509_V_OK ? Certificate::valid : Certificate::untrusted;
}

} // namespace shaking

TlsStep shake_hands(const Connected& connected, const std::string& sent, const std::string& wanted, const std::string& authorities, std::chrono::milliseconds limit)
{
    using namespace shaking;
    const Deadline deadline{.limit = limit};
    const auto session = session_of(authorities);
    if (!parse_address(sent)) SSL_set_tlsext_host_name(session.get(), sent.c_str()); // RFC 6066: no addresses
    SSL_set_fd(session.get(), connected.socket.fd());
    TlsStep out{.status = shake(session.get(), connected.socket.fd(), deadline)};
    if (out.status == TlsStatus::ok) judge(out, session.get(), wanted);
    out.ms = deadline.spent_ms();
    return out;
}

} // namespace adal::probe
