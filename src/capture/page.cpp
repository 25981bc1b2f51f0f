#include "capture/page.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"
#include "capture/hop.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <optional>
#include <zlib.h>

namespace adal::capture {
namespace {

struct Head {
    int status = 0;
    std::string type{}, location{}, transfer{}, coding{};
};

void read_field(std::string_view line, Head& head)
{
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return;
    const auto field = small(trim(line.substr(0, colon)));
    const auto value = trim(line.substr(colon + 1));
    if (field == "content-type") head.type = value;
    else if (field == "location") head.location = value;
    else if (field == "transfer-encoding") head.transfer = small(value);
    else if (field == "content-encoding") head.coding = small(value);
}

// Returns where the body begins.
std::size_t read_head(std::string_view response, Head& head)
{
    std::size_t at = 0;
    bool is_first = true;
    while (at < response.size()) {
        auto end = response.find('\n', at);
        if (end == std::string_view::npos) end = response.size();
        auto line = response.substr(at, end - at);
        if (line.ends_with('\r')) line.remove_suffix(1);
        at = std::min(end + 1, response.size());
        if (line.empty()) return at;
        if (is_first) {
            const auto space = line.find(' ');
            if (space != std::string_view::npos && line.starts_with("HTTP/"))
                std::from_chars(line.data() + space + 1, line.data() + line.size(), head.status);
        } else read_field(line, head);
        is_first = false;
    }
    return response.size();
}

std::string printable(std::string_view text)
{
    std::string out;
    for (const char c : text.substr(0, kMostLocation / 3)) {
        if (c > 0x20 && c < 0x7f) out += c;
        else out += "%" + small(hex({&c, 1}));
    }
    return out;
}

// Letters of windows-1251 above 0x7f (unicode.org CP1251.TXT); 0: none.
char32_t from_1251(unsigned char c)
{
    constexpr std::array<char16_t, 64> upper{
        0x402,  0x403,  0x201A, 0x453,  0x201E, 0x2026, 0x2020, 0x2021, 0x20AC, 0x2030, 0x409,  0x2039, 0x40A,  0x40C,  0x40B,  0x40F,
        0x452,  0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0,      0x2122, 0x459,  0x203A, 0x45A,  0x45C,  0x45B,  0x45F,
        0xA0,   0x40E,  0x45E,  0x408,  0xA4,   0x490,  0xA6,   0xA7,   0x401,  0xA9,   0x404,  0xAB,   0xAC,   0xAD,   0xAE,   0x407,
        0xB0,   0xB1,   0x406,  0x456,  0x491,  0xB5,   0xB6,   0xB7,   0x451,  0x2116, 0x454,  0xBB,   0x458,  0x405,  0x455,  0x457};
    return c >= 0xC0 ? 0x410u + (c - 0xC0u) : upper[c - 0x80u];
}

std::string as_utf8(std::string_view bytes)
{
    if (is_utf8(bytes)) return std::string{bytes};
    std::string out;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) out += c;
        else append_utf8(out, from_1251(byte) == 0 ? 0xFFFD : from_1251(byte));
    }
    return out;
}

// UTF-8 that was cut in the middle of a letter loses that letter.
std::string_view whole_letters(std::string_view text, std::size_t limit)
{
    if (text.size() <= limit) return text;
    text = text.substr(0, limit);
    for (int n = 0; n < 4 && !text.empty() && !is_utf8(text); ++n) text.remove_suffix(1);
    return text;
}

bool is_invisible(char32_t c)
{
    return c < 0x20 || c == 0x7f || (c >= 0x80 && c < 0xA0) || c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
}

// White space folded into one blank; what has no width or turns the direction is left out.
class Folded
{
public:
    explicit Folded(std::size_t limit) : m_limit(limit) {}
    void add(char32_t c)
    {
        if (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == 0xA0) m_is_blank = true;
        else if (!is_invisible(c) && m_text.size() + 5 <= m_limit) {
            if (m_is_blank && !m_text.empty()) m_text += ' ';
            m_is_blank = false;
            append_utf8(m_text, c);
        }
    }
    void blank() { m_is_blank = true; }
    [[nodiscard]] std::string take() { return std::move(m_text); }

private:
    std::size_t m_limit;
    std::string m_text{};
    bool m_is_blank = false;
};

