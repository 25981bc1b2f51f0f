#include "cyber/stix.hpp"

#include "base/hash.hpp"
#include "base/json_text.hpp"
#include "base/large_text.hpp"
#include "cyber/listed_name.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <openssl/evp.h>
#include <stdexcept>

namespace adal::cyber {

namespace stix_text {

// Drawn once: 6c0b5f0e-2d0c-4d0e-9a37-5b1c7f6f1a52.
constexpr std::array<unsigned char, 16> kOurs{0x6c, 0x0b, 0x5f, 0x0e, 0x2d, 0x0c, 0x4d, 0x0e, 0x9a, 0x37, 0x5b, 0x1c, 0x7f, 0x6f, 0x1a, 0x52};
constexpr std::size_t kUsualBytes = 560; // of an indicator

using Uuid = std::array<char, 36>;

// SHA-1 looked up once: looking it up costs more than hashing a name.
class Sha1
{
public:
    Sha1() : m_kind(EVP_MD_fetch(nullptr, "SHA1", nullptr), EVP_MD_free), m_state(EVP_MD_CTX_new(), EVP_MD_CTX_free)
    {
        if (!m_kind || !m_state) throw std::runtime_error("SHA-1 is not there");
    }
    std::array<unsigned char, 20> of(std::string_view space, std::string_view seed)
    {
        std::array<unsigned char, 20> out{};
        const bool good = EVP_DigestInit_ex2(m_state.get(), m_kind.get(), nullptr) == 1 && EVP_DigestUpdate(m_state.get(), space.data(), space.size()) == 1 &&
                          EVP_DigestUpdate(m_state.get(), seed.data(), seed.size()) == 1 && EVP_DigestFinal_ex(m_state.get(), out.data(), nullptr) == 1;
        if (!good) throw std::runtime_error("SHA-1 failed");
        return out;
    }

private:
    std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> m_kind;
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> m_state;
};

Uuid uuid_in(std::string_view space, std::string_view seed)
{
    thread_local Sha1 sha1;
    auto bytes = sha1.of(space, seed);
    bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0f) | 0x50);
    bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3f) | 0x80);
    constexpr std::string_view kDigits = "0123456789abcdef";
    Uuid out{};
    std::size_t at = 0;
    for (std::size_t n = 0; n < 16; ++n) {
        if (n == 4 || n == 6 || n == 8 || n == 10) out[at++] = '-';
        out[at++] = kDigits[bytes[n] >> 4];
        out[at++] = kDigits[bytes[n] & 15];
    }
    return out;
}

std::string_view ours()
{
    return {reinterpret_cast<const char*>(kOurs.data()), kOurs.size()};
}

void append_id(std::string& out, std::string_view seed)
{
    const auto id = uuid_in(ours(), seed);
    out.append(id.data(), id.size());
}

// A string of a STIX pattern (§9.1) inside a JSON string: both escapes.
void append_quoted(std::string& out, std::string_view text)
{
    out += '\'';
    if (std::ranges::none_of(text, [](char c) { return c == '\'' || c == '\\'; })) {
        append_json_text(out, text);
        out += '\'';
        return;
    }
    for (const char c : text) {
        if (c == '\'') out += "\\\\'";
        else if (c == '\\') out += "\\\\\\\\";
        else append_json_text(out, {&c, 1});
    }
    out += '\'';
}

void append_number(std::string& out, unsigned value, int digits)
{
    std::array<char, 4> text{};
    for (int n = digits; n-- > 0; value /= 10) text[static_cast<std::size_t>(n)] = static_cast<char>('0' + value % 10);
    out.append(text.data(), static_cast<std::size_t>(digits));
}

