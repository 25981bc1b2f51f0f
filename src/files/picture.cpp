#include "files/picture.hpp"

#include <algorithm>
#include <cmath>

namespace adal::files {
namespace {

std::size_t count(int n)
{
    return static_cast<std::size_t>(n);
}

} // namespace

Size fit(Size size, int side)
{
    const int longest = std::max(size.width, size.height);
    if (longest <= side) return size;
    const auto scaled = [&](int n) {
        const auto exact = static_cast<std::int64_t>(n) * side + longest / 2;
        return std::max(1, static_cast<int>(exact / longest));
    };
    return {scaled(size.width), scaled(size.height)};
}

Shrinker::Shrinker(Size from, Size to) : m_from(from)
{
    m_out.size = to;
    m_out.rgb.reserve(count(to.width) * count(to.height) * 3);
    m_squeezed.resize(count(to.width) * 3);
    m_sum.resize(count(to.width) * 3);
}

// One row made narrower. Source pixel x covers [x, x+1) · to/from of the target row.
void Shrinker::squeeze(const std::uint8_t* rgb)
{
    std::fill(m_squeezed.begin(), m_squeezed.end(), 0.0f);
    const auto from = static_cast<std::int64_t>(m_from.width), to = static_cast<std::int64_t>(m_out.size.width);
    const auto unit = 1.0f / static_cast<float>(from);
    for (std::int64_t x = 0; x < from; ++x, rgb += 3) {
        const auto begin = x * to, end = begin + to;
        const auto first = begin / from, last = (end - 1) / from;
        const auto share = last == first ? to : last * from - begin; // of `to` units, in the first target pixel
        auto* pixel = &m_squeezed[static_cast<std::size_t>(first) * 3];
        const auto weight = static_cast<float>(share) * unit;
        for (int c = 0; c < 3; ++c) pixel[c] += weight * static_cast<float>(rgb[c]);
        if (last == first) continue;
        const auto rest = static_cast<float>(to - share) * unit;
        for (int c = 0; c < 3; ++c) pixel[3 + c] += rest * static_cast<float>(rgb[c]);
    }
}

void Shrinker::add_row(const std::uint8_t* rgb)
{
    squeeze(rgb);
    const auto from = static_cast<std::int64_t>(m_from.height), to = static_cast<std::int64_t>(m_out.size.height);
    const auto begin = m_row++ * to, end = begin + to;
    const auto boundary = (m_out_row + 1) * from;
    const auto add = [&](std::int64_t units) {
        const auto weight = static_cast<float>(units) / static_cast<float>(from);
        for (std::size_t i = 0; i < m_sum.size(); ++i) m_sum[i] += weight * m_squeezed[i];
    };
    add(std::min(end, boundary) - begin);
    if (end < boundary) return;
    emit();
    if (end > boundary) add(end - boundary);
}

void Shrinker::emit()
{
    for (const auto value : m_sum)
        m_out.rgb.push_back(static_cast<std::uint8_t>(std::clamp(std::lround(value), 0L, 255L)));
    std::fill(m_sum.begin(), m_sum.end(), 0.0f);
    ++m_out_row;
}

Picture Shrinker::finish()
{
    return std::move(m_out);
}

Picture shrink(const Picture& picture, int side)
{
    const auto to = fit(picture.size, side);
    if (to == picture.size) return picture;
    Shrinker shrinker(picture.size, to);
    for (int y = 0; y < picture.size.height; ++y)
        shrinker.add_row(&picture.rgb[count(y) * count(picture.size.width) * 3]);
    return shrinker.finish();
}

Picture upright(const Picture& picture, int orientation)
{
    if (orientation <= 1 || orientation > 8) return picture;
    const auto [w, h] = picture.size;
    const bool swapped = orientation >= 5; // rows become columns
    Picture out{.size = swapped ? Size{h, w} : Size{w, h}, .rgb = std::vector<std::uint8_t>(picture.rgb.size())};
    auto* to = out.rgb.data();
    for (int y = 0; y < out.size.height; ++y)
        for (int x = 0; x < out.size.width; ++x, to += 3) {
            int column = swapped ? y : x, row = swapped ? x : y;
            if (orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8) column = w - 1 - column;
            if (orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7) row = h - 1 - row;
            const auto* from = &picture.rgb[(count(row) * count(w) + count(column)) * 3];
            std::copy(from, from + 3, to);
        }
    return out;
}

} // namespace adal::files