struct Entity {
    std::string_view name;
    char32_t letter;
};
constexpr std::array kEntities{Entity{"amp", '&'},    Entity{"lt", '<'},      Entity{"gt", '>'},     Entity{"quot", '"'},    Entity{"apos", '\''},  Entity{"nbsp", ' '},
                               Entity{"laquo", 0xAB}, Entity{"raquo", 0xBB},  Entity{"mdash", 0x2014}, Entity{"ndash", 0x2013}, Entity{"hellip", 0x2026}, Entity{"copy", 0xA9}};

// "&amp;", "&#1178;", "&#x49A;" at the start of `text`; moves `at` behind it.
std::optional<char32_t> read_entity(std::string_view text, std::size_t& at)
{
    const auto end = text.substr(at, 12).find(';');
    if (end == std::string_view::npos) return std::nullopt;
    auto inside = text.substr(at + 1, end - 1);
    char32_t letter = 0;
    if (inside.starts_with('#')) {
        const int base = inside.size() > 1 && (inside[1] == 'x' || inside[1] == 'X') ? 16 : 10;
        inside.remove_prefix(base == 16 ? 2 : 1);
        std::uint32_t value = 0;
        const auto [stop, error] = std::from_chars(inside.data(), inside.data() + inside.size(), value, base);
        if (error != std::errc{} || stop != inside.data() + inside.size() || value == 0 || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000)) return std::nullopt;
        letter = value;
    } else {
        const auto* found = std::ranges::find(kEntities, inside, &Entity::name);
        if (found == kEntities.end()) return std::nullopt;
        letter = found->letter;
    }
    at += end + 1;
    return letter;
}

bool is_absolute(std::string_view link)
{
    return std::ranges::any_of(std::array<std::string_view, 6>{"http://", "https://", "//", "tel:", "tg:", "mailto:"}, [&](std::string_view start) { return link.starts_with(start); });
}

// The value of `href`, quoted or not; entities stay as they are but for "&amp;".
std::string href_of(std::string_view tag)
{
    const auto low = small(tag);
    for (auto at = low.find("href"); at != std::string::npos; at = low.find("href", at + 4)) {
        auto rest = tag.substr(at + 4);
        while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
        if (at == 0 || std::isalnum(static_cast<unsigned char>(low[at - 1])) != 0 || low[at - 1] == '-' || !rest.starts_with('=')) continue;
        rest.remove_prefix(1);
        while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
        const bool is_quoted = rest.starts_with('"') || rest.starts_with('\'');
        const auto end = is_quoted ? rest.find(rest.front(), 1) : rest.find_first_of(" >");
        return std::string{trim(is_quoted ? rest.substr(1, end == std::string_view::npos ? end : end - 1) : rest.substr(0, end))};
    }
    return {};
}

void add_link(std::string_view tag, Page& page)
{
    if (page.links.size() == kMostLinks) return;
    auto link = href_of(tag);
    for (auto at = link.find("&amp;"); at != std::string::npos; at = link.find("&amp;", at + 1)) link.erase(at + 1, 4);
    const bool is_plain = link.size() <= kMostLink && is_absolute(link) && std::ranges::all_of(link, [](char c) { return c > 0x20 && c < 0x7f; });
    if (is_plain && std::ranges::find(page.links, link) == page.links.end()) page.links.push_back(std::move(link));
}

std::string tag_name(std::string_view tag)
{
    std::size_t n = 0;
    while (n < tag.size() && (std::isalnum(static_cast<unsigned char>(tag[n])) != 0 || (n == 0 && tag[n] == '/'))) ++n;
    return small(tag.substr(0, n));
}

// Behind the end of an element whose content is no text.
std::size_t after_element(std::string_view html, std::size_t at, std::string_view name)
{
    const auto wanted = "</" + std::string{name};
    for (auto next = html.find("</", at); next != std::string_view::npos; next = html.find("</", next + 2))
        if (small(html.substr(next, wanted.size())) == wanted) return next;
    return html.size();
}

