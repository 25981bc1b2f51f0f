#include "files/image_header.hpp"

namespace adal::files {
namespace {

using namespace std::string_view_literals;

std::uint32_t byte_at(std::string_view bytes, std::size_t at)
{
    return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0;
}
std::uint32_t big16(std::string_view bytes, std::size_t at)
{
    return byte_at(bytes, at) << 8 | byte_at(bytes, at + 1);
}
std::uint32_t big32(std::string_view bytes, std::size_t at)
{
    return big16(bytes, at) << 16 | big16(bytes, at + 2);
}
std::uint32_t little16(std::string_view bytes, std::size_t at)
{
    return byte_at(bytes, at) | byte_at(bytes, at + 1) << 8;
}
std::uint32_t little24(std::string_view bytes, std::size_t at)
{
    return little16(bytes, at) | byte_at(bytes, at + 2) << 16;
}
std::uint32_t little32(std::string_view bytes, std::size_t at)
{
    return little16(bytes, at) | little16(bytes, at + 2) << 16;
}

struct Segment {
    std::uint32_t marker = 0;
    std::string_view body{};
};

// The segment at `at` (moves past it); nothing at the end, at damage, and at markers without a body.
std::optional<Segment> next_segment(std::string_view bytes, std::size_t& at)
{
    if (byte_at(bytes, at) != 0xff) return std::nullopt;
    while (byte_at(bytes, at) == 0xff) ++at; // fill bytes
    const auto marker = byte_at(bytes, at++);
    const auto length = big16(bytes, at);
    if (at + 2 > bytes.size() || length < 2 || length > bytes.size() - at) return std::nullopt;
    const auto body = bytes.substr(at + 2, length - 2);
    at += length;
    return Segment{marker, body};
}

bool is_frame(std::uint32_t marker) // SOF0–SOF15 without DHT, JPG, DAC
{
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

constexpr auto kExif = "Exif\0\0"sv;

ImageHeader read_jpeg(std::string_view bytes)
{
    ImageHeader out;
    std::size_t at = 2;
    while (const auto segment = next_segment(bytes, at)) {
        if (segment->marker == 0xd9 || segment->marker == 0xda) break; // end, or the scan begins
        if (segment->marker == 0xe1 && out.exif.empty() && segment->body.starts_with(kExif))
            out.exif = segment->body.substr(kExif.size());
        if (!is_frame(segment->marker) || segment->body.size() < 6 || out.width != 0) continue;
        out.height = big16(segment->body, 1);
        out.width = big16(segment->body, 3);
    }
    return out;
}

constexpr auto kPng = "\x89PNG\r\n\x1a\n"sv;

ImageHeader read_png(std::string_view bytes)
{
    ImageHeader out{.kind = PictureKind::png};
    if (big32(bytes, 8) != 13 || bytes.substr(12, 4) != "IHDR" || bytes.size() < 33) return out;
    out.width = big32(bytes, 16);
    out.height = big32(bytes, 20);
    if (out.width > 0x7fffffff || out.height > 0x7fffffff) out.width = 0;
    for (std::size_t at = 33; at + 12 <= bytes.size();) {
        const auto length = big32(bytes, at);
        if (length > bytes.size() - at - 12) break;
        if (bytes.substr(at + 4, 4) == "eXIf" && out.exif.empty()) out.exif = bytes.substr(at + 8, length);
        at += 12 + std::size_t{length};
    }
    return out;
}

void read_webp_chunk(ImageHeader& out, std::string_view name, std::string_view body)
{
    if (name == "EXIF" && out.exif.empty()) out.exif = body.starts_with(kExif) ? body.substr(6) : body;
    if (out.width != 0) return;
    if (name == "VP8X" && body.size() >= 10) {
        out.width = little24(body, 4) + 1;
        out.height = little24(body, 7) + 1;
    } else if (name == "VP8 " && body.size() >= 10 && body.substr(3, 3) == "\x9d\x01\x2a"sv) {
        out.width = little16(body, 6) & 0x3fff;
        out.height = little16(body, 8) & 0x3fff;
    } else if (name == "VP8L" && body.size() >= 5 && byte_at(body, 0) == 0x2f) {
        const auto bits = little32(body, 1);
        out.width = (bits & 0x3fff) + 1;
        out.height = (bits >> 14 & 0x3fff) + 1;
    }
}

ImageHeader read_webp(std::string_view bytes)
{
    ImageHeader out{.kind = PictureKind::webp};
    for (std::size_t at = 12; at + 8 <= bytes.size();) {
        const auto length = little32(bytes, at + 4);
        if (length > bytes.size() - at - 8) break;
        read_webp_chunk(out, bytes.substr(at, 4), bytes.substr(at + 8, length));
        at += 8 + std::size_t{length} + (length & 1);
    }
    return out;
}

// The end of a scan: the next marker that is neither a stuffed zero nor a restart.
std::size_t end_of_scan(std::string_view bytes, std::size_t at)
{
    for (; at + 1 < bytes.size(); ++at) {
        if (byte_at(bytes, at) != 0xff) continue;
        const auto next = byte_at(bytes, at + 1);
        if (next != 0 && next != 0xff && (next < 0xd0 || next > 0xd7)) return at;
    }
    return bytes.size();
}

bool is_picture_segment(const Segment& segment)
{
    const auto m = segment.marker;
    // DQT, DHT, DRI, frame, scan; APP0 only as JFIF without thumbnail (14 bytes).
    if (m == 0xe0) return segment.body.starts_with("JFIF\0"sv) && segment.body.size() == 14;
    return m == 0xdb || m == 0xc4 || m == 0xdd || m == 0xda || is_frame(m);
}

} // namespace

std::string_view mime(PictureKind kind)
{
    switch (kind) {
    case PictureKind::jpeg: return "image/jpeg";
    case PictureKind::png: return "image/png";
    case PictureKind::webp: return "image/webp";
    }
    return "application/octet-stream";
}

std::optional<PictureKind> picture_kind(std::string_view bytes)
{
    if (bytes.starts_with("\xff\xd8\xff")) return PictureKind::jpeg;
    if (bytes.starts_with(kPng)) return PictureKind::png;
    if (bytes.starts_with("RIFF") && bytes.substr(std::min<std::size_t>(8, bytes.size()), 4) == "WEBP")
        return PictureKind::webp;
    return std::nullopt;
}

std::optional<ImageHeader> read_image_header(std::string_view bytes)
{
    const auto kind = picture_kind(bytes);
    if (!kind) return std::nullopt;
    const auto header = *kind == PictureKind::jpeg ? read_jpeg(bytes)
        : *kind == PictureKind::png                ? read_png(bytes)
                                                   : read_webp(bytes);
    if (header.width == 0 || header.height == 0) return std::nullopt;
    return header;
}

bool is_bare_jpeg(std::string_view bytes)
{
    if (picture_kind(bytes) != PictureKind::jpeg) return false;
    for (std::size_t at = 2; at < bytes.size();) {
        if (bytes.substr(at) == "\xff\xd9") return true; // and nothing behind it
        const auto segment = next_segment(bytes, at);
        if (!segment || !is_picture_segment(*segment)) return false;
        if (segment->marker == 0xda) at = end_of_scan(bytes, at);
    }
    return false;
}

} // namespace adal::files
