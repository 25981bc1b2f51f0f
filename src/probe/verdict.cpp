#include "probe/verdict.hpp"

#include <algorithm>
#include <array>

namespace adal::probe {

namespace judging {

constexpr std::array<std::string_view, 4> kOutcomes{"reachable", "blocked", "down", "unclear"};
constexpr std::array<std::string_view, 5> kBy{"nothing", "dns", "tcp", "tls", "http"};

Verdict blocked(By by, std::string_view reason)
{
    return {Outcome::blocked, by, reason};
}
Verdict down(std::string_view reason)
{
    return {Outcome::down, By::nothing, reason};
}
Verdict unclear(std::string_view reason)
{
    return {Outcome::unclear, By::nothing, reason};
}

bool says_none(DnsStatus status)
{
    return status == DnsStatus::no_name || status == DnsStatus::no_address;
}

bool has_public(const Lookup& lookup)
{
    return std::ranges::any_of(lookup.addresses, is_public);
}

bool was_cut(TlsStatus status)
{
    return status == TlsStatus::reset || status == TlsStatus::closed || status == TlsStatus::timeout;
}
bool was_cut(WebStatus status)
{
    return status == WebStatus::reset || status == WebStatus::closed || status == WebStatus::timeout;
}
// Something of TLS came back: the server, or whoever is there, speaks.
bool answered(const TlsStep& step)
{
    return step.status == TlsStatus::ok || step.status == TlsStatus::alert;
}

bool shows_page(const Attempt& attempt)
{
    return attempt.web.status == WebStatus::ok && attempt.web.code < 400 && attempt.web.block_page.empty();
}
// 401 and 403: somebody is at home and does not like probes.
bool is_alive(const Attempt& attempt)
{
    return shows_page(attempt) || (attempt.web.status == WebStatus::ok && attempt.web.block_page.empty() && (attempt.web.code == 401 || attempt.web.code == 403 || attempt.web.code == 429));
}
bool is_theirs(const Attempt& attempt)
{
    return attempt.tls.certificate == Certificate::valid;
}

struct Sides {
    std::vector<const Attempt*> here{}, control{}; // control: only from the control resolver
};

Sides sides_of(const Measurement& measured)
{
    Sides out;
    for (const auto& attempt : measured.attempts) (attempt.source == Source::control ? out.control : out.here).push_back(&attempt);
    return out;
}

// The names alone decide: nothing; then the connections do.
std::optional<Verdict> by_names(const Measurement& m)
{
    if (m.here.status == DnsStatus::not_asked) return std::nullopt; // the address is given in digits
    const bool control_public = m.control.status == DnsStatus::ok && has_public(m.control);
    if (m.here.status == DnsStatus::ok && !m.here.addresses.empty() && !has_public(m.here) && m.attempts.empty()) {
        if (control_public) return blocked(By::dns, "private_address");
        return m.control.status == DnsStatus::ok ? down("private_for_all") : unclear("no_control");
    }
    if (m.here.status == DnsStatus::ok) return std::nullopt;
    if (says_none(m.here.status)) {
        if (says_none(m.control.status)) return down("no_name");
        return m.control.status == DnsStatus::ok ? blocked(By::dns, "name_denied") : unclear("no_control");
    }
    return unclear("resolver_failed"); // ours does not work: says nothing about the address
}

// The page or the way to it says that it is closed.
std::optional<Verdict> by_interference(const std::vector<const Attempt*>& here, bool alive_elsewhere)
{
    for (const auto* one : here) {
        if (one->web.status == WebStatus::ok && one->web.code == 451) return blocked(By::http, "status_451");
        if (!one->web.block_page.empty()) return one->web.page_is_verified || alive_elsewhere ? blocked(By::http, "block_page") : unclear("page_not_verified");
    }
    for (const auto* one : here) {
        if (was_cut(one->tls.status) && answered(one->tls_control)) return blocked(By::tls, "name_cut");
        if (was_cut(one->web.status) && one->web_control.status == WebStatus::ok) return blocked(By::http, "host_cut");
    }
    return std::nullopt;
}

// The resolver here sends people to somebody else's machine.
bool is_sent_elsewhere(const Sides& sides)
{
    const bool control_holds = std::ranges::any_of(sides.control, [](const Attempt* one) { return is_theirs(*one) && one->web.status == WebStatus::ok; });
    return control_holds && !sides.here.empty() && std::ranges::none_of(sides.here, [](const Attempt* one) { return is_theirs(*one); });
}

Verdict by_silence(const Measurement& m, const Sides& sides, bool alive_elsewhere)
{
    const auto all = [&](auto test) { return std::ranges::all_of(sides.here, [&](const Attempt* one) { return test(*one); }); };
    if (std::ranges::any_of(sides.control, [](const Attempt* one) { return is_alive(*one); })) return blocked(By::dns, "sent_elsewhere");
    if (all([](const Attempt& one) { return one.tcp.status == TcpStatus::unreachable; })) return unclear("no_network");
    if (m.control.status == DnsStatus::silent) return unclear("control_silent"); // perhaps we are the ones who are off
    if (all([](const Attempt& one) { return one.tcp.status != TcpStatus::ok; })) return alive_elsewhere ? blocked(By::tcp, "no_connection") : down("no_connection");
    if (all([](const Attempt& one) { return one.tcp.status != TcpStatus::ok || was_cut(one.tls.status); })) return alive_elsewhere ? blocked(By::tls, "tls_cut") : down("tls_cut");
    for (const auto* one : sides.here)
        if (one->web.status == WebStatus::ok && (one->web.code == 404 || one->web.code == 410 || one->web.code >= 500))
            return alive_elsewhere ? unclear("differs_elsewhere") : down("page_gone");
    return unclear("no_page");
}

} // namespace judging

std::string_view name(Outcome outcome) { return judging::kOutcomes[static_cast<std::size_t>(outcome)]; }
std::string_view name(By by) { return judging::kBy[static_cast<std::size_t>(by)]; }

Verdict verdict_of(const Measurement& measured, bool alive_elsewhere)
{
    using namespace judging;
    if (const auto names = by_names(measured)) return *names;
    const auto sides = sides_of(measured);
    if (sides.here.empty()) return unclear("nothing_tried");
    if (is_sent_elsewhere(sides)) return blocked(By::dns, "sent_elsewhere");
    if (std::ranges::any_of(sides.here, [](const Attempt* one) { return is_alive(*one); })) return {Outcome::reachable, By::nothing, "page_shown"};
    if (const auto found = by_interference(sides.here, alive_elsewhere)) return *found;
    return by_silence(measured, sides, alive_elsewhere);
}

} // namespace adal::probe
