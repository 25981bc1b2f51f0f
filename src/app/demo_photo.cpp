#include "app/demo_photo.hpp"

#include <cairo.h>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fmt/format.h>
#include <jpeglib.h>
#include <memory>
#include <numbers>
#include <random>
#include <vector>

namespace adal::app {

namespace {

constexpr int kWidth = 1200, kHeight = 900;

using Surface = std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)>;
using Context = std::unique_ptr<cairo_t, decltype(&cairo_destroy)>;

void paint_asphalt(cairo_t* c, std::mt19937& random)
{
    cairo_set_source_rgb(c, 0.36, 0.37, 0.38);
    cairo_paint(c);
    std::uniform_real_distribution<double> x(0, kWidth), y(0, kHeight), grey(0.22, 0.52), size(0.6, 2.6);
    for (int i = 0; i < 26000; ++i) {
        const double g = grey(random);
        cairo_set_source_rgba(c, g, g, g + 0.01, 0.7);
        cairo_arc(c, x(random), y(random), size(random), 0, 2 * std::numbers::pi);
        cairo_fill(c);
    }
}

void paint_street(cairo_t* c)
{
    cairo_set_source_rgb(c, 0.62, 0.74, 0.86); // sky
    cairo_rectangle(c, 0, 0, kWidth, 300);
    cairo_fill(c);
    cairo_set_source_rgb(c, 0.55, 0.58, 0.66); // mountains
    cairo_move_to(c, 0, 300);
    for (const auto& [px, py] : {std::pair{0, 210}, {160, 140}, {300, 230}, {470, 110}, {660, 220}, {830, 130}, {1010, 215}, {1200, 150}, {1200, 300}})
        cairo_line_to(c, px, py);
    cairo_fill(c);
    cairo_set_source_rgb(c, 0.36, 0.50, 0.30); // trees
    for (int i = 0; i < 14; ++i) {
        cairo_arc(c, 40 + i * 90, 300 - (i % 3) * 18, 46, 0, 2 * std::numbers::pi);
        cairo_fill(c);
    }
    cairo_set_source_rgb(c, 0.93, 0.92, 0.88); // lane line
    for (int i = 0; i < 5; ++i) {
        const double top = 340 + i * 115, grow = 4 + i * 4;
        cairo_rectangle(c, 600 - grow, top, 2 * grow, 56 + i * 8);
        cairo_fill(c);
    }
}

void blob(cairo_t* c, std::mt19937& random, double cx, double cy, double radius)
{
    std::uniform_real_distribution<double> wobble(0.78, 1.18);
    for (int i = 0; i < 18; ++i) {
        const double angle = i * 2 * std::numbers::pi / 18, r = radius * wobble(random);
        cairo_line_to(c, cx + r * std::cos(angle) * 1.3, cy + r * std::sin(angle) * 0.8);
    }
    cairo_close_path(c);
}

void paint_hole(cairo_t* c, std::mt19937& random)
{
    for (const auto& [radius, shade] : {std::pair{250.0, 0.26}, {215.0, 0.17}, {150.0, 0.10}}) {
        cairo_set_source_rgb(c, shade, shade * 0.95, shade * 0.9);
        blob(c, random, 600, 450, radius);
        cairo_fill(c);
    }
}

void paint_patch(cairo_t* c, std::mt19937& random)
{
    cairo_set_source_rgb(c, 0.20, 0.20, 0.21);
    cairo_rectangle(c, 260, 230, 680, 440);
    cairo_fill(c);
    std::uniform_real_distribution<double> x(262, 938), y(232, 668);
    cairo_set_source_rgba(c, 0.32, 0.32, 0.33, 0.8);
    for (int i = 0; i < 6000; ++i) {
        cairo_arc(c, x(random), y(random), 1.3, 0, 2 * std::numbers::pi);
        cairo_fill(c);
    }
}

void paint_ruler(cairo_t* c)
{
    cairo_set_source_rgb(c, 0.96, 0.84, 0.25);
    cairo_rectangle(c, 250, 770, 700, 64);
    cairo_fill(c);
    cairo_set_source_rgb(c, 0.1, 0.1, 0.1);
    for (int cm = 0; cm <= 50; ++cm) {
        const double height = cm % 10 == 0 ? 44 : cm % 5 == 0 ? 30 : 18;
        cairo_rectangle(c, 256 + cm * 13.7, 772, 2, height);
    }
    cairo_fill(c);
}

// --- EXIF (CIPA DC-008: TIFF structure, little endian) ---------------------------------------------

class Tiff
{
public:
    void u16(unsigned v) { m_bytes += {char(v & 255), char(v >> 8 & 255)}; }
    void u32(std::uint32_t v) { u16(v & 0xffff), u16(v >> 16); }
    void entry(unsigned tag, unsigned type, std::uint32_t count, std::uint32_t value)
    {
        u16(tag), u16(type), u32(count), u32(value);
    }
    void text(std::string_view s) { m_bytes += s; }
    [[nodiscard]] const std::string& bytes() const { return m_bytes; }

private:
    std::string m_bytes;
};

std::string degrees(double value)
{
    Tiff out;
    const double absolute = std::abs(value), minutes = (absolute - std::floor(absolute)) * 60;
    out.u32(static_cast<std::uint32_t>(absolute)), out.u32(1);
    out.u32(static_cast<std::uint32_t>(minutes)), out.u32(1);
    out.u32(static_cast<std::uint32_t>(std::lround((minutes - std::floor(minutes)) * 60 * 1000))), out.u32(1000);
    return out.bytes();
}

std::string exif(const PhotoOrder& order)
{
    const auto when = local_time(order.taken_at);
    const std::string taken = fmt::format("{:04}:{:02}:{:02} {:02}:{:02}:{:02}", when.date.year(), when.date.month(),
                                          when.date.day(), when.hour, when.minute, when.second);
    constexpr std::uint32_t ifd0 = 8, strings = ifd0 + 2 + 4 * 12 + 4, sub = strings + 12 + 20, gps = sub + 2 + 12 + 4 + 20;
    constexpr std::uint32_t places = gps + 2 + 4 * 12 + 4;
    Tiff t;
    t.text("II"), t.u16(42), t.u32(ifd0);
    t.u16(4);
    t.entry(0x0110, 2, 12, strings);          // Model
    t.entry(0x0112, 3, 1, 1);                 // Orientation
    t.entry(0x8769, 4, 1, sub);               // Exif IFD
    t.entry(0x8825, 4, 1, gps);               // GPS IFD
    t.u32(0);
    t.text(std::string_view("Adal demo 1\0", 12)), t.text(std::string(20, '\0'));
    t.u16(1), t.entry(0x9003, 2, 20, sub + 2 + 12 + 4), t.u32(0), t.text(taken + '\0');
    t.u16(4);
    t.entry(1, 2, 2, order.latitude < 0 ? 'S' : 'N'), t.entry(2, 5, 3, places);
    t.entry(3, 2, 2, order.longitude < 0 ? 'W' : 'E'), t.entry(4, 5, 3, places + 24);
    t.u32(0);
    t.text(degrees(order.latitude)), t.text(degrees(order.longitude));
    return std::string("Exif\0\0", 6) + t.bytes();
}

std::string compress(cairo_surface_t* surface, const std::string& app1)
{
    jpeg_compress_struct jpeg{};
    jpeg_error_mgr errors{};
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    unsigned char* out = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&jpeg, &out, &size);
    jpeg.image_width = kWidth;
    jpeg.image_height = kHeight;
    jpeg.input_components = 3;
    jpeg.in_color_space = JCS_RGB;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, 82, TRUE);
    jpeg_start_compress(&jpeg, TRUE);
    jpeg_write_marker(&jpeg, JPEG_APP0 + 1, reinterpret_cast<const JOCTET*>(app1.data()), static_cast<unsigned>(app1.size()));
    const auto* pixels = cairo_image_surface_get_data(surface);
    const int stride = cairo_image_surface_get_stride(surface);
    std::vector<JSAMPLE> row(kWidth * 3);
    for (int y = 0; y < kHeight; ++y) {
        for (int x = 0; x < kWidth; ++x)
            for (int channel = 0; channel < 3; ++channel) // Cairo: B G R x in memory
                row[static_cast<std::size_t>(x * 3 + channel)] = pixels[y * stride + x * 4 + 2 - channel];
        JSAMPROW rows[1] = {row.data()};
        jpeg_write_scanlines(&jpeg, rows, 1);
    }
    jpeg_finish_compress(&jpeg);
    std::string bytes(reinterpret_cast<char*>(out), size);
    jpeg_destroy_compress(&jpeg);
    std::free(out);
    return bytes;
}

} // namespace

std::string paint_photo(const PhotoOrder& order)
{
    const Surface surface{cairo_image_surface_create(CAIRO_FORMAT_RGB24, kWidth, kHeight), cairo_surface_destroy};
    const Context c{cairo_create(surface.get()), cairo_destroy};
    std::mt19937 random(order.seed);
    paint_asphalt(c.get(), random);
    switch (order.scene) {
    case Scene::overview: paint_street(c.get()); break;
    case Scene::defect: paint_hole(c.get(), random), paint_ruler(c.get()); break;
    case Scene::mended: paint_patch(c.get(), random), paint_ruler(c.get()); break;
    }
    cairo_surface_flush(surface.get());
    return compress(surface.get(), exif(order));
}

} // namespace adal::app
