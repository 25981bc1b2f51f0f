#include "files/image_header.hpp"

#include "support/support.hpp"

using namespace adal::files;
using namespace std::string_literals;

namespace {

std::string big(unsigned n, int bytes)
{
    std::string out;
    for (int i = bytes - 1; i >= 0; --i) out.push_back(static_cast<char>(n >> (8 * i) & 0xff));
    return out;
}
std::string segment(char marker, const std::string& body)
{
    return "\xff"s + marker + big(static_cast<unsigned>(body.size()) + 2, 2) + body;
}
std::string frame(unsigned width, unsigned height)
{
    return segment('\xc0', "\x08" + big(height, 2) + big(width, 2) + "\x01\x01\x11"s + '\0');
}
std::string chunk(const std::string& name, const std::string& body)
{
    return big(static_cast<unsigned>(body.size()), 4) + name + body + "crc?";
}
std::string png(unsigned width, unsigned height)
{
    return "\x89PNG\r\n\x1a\n" + chunk("IHDR", big(width, 4) + big(height, 4) + "\x08\x02\0\0\0"s);
}
std::string webp(const std::string& name, const std::string& body)
{
    auto size = big(static_cast<unsigned>(body.size()), 4);
    std::reverse(size.begin(), size.end());
    return "RIFF....WEBP" + name + size + body;
}

const std::string kStart = "\xff\xd8";

TEST(ImageHeader, reads_the_size_of_a_jpeg_behind_other_segments)
{
    const auto bytes = kStart + segment('\xe0', "JFIF\0"s) + "\xff\xff" + segment('\xfe', "a comment") + frame(640, 480);
    const auto header = read_image_header(bytes);
    ASSERT_TRUE(header);
    EXPECT_EQ(header->kind, PictureKind::jpeg);
    EXPECT_EQ(header->width, 640u);
    EXPECT_EQ(header->height, 480u);
    EXPECT_EQ(header->exif, "");
}

TEST(ImageHeader, counts_pixels_without_overflow)
{
    EXPECT_EQ(read_image_header(kStart + frame(65500, 65500))->pixels(), 4'290'250'000u);
    EXPECT_EQ(read_image_header(png(0x7fffffff, 0x7fffffff))->pixels(), 4'611'686'014'132'420'609u);
}

TEST(ImageHeader, finds_exif_in_each_kind)
{
    EXPECT_EQ(read_image_header(kStart + segment('\xe1', "Exif\0\0II*"s) + frame(1, 1))->exif, "II*");
    EXPECT_EQ(read_image_header(png(1, 1) + chunk("IDAT", "x") + chunk("eXIf", "MM*"))->exif, "MM*");
    const auto canvas = webp("VP8X", std::string("\x08\0\0\0\x3f\x01\0\xef\0\0", 10));
    const auto with_exif = canvas + "EXIF" + std::string("\x03\0\0\0", 4) + "II*";
    EXPECT_EQ(read_image_header(with_exif)->exif, "II*");
    EXPECT_EQ(read_image_header(with_exif)->width, 320u);
    EXPECT_EQ(read_image_header(with_exif)->height, 240u);
}

TEST(ImageHeader, reads_the_size_of_simple_webp)
{
    const auto lossy = read_image_header(webp("VP8 ", std::string("\x30\x01\0\x9d\x01\x2a\x40\x01\xf0\0", 10)));
    ASSERT_TRUE(lossy);
    EXPECT_EQ(lossy->width, 320u);
    EXPECT_EQ(lossy->height, 240u);
    const auto lossless = read_image_header(webp("VP8L", std::string("\x2f\x3f\xc1\x3b\0", 5)));
    ASSERT_TRUE(lossless);
    EXPECT_EQ(lossless->width, 320u);
    EXPECT_EQ(lossless->height, 240u);
}

TEST(ImageHeader, is_nothing_when_there_is_no_size)
{
    for (const auto& bytes : {""s, "\xff"s, kStart, kStart + "\xff", kStart + frame(0, 5), kStart + frame(5, 0),
                              kStart + segment('\xda', "") + frame(5, 5), "GIF89a"s, png(0, 1), png(0x80000000, 1),
                              "\x89PNG\r\n\x1a\n"s, "RIFF....WEBP"s, webp("VP8 ", "short"), "%PDF-1.7"s})
        EXPECT_FALSE(read_image_header(bytes)) << bytes.size();
}

TEST(ImageHeader, stays_inside_at_every_cut)
{
    for (const auto& whole : {kStart + segment('\xe1', "Exif\0\0II*"s) + frame(7, 9), png(7, 9) + chunk("eXIf", "MM*"),
                              webp("VP8X", std::string("\x08\0\0\0\x3f\x01\0\xef\0\0", 10))})
        for (std::size_t cut = 0; cut <= whole.size(); ++cut) {
            const std::string exact(whole.substr(0, cut)); // a buffer of its own: an overrun is seen by ASan
            static_cast<void>(read_image_header(exact));
        }
}

TEST(BareJpeg, has_only_what_makes_the_picture)
{
    const auto jfif = segment('\xe0', "JFIF\0\x01\x01\0\0\x01\0\x01\0\0"s);
    const auto picture = segment('\xdb', std::string(65, 'q')) + frame(1, 1) + segment('\xc4', "h")
        + segment('\xda', "s") + "data\xff\0data\xff\xd0more"s;
    const auto end = "\xff\xd9"s;
    EXPECT_TRUE(is_bare_jpeg(kStart + jfif + picture + end));
    EXPECT_FALSE(is_bare_jpeg(kStart + jfif + picture));
    EXPECT_FALSE(is_bare_jpeg(kStart + jfif + picture + end + "PK\x03\x04"));
    EXPECT_FALSE(is_bare_jpeg(kStart + segment('\xe1', "Exif\0\0II*"s) + picture + end));
    EXPECT_FALSE(is_bare_jpeg(kStart + segment('\xfe', "by me") + picture + end));
    EXPECT_FALSE(is_bare_jpeg(kStart + segment('\xe0', "JFXX\0\x10thumb"s) + picture + end));
}

} // namespace
