#include "cyber/page_copy.hpp"

#include "base/text.hpp"
#include "cyber/match_hash.hpp"
#include "cyber/url.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <set>

namespace adal::cyber {

namespace page_visit {

using capture::Failure;
using capture::Hop;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::size_t kIconBytes = 256 << 10;
constexpr milliseconds kIconTime{3000};
constexpr std::size_t kLeastWords = 20, kRun = 3, kMostContacts = 50;

// Without user and fragment; nothing unless it is of the web.
std::optional<Url> web_address(std::string_view written, const Url* base)
{
    auto url = parse_url(written, base);
    if (!url || (url->scheme() != "http" && url->scheme() != "https") || url->host().empty()) return std::nullopt;
    std::string plain{url->scheme()};
    plain.append("://").append(url->host());
    if (url->port_number >= 0) plain += ":" + std::to_string(url->port_number);
    plain.append(url->path());
    if (url->query_begin != Url::kNone) plain.append("?").append(url->query());
    return parse_url(plain);
}

capture::Target target_of(const Url& url)
{
    const int usual = url.scheme() == "https" ? 443 : 80;
    return {.host = std::string{url.host()}, .port = url.port_number >= 0 ? url.port_number : usual};
}

class Walk
{
public:
    explicit Walk(const PageFetch& fetch) : m_fetch(fetch) {}

    PageVisit go(std::string_view key)
    {
        auto url = web_address("https://" + std::string{key}, nullptr);
        if (!url) return failed(key);
        // A server that lets TLS hang shall leave time for plain HTTP.
        step(*url, capture::kMostTime / 2, capture::kMostBytes);
        if (speaks_no_tls()) {
            url = web_address("http://" + std::string{key}, nullptr);
            step(*url, capture::kMostTime, capture::kMostBytes);
        }
        follow(*url);
        if (m_out.failure != Failure::redirects) m_out.failure = m_out.hops.back().failure;
        find_page();
        return std::move(m_out);
    }

private:
    [[nodiscard]] milliseconds left() const { return std::chrono::duration_cast<milliseconds>(m_until - Clock::now()); }

    Hop ask(const Url& url, milliseconds time, std::size_t bytes)
    {
        m_seen.insert(url.href);
        const capture::Errand errand{.url = url.href, .time = std::min(time, left()), .bytes = std::min(bytes, capture::kMostBytes - std::min(m_bytes, capture::kMostBytes))};
        if (errand.time.count() <= 0) return {.url = url.href, .at = m_out.hops.empty() ? Instant{} : m_out.hops.back().at, .failure = Failure::time};
        if (errand.bytes == 0) return {.url = url.href, .at = m_out.hops.back().at, .failure = Failure::size};
        auto hop = m_fetch(target_of(url), errand);
        m_bytes += hop.response.size();
        return hop;
    }

    void step(const Url& url, milliseconds time, std::size_t bytes) { m_out.hops.push_back(ask(url, time, bytes)); }

    [[nodiscard]] bool speaks_no_tls() const
    {
        const auto& hop = m_out.hops.back();
        return hop.status == 0 && (hop.failure == Failure::connect || hop.failure == Failure::tls || hop.failure == Failure::time || hop.failure == Failure::http);
    }

    void follow(Url at)
    {
        for (std::size_t n = 0; m_out.hops.back().is_redirect(); ++n) {
            const auto next = web_address(m_out.hops.back().location, &at);
            if (!next) return; // an app, a mail address: the way of a browser ends here
            if (n == kMostRedirects || m_seen.contains(next->href)) {
                m_out.failure = Failure::redirects;
                return;
            }
            step(*next, capture::kMostTime, capture::kMostBytes);
            at = *next;
        }
    }

