#include "probe/measure.hpp"

#include "probe/dns.hpp"
#include "probe/socket.hpp"
#include "probe/tls.hpp"
#include "probe/web.hpp"

#include <algorithm>

namespace adal::probe {

namespace measuring {

constexpr std::size_t kMostOfASide = 2;

bool is_in(const std::vector<Address>& all, const Address& one)
{
    return std::ranges::find(all, one) != all.end();
}

class Look
{
public:
    Look(const Target& target, const Settings& settings, Instant now) : m_settings(settings) { m_out.target = target, m_out.at = now; }

    Measurement whole()
    {
        const auto& host = m_out.target.host;
        if (const auto address = parse_address(host)) {
            m_out.here.addresses = {*address};
        } else {
            m_out.here = look_up(m_settings.dns, host, m_settings.step_limit);
            m_out.control = look_up(m_settings.control_dns, host, m_settings.step_limit);
        }
        try_side(m_out.here.addresses, Source::here);
        if (!m_out.attempts.empty()) try_side(m_out.control.addresses, Source::control);
        return std::move(m_out);
    }

private:
    // IPv4 first: more probes have it.
    void try_side(std::vector<Address> addresses, Source source)
    {
        std::ranges::stable_sort(addresses, {}, &Address::is_v6);
        std::size_t tried = 0;
        for (const auto& address : addresses) {
            if (!m_settings.allow_private && !is_public(address)) continue;
            const bool of_both = is_in(m_out.here.addresses, address) && is_in(m_out.control.addresses, address);
            if ((source == Source::control && is_in(m_out.here.addresses, address)) || tried++ == kMostOfASide) continue;
            m_out.attempts.push_back(attempt(address, of_both ? Source::both : source));
            if (m_out.attempts.back().web.status == WebStatus::ok) return; // what a reader would see
        }
    }

    Attempt attempt(const Address& address, Source source) const
    {
        const auto& target = m_out.target;
        Attempt out{.address = address, .port = target.port, .source = source};
        auto connected = connect_to({address, out.port}, m_settings.step_limit);
        out.tcp = connected.step;
        bool is_tls = target.is_tls;
        if (is_tls && target.may_be_plain && out.tcp.status != TcpStatus::ok) {
            auto plain = connect_to({address, m_settings.plain_port}, m_settings.step_limit);
            if (plain.step.status == TcpStatus::ok) out.port = m_settings.plain_port, out.tcp = plain.step, is_tls = false;
        }
        if (out.tcp.status != TcpStatus::ok) return out;
        if (is_tls) shake(out, connected);
        connected.socket = Socket{}; // a server that serves one at a time is free for the page
        if (is_tls) {
            if (out.tls.status != TlsStatus::ok) return out;
        }
        read_page(out, is_tls);
        return out;
    }

    void shake(Attempt& out, const Connected& connected) const
    {
        const auto& host = m_out.target.host;
        out.tls = shake_hands(connected, host, host, m_settings.authorities, m_settings.step_limit);
        if (out.tls.status == TlsStatus::ok || out.tls.status == TlsStatus::alert) return;
        const auto again = connect_to({out.address, out.port}, m_settings.step_limit);
        if (again.step.status == TcpStatus::ok) out.tls_control = shake_hands(again, m_settings.control_name, host, m_settings.authorities, m_settings.step_limit);
    }

    void read_page(Attempt& out, bool is_tls) const
    {
        const auto& target = m_out.target;
        PageRequest request{.scheme = is_tls ? "https" : "http", .host = target.host, .path = target.path, .server = {out.address, out.port}};
        if (request.host.find(':') != request.host.npos) request.host = "[" + request.host + "]";
        out.web = get_page(request, m_settings.pages, m_settings.step_limit);
        if (is_tls || out.web.status == WebStatus::ok) return;
        request.host = m_settings.control_name;
        request.path = "/";
        out.web_control = get_page(request, m_settings.pages, m_settings.step_limit);
    }

    const Settings& m_settings;
    Measurement m_out{};
};

} // namespace measuring

Measurement measure(const Target& target, const Settings& settings, Instant now)
{
    return measuring::Look{target, settings, now}.whole();
}

} // namespace adal::probe
