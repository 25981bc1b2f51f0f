// http/finish.hpp: the last touches to a reply that hold for all of them: compression, validators, cross-origin rules; and its
// head as bytes.
#pragma once

#include "http/message.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace adal::http {

bool accepts_gzip(const Request& request);
// Compresses text over 1 KB when the client takes it.
void pack(Reply& reply, const Request& request);
// pack, then 304 when the client has it (RFC 9110 §13), CORS for /log/.
void finish(Reply& reply, const Request& request);

// RFC 9110 §13.1.2: "*", or one of the list, weak comparison.
bool matches_etag(std::string_view if_none_match, std::string_view etag);

// "bytes=…" of one range (RFC 9110 §14.1.2). `first` > `last` never.
struct ByteRange {
    std::uint64_t first = 0, last = 0;
};
enum class RangeAnswer { whole, part, unsatisfiable };
// Several ranges or a malformed header: the whole file.
RangeAnswer read_range(std::string_view header, std::uint64_t size, ByteRange& out);

// Status line and headers, with the empty line. A header with a line end or NUL inside is left out.
struct HeadOptions {
    unsigned version = 11;
    bool keep_alive = true;
    bool https = false;
    std::uint64_t length = 0;
    std::string_view date{}; // RFC 9110 §5.6.7
};
std::string head_text(const Reply& reply, const HeadOptions& options);
std::string http_date(std::int64_t unix_seconds);

} // namespace adal::http
