#include "capture/warc.hpp"

#include "base/hash.hpp"
#include "base/json.hpp"
#include "base/result.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <stdexcept>
#include <utility>
#include <vector>
#include <zlib.h>

namespace adal::capture {
namespace {

using Fields = std::vector<std::pair<std::string_view, std::string>>;

std::string packed(std::string_view bytes)
{
    z_stream stream{};
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) throw std::runtime_error("deflateInit2 failed");
    std::string out(deflateBound(&stream, bytes.size()) + 32, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const bool is_whole = deflate(&stream, Z_FINISH) == Z_STREAM_END;
    out.resize(stream.total_out);
    deflateEnd(&stream);
    if (!is_whole) throw std::runtime_error("deflate failed");
    return out;
}

std::string digest(std::string_view bytes)
{
    return "sha256:" + base32(view(sha256(bytes)));
}

// A name made of what the record says (RFC 9562 §5.8), so that the same visit has the same records.
std::string record_id(std::string_view seed)
{
    auto bytes = std::string{view(sha256(seed)).substr(0, 16)};
    bytes[6] = static_cast<char>((static_cast<unsigned char>(bytes[6]) & 0x0f) | 0x80);
    bytes[8] = static_cast<char>((static_cast<unsigned char>(bytes[8]) & 0x3f) | 0x80);
    const auto h = hex(bytes);
    return fmt::format("<urn:uuid:{}-{}-{}-{}-{}>", h.substr(0, 8), h.substr(8, 4), h.substr(12, 4), h.substr(16, 4), h.substr(20));
}

// WARC-Date allows fractions of a second.
Fields record_of(std::string_view type, Instant at, std::string id)
{
    return {{"WARC-Type", std::string{type}}, {"WARC-Record-ID", std::move(id)}, {"WARC-Date", iso(at)}};
}

std::string record(Fields fields, std::string_view content_type, std::string_view block)
{
    fields.emplace_back("WARC-Block-Digest", digest(block));
    fields.emplace_back("Content-Type", content_type);
    std::string out = "WARC/1.1\r\n";
    for (const auto& [field, value] : fields) out.append(field).append(": ").append(value).append("\r\n");
    out += fmt::format("Content-Length: {}\r\n\r\n", block.size());
    return packed(out.append(block).append("\r\n\r\n"));
}

std::string_view truncation(Failure failure)
{
    switch (failure) {
    case Failure::none: return {};
    case Failure::time: return "time";
    case Failure::size: return "length";
    case Failure::http: return "disconnect";
    default: return "unspecified";
    }
}

// The digest of the body as sent; under a transfer coding readers do not agree on what the payload is, so it is left out there.
std::string payload_digest(std::string_view response)
{
    const auto end = response.find("\r\n\r\n");
    if (end == std::string_view::npos || small(response.substr(0, end)).find("\r\ntransfer-encoding:") != std::string::npos) return {};
    return digest(response.substr(end + 4));
}

std::string fields_of(const Hop& hop)
{
    std::string out = fmt::format("outcome: {}\r\n", name(hop.failure));
    if (!hop.tls.empty()) out += "tls-version: " + hop.tls + "\r\n";
    if (!hop.certificate.empty()) out += "tls-certificate-sha-256: " + hop.certificate + "\r\n";
    return out;
}

std::string decimal(std::size_t number)
{
    return std::to_string(number);
}

class Writer
{
public:
    Writer(Instant at, std::string_view software, std::string_view filename) : m_filename(filename), m_info(record_id(fmt::format("warcinfo {} {} {}", iso(at), software, filename)))
    {
        auto fields = record_of("warcinfo", at, m_info);
        fields.emplace_back("WARC-Filename", filename);
        m_out.warc = record(std::move(fields), "application/warc-fields",
                            fmt::format("software: {}\r\nformat: WARC File Format 1.1\r\nconformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n", software));
    }

    void add(const Hop& hop)
    {
        const auto stem = fmt::format("{} {} {} ", m_info, m_hops++, digest(hop.response));
        const auto about = record_id(stem + (hop.status == 0 ? "metadata" : "response"));
        if (hop.status != 0) add_response(hop, about);
        if (!hop.request.empty()) m_out.warc += record(with(hop, "request", record_id(stem + "request"), {{"WARC-Concurrent-To", about}}), "application/http; msgtype=request", hop.request);
        const Fields refers = hop.status == 0 ? Fields{} : Fields{{"WARC-Refers-To", about}};
        m_out.warc += record(with(hop, "metadata", hop.status == 0 ? about : record_id(stem + "metadata"), refers), "application/warc-fields", fields_of(hop));
        if (hop.status != 0 && !hop.text.empty()) m_out.warc += record(with(hop, "conversion", record_id(stem + "conversion"), refers), "text/plain; charset=utf-8", hop.text);
    }

