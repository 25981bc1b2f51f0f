#include "app/city_map.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numbers>

namespace adal::app {

namespace {

constexpr double kMapWidth = 720, kMapMargin = 8;

class Projection
{
public:
    explicit Projection(const oversight::Box& box)
        : m_west(box.west), m_north(box.north),
          m_stretch(std::cos((box.north + box.south) / 2 * std::numbers::pi / 180)),
          m_scale((kMapWidth - 2 * kMapMargin) / std::max(1e-6, (box.east - box.west) * m_stretch)),
          m_height((box.north - box.south) * m_scale + 2 * kMapMargin)
    {
    }
    [[nodiscard]] double x(double longitude) const { return kMapMargin + (longitude - m_west) * m_stretch * m_scale; }
    [[nodiscard]] double y(double latitude) const { return kMapMargin + (m_north - latitude) * m_scale; }
    [[nodiscard]] double height() const { return m_height; }

private:
    double m_west, m_north, m_stretch, m_scale, m_height;
};

std::string path_of(const oversight::Geometry& outline, const Projection& project)
{
    std::string path;
    for (const auto& polygon : outline.polygons)
        for (const auto& ring : polygon.rings) {
            char command = 'M';
            for (const auto& point : ring) {
                path += fmt::format("{}{:.1f} {:.1f}", command, project.x(point.longitude), project.y(point.latitude));
                command = 'L';
            }
            path += 'Z';
        }
    return path;
}

oversight::Box box_of_all(const std::vector<DistrictNote>& districts)
{
    auto box = oversight::box_of(districts.front().district->outline);
    for (const auto& note : districts) {
        const auto other = oversight::box_of(note.district->outline);
        box = {std::min(box.west, other.west), std::min(box.south, other.south), std::max(box.east, other.east),
               std::max(box.north, other.north)};
    }
    return box;
}

std::string escaped(std::string_view text)
{
    std::string out;
    http::append_escaped(out, text);
    return out;
}

} // namespace

http::Html city_map(const std::vector<DistrictNote>& districts, const std::vector<MapDot>& dots, std::string_view title)
{
    if (districts.empty()) return {};
    const Projection project{box_of_all(districts)};
    // 25 m is less than a pixel of this drawing.
    constexpr double kTolerance = 25;
    std::string svg = fmt::format(R"(<svg class="city-map" viewBox="0 0 {:.0f} {:.0f}" role="group" aria-label="{}">)",
                                  kMapWidth, project.height(), escaped(title));
    for (const auto& note : districts)
        svg += fmt::format(R"(<a href="{}"><path class="district" d="{}"><title>{}</title></path></a>)", escaped(note.link),
                           path_of(oversight::simplify(note.district->outline, kTolerance), project), escaped(note.label));
    for (const auto& dot : dots)
        svg += fmt::format(R"(<circle class="{}" cx="{:.1f}" cy="{:.1f}" r="5"/>)", dot.has_findings ? "dot found" : "dot",
                           project.x(dot.at.longitude), project.y(dot.at.latitude));
    for (const auto& note : districts) {
        const auto middle = oversight::representative_point(note.district->outline);
        const auto name = note.label.substr(0, note.label.find(':'));
        svg += fmt::format(R"(<text class="label" x="{:.1f}" y="{:.1f}">{}</text>)", project.x(middle.longitude),
                           project.y(middle.latitude), escaped(name));
    }
    svg += "</svg>";
    return http::Html::trusted(std::move(svg));
}

} // namespace adal::app
