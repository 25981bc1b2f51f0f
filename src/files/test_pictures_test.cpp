#include "files/test_pictures.hpp"

#include <gtest/gtest.h>
#include <png.h>
#include <webp/encode.h>

namespace adal::files::test {
namespace {

using namespace std::string_literals;

std::string little(std::uint32_t n, int bytes)
{
    std::string out;
    for (int i = 0; i < bytes; ++i) out.push_back(static_cast<char>(n >> (8 * i) & 0xff));
    return out;
}

struct Field {
    std::uint32_t tag = 0, type = 0, count = 0;
    std::string data{};
};

// A TIFF directory at `at`; longer values follow it.
std::string directory(std::uint32_t at, const std::vector<Field>& fields)
{
    std::string entries = little(static_cast<std::uint32_t>(fields.size()), 2), rest;
    const auto behind = at + 2 + 12 * static_cast<std::uint32_t>(fields.size()) + 4;
    for (auto field : fields) {
        entries += little(field.tag, 2) + little(field.type, 2) + little(field.count, 4);
        if (field.data.size() > 4) {
            entries += little(behind + static_cast<std::uint32_t>(rest.size()), 4);
            rest += field.data;
        } else {
            field.data.resize(4);
            entries += field.data;
        }
    }
    return entries + little(0, 4) + rest;
}

Field ascii(std::uint32_t tag, const std::string& text)
{
    return {tag, 2, static_cast<std::uint32_t>(text.size()) + 1, text + '\0'};
}
Field number(std::uint32_t tag, std::uint32_t value)
{
    return {tag, 4, 1, little(value, 4)};
}
Field degrees(std::uint32_t tag, std::uint32_t d, std::uint32_t m, std::uint32_t hundredths)
{
    return {tag, 5, 3, little(d, 4) + little(1, 4) + little(m, 4) + little(1, 4) + little(hundredths, 4) + little(100, 4)};
}

} // namespace

Picture quarters(Size size)
{
    Picture out{.size = size};
    for (int y = 0; y < size.height; ++y)
        for (int x = 0; x < size.width; ++x) {
            const bool right = x * 2 >= size.width, low = y * 2 >= size.height;
            const auto light = [](bool on) { return static_cast<std::uint8_t>(on ? 255 : 0); };
            out.rgb.insert(out.rgb.end(), {light(right == low), light(right), light(low)});
        }
    // top left red, top right green, bottom left blue, bottom right white
    return out;
}

std::string exif_block(int orientation)
{
    const std::vector<Field> camera{ascii(0x9003, "2026:09:01 10:20:30"), ascii(0xa430, "Owner Person"),
                                    ascii(0xa431, "SERIAL-12345")};
    const std::vector<Field> position{ascii(1, "N"), degrees(2, 43, 14, 3000), ascii(3, "E"), degrees(4, 76, 57, 1200)};
    const auto first = [&](std::uint32_t camera_at, std::uint32_t position_at) {
        return directory(8, {ascii(0x010f, "TestMaker"), ascii(0x0110, "TM-1"),
                             {0x0112, 3, 1, little(static_cast<std::uint32_t>(orientation), 2)},
                             number(0x8769, camera_at), number(0x8825, position_at)});
    };
    const auto camera_at = 8 + static_cast<std::uint32_t>(first(0, 0).size());
    const auto position_at = camera_at + static_cast<std::uint32_t>(directory(camera_at, camera).size());
    return "II*\0"s + little(8, 4) + first(camera_at, position_at) + directory(camera_at, camera)
        + directory(position_at, position);
}

std::string with_exif(const std::string& jpeg, const std::string& tiff)
{
    const auto length = tiff.size() + 8;
    return jpeg.substr(0, 2) + "\xff\xe1" + static_cast<char>(length >> 8) + static_cast<char>(length & 0xff)
        + "Exif\0\0"s + tiff + jpeg.substr(2);
}

std::string png_of(const Picture& picture, bool interlaced, bool with_alpha)
{
    std::string out;
    auto* png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
    auto* info = png_create_info_struct(png);
    png_set_write_fn(png, &out, [](png_structp p, png_bytep bytes, std::size_t count) {
        static_cast<std::string*>(png_get_io_ptr(p))->append(reinterpret_cast<char*>(bytes), count);
    }, [](png_structp) {});
    const auto width = static_cast<std::size_t>(picture.size.width);
    png_set_IHDR(png, info, static_cast<png_uint_32>(picture.size.width), static_cast<png_uint_32>(picture.size.height),
                 8, with_alpha ? PNG_COLOR_TYPE_RGB_ALPHA : PNG_COLOR_TYPE_RGB,
                 interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
    std::vector<std::uint8_t> row(width * 4);
    const int passes = interlaced ? png_set_interlace_handling(png) : 1;
    for (int pass = 0; pass < passes; ++pass)
        for (int y = 0; y < picture.size.height; ++y) {
            const std::size_t each = with_alpha ? 4 : 3;
            for (std::size_t x = 0; x < width; ++x)
                for (std::size_t c = 0; c < each; ++c) // all transparent when there is alpha
                    row[x * each + c] = c == 3 ? 0 : picture.rgb[(static_cast<std::size_t>(y) * width + x) * 3 + c];
            png_write_row(png, row.data());
        }
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    return out;
}

std::string webp_of(const Picture& picture)
{
    std::uint8_t* bytes = nullptr;
    const auto size = WebPEncodeRGB(picture.rgb.data(), picture.size.width, picture.size.height,
                                    picture.size.width * 3, 80, &bytes);
    std::string out(reinterpret_cast<char*>(bytes), size);
    WebPFree(bytes);
    return out;
}

} // namespace adal::files::test
