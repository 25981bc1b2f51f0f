#include "http/finish.hpp"

#include "base/text.hpp"
#include "http/assets.hpp"
#include "http/parser.hpp"
#include "http/security_headers.hpp"

#include <charconv>
#include <ctime>
#include <fmt/format.h>

namespace adal::http {
namespace {

constexpr std::size_t kPackFrom = 1024;

std::string_view header_in(const Reply& reply, std::string_view name)
{
    for (const auto& [key, value] : reply.headers)
        if (key == name) return value;
    return {};
}

bool is_text(std::string_view type)
{
    for (const auto* beginning : {"text/", "application/json", "application/geo+json", "image/svg+xml",
                                  "application/xml", "application/atom+xml", "application/manifest+json"})
        if (type.starts_with(beginning)) return true;
    return false;
}

bool is_number(std::string_view text, std::uint64_t& out)
{
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return !text.empty() && error == std::errc{} && end == text.data() + text.size();
}

void append_header(std::string& out, std::string_view name, std::string_view value)
{
    static constexpr std::string_view kBad{"\r\n\0", 3};
    if (value.find_first_of(kBad) != std::string_view::npos || name.find_first_of(kBad) != std::string_view::npos) return;
    out += name;
    out += ": ";
    out += value;
    out += "\r\n";
}

void append_security(std::string& out, const Reply& reply, bool https)
{
    if (header_in(reply, "Content-Security-Policy").empty()) append_header(out, "Content-Security-Policy", kPolicy);
    if (header_in(reply, "Cross-Origin-Resource-Policy").empty())
        out += "Cross-Origin-Resource-Policy: same-origin\r\n";
    out += "X-Content-Type-Options: nosniff\r\n"
           "Cross-Origin-Opener-Policy: same-origin\r\n"
           "Referrer-Policy: same-origin\r\n"
           "Permissions-Policy: geolocation=(self), camera=(self), microphone=(), payment=(), usb=()\r\n";
    if (https) out += "Strict-Transport-Security: max-age=31536000\r\n";
}

} // namespace

bool accepts_gzip(const Request& request)
{
    for (const auto part : split(request.header("accept-encoding"), ',')) {
        const auto semicolon = part.find(';');
        if (trim(part.substr(0, semicolon)) != "gzip") continue;
        if (semicolon == std::string_view::npos) return true;
        const auto weight = trim(part.substr(semicolon + 1));
        return weight.find_first_of("123456789", weight.find('=') + 1) != std::string_view::npos;
    }
    return false;
}

void pack(Reply& reply, const Request& request)
{
    auto* body = std::get_if<std::string>(&reply.body);
    if (body == nullptr || body->size() < kPackFrom || !is_text(reply.type)) return;
    if (!header_in(reply, "Content-Encoding").empty()) return;
    reply.headers.emplace_back("Vary", "Accept-Encoding");
    if (!accepts_gzip(request)) return;
    *body = gzip(*body);
    reply.headers.emplace_back("Content-Encoding", "gzip");
}

void finish(Reply& reply, const Request& request)
{
    pack(reply, request);
    if (request.raw_path.starts_with("/log/")) {
        reply.headers.emplace_back("Access-Control-Allow-Origin", "*");
        reply.headers.emplace_back("Cross-Origin-Resource-Policy", "cross-origin");
    }
    if (header_in(reply, "Cache-Control").empty())
        reply.headers.emplace_back("Cache-Control", request.principal ? "no-store" : "no-cache");
    const auto wanted = request.header("if-none-match"), etag = header_in(reply, "ETag");
    if (reply.status == 200 && !wanted.empty() && !etag.empty() && matches_etag(wanted, etag)) {
        reply.status = 304;
        reply.body = std::string{};
        std::erase_if(reply.headers, [](const auto& header) { return header.first == "Content-Encoding"; });
    }
}

bool matches_etag(std::string_view if_none_match, std::string_view etag)
{
    const auto opaque = [](std::string_view tag) { return tag.starts_with("W/") ? tag.substr(2) : tag; };
    if (trim(if_none_match) == "*") return true;
    for (const auto part : split(if_none_match, ','))
        if (opaque(trim(part)) == opaque(etag)) return true;
    return false;
}

RangeAnswer read_range(std::string_view header, std::uint64_t size, ByteRange& out)
{
    if (!header.starts_with("bytes=") || header.find(',') != std::string_view::npos) return RangeAnswer::whole;
    header.remove_prefix(6);
    const auto dash = header.find('-');
    if (dash == std::string_view::npos) return RangeAnswer::whole;
    const auto from = header.substr(0, dash), to = header.substr(dash + 1);
    std::uint64_t first = 0, last = 0;
    if (from.empty()) { // the last N bytes
        if (!is_number(to, last)) return RangeAnswer::whole;
        if (last == 0 || size == 0) return RangeAnswer::unsatisfiable;
        out = {last >= size ? 0 : size - last, size - 1};
        return RangeAnswer::part;
    }
    if (!is_number(from, first) || (!to.empty() && (!is_number(to, last) || last < first))) return RangeAnswer::whole;
    if (first >= size) return RangeAnswer::unsatisfiable;
    out = {first, to.empty() || last >= size ? size - 1 : last};
    return RangeAnswer::part;
}

std::string head_text(const Reply& reply, const HeadOptions& options)
{
    std::string out;
    out.reserve(1024);
    out += fmt::format("HTTP/1.{} {} {}\r\n", options.version == 10 ? 0 : 1, reply.status, reason_of(reply.status));
    append_header(out, "Date", options.date);
    if (reply.status != 304) {
        append_header(out, "Content-Type", reply.type);
        out += fmt::format("Content-Length: {}\r\n", options.length);
    }
    for (const auto& [name, value] : reply.headers) append_header(out, name, value);
    append_security(out, reply, options.https);
    if (!options.keep_alive) out += "Connection: close\r\n";
    else if (options.version == 10) out += "Connection: keep-alive\r\n";
    out += "\r\n";
    return out;
}

std::string http_date(std::int64_t unix_seconds)
{
    const std::time_t seconds = unix_seconds;
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT", kDays[parts.tm_wday], parts.tm_mday, kMonths[parts.tm_mon],
                       parts.tm_year + 1900, parts.tm_hour, parts.tm_min, parts.tm_sec);
}

} // namespace adal::http
