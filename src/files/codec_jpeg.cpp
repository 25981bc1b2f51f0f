#include "files/codec.hpp"
#include "files/files.hpp"

#include <algorithm>
#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <jpeglib.h>

// libjpeg reports errors by a jump. A function with setjmp here has no object that would need destroying.
namespace adal::files {
namespace {

constexpr long kMaxCoefficients = 400'000'000; // bytes, progressive pictures
constexpr int kMaxScans = 200;                 // real pictures have about ten

struct JpegErrors {
    jpeg_error_mgr base;
    std::jmp_buf jump;
};

[[noreturn]] void on_error(j_common_ptr info)
{
    std::longjmp(reinterpret_cast<JpegErrors*>(info->err)->jump, 1);
}

void on_message(j_common_ptr info, int level)
{
    if (level < 0) on_error(info); // a warning: the data are damaged
}

void on_progress(j_common_ptr info)
{
    if (info->is_decompressor != 0 && reinterpret_cast<j_decompress_ptr>(info)->input_scan_number > kMaxScans)
        on_error(info);
}

void prepare(JpegErrors& errors)
{
    jpeg_std_error(&errors.base);
    errors.base.error_exit = on_error;
    errors.base.emit_message = on_message;
}

class JpegReader
{
public:
    explicit JpegReader(std::string_view bytes) : m_bytes(bytes) {}
    JpegReader(const JpegReader&) = delete;
    JpegReader& operator=(const JpegReader&) = delete;
    ~JpegReader() { jpeg_destroy_decompress(&m_info); }

    bool start(int side)
    {
        prepare(m_errors);
        m_info.err = &m_errors.base;
        if (setjmp(m_errors.jump) != 0) return false;
        jpeg_create_decompress(&m_info);
        m_info.mem->max_memory_to_use = kMaxCoefficients;
        m_progress.progress_monitor = on_progress;
        m_info.progress = &m_progress;
        jpeg_mem_src(&m_info, reinterpret_cast<const unsigned char*>(m_bytes.data()), m_bytes.size());
        jpeg_read_header(&m_info, TRUE);
        if (std::uint64_t{m_info.image_width} * m_info.image_height > kMaxPixels) return false;
        choose_scale(side);
        const bool four = m_info.jpeg_color_space == JCS_CMYK || m_info.jpeg_color_space == JCS_YCCK;
        m_info.out_color_space = four ? JCS_CMYK : JCS_RGB;
        jpeg_start_decompress(&m_info);
        return true;
    }
    bool read_row(std::uint8_t* row)
    {
        if (setjmp(m_errors.jump) != 0) return false;
        return jpeg_read_scanlines(&m_info, &row, 1) == 1;
    }
    bool finish()
    {
        if (setjmp(m_errors.jump) != 0) return false;
        return jpeg_finish_decompress(&m_info) != 0;
    }
    [[nodiscard]] Size size() const
    {
        return {static_cast<int>(m_info.output_width), static_cast<int>(m_info.output_height)};
    }
    [[nodiscard]] bool is_cmyk() const { return m_info.out_color_space == JCS_CMYK; }
    [[nodiscard]] bool is_inverted() const { return m_info.saw_Adobe_marker != 0; } // Adobe stores 255 - ink

private:
    // The smallest of eighths whose long side still has `side` pixels: the DCT does most of the shrinking.
    void choose_scale(int side)
    {
        const auto longest = std::max(m_info.image_width, m_info.image_height);
        m_info.scale_denom = 8;
        m_info.scale_num = 1;
        while (m_info.scale_num < 8 && longest * std::uint64_t{m_info.scale_num} < std::uint64_t(side) * 8)
            ++m_info.scale_num;
    }

    std::string_view m_bytes;
    JpegErrors m_errors{};
    jpeg_progress_mgr m_progress{};
    jpeg_decompress_struct m_info{};
};

// In place: 4 bytes of ink become 3 of light.
void cmyk_to_rgb(std::vector<std::uint8_t>& row, bool inverted)
{
    for (std::size_t i = 0; i * 4 + 3 < row.size(); ++i) {
        const auto light = [&](std::size_t c) { return inverted ? int{row[i * 4 + c]} : 255 - row[i * 4 + c]; };
        const int black = light(3);
        const std::array<int, 3> rgb{light(0) * black / 255, light(1) * black / 255, light(2) * black / 255};
        for (std::size_t c = 0; c < 3; ++c) row[i * 3 + c] = static_cast<std::uint8_t>(rgb[c]);
    }
}

class JpegWriter
{
public:
    JpegWriter() = default;
    JpegWriter(const JpegWriter&) = delete;
    JpegWriter& operator=(const JpegWriter&) = delete;
    ~JpegWriter()
    {
        jpeg_destroy_compress(&m_info);
        std::free(m_bytes);
    }
    bool run(const Picture& picture, int quality)
    {
        prepare(m_errors);
        m_info.err = &m_errors.base;
        if (setjmp(m_errors.jump) != 0) return false;
        jpeg_create_compress(&m_info);
        jpeg_mem_dest(&m_info, &m_bytes, &m_size);
        m_info.image_width = static_cast<JDIMENSION>(picture.size.width);
        m_info.image_height = static_cast<JDIMENSION>(picture.size.height);
        m_info.input_components = 3;
        m_info.in_color_space = JCS_RGB;
        jpeg_set_defaults(&m_info);
        jpeg_set_quality(&m_info, quality, TRUE);
        m_info.optimize_coding = TRUE;
        jpeg_start_compress(&m_info, TRUE);
        while (m_info.next_scanline < m_info.image_height) {
            auto* row = const_cast<JSAMPLE*>(
                &picture.rgb[std::size_t{m_info.next_scanline} * m_info.image_width * 3]);
            jpeg_write_scanlines(&m_info, &row, 1);
        }
        jpeg_finish_compress(&m_info);
        return true;
    }
    [[nodiscard]] std::string bytes() const { return {reinterpret_cast<const char*>(m_bytes), m_size}; }

private:
    JpegErrors m_errors{};
    jpeg_compress_struct m_info{};
    unsigned char* m_bytes = nullptr;
    unsigned long m_size = 0;
};

} // namespace

std::optional<Picture> decode_jpeg(std::string_view bytes, int side)
{
    JpegReader reader(bytes);
    if (!reader.start(side)) return std::nullopt;
    const auto size = reader.size();
    Shrinker shrinker(size, fit(size, side));
    std::vector<std::uint8_t> row(static_cast<std::size_t>(size.width) * 4);
    for (int y = 0; y < size.height; ++y) {
        if (!reader.read_row(row.data())) return std::nullopt;
        if (reader.is_cmyk()) cmyk_to_rgb(row, reader.is_inverted());
        shrinker.add_row(row.data());
    }
    if (!reader.finish()) return std::nullopt;
    return shrinker.finish();
}

std::optional<std::string> encode_jpeg(const Picture& picture, int quality)
{
    JpegWriter encoder;
    if (!encoder.run(picture, quality)) return std::nullopt;
    return encoder.bytes();
}

} // namespace adal::files