// The text of base's iso(), without its formatter: a feed writes it three million times.
void append_time(std::string& out, Instant at)
{
    using namespace std::chrono;
    const sys_time<milliseconds> moment{milliseconds{at.ms}};
    const auto day = floor<days>(moment);
    const year_month_day date{day};
    const hh_mm_ss time{moment - day};
    append_number(out, static_cast<unsigned>(static_cast<int>(date.year())), 4);
    out += '-';
    append_number(out, static_cast<unsigned>(date.month()), 2);
    out += '-';
    append_number(out, static_cast<unsigned>(date.day()), 2);
    out += 'T';
    append_number(out, static_cast<unsigned>(time.hours().count()), 2);
    out += ':';
    append_number(out, static_cast<unsigned>(time.minutes().count()), 2);
    out += ':';
    append_number(out, static_cast<unsigned>(time.seconds().count()), 2);
    out += '.';
    append_number(out, static_cast<unsigned>(time.subseconds().count()), 3);
    out += 'Z';
}

// As defanged() (resource.hpp).
void append_defanged(std::string& out, std::string_view key)
{
    for (std::size_t from = 0; from < key.size();) {
        auto at = from; // find_first_of calls memchr for each letter
        while (at < key.size() && key[at] != '.' && key[at] != '@') ++at;
        append_json_text(out, key.substr(from, at - from));
        if (at < key.size()) out.append({'[', key[at], ']'});
        from = at + 1;
    }
}

// §9: the object that a host, an address or an account is.
void append_pattern(std::string& out, const Resource& r)
{
    if (const auto [kind, host] = barred_host(r); kind != HostKind::none) {
        out += kind == HostKind::ipv6 ? "[ipv6-addr:value = " : kind == HostKind::ipv4 ? "[ipv4-addr:value = " : "[domain-name:value = ";
        append_quoted(out, host);
    } else if (r.identity.kind == Kind::url) {
        out += "[url:value = ";
        append_quoted(out, barred_url(r));
    } else {
        out += "[user-account:account_type = ";
        append_quoted(out, text(r.identity.kind));
        out += " AND user-account:account_login = ";
        append_quoted(out, after_kind(r));
    }
    out += ']';
}

} // namespace stix_text

using namespace stix_text;

std::string uuid5(std::string_view space, std::string_view seed)
{
    const auto id = uuid_in(space, seed);
    return {id.data(), id.size()};
}

std::string uuid_of(std::string_view seed)
{
    return uuid5(ours(), seed);
}

std::string indicator_id(const Resource& resource)
{
    return "indicator--" + uuid_of(resource.identity.key);
}

void append_indicator(std::string& out, const Resource& r)
{
    out += R"({"type":"indicator","spec_version":"2.1","id":"indicator--)";
    append_id(out, r.identity.key);
    out += R"(","created":")";
    append_time(out, r.first_reported_at);
    out += R"(","modified":")";
    append_time(out, r.changed_at);
    out += R"(","name":")";
    append_json_text(out, r.category);
    out += ' ';
    append_defanged(out, after_kind(r));
    out += R"(","indicator_types":["malicious-activity"],"pattern":")";
    append_pattern(out, r);
    out += R"(","pattern_type":"stix","pattern_version":"2.1","valid_from":")";
    append_time(out, r.verified_at.value_or(r.first_reported_at));
    out += R"(","labels":[")";
    append_json_text(out, r.category);
    out += R"("]})";
}

std::string stix_bundle(const std::vector<Resource>& resources)
{
    // The id says which resources are in it; it is put in its place when all have been seen, in one walk over them.
    Sha256 all;
    std::string out;
    reserve_large(out, resources.size() * kUsualBytes + 200);
    out += R"({"type":"bundle","id":"bundle--)";
    const auto place = out.size();
    out.append(36, ' ').append("\"");
    if (!resources.empty()) out += R"(,"objects":[)"; // §2.10: a list is never empty
    for (const auto& resource : resources) {
        all.update(resource.identity.key);
        all.update("\n");
        append_indicator(out, resource);
        out += ',';
    }
    if (!resources.empty()) out.back() = ']';
    out += "}\n";
    out.replace(place, 36, uuid_of(view(all.finish())));
    return out;
}

} // namespace adal::cyber
