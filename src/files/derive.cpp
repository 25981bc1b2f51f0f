#include "files/derive.hpp"

#include "base/json.hpp"
#include "files/codec.hpp"
#include "files/exif.hpp"
#include "files/image_header.hpp"

#include <cmath>

namespace adal::files {
namespace {

constexpr int kQuality = 82;
constexpr std::size_t kMaxLine = 4096, kMaxClaim = 250;

std::optional<Picture> decode(PictureKind kind, std::string_view bytes)
{
    switch (kind) {
    case PictureKind::jpeg: return decode_jpeg(bytes, kViewSide);
    case PictureKind::png: return decode_png(bytes, kViewSide);
    case PictureKind::webp: return decode_webp(bytes, kViewSide);
    }
    return std::nullopt;
}

bool add_pictures(Derivatives& out, PictureKind kind, std::string_view bytes)
{
    const auto stored = decode(kind, bytes);
    if (!stored) return false;
    const auto picture = upright(*stored, out.exif.orientation);
    auto view = encode_jpeg(picture, kQuality);
    auto thumbnail = encode_jpeg(shrink(picture, kThumbnailSide), kQuality);
    if (!view || !thumbnail) return false;
    out.view = std::move(*view);
    out.thumbnail = std::move(*thumbnail);
    out.width = picture.size.width;
    out.height = picture.size.height;
    return true;
}

std::optional<ExifClaims> parse_claims(const json::value& line)
{
    ExifClaims out;
    out.latitude = number_at(line, "latitude");
    out.longitude = number_at(line, "longitude");
    const auto in = [](const std::optional<double>& x, double limit) {
        return !x || (std::isfinite(*x) && std::abs(*x) <= limit);
    };
    out.taken_at = text_at(line, "taken_at").value_or("");
    out.camera = text_at(line, "camera").value_or("");
    const auto orientation = int_at(line, "orientation").value_or(1);
    if (!in(out.latitude, 90) || !in(out.longitude, 180) || out.latitude.has_value() != out.longitude.has_value())
        return std::nullopt;
    if (!(out.taken_at.empty() || is_exif_time(out.taken_at)) || out.camera.size() > kMaxClaim) return std::nullopt;
    if (out.camera.find('\0') != std::string::npos) return std::nullopt;
    if (orientation < 1 || orientation > 8) return std::nullopt;
    out.orientation = static_cast<int>(orientation);
    return out;
}

bool is_derivative(std::string_view bytes, int side, Size& size)
{
    const auto header = read_image_header(bytes);
    if (!header || !is_bare_jpeg(bytes)) return false;
    if (header->width > static_cast<std::uint32_t>(side) || header->height > static_cast<std::uint32_t>(side))
        return false;
    size = {static_cast<int>(header->width), static_cast<int>(header->height)};
    return true;
}

} // namespace

Derivatives derive(std::string_view bytes)
{
    Derivatives out;
    const auto header = read_image_header(bytes);
    if (!header || header->pixels() > kMaxPixels) return out;
    out.exif = read_exif(header->exif);
    if (add_pictures(out, header->kind, bytes)) out.state = Derived::ok;
    return out;
}

std::string write_answer(const Derivatives& derivatives)
{
    json::object line{{"state", text(derivatives.state)},
                      {"view", derivatives.view.size()},
                      {"thumbnail", derivatives.thumbnail.size()},
                      {"orientation", derivatives.exif.orientation},
                      {"taken_at", derivatives.exif.taken_at},
                      {"camera", derivatives.exif.camera}};
    if (derivatives.exif.latitude) line["latitude"] = *derivatives.exif.latitude;
    if (derivatives.exif.longitude) line["longitude"] = *derivatives.exif.longitude;
    return to_text(line) + "\n" + derivatives.view + derivatives.thumbnail;
}

Derivatives parse_answer(std::string_view answer)
{
    Derivatives out;
    const auto end = answer.substr(0, kMaxLine).find('\n');
    if (end == std::string_view::npos) return {};
    const auto line = parse_json(answer.substr(0, end));
    if (!line) return {};
    const auto claims = parse_claims(*line);
    const auto state = parse_derived(text_at(*line, "state").value_or(""));
    if (!claims || !state || *state == Derived::none) return {};
    out.exif = *claims;
    if (*state == Derived::undecodable) return out;
    const auto pictures = answer.substr(end + 1);
    const auto view = int_at(*line, "view").value_or(0), thumbnail = int_at(*line, "thumbnail").value_or(0);
    if (view <= 0 || thumbnail <= 0 || static_cast<std::uint64_t>(view) > pictures.size()) return {};
    if (static_cast<std::uint64_t>(thumbnail) != pictures.size() - static_cast<std::uint64_t>(view)) return {};
    out.view = pictures.substr(0, static_cast<std::size_t>(view));
    out.thumbnail = pictures.substr(static_cast<std::size_t>(view));
    Size size, small;
    if (!is_derivative(out.view, kViewSide, size) || !is_derivative(out.thumbnail, kThumbnailSide, small)) return {};
    out.state = Derived::ok;
    out.width = size.width;
    out.height = size.height;
    return out;
}

} // namespace adal::files
