// files/image_header.hpp: what a picture says of itself, read without decoding it. Pure; every access is
// bounds-checked, because these are the first of our instructions that touch a stranger's bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace adal::files {

enum class PictureKind { jpeg, png, webp };

std::string_view mime(PictureKind kind);

// By the first bytes only (magic numbers), never by a name.
std::optional<PictureKind> picture_kind(std::string_view bytes);

struct ImageHeader {
    PictureKind kind = PictureKind::jpeg;
    std::uint32_t width = 0, height = 0; // as stored, before orientation; both > 0
    std::string_view exif{};             // TIFF block, inside `bytes`; empty if none
    [[nodiscard]] std::uint64_t pixels() const { return std::uint64_t{width} * height; }
};

// JPEG: ITU-T T.81 annex B (SOFn). PNG: ISO/IEC 15948 §11.2.2 (IHDR). WebP: RFC 9649 §2.5–2.7.
// Nothing when there is no size, or a size of zero.
std::optional<ImageHeader> read_image_header(std::string_view bytes);

// A JPEG that consists of nothing but a picture: tables, frame and scans, and at most the JFIF marker.
// What the worker gives back must be this.
bool is_bare_jpeg(std::string_view bytes);

} // namespace adal::files
