#include "probe/dns.hpp"

#include "base/hash.hpp"
#include "probe/socket.hpp"

#include <algorithm>
#include <arpa/nameser.h>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <poll.h>
#include <sstream>

namespace adal::probe {

namespace asking {

constexpr std::size_t kMostAddresses = 16;
constexpr int kTries = 2;

// Header, name, type, class IN; empty: no name of DNS.
std::string question(const std::string& host, std::uint16_t type)
{
    auto out = random_bytes(2) + std::string{"\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00", 10};
    std::size_t at = 0;
    const auto name = host.ends_with('.') ? host.substr(0, host.size() - 1) : host;
    if (name.empty() || name.size() > 253) return {};
    while (at <= name.size()) {
        const auto dot = std::min(name.find('.', at), name.size());
        if (dot == at || dot - at > 63) return {};
        out += static_cast<char>(dot - at);
        out.append(name, at, dot - at);
        at = dot + 1;
    }
    out += '\0';
    for (const auto number : {type, std::uint16_t{1}}) out += static_cast<char>(number >> 8), out += static_cast<char>(number & 0xff);
    return out;
}

// The answer repeats number and question; resolvers may change the case of letters.
bool is_answer_to(std::string_view answer, std::string_view asked)
{
    const auto same = [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b)); };
    return answer.size() >= asked.size() && answer.substr(0, 2) == asked.substr(0, 2) && (answer[2] & '\x80') != 0 && answer.substr(4, 2) == std::string_view{"\0\1", 2} &&
           std::ranges::equal(answer.substr(12, asked.size() - 12), asked.substr(12), same);
}

std::string by_udp(const Server& resolver, const std::string& asked, const Deadline& deadline)
{
    const Socket socket{::socket(resolver.address.is_v6 ? AF_INET6 : AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)};
    const auto name = socket_name(resolver);
    if (socket.fd() < 0 || ::connect(socket.fd(), reinterpret_cast<const sockaddr*>(&name.storage), name.length) != 0) return {};
    if (::send(socket.fd(), asked.data(), asked.size(), 0) < 0) return {};
    std::string answer(4096, '\0');
    while (wait_for(socket.fd(), POLLIN, deadline)) {
        const auto size = ::recv(socket.fd(), answer.data(), answer.size(), 0);
        if (size < 0) return {}; // nobody there
        const auto whole = std::string_view{answer}.substr(0, static_cast<std::size_t>(size));
        if (size >= 12 && is_answer_to(whole, asked)) return std::string{whole};
    }
    return {};
}

bool move_all(int fd, char* bytes, std::size_t size, bool is_sending, const Deadline& deadline)
{
    for (std::size_t moved = 0; moved < size;) {
        if (!wait_for(fd, is_sending ? POLLOUT : POLLIN, deadline)) return false;
        const auto n = is_sending ? ::send(fd, bytes + moved, size - moved, MSG_NOSIGNAL) : ::recv(fd, bytes + moved, size - moved, 0);
        if (n > 0) moved += static_cast<std::size_t>(n);
        else if (n == 0 || (errno != EAGAIN && errno != EINTR)) return false;
    }
    return true;
}

std::string by_tcp(const Server& resolver, const std::string& asked, const Deadline& deadline)
{
    const auto connected = connect_to(resolver, std::chrono::milliseconds{deadline.left_ms()});
    if (connected.step.status != TcpStatus::ok) return {};
    auto sent = std::string{static_cast<char>(asked.size() >> 8), static_cast<char>(asked.size() & 0xff)} + asked;
    unsigned char length[2];
    if (!move_all(connected.socket.fd(), sent.data(), sent.size(), true, deadline)) return {};
    if (!move_all(connected.socket.fd(), reinterpret_cast<char*>(length), 2, false, deadline)) return {};
    std::string answer(static_cast<std::size_t>(length[0] << 8 | length[1]), '\0');
    if (!move_all(connected.socket.fd(), answer.data(), answer.size(), false, deadline)) return {};
    return answer.size() >= 12 && is_answer_to(answer, asked) ? answer : std::string{};
}

bool is_cut(std::string_view answer)
{
    return (answer[2] & '\x02') != 0;
}

// Addresses of the answer section, whatever aliases lead there.
Lookup read(const std::string& answer)
{
    Lookup out{.status = DnsStatus::failed};
    ns_msg message;
    if (ns_initparse(reinterpret_cast<const unsigned char*>(answer.data()), static_cast<int>(answer.size()), &message) != 0) return out;
    const auto code = ns_msg_getflag(message, ns_f_rcode);
    if (code == ns_r_nxdomain) out.status = DnsStatus::no_name;
    if (code == ns_r_refused) out.status = DnsStatus::refused;
    if (code != ns_r_noerror) return out;
    for (int i = 0; i < ns_msg_count(message, ns_s_an) && out.addresses.size() < kMostAddresses; ++i) {
        ns_rr record;
        if (ns_parserr(&message, ns_s_an, i, &record) != 0) return {.status = DnsStatus::failed};
        const std::size_t size = ns_rr_type(record) == ns_t_a ? 4 : ns_rr_type(record) == ns_t_aaaa ? 16 : 0;
        if (size == 0 || ns_rr_rdlen(record) != size) continue;
        Address address{.is_v6 = size == 16};
        std::memcpy(address.bytes.data(), ns_rr_rdata(record), size);
        out.addresses.push_back(address);
    }
    out.status = out.addresses.empty() ? DnsStatus::no_address : DnsStatus::ok;
    return out;
}

Lookup ask(const Server& resolver, const std::string& asked, std::chrono::milliseconds limit)
{
    const Deadline whole{.limit = limit};
    for (int i = 0; i < kTries; ++i) {
        auto answer = by_udp(resolver, asked, {.limit = std::chrono::milliseconds{whole.left_ms() / (kTries - i)}});
        if (!answer.empty() && is_cut(answer)) answer = by_tcp(resolver, asked, whole);
        if (!answer.empty()) return read(answer);
    }
    return {.status = DnsStatus::silent};
}

} // namespace asking

std::optional<Server> system_resolver()
{
    std::ifstream in{"/etc/resolv.conf"};
    for (std::string line; std::getline(in, line);) {
        std::istringstream words{line};
        std::string word, address;
        if (words >> word >> address && word == "nameserver")
            if (const auto server = parse_server(address, 53)) return server;
    }
    return std::nullopt;
}

Lookup look_up(const Server& resolver, const std::string& host, std::chrono::milliseconds limit)
{
    using namespace asking;
    const Deadline whole{.limit = limit};
    const auto v4 = question(host, ns_t_a), v6 = question(host, ns_t_aaaa);
    if (v4.empty()) return {.status = DnsStatus::no_name};
    auto out = ask(resolver, v4, limit / 2);
    if (out.status == DnsStatus::ok || out.status == DnsStatus::no_address) {
        const auto more = ask(resolver, v6, std::chrono::milliseconds{whole.left_ms()});
        for (const auto& address : more.addresses)
            if (out.addresses.size() < kMostAddresses) out.addresses.push_back(address);
        if (!out.addresses.empty()) out.status = DnsStatus::ok;
    }
    out.ms = whole.spent_ms();
    return out;
}

} // namespace adal::probe