std::size_t after_tag(std::string_view html, std::size_t at)
{
    if (html.substr(at).starts_with("<!--")) {
        const auto end = html.find("-->", at + 4);
        return end == std::string_view::npos ? html.size() : end + 3;
    }
    const auto end = html.find('>', at);
    return end == std::string_view::npos ? html.size() : end + 1;
}

} // namespace

std::string dechunked(std::string_view body)
{
    std::string out;
    while (!body.empty()) {
        std::size_t size = 0;
        const auto [stop, error] = std::from_chars(body.data(), body.data() + body.size(), size, 16);
        const auto line = body.find('\n');
        if (error != std::errc{} || size == 0 || line == std::string_view::npos || stop > body.data() + line) return out;
        body.remove_prefix(line + 1);
        out += body.substr(0, size);
        if (body.size() <= size) return out;
        body.remove_prefix(size);
        if (body.starts_with("\r\n")) body.remove_prefix(2);
        else if (body.starts_with('\n')) body.remove_prefix(1);
        else return out;
    }
    return out;
}

std::string inflated(std::string_view body, std::size_t limit)
{
    std::string out;
    z_stream stream{};
    if (inflateInit2(&stream, 15 + 32) != Z_OK) return out; // gzip or zlib, by its head
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(body.data()));
    stream.avail_in = static_cast<uInt>(std::min<std::size_t>(body.size(), 64u << 20));
    std::array<char, 65536> part{};
    int state = Z_OK;
    while (state == Z_OK && out.size() < limit) {
        stream.next_out = reinterpret_cast<Bytef*>(part.data());
        stream.avail_out = part.size();
        state = inflate(&stream, Z_NO_FLUSH);
        out.append(part.data(), part.size() - stream.avail_out);
    }
    inflateEnd(&stream);
    out.resize(std::min(out.size(), limit));
    return out;
}

void read_html(std::string_view html, Page& page)
{
    Folded text{kMostText}, title{kMostTitle * 4};
    bool in_title = false;
    for (std::size_t at = 0; at < html.size();) {
        const char c = html[at];
        if (c == '<' && at + 1 < html.size() && (std::isalpha(static_cast<unsigned char>(html[at + 1])) != 0 || html[at + 1] == '/' || html[at + 1] == '!' || html[at + 1] == '?')) {
            const auto tag = tag_name(html.substr(at + 1, 16));
            const auto begin = at;
            at = after_tag(html, at);
            if (tag == "a") add_link(html.substr(begin, std::min<std::size_t>(at - begin, 4096)), page);
            if (tag == "script" || tag == "style" || tag == "noscript" || tag == "template" || tag == "svg") at = after_element(html, at, tag);
            if (tag == "title") in_title = true;
            if (tag == "/title") in_title = false;
            text.blank();
            continue;
        }
        auto& into = in_title ? title : text;
        if (const auto letter = c == '&' ? read_entity(html, at) : std::nullopt) into.add(*letter);
        else into.add(next_code_point(html, at));
    }
    page.title = whole_letters(title.take(), kMostTitle * 4);
    page.text = text.take();
}

Page read_page(std::string_view response)
{
    Head head;
    const auto begin = read_head(response, head);
    Page out{.status = head.status, .mime = small(trim(head.type.substr(0, head.type.find(';')))), .location = printable(head.location)};
    if (out.mime.size() > 100 || !std::ranges::all_of(out.mime, [](char c) { return c > 0x20 && c < 0x7f; })) out.mime.clear();
    std::string body{response.substr(begin)};
    if (head.transfer.find("chunked") != std::string::npos) body = dechunked(body);
    if (head.coding == "gzip" || head.coding == "x-gzip" || head.coding == "deflate") body = inflated(body, kMostPage);
    if (!body.empty() && body.size() < kMostPage) out.body = hex(view(sha256(body)));
    const auto letters = as_utf8(whole_letters(std::string_view{body}.substr(0, kMostPage), kMostPage));
    if (out.mime == "text/html" || out.mime == "application/xhtml+xml" || out.mime.empty()) read_html(letters, out);
    else if (out.mime == "text/plain") {
        Folded text{kMostText};
        for (std::size_t at = 0; at < letters.size();) text.add(next_code_point(letters, at));
        out.text = text.take();
    }
    return out;
}

} // namespace adal::capture