    Archive finish()
    {
        std::ranges::sort(m_lines);
        for (const auto& line : m_lines) m_out.cdxj += line;
        return std::move(m_out);
    }

private:
    [[nodiscard]] Fields with(const Hop& hop, std::string_view type, std::string id, const Fields& more) const
    {
        auto fields = record_of(type, hop.at, std::move(id));
        fields.emplace_back("WARC-Target-URI", hop.url);
        fields.emplace_back("WARC-Warcinfo-ID", m_info);
        if (!hop.address.empty() && (type == "request" || type == "response")) fields.emplace_back("WARC-IP-Address", hop.address);
        fields.insert(fields.end(), more.begin(), more.end());
        return fields;
    }

    void add_response(const Hop& hop, const std::string& id)
    {
        Fields more;
        const auto payload = payload_digest(hop.response);
        if (!payload.empty()) more.emplace_back("WARC-Payload-Digest", payload);
        if (const auto cut = truncation(hop.failure); !cut.empty()) more.emplace_back("WARC-Truncated", cut);
        const auto offset = m_out.warc.size();
        m_out.warc += record(with(hop, "response", id, more), "application/http; msgtype=response", hop.response);
        json::object line{{"url", hop.url}, {"mime", hop.mime.empty() ? "unk" : hop.mime}, {"status", std::to_string(hop.status)}};
        if (!payload.empty()) line["digest"] = payload;
        line["length"] = decimal(m_out.warc.size() - offset);
        line["offset"] = decimal(offset);
        line["filename"] = m_filename;
        auto at = iso(hop.at).substr(0, 19);
        std::erase_if(at, [](char c) { return c < '0' || c > '9'; });
        m_lines.push_back(surt(hop.url) + " " + at + " " + to_text(line) + "\n");
    }

    std::string m_filename, m_info;
    Archive m_out{};
    std::vector<std::string> m_lines{};
    int m_hops = 0;
};

std::string sorted_query(std::string_view query)
{
    std::vector<std::string_view> parts;
    while (!query.empty()) {
        const auto end = std::min(query.find('&'), query.size());
        if (end > 0) parts.push_back(query.substr(0, end));
        query.remove_prefix(std::min(end + 1, query.size()));
    }
    std::ranges::stable_sort(parts, {}, [](std::string_view part) { return part.substr(0, part.find('=')); });
    std::string out;
    for (const auto part : parts) out.append(out.empty() ? "?" : "&").append(part);
    return out;
}

std::string turned_host(std::string_view host)
{
    const auto colon = host.starts_with('[') ? host.find(':', host.find(']')) : host.find(':');
    const auto port = colon == std::string_view::npos ? std::string_view{} : host.substr(colon);
    host = host.substr(0, colon);
    std::string out;
    while (!host.empty()) {
        const auto dot = host.rfind('.');
        out.append(out.empty() ? "" : ",").append(dot == std::string_view::npos ? host : host.substr(dot + 1));
        host = dot == std::string_view::npos ? std::string_view{} : host.substr(0, dot);
    }
    return out.append(port);
}

// "www.", "www2.": the same site.
std::string_view without_www(std::string_view host)
{
    if (!host.starts_with("www")) return host;
    const auto end = host.find_first_not_of("0123456789", 3);
    return end != std::string_view::npos && host[end] == '.' && end + 1 < host.size() ? host.substr(end + 1) : host;
}

} // namespace

std::string base32(std::string_view bytes)
{
    constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string out;
    unsigned held = 0;
    int bits = 0;
    for (const char c : bytes) {
        held = (held << 8) | static_cast<unsigned char>(c);
        for (bits += 8; bits >= 5; bits -= 5) out += kLetters[(held >> (bits - 5)) & 31];
    }
    if (bits > 0) out += kLetters[(held << (5 - bits)) & 31];
    out.append((8 - out.size() % 8) % 8, '=');
    return out;
}

std::string surt(std::string_view url)
{
    const auto low = small(url.substr(0, url.find('#')));
    std::string_view rest = low;
    if (!rest.starts_with("http://") && !rest.starts_with("https://")) return low;
    rest.remove_prefix(rest.find("//") + 2);
    const auto path = std::min(rest.find_first_of("/?"), rest.size());
    const auto query = std::min(rest.find('?'), rest.size());
    const auto where = rest.substr(path, query - std::min(path, query));
    return turned_host(without_www(rest.substr(0, path))) + ")" + (where.empty() ? "/" : std::string{where}) + sorted_query(rest.substr(std::min(query + 1, rest.size())));
}

Archive write_archive(std::span<const Hop> hops, std::string_view software, std::string_view filename)
{
    ADAL_CHECK(!hops.empty());
    Writer writer{hops.front().at, software, filename};
    for (const auto& hop : hops) writer.add(hop);
    return writer.finish();
}

} // namespace adal::capture
