// probe/measurement.hpp: what was seen of one address from one place, step by step. Values only; thread-safe.
#pragma once

#include "base/time.hpp"
#include "probe/address.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::probe {

// Names are those of the report; append-only.
enum class DnsStatus { ok, no_name, no_address, failed, refused, silent, not_asked }; // failed: SERVFAIL or an answer that is none
enum class TcpStatus { ok, refused, reset, timeout, unreachable, not_tried };
enum class TlsStatus { ok, reset, closed, timeout, alert, failed, not_tried };
enum class Certificate { none, valid, other_name, untrusted }; // untrusted: also expired, or signed by itself
enum class WebStatus { ok, reset, closed, timeout, failed, not_tried };
enum class Source { here, control, both }; // which resolver gave the address

std::string_view name(DnsStatus status);
std::string_view name(TcpStatus status);
std::string_view name(TlsStatus status);
std::string_view name(Certificate certificate);
std::string_view name(WebStatus status);
std::string_view name(Source source);
std::optional<DnsStatus> dns_status_from(std::string_view name);
std::optional<TcpStatus> tcp_status_from(std::string_view name);
std::optional<TlsStatus> tls_status_from(std::string_view name);
std::optional<Certificate> certificate_from(std::string_view name);
std::optional<WebStatus> web_status_from(std::string_view name);
std::optional<Source> source_from(std::string_view name);

// What to look at. The host is lower case, in letters, digits, hyphens and dots, or an address.
struct Target {
    std::string id{};  // of the server that asks; empty: of a list
    std::string url{}; // as it stands in the report: printable ASCII without '"' and '\'
    std::string host{};
    std::uint16_t port = 443;
    bool is_tls = true;
    bool may_be_plain = true; // nobody answers on 443: port 80 is tried
    std::string path = "/";   // with its query
};

struct Lookup {
    DnsStatus status = DnsStatus::not_asked;
    std::vector<Address> addresses{};
    int ms = 0;
};
struct TcpStep {
    TcpStatus status = TcpStatus::not_tried;
    int ms = 0;
};
struct TlsStep {
    TlsStatus status = TlsStatus::not_tried;
    Certificate certificate = Certificate::none;
    std::string fingerprint{}; // SHA-256 of the certificate, hex
    int ms = 0;
};
struct WebStep {
    WebStatus status = WebStatus::not_tried;
    int code = 0;             // of HTTP
    std::string location{};   // where it redirects, made plain
    std::string block_page{}; // which known one it is
    bool page_is_verified = false;
    std::int64_t bytes = 0; // of the body that were read, 64 KiB at most
    int ms = 0;
};
struct Attempt {
    Address address{};
    std::uint16_t port = 0;
    Source source = Source::here;
    TcpStep tcp{};
    TlsStep tls{};         // with the true name
    TlsStep tls_control{}; // with another name, when the true one got no answer
    WebStep web{};
    WebStep web_control{}; // another Host, when the true one got no answer; plain HTTP only
};

struct Measurement {
    Target target{};
    Instant at{};
    Lookup here{}, control{}; // the same question to two resolvers
    std::vector<Attempt> attempts{};
};

} // namespace adal::probe
