// files/picture.hpp: a small picture in memory, made smaller by area average, turned upright. Pure.
#pragma once

#include <cstdint>
#include <vector>

namespace adal::files {

struct Size {
    int width = 0, height = 0;
    bool operator==(const Size&) const = default;
};

// Fits into a square of `side` px, never larger than it was, at least 1 × 1.
Size fit(Size size, int side);

struct Picture {
    Size size{};
    std::vector<std::uint8_t> rgb{}; // 3 bytes per pixel, row by row
};

// Takes the rows of a picture from above and keeps only the small one: memory for `to` plus a few rows.
class Shrinker
{
public:
    Shrinker(Size from, Size to); // to ≤ from in both directions
    void add_row(const std::uint8_t* rgb); // from.width × 3 bytes; exactly from.height calls
    Picture finish();

private:
    void squeeze(const std::uint8_t* rgb);
    void emit();

    Size m_from;
    Picture m_out;
    int m_row = 0, m_out_row = 0;
    std::vector<float> m_squeezed, m_sum;
};

Picture shrink(const Picture& picture, int side);

// EXIF orientation 1–8 (CIPA DC-008 §4.6.4): how the stored picture has to be turned.
Picture upright(const Picture& picture, int orientation);

} // namespace adal::files
