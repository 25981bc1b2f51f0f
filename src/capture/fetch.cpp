#include "capture/fetch.hpp"

#include "base/hash.hpp"
#include "capture/page.hpp"

#include <algorithm>
#include <curl/curl.h>
#include <memory>
#include <new>
#include <openssl/ssl.h>
#include <string>

namespace adal::capture {
namespace {

constexpr std::size_t kMostHead = 256 << 10;

// What residents of whom most have a cheap phone are shown; the request is part of the record.
constexpr const char* kBrowser = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36";

struct Received {
    Hop hop{};
    std::size_t limit = 0, head = 0, all = 0;
    bool is_full = false;
};

std::size_t take_head(char* bytes, std::size_t size, std::size_t count, void* into)
{
    auto& to = *static_cast<Received*>(into);
    const std::string_view line{bytes, size * count};
    if (line.starts_with("HTTP/")) to.hop.response.clear(); // of an interim response, 1xx
    to.head += line.size();
    to.all += line.size();
    to.is_full = to.head > kMostHead || to.all > to.limit;
    if (to.is_full) return 0; // ends the transfer
    to.hop.response += line;
    return line.size();
}

std::size_t take_body(char* bytes, std::size_t size, std::size_t count, void* into)
{
    auto& to = *static_cast<Received*>(into);
    const auto fits = std::min(size * count, to.limit - std::min(to.limit, to.all));
    to.hop.response.append(bytes, fits);
    to.all += fits;
    to.is_full = fits < size * count;
    return fits; // less than given ends the transfer
}

int take_sent(CURL*, curl_infotype type, char* bytes, std::size_t size, void* into)
{
    if (type == CURLINFO_HEADER_OUT) static_cast<Received*>(into)->hop.request.append(bytes, size);
    return 0;
}

curl_socket_t the_socket(void*, curlsocktype, curl_sockaddr*)
{
    return kSocket;
}
int is_connected(void*, curl_socket_t, curlsocktype)
{
    return CURL_SOCKOPT_ALREADY_CONNECTED;
}
int leave_open(void*, curl_socket_t)
{
    return 0;
}

using Curl = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using List = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

// Nothing is resolved in here and nothing else is connected to: the address of the name is one that leads nowhere (RFC 5737).
std::string pin(const std::string& url)
{
    const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> parts{curl_url(), curl_url_cleanup};
    if (!parts || curl_url_set(parts.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) return {};
    const auto part = [&](CURLUPart which) {
        char* text = nullptr;
        const bool good = curl_url_get(parts.get(), which, &text, CURLU_DEFAULT_PORT) == CURLUE_OK && text != nullptr;
        std::string out = good ? text : "";
        curl_free(text);
        return out;
    };
    return part(CURLUPART_HOST) + ":" + part(CURLUPART_PORT) + ":192.0.2.1";
}

void set_connection(CURL* curl, curl_slist* resolved)
{
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, the_socket);
    curl_easy_setopt(curl, CURLOPT_SOCKOPTFUNCTION, is_connected);
    curl_easy_setopt(curl, CURLOPT_CLOSESOCKETFUNCTION, leave_open);
    curl_easy_setopt(curl, CURLOPT_RESOLVE, resolved);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    // A fraudster's certificate is evidence, not a reason to look away; old TLS too.
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 0L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 0L);
    curl_easy_setopt(curl, CURLOPT_CAINFO, nullptr);
    curl_easy_setopt(curl, CURLOPT_CAPATH, nullptr);
    curl_easy_setopt(curl, CURLOPT_CERTINFO, 1L);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_0));
    curl_easy_setopt(curl, CURLOPT_SSL_CIPHER_LIST, "DEFAULT:@SECLEVEL=0");
    curl_easy_setopt(curl, CURLOPT_SSL_ENABLE_ALPN, 0L); // HTTP/1.1 is what a WARC record holds
}

void set_request(CURL* curl, const Errand& errand, curl_slist* headers, Received& into)
{
    curl_easy_setopt(curl, CURLOPT_URL, errand.url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(curl, CURLOPT_HTTP_TRANSFER_DECODING, 0L);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, kBrowser);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(errand.time.count()));
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &into);
    curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);
    curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, take_sent);
    curl_easy_setopt(curl, CURLOPT_DEBUGDATA, &into);
}

