#include "files/codec.hpp"
#include "files/files.hpp"

#include <csetjmp>
#include <cstring>
#include <png.h>

// libpng reports errors by a jump. A function with setjmp here has no object that would need destroying.
namespace adal::files {
namespace {

class PngReader
{
public:
    explicit PngReader(std::string_view bytes) : m_left(bytes)
    {
        const auto on_warning = [](png_structp png, png_const_charp) { png_longjmp(png, 1); };
        const auto on_error = [](png_structp png, png_const_charp) { png_longjmp(png, 1); };
        m_png = png_create_read_struct(PNG_LIBPNG_VER_STRING, nullptr, on_error, on_warning);
        if (m_png != nullptr) m_info = png_create_info_struct(m_png);
    }
    PngReader(const PngReader&) = delete;
    PngReader& operator=(const PngReader&) = delete;
    ~PngReader() { png_destroy_read_struct(&m_png, &m_info, nullptr); }

    bool start()
    {
        if (m_info == nullptr || setjmp(png_jmpbuf(m_png)) != 0) return false;
        png_set_read_fn(m_png, this, read);
        // Only IHDR, PLTE, tRNS, IDAT, IEND: no text, no profiles, nothing that could be inflated besides.
        png_set_keep_unknown_chunks(m_png, PNG_HANDLE_CHUNK_NEVER, nullptr, -1);
        png_read_info(m_png, m_info);
        if (std::uint64_t{width()} * height() > kMaxPixels) return false;
        png_set_expand(m_png);
        png_set_scale_16(m_png);
        png_set_gray_to_rgb(m_png);
        png_set_add_alpha(m_png, 0xff, PNG_FILLER_AFTER);
        m_passes = png_set_interlace_handling(m_png);
        png_read_update_info(m_png, m_info);
        return png_get_rowbytes(m_png, m_info) == std::size_t{width()} * 4;
    }
    bool read_row(std::uint8_t* row)
    {
        if (setjmp(png_jmpbuf(m_png)) != 0) return false;
        png_read_row(m_png, row, nullptr);
        return true;
    }
    bool finish()
    {
        if (setjmp(png_jmpbuf(m_png)) != 0) return false;
        png_read_end(m_png, nullptr);
        return true;
    }
    [[nodiscard]] std::uint32_t width() const { return png_get_image_width(m_png, m_info); }
    [[nodiscard]] std::uint32_t height() const { return png_get_image_height(m_png, m_info); }
    [[nodiscard]] bool is_interlaced() const { return m_passes > 1; }
    [[nodiscard]] int passes() const { return m_passes; }

private:
    static void read(png_structp png, png_bytep to, std::size_t count)
    {
        auto& left = static_cast<PngReader*>(png_get_io_ptr(png))->m_left;
        if (count > left.size()) png_error(png, "truncated");
        std::memcpy(to, left.data(), count);
        left.remove_prefix(count);
    }

    std::string_view m_left;
    png_structp m_png = nullptr;
    png_infop m_info = nullptr;
    int m_passes = 1;
};

// RGBA on white becomes RGB, in place.
void compose(std::uint8_t* row, std::size_t pixels)
{
    for (std::size_t i = 0; i < pixels; ++i) {
        const int alpha = row[i * 4 + 3];
        for (std::size_t c = 0; c < 3; ++c)
            row[i * 3 + c] = static_cast<std::uint8_t>((row[i * 4 + c] * alpha + 255 * (255 - alpha)) / 255);
    }
}

std::optional<Picture> read_interlaced(PngReader& reader, Shrinker& shrinker)
{
    const std::size_t width = reader.width(), height = reader.height();
    std::vector<std::uint8_t> all(width * height * 4);
    for (int pass = 0; pass < reader.passes(); ++pass)
        for (std::size_t y = 0; y < height; ++y)
            if (!reader.read_row(&all[y * width * 4])) return std::nullopt;
    for (std::size_t y = 0; y < height; ++y) {
        compose(&all[y * width * 4], width);
        shrinker.add_row(&all[y * width * 4]);
    }
    if (!reader.finish()) return std::nullopt;
    return shrinker.finish();
}

} // namespace

std::optional<Picture> decode_png(std::string_view bytes, int side)
{
    PngReader reader(bytes);
    if (!reader.start()) return std::nullopt;
    const Size size{static_cast<int>(reader.width()), static_cast<int>(reader.height())};
    Shrinker shrinker(size, fit(size, side));
    if (reader.is_interlaced()) return read_interlaced(reader, shrinker);
    std::vector<std::uint8_t> row(std::size_t{reader.width()} * 4);
    for (int y = 0; y < size.height; ++y) {
        if (!reader.read_row(row.data())) return std::nullopt;
        compose(row.data(), reader.width());
        shrinker.add_row(row.data());
    }
    if (!reader.finish()) return std::nullopt;
    return shrinker.finish();
}

} // namespace adal::files
