// capture/page.hpp: what a person would read of a response: head, coding, letters. Runs in the closed worker, because every byte
// is a stranger's. Rules only; thread-safe; any bytes give an answer.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace adal::capture {

inline constexpr std::size_t kMostPage = 4 << 20; // bytes of a body after decompression; the rest is not looked at

struct Page {
    int status = 0;         // 0: no HTTP response
    std::string mime{};     // lower case, without parameters
    std::string location{}; // printable ASCII; anything else is escaped as %XX
    std::string title{}, text{};
    std::vector<std::string> links{}; // hop.hpp
    std::string body{};               // SHA-256 without codings, hex; empty: none, or longer than kMostPage
};

// `response`: head and body as received (RFC 9112; chunked, gzip or deflate, UTF-8 or windows-1251).
Page read_page(std::string_view response);

// The body of `chunked` (RFC 9112 §7.1), as far as it is well formed.
std::string dechunked(std::string_view body);
// gzip or zlib, at most `limit` bytes, as far as it is well formed.
std::string inflated(std::string_view body, std::size_t limit);
// Text of HTML without scripts and styles, entities read, white space folded; its title apart.
void read_html(std::string_view html, Page& page);

} // namespace adal::capture
