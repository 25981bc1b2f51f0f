// cyber/url.hpp: addresses of the web, read exactly as browsers read them.
//
// The WHATWG URL Standard (url.spec.whatwg.org, read 2026-07): the basic URL parser without state override,
// UTF-8 only, and the URL serializer. Identity of a resource stands on it: what a browser opens is what we
// count as one. Pure; thread-safe. Whatever bytes come in, the result is a Url or nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace adal::cyber {

// A parsed URL is its serialisation and the places of its parts in it. At most 4 GiB long.
struct Url {
    static constexpr std::uint32_t kNone = UINT32_MAX;

    std::string href{};
    std::uint32_t scheme_end = 0;    // of "https"
    std::uint32_t username_end = 0;  // begins at scheme_end + 3, when there is a host
    std::uint32_t host_begin = 0;    // after "@"
    std::uint32_t host_end = 0;
    std::uint32_t path_begin = 0;
    std::uint32_t query_begin = kNone;    // of "?"
    std::uint32_t fragment_begin = kNone; // of "#"
    std::int32_t port_number = -1;        // -1: none, or the scheme's default
    bool has_host = false;                // an empty host is one: "file:///"
    bool opaque_path = false;             // "mailto:…", "data:…"

    [[nodiscard]] std::string_view scheme() const { return part(0, scheme_end); }
    [[nodiscard]] std::string_view username() const { return has_host ? part(scheme_end + 3, username_end) : std::string_view{}; }
    [[nodiscard]] std::string_view password() const { return has_host && host_begin > username_end + 1 ? part(username_end + 1, host_begin - 1) : std::string_view{}; }
    [[nodiscard]] std::string_view host() const { return has_host ? part(host_begin, host_end) : std::string_view{}; }
    [[nodiscard]] std::string_view path() const { return part(path_begin, path_end()); }
    [[nodiscard]] std::string_view query() const; // without "?"
    [[nodiscard]] std::string_view fragment() const; // without "#"

    // Where the path ends: at "?", "#" or the end.
    [[nodiscard]] std::uint32_t path_end() const;
    // Where everything about the host ends: after the port, before a "/." that only guards a path.
    [[nodiscard]] std::uint32_t authority_end() const;

private:
    [[nodiscard]] std::string_view part(std::size_t from, std::size_t to) const { return std::string_view{href}.substr(from, to - from); }
};

// http, https, ws, wss, ftp, file: the standard's special schemes.
bool is_special(std::string_view scheme);

// Nothing: a browser would refuse it (against `base`, when there is one).
std::optional<Url> parse_url(std::string_view input, const Url* base = nullptr);

// The same into `url`, keeping its memory: for many in a row. False leaves `url` in an unspecified state.
bool parse_url_into(Url& url, std::string_view input, const Url* base = nullptr);

// True only when parse_url(input) gives exactly `input` and it is an ordinary http(s) address: lower-case host of
// letters, digits, hyphens and dots, no port, no user. False says nothing. One pass over the bytes.
bool is_plainly_canonical(std::string_view input);

} // namespace adal::cyber
