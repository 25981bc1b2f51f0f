#include "cyber/url.hpp"

#include "base/text.hpp"
#include "cyber/url_encode.hpp"
#include "cyber/url_host.hpp"
#include "cyber/url_plain.hpp"

#include <algorithm>
#include <charconv>

namespace adal::cyber {

std::uint32_t Url::path_end() const
{
    return std::min({query_begin, fragment_begin, static_cast<std::uint32_t>(href.size())});
}

std::string_view Url::query() const
{
    if (query_begin == kNone) return {};
    return part(query_begin + 1, std::min<std::size_t>(fragment_begin, href.size()));
}

std::string_view Url::fragment() const
{
    return fragment_begin == kNone ? std::string_view{} : part(fragment_begin + 1, href.size());
}

std::uint32_t Url::authority_end() const
{
    if (has_host || opaque_path || path_begin < scheme_end + 3) return path_begin;
    return scheme_end + 1;
}

namespace url_parser {

// 0 for schemes without a default port.
struct Special {
    std::string_view scheme;
    int port;
};
constexpr Special kSpecial[] = {{"https", 443}, {"http", 80}, {"file", 0}, {"ws", 80}, {"wss", 443}, {"ftp", 21}};

const Special* special(std::string_view scheme)
{
    for (const auto& one : kSpecial)
        if (one.scheme == scheme) return &one;
    return nullptr;
}

bool is_alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

// "C:" or "C|"
bool is_drive(std::string_view text)
{
    return text.size() == 2 && is_alpha(text[0]) && (text[1] == ':' || text[1] == '|');
}

bool starts_with_drive(std::string_view text)
{
    return is_drive(text.substr(0, 2)) && (text.size() == 2 || std::string_view{"/\\?#"}.find(text[2]) != std::string_view::npos);
}

// 1 for ".", 2 for "..", with either dot written as %2e; 0 for any other segment.
int dots(std::string_view segment)
{
    int count = 0;
    for (std::size_t at = 0; at < segment.size(); ++count) {
        if (count == 2) return 0;
        if (segment[at] == '.') at += 1;
        else if (segment.size() - at >= 3 && segment[at] == '%' && segment[at + 1] == '2' && (segment[at + 2] | 32) == 'e') at += 3;
        else return 0;
    }
    return count;
}

// Reads `m_rest` from left to right and writes the serialisation as it goes.
class Parser
{
public:
    Parser(Url& url, std::string_view input, const Url* base) : m_url{url}, m_rest{input}, m_base{base} {}

    bool run()
    {
        if (const auto length = scheme_length()) return after_scheme(length);
        if (m_base == nullptr) return false;
        if (m_base->opaque_path) {
            if (!m_rest.starts_with('#')) return false;
            copy_before_fragment();
            return read_fragment();
        }
        if (m_base->scheme() == "file") {
            begin("file");
            return read_file();
        }
        begin(m_base->scheme());
        return read_relative();
    }

private:
    Url& m_url;
    std::string_view m_rest;
    const Url* m_base;
    bool m_special = false, m_file = false;

    [[nodiscard]] std::uint32_t here() const { return static_cast<std::uint32_t>(m_url.href.size()); }
    [[nodiscard]] bool slash_first() const { return !m_rest.empty() && is_slash(m_rest.front()); }
    [[nodiscard]] bool is_slash(char c) const { return c == '/' || (m_special && c == '\\'); }

    [[nodiscard]] std::size_t scheme_length() const
    {
        if (m_rest.empty() || !is_alpha(m_rest.front())) return 0;
        std::size_t at = 1;
        while (at < m_rest.size() && (is_alpha(m_rest[at]) || is_digit(m_rest[at]) || m_rest[at] == '+' || m_rest[at] == '-' || m_rest[at] == '.'))
            ++at;
        return at < m_rest.size() && m_rest[at] == ':' ? at : 0;
    }

    void begin(std::string_view scheme)
    {
        auto& href = m_url.href;
        href.assign(scheme);
        for (auto& c : href)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
        m_url.scheme_end = here();
        m_special = special(href) != nullptr;
        m_file = href == "file";
        href += ':';
    }

