#include "probe/measurement.hpp"

#include <array>

namespace adal::probe {

namespace step_names {

constexpr std::array<std::string_view, 7> kDns{"ok", "no_name", "no_address", "failed", "refused", "silent", "not_asked"};
constexpr std::array<std::string_view, 6> kTcp{"ok", "refused", "reset", "timeout", "unreachable", "not_tried"};
constexpr std::array<std::string_view, 7> kTls{"ok", "reset", "closed", "timeout", "alert", "failed", "not_tried"};
constexpr std::array<std::string_view, 4> kCertificate{"none", "valid", "other_name", "untrusted"};
constexpr std::array<std::string_view, 6> kWeb{"ok", "reset", "closed", "timeout", "failed", "not_tried"};
constexpr std::array<std::string_view, 3> kSource{"here", "control", "both"};

template <typename E, std::size_t N> std::optional<E> read(const std::array<std::string_view, N>& names, std::string_view text)
{
    for (std::size_t i = 0; i < N; ++i)
        if (names[i] == text) return static_cast<E>(i);
    return std::nullopt;
}

} // namespace step_names

using namespace step_names;

std::string_view name(DnsStatus status) { return kDns[static_cast<std::size_t>(status)]; }
std::string_view name(TcpStatus status) { return kTcp[static_cast<std::size_t>(status)]; }
std::string_view name(TlsStatus status) { return kTls[static_cast<std::size_t>(status)]; }
std::string_view name(Certificate certificate) { return kCertificate[static_cast<std::size_t>(certificate)]; }
std::string_view name(WebStatus status) { return kWeb[static_cast<std::size_t>(status)]; }
std::string_view name(Source source) { return kSource[static_cast<std::size_t>(source)]; }
std::optional<DnsStatus> dns_status_from(std::string_view name) { return read<DnsStatus>(kDns, name); }
std::optional<TcpStatus> tcp_status_from(std::string_view name) { return read<TcpStatus>(kTcp, name); }
std::optional<TlsStatus> tls_status_from(std::string_view name) { return read<TlsStatus>(kTls, name); }
std::optional<Certificate> certificate_from(std::string_view name) { return read<Certificate>(kCertificate, name); }
std::optional<WebStatus> web_status_from(std::string_view name) { return read<WebStatus>(kWeb, name); }
std::optional<Source> source_from(std::string_view name) { return read<Source>(kSource, name); }

} // namespace adal::probe