    void find_page()
    {
        for (std::size_t n = m_out.hops.size(); n-- > 0 && !m_out.page;)
            if (m_out.hops[n].status != 0) m_out.page = n;
        if (!m_out.page || m_out.hops[*m_out.page].status != 200) return;
        const auto base = parse_url(m_out.hops[*m_out.page].url);
        const auto icon = base ? web_address("/favicon.ico", &*base) : std::nullopt;
        if (!icon || m_seen.contains(icon->href)) return;
        if (auto hop = ask(*icon, kIconTime, kIconBytes); hop.status != 0) m_out.icon = std::move(hop);
    }

    PageVisit failed(std::string_view key)
    {
        m_out.hops.push_back({.url = "https://" + std::string{key}, .failure = Failure::name});
        m_out.failure = Failure::name;
        return std::move(m_out);
    }

    const PageFetch& m_fetch;
    const Clock::time_point m_until = Clock::now() + capture::kMostTime;
    std::set<std::string> m_seen{};
    std::size_t m_bytes = 0;
    PageVisit m_out{};
};

bool is_picture(const Hop& hop)
{
    return hop.status == 200 && hop.mime.starts_with("image/") && !hop.body.empty();
}

std::vector<std::string_view> words_of(std::string_view text)
{
    std::vector<std::string_view> out;
    while (!text.empty()) {
        const auto end = std::min(text.find(' '), text.size());
        if (end > 0) out.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

} // namespace page_visit

using namespace page_visit;

PageVisit visit_page(std::string_view key, const PageFetch& fetch)
{
    return Walk{fetch}.go(key);
}

PageCopy copy_of(const PageVisit& visit, const SuffixList& suffixes)
{
    PageCopy out{.failure = visit.failure};
    for (const auto& hop : visit.hops)
        out.steps.push_back({.url = hop.url, .status = hop.status, .failure = hop.failure, .address = hop.address, .tls = hop.tls, .certificate = hop.certificate});
    if (!visit.page) return out;
    const auto& page = visit.hops[*visit.page];
    out.title = page.title;
    out.text = page.text;
    out.contacts = contacts_of(page, suffixes);
    if (page.status == 200) out.likeness = likeness_of(page.text);
    if (visit.icon && is_picture(*visit.icon)) out.icon = visit.icon->body;
    return out;
}

std::optional<std::uint64_t> likeness_of(std::string_view text)
{
    // Numbers change from copy to copy (sums, years, counters).
    auto plain = lower(text);
    std::erase_if(plain, [](char c) { return c >= '0' && c <= '9'; });
    const auto words = words_of(plain);
    if (words.size() < kLeastWords) return std::nullopt;
    std::array<int, 64> votes{};
    for (std::size_t n = 0; n + kRun <= words.size(); ++n) {
        const auto* begin = words[n].data();
        const auto* end = words[n + kRun - 1].data() + words[n + kRun - 1].size();
        const auto hash = keyed_hash({begin, static_cast<std::size_t>(end - begin)}, 1); // stored: the seed never changes
        for (std::size_t bit = 0; bit < 64; ++bit) votes[bit] += (hash >> bit & 1) != 0 ? 1 : -1;
    }
    std::uint64_t out = 0;
    for (std::size_t bit = 0; bit < 64; ++bit)
        if (votes[bit] > 0) out |= std::uint64_t{1} << bit;
    return out;
}

bool are_alike(std::uint64_t a, std::uint64_t b)
{
    return std::popcount(a ^ b) <= kAlikeBits;
}

std::vector<std::string> contacts_of(const capture::Hop& page, const SuffixList& suffixes)
{
    std::set<std::string> out;
    for (const auto& written : page.links) {
        const auto is_number = written.starts_with("tel:");
        const auto link = read_link(is_number ? std::string_view{written}.substr(4) : written.starts_with("//") ? "https:" + written : written, suffixes);
        if (link.identity.kind == Kind::none || link.identity.kind == Kind::url || out.size() == kMostContacts) continue;
        out.insert(link.identity.key);
    }
    return {out.begin(), out.end()};
}

} // namespace adal::cyber
