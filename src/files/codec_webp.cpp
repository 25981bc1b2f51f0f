#include "files/codec.hpp"
#include "files/files.hpp"

#include <webp/decode.h>

namespace adal::files {

std::optional<Picture> decode_webp(std::string_view bytes, int side)
{
    WebPDecoderConfig config;
    const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
    if (WebPInitDecoderConfig(&config) == 0) return std::nullopt;
    if (WebPGetFeatures(data, bytes.size(), &config.input) != VP8_STATUS_OK) return std::nullopt;
    const Size from{config.input.width, config.input.height};
    if (from.width <= 0 || from.height <= 0) return std::nullopt;
    if (static_cast<std::uint64_t>(from.width) * static_cast<std::uint64_t>(from.height) > kMaxPixels)
        return std::nullopt;
    Picture out{.size = fit(from, side)};
    const auto pixels = static_cast<std::size_t>(out.size.width) * static_cast<std::size_t>(out.size.height);
    std::vector<std::uint8_t> rgba(pixels * 4);
    config.options.use_scaling = out.size == from ? 0 : 1; // libwebp's own area average, row by row
    config.options.scaled_width = out.size.width;
    config.options.scaled_height = out.size.height;
    config.output.colorspace = MODE_RGBA;
    config.output.is_external_memory = 1;
    config.output.u.RGBA = {rgba.data(), out.size.width * 4, rgba.size()};
    const auto status = WebPDecode(data, bytes.size(), &config);
    WebPFreeDecBuffer(&config.output);
    if (status != VP8_STATUS_OK) return std::nullopt; // animations too: they have no one picture
    out.rgb.reserve(pixels * 3);
    for (std::size_t i = 0; i < pixels * 4; ++i) {
        const int alpha = rgba[i | 3];
        if ((i & 3) != 3) out.rgb.push_back(static_cast<std::uint8_t>((rgba[i] * alpha + 255 * (255 - alpha)) / 255));
    }
    return out;
}

} // namespace adal::files
