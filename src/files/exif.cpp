#include "files/exif.hpp"

#include "base/text.hpp"
#include "base/time.hpp"

#include <cmath>
#include <libexif/exif-data.h>
#include <memory>

namespace adal::files {
namespace {

constexpr std::size_t kMaxText = 100; // bytes kept of a camera's name

struct Unref {
    void operator()(ExifData* data) const { exif_data_unref(data); }
};

const ExifEntry* entry(const ExifData& data, ExifIfd ifd, int tag, ExifFormat format, unsigned long components)
{
    auto* found = exif_content_get_entry(data.ifd[ifd], static_cast<ExifTag>(tag));
    if (found == nullptr || found->data == nullptr || found->format != format) return nullptr;
    if (found->components < components || found->size < components * exif_format_get_size(format)) return nullptr;
    return found;
}

// Printable UTF-8 up to the first NUL.
std::string text(const ExifData& data, ExifIfd ifd, int tag)
{
    const auto* found = entry(data, ifd, tag, EXIF_FORMAT_ASCII, 1);
    if (found == nullptr) return {};
    std::string out(reinterpret_cast<const char*>(found->data), found->size);
    out.resize(std::min(out.find('\0'), std::min(out.size(), kMaxText)));
    std::erase_if(out, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
    return is_utf8(out) ? std::string(trim(out)) : std::string{};
}

// Degrees, minutes, seconds; nothing unless 0 ≤ degrees ≤ limit.
std::optional<double> degrees(ExifData& data, int tag, int reference_tag, char negative, double limit)
{
    const auto* found = entry(data, EXIF_IFD_GPS, tag, EXIF_FORMAT_RATIONAL, 3);
    if (found == nullptr) return std::nullopt;
    double sum = 0, unit = 1;
    for (unsigned i = 0; i < 3; ++i, unit *= 60) {
        const auto part = exif_get_rational(found->data + std::size_t{i} * 8, exif_data_get_byte_order(&data));
        if (part.denominator == 0) return std::nullopt;
        sum += static_cast<double>(part.numerator) / static_cast<double>(part.denominator) / unit;
    }
    if (!std::isfinite(sum) || sum > limit) return std::nullopt;
    const auto reference = text(data, EXIF_IFD_GPS, reference_tag);
    return !reference.empty() && reference[0] == negative ? -sum : sum;
}

int read_orientation(ExifData& data)
{
    const auto* found = entry(data, EXIF_IFD_0, EXIF_TAG_ORIENTATION, EXIF_FORMAT_SHORT, 1);
    if (found == nullptr) return 1;
    const auto value = exif_get_short(found->data, exif_data_get_byte_order(&data));
    return value >= 1 && value <= 8 ? value : 1;
}

} // namespace

bool is_exif_time(std::string_view text)
{
    if (text.size() != 19 || text[4] != ':' || text[7] != ':' || text[10] != ' ') return false;
    std::string date(text.substr(0, 10));
    date[4] = date[7] = '-';
    const auto time = std::string(text.substr(11));
    return parse_date(date) && parse_instant(date + "T" + time + "Z");
}

ExifClaims read_exif(std::string_view tiff)
{
    ExifClaims out;
    if (tiff.empty()) return out;
    const std::string block = std::string("Exif\0\0", 6).append(tiff);
    const std::unique_ptr<ExifData, Unref> data(exif_data_new());
    exif_data_unset_option(data.get(), EXIF_DATA_OPTION_FOLLOW_SPECIFICATION);
    exif_data_load_data(data.get(), reinterpret_cast<const unsigned char*>(block.data()),
                        static_cast<unsigned>(block.size()));
    out.orientation = read_orientation(*data);
    out.latitude = degrees(*data, 2, 1, 'S', 90.0);
    out.longitude = degrees(*data, 4, 3, 'W', 180.0);
    if (!out.latitude || !out.longitude) out.latitude = out.longitude = std::nullopt;
    const auto taken_at = text(*data, EXIF_IFD_EXIF, EXIF_TAG_DATE_TIME_ORIGINAL);
    if (is_exif_time(taken_at)) out.taken_at = taken_at;
    out.camera = trim(text(*data, EXIF_IFD_0, EXIF_TAG_MAKE) + " " + text(*data, EXIF_IFD_0, EXIF_TAG_MODEL));
    return out;
}

} // namespace adal::files
