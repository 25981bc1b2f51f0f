// files/codec.hpp: decoding and encoding pictures by libjpeg-turbo, libpng and libwebp. For use inside the
// sandboxed worker (and the fuzzer) only: a stranger's picture may make these libraries do anything.
//
// Every warning of a library counts as an error: what is damaged is kept as it is and not shown.
// Memory: rows, not pictures, except interlaced PNG (4 bytes per pixel), progressive JPEG (its coefficients,
// at most 400 MB) and lossless WebP (4 bytes per pixel).
#pragma once

#include "files/picture.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace adal::files {

// At most side × side px, composed on white, not yet turned. Nothing if it cannot be decoded or has more
// pixels than kMaxPixels.
std::optional<Picture> decode_jpeg(std::string_view bytes, int side);
std::optional<Picture> decode_png(std::string_view bytes, int side);
std::optional<Picture> decode_webp(std::string_view bytes, int side);

// A bare JPEG (image_header.hpp); quality 1–100.
std::optional<std::string> encode_jpeg(const Picture& picture, int quality);

} // namespace adal::files