    bool after_scheme(std::size_t length)
    {
        begin(m_rest.substr(0, length));
        m_rest.remove_prefix(length + 1);
        if (m_file) {
            if (m_base && m_base->scheme() != "file") m_base = nullptr;
            return read_file();
        }
        if (m_special) {
            const bool relative = m_base && m_base->scheme() == m_url.scheme() && !m_rest.starts_with("//");
            if (relative) return read_relative();
            skip_slashes();
            return read_authority();
        }
        if (m_rest.starts_with("//")) {
            m_rest.remove_prefix(2);
            return read_authority();
        }
        without_host();
        if (m_rest.starts_with('/')) return read_path_and_rest();
        return read_opaque_path();
    }

    void skip_slashes()
    {
        while (!m_rest.empty() && (m_rest.front() == '/' || m_rest.front() == '\\'))
            m_rest.remove_prefix(1);
    }

    void without_host()
    {
        m_url.has_host = false;
        m_url.username_end = m_url.host_begin = m_url.host_end = m_url.path_begin = here();
    }

    // "//" and an empty host: what "file:" has until it says otherwise.
    void with_empty_host()
    {
        m_url.href += "//";
        m_url.has_host = true;
        m_url.username_end = m_url.host_begin = m_url.host_end = m_url.path_begin = here();
    }

    // Everything of the base up to the path; the scheme is the same, so all places are.
    void copy_authority()
    {
        m_url.href.assign(m_base->href, 0, m_base->authority_end());
        m_url.username_end = m_base->username_end;
        m_url.host_begin = m_base->host_begin;
        m_url.host_end = m_base->host_end;
        m_url.port_number = m_base->port_number;
        m_url.has_host = m_base->has_host;
        m_url.path_begin = here();
    }

    void copy_path()
    {
        copy_authority();
        m_url.href += m_base->path();
    }

    void copy_before_fragment()
    {
        m_url = *m_base;
        m_url.href.resize(std::min<std::size_t>(m_base->fragment_begin, m_base->href.size()));
        m_url.fragment_begin = Url::kNone;
        m_special = special(m_url.scheme()) != nullptr;
    }

    bool read_relative()
    {
        if (slash_first()) {
            m_rest.remove_prefix(1);
            if (slash_first()) {
                m_rest.remove_prefix(1);
                if (m_special) skip_slashes();
                return read_authority();
            }
            copy_authority();
            return read_path_and_rest();
        }
        return read_beside_base();
    }

    // "", "?q", "#f" or "a/b" beside the base's path.
    bool read_beside_base()
    {
        if (m_rest.empty() || m_rest.front() == '#') {
            copy_before_fragment();
            return read_fragment();
        }
        copy_path();
        if (m_rest.front() == '?') return finish();
        if (!m_file || !starts_with_drive(m_rest)) shorten_path();
        else m_url.href.resize(m_url.path_begin);
        return read_path_and_rest();
    }

    bool read_file()
    {
        if (m_rest.empty() || (m_rest.front() != '/' && m_rest.front() != '\\')) {
            if (m_base) return read_beside_base();
            with_empty_host();
            return read_path_and_rest();
        }
        m_rest.remove_prefix(1);
        if (!m_rest.empty() && (m_rest.front() == '/' || m_rest.front() == '\\')) {
            m_rest.remove_prefix(1);
            return read_file_host();
        }
        if (!m_base) {
            with_empty_host();
            return read_path_and_rest();
        }
        copy_authority();
        const auto path = m_base->path();
        const bool base_has_drive = path.size() >= 3 && is_drive(path.substr(1, 2)) && path[2] == ':' && (path.size() == 3 || path[3] == '/');
        if (base_has_drive && !starts_with_drive(m_rest)) m_url.href += path.substr(0, 3);
        return read_path_and_rest();
    }

    bool read_file_host()
    {
        const auto written = m_rest.substr(0, m_rest.find_first_of("/\\?#"));
        with_empty_host();
        if (is_drive(written)) return read_path_and_rest();
        m_rest.remove_prefix(written.size());
        if (!written.empty()) {
            if (!append_host(m_url.href, written, true)) return false;
            if (std::string_view{m_url.href}.substr(m_url.host_begin) == "localhost") m_url.href.resize(m_url.host_begin);
        }
        m_url.host_end = m_url.path_begin = here();
        return read_path_start();
    }