Failure failure_of(CURLcode code, const Received& received)
{
    if (received.is_full) return Failure::size;
    switch (code) {
    case CURLE_OK: return Failure::none;
    case CURLE_OPERATION_TIMEDOUT: return Failure::time;
    case CURLE_SSL_CONNECT_ERROR: return Failure::tls;
    case CURLE_COULDNT_CONNECT: return Failure::connect;
    default: return Failure::http; // ended early, nonsense, …; what came is in the hop
    }
}

// The first certificate of the chain, out of libcurl's PEM.
std::string certificate_of(CURL* curl)
{
    curl_certinfo* chain = nullptr;
    if (curl_easy_getinfo(curl, CURLINFO_CERTINFO, &chain) != CURLE_OK || chain == nullptr || chain->num_of_certs < 1) return {};
    for (const auto* field = chain->certinfo[0]; field != nullptr; field = field->next) {
        std::string_view pem{field->data};
        if (!pem.starts_with("Cert:")) continue;
        const auto begin = pem.find("-----\n"), end = pem.find("\n-----END");
        if (begin == std::string_view::npos || end == std::string_view::npos || end < begin) return {};
        std::string lines{pem.substr(begin + 6, end - begin - 6)};
        std::erase(lines, '\n');
        const auto der = unbase64(lines);
        return der ? hex(view(sha256(*der))) : std::string{};
    }
    return {};
}

std::string tls_of(CURL* curl)
{
    curl_tlssessioninfo* session = nullptr;
    if (curl_easy_getinfo(curl, CURLINFO_TLS_SSL_PTR, &session) != CURLE_OK || session == nullptr || session->backend != CURLSSLBACKEND_OPENSSL || session->internals == nullptr) return {};
    return SSL_get_version(static_cast<SSL*>(session->internals));
}

// libcurl forgets its TLS session when the transfer ends; its version is asked for at the first byte of the head.
struct Talk {
    Received received{};
    CURL* curl = nullptr;
};

std::size_t take_head_and_tls(char* bytes, std::size_t size, std::size_t count, void* into)
{
    auto& talk = *static_cast<Talk*>(into);
    if (talk.received.hop.tls.empty()) talk.received.hop.tls = tls_of(talk.curl);
    return take_head(bytes, size, count, &talk.received);
}

} // namespace

void prepare_fetching()
{
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) throw std::bad_alloc{};
    // OpenSSL reads its configuration and builds its tables when first used.
    SSL_CTX_free(SSL_CTX_new(TLS_client_method()));
    curl_easy_cleanup(curl_easy_init());
}

Hop fetch_on_socket(const Errand& errand)
{
    const Curl curl{curl_easy_init(), curl_easy_cleanup};
    const List resolved{curl_slist_append(nullptr, pin(errand.url).c_str()), curl_slist_free_all};
    List headers{curl_slist_append(nullptr, "Accept: text/html,application/xhtml+xml,*/*;q=0.8"), curl_slist_free_all};
    if (!curl || !resolved || !headers) throw std::bad_alloc{};
    curl_slist_append(headers.get(), "Accept-Language: kk,ru;q=0.8,en;q=0.5");
    curl_slist_append(headers.get(), "Accept-Encoding: gzip");
    Talk talk{.curl = curl.get()};
    talk.received.limit = errand.bytes;
    set_connection(curl.get(), resolved.get());
    set_request(curl.get(), errand, headers.get(), talk.received);
    curl_easy_setopt(curl.get(), CURLOPT_HEADERFUNCTION, take_head_and_tls);
    curl_easy_setopt(curl.get(), CURLOPT_HEADERDATA, &talk);
    const auto code = curl_easy_perform(curl.get());
    auto hop = std::move(talk.received.hop);
    hop.failure = failure_of(code, talk.received);
    hop.certificate = certificate_of(curl.get());
    auto page = read_page(hop.response);
    hop.status = std::clamp(page.status, 0, 999);
    hop.mime = std::move(page.mime);
    hop.location = std::move(page.location);
    hop.title = std::move(page.title);
    hop.text = std::move(page.text);
    hop.links = std::move(page.links);
    if (hop.failure == Failure::none) hop.body = std::move(page.body);
    return hop;
}

} // namespace adal::capture