    bool read_authority()
    {
        const auto authority = m_rest.substr(0, m_rest.find_first_of(m_special ? "/\\?#" : "/?#"));
        m_rest.remove_prefix(authority.size());
        m_url.has_host = true;
        m_url.href += "//";
        const auto at = authority.rfind('@');
        const auto written = at == std::string_view::npos ? authority : authority.substr(at + 1);
        m_url.username_end = here();
        if (at != std::string_view::npos) {
            if (written.empty()) return false;
            write_credentials(authority.substr(0, at));
        }
        m_url.host_begin = here();
        return write_host_and_port(written) && read_path_start();
    }

    void write_credentials(std::string_view written)
    {
        auto& href = m_url.href;
        const auto colon = std::min(written.find(':'), written.size());
        append_encoded(href, written.substr(0, colon), encode_userinfo);
        m_url.username_end = here();
        if (colon + 1 < written.size()) {
            href += ':';
            append_encoded(href, written.substr(colon + 1), encode_userinfo);
        }
        if (here() > m_url.scheme_end + 3) href += '@';
    }

    bool write_host_and_port(std::string_view written)
    {
        const auto colon = port_colon(written);
        const auto host = written.substr(0, colon);
        if (host.empty() && (m_special || colon < written.size())) return false;
        if (!host.empty() && !append_host(m_url.href, host, m_special)) return false;
        m_url.host_end = here();
        const bool good = colon == written.size() || write_port(written.substr(colon + 1));
        m_url.path_begin = here();
        return good;
    }

    // The first colon that is not inside brackets; the length, when there is none.
    static std::size_t port_colon(std::string_view written)
    {
        bool inside = false;
        for (std::size_t i = 0; i < written.size(); ++i) {
            if (written[i] == '[') inside = true;
            else if (written[i] == ']') inside = false;
            else if (written[i] == ':' && !inside) return i;
        }
        return written.size();
    }

    bool write_port(std::string_view digits)
    {
        unsigned port = 0;
        for (const char c : digits) {
            if (!is_digit(c)) return false;
            port = port * 10 + static_cast<unsigned>(c - '0');
            if (port > 65535) return false;
        }
        if (digits.empty()) return true;
        const auto* known = special(m_url.scheme());
        if (known && known->port == static_cast<int>(port)) return true;
        m_url.port_number = static_cast<std::int32_t>(port);
        m_url.href += ':' + std::to_string(port);
        return true;
    }

    // After an authority: a special URL always has a path.
    bool read_path_start()
    {
        if (m_special || slash_first()) return read_path_and_rest();
        return finish();
    }

    bool read_path_and_rest()
    {
        if (slash_first()) m_rest.remove_prefix(1);
        const auto written = m_rest.substr(0, m_rest.find_first_of("?#"));
        m_rest.remove_prefix(written.size());
        write_path(written);
        return finish();
    }

    // Encodes and resolves one segment after the other; a path without surprises in one go.
    void write_path(std::string_view written)
    {
        auto& href = m_url.href;
        if (!m_file && is_simple(written)) {
            href += '/';
            href += written;
            return;
        }
        for (std::size_t at = 0;;) {
            auto end = at;
            while (end < written.size() && !is_slash(written[end]))
                ++end;
            write_segment(written.substr(at, end - at), end == written.size());
            if (end == written.size()) return;
            at = end + 1;
        }
    }

    void write_segment(std::string_view segment, bool last)
    {
        auto& href = m_url.href;
        const auto count = dots(segment);
        if (count == 2) shorten_path();
        if (count > 0) {
            if (last) href += '/';
            return;
        }
        const bool first = here() == m_url.path_begin;
        href += '/';
        append_encoded(href, segment, encode_path);
        if (m_file && first && is_drive(segment)) href.back() = ':';
    }

    [[nodiscard]] bool is_simple(std::string_view written) const
    {
        char before = '/';
        bool simple = true;
        for (const char c : written) {
            const bool dot_segment = before == '/' && (c == '.' || c == '%');
            simple = simple && !must_encode(c, encode_path) && c != '\\' && !dot_segment;
            before = c;
        }
        return simple;
    }

    void shorten_path()
    {
        auto& href = m_url.href;
        const auto path = std::string_view{href}.substr(m_url.path_begin);
        if (path.empty() || (m_file && path.size() == 3 && is_drive(path.substr(1)) && path[2] == ':')) return;
        href.resize(m_url.path_begin + path.rfind('/'));
    }

    bool read_opaque_path()
    {
        m_url.opaque_path = true;
        const auto written = m_rest.substr(0, m_rest.find_first_of("?#"));
        m_rest.remove_prefix(written.size());
        append_encoded(m_url.href, written, encode_control);
        if (written.ends_with(' ') && !m_rest.empty()) {
            m_url.href.pop_back();
            m_url.href += "%20";
        }
        return finish();
    }

    // A path that would be read back as a host is guarded: "web+demo:/.//not-a-host/".
    void guard_path()
    {
        if (m_url.has_host || m_url.opaque_path || !std::string_view{m_url.href}.substr(m_url.path_begin).starts_with("//")) return;
        m_url.href.insert(m_url.path_begin, "/.");
        m_url.path_begin += 2;
    }

    bool finish()
    {
        guard_path();
        if (m_rest.starts_with('?')) {
            const auto written = m_rest.substr(0, m_rest.find('#'));
            m_url.query_begin = here();
            m_url.href += '?';
            append_encoded(m_url.href, written.substr(1), m_special ? encode_special_query : encode_query);
            m_rest.remove_prefix(written.size());
        }
        return read_fragment();
    }

    bool read_fragment()
    {
        if (m_rest.empty()) return true;
        m_url.fragment_begin = here();
        m_url.href += '#';
        append_encoded(m_url.href, m_rest.substr(1), encode_fragment);
        return true;
    }
};

// Which bytes ask for a copy before the parser starts: tab, line feed, carriage return; anything not ASCII.
struct Needs {
    bool removal = false, utf8_check = false;
};

Needs needs_of(std::string_view input)
{
    Needs needs;
    unsigned char high = 0;
    for (const char c : input) {
        high = static_cast<unsigned char>(high | static_cast<unsigned char>(c));
        needs.removal = needs.removal || c == '\t' || c == '\n' || c == '\r';
    }
    needs.utf8_check = high >= 0x80;
    return needs;
}

std::string_view without_control_ends(std::string_view input)
{
    const auto is_end = [](char c) { return static_cast<unsigned char>(c) <= 0x20; };
    while (!input.empty() && is_end(input.front()))
        input.remove_prefix(1);
    while (!input.empty() && is_end(input.back()))
        input.remove_suffix(1);
    return input;
}

void clear(Url& url)
{
    url.href.clear();
    url.scheme_end = url.username_end = url.host_begin = url.host_end = url.path_begin = 0;
    url.query_begin = url.fragment_begin = Url::kNone;
    url.port_number = -1;
    url.has_host = url.opaque_path = false;
}

void take_plain(Url& url, std::string_view input, const PlainPlaces& places)
{
    url.href.assign(input);
    url.scheme_end = places.scheme_end;
    url.username_end = url.host_begin = places.scheme_end + 3;
    url.host_end = url.path_begin = places.host_end;
    url.query_begin = places.query_begin;
    url.fragment_begin = places.fragment_begin;
    url.has_host = true;
}

} // namespace url_parser

bool is_special(std::string_view scheme)
{
    return url_parser::special(scheme) != nullptr;
}

bool parse_url_into(Url& url, std::string_view input, const Url* base)
{
    using namespace url_parser;
    clear(url);
    input = without_control_ends(input);
    if (input.size() > (std::size_t{1} << 29)) return false; // three times as long must fit 32 bits
    if (PlainPlaces places; find_plain_places(input, places)) {
        take_plain(url, input, places);
        return true;
    }
    const auto needs = needs_of(input);
    std::string copy;
    if (needs.utf8_check && !is_utf8(input)) input = copy = well_formed_utf8(input);
    if (needs.removal) {
        std::string kept{input};
        std::erase_if(kept, [](char c) { return c == '\t' || c == '\n' || c == '\r'; });
        copy = std::move(kept);
        input = copy;
    }
    return Parser{url, input, base}.run();
}

std::optional<Url> parse_url(std::string_view input, const Url* base)
{
    std::optional<Url> url{Url{}};
    if (!parse_url_into(*url, input, base)) url.reset();
    return url;
}

} // namespace adal::cyber
