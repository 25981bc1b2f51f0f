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

// "Алмалы ауданы": what every name ends with tells nothing on a map, so it is left out there.
std::string_view shared_ending(const std::vector<std::string_view>& names)
{
    const auto last_word = [](std::string_view name) {
        const auto space = name.rfind(' ');
        return space == std::string_view::npos ? std::string_view{} : name.substr(space);
    };
    const auto ending = last_word(names.front());
    const auto has_it = [&](std::string_view name) { return name.size() > ending.size() && name.ends_with(ending); };
    return names.size() > 1 && std::ranges::all_of(names, has_it) ? ending : std::string_view{};
}

// A label is centred on its district and moved inwards where it would leave the drawing.
double label_x(double middle, std::string_view name)
{
    constexpr double kLetter = 13; // of the style sheet's largest size
    const auto letters = std::ranges::count_if(name, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
    const double half = kLetter * static_cast<double>(letters) / 2 + kMapMargin;
    return half * 2 > kMapWidth ? middle : std::clamp(middle, half, kMapWidth - half);
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
    std::vector<std::string_view> names;
    for (const auto& note : districts) names.push_back(std::string_view{note.label}.substr(0, note.label.find(':')));
    const auto ending = shared_ending(names);
    for (std::size_t i = 0; i < districts.size(); ++i) {
        const auto& note = districts[i];
        const auto middle = oversight::representative_point(note.district->outline);
        const auto name = names[i].substr(0, names[i].size() - ending.size());
        svg += fmt::format(R"(<text class="label" x="{:.1f}" y="{:.1f}">{}</text>)", label_x(project.x(middle.longitude), name),
                           project.y(middle.latitude), escaped(name));
    }
    svg += "</svg>";
    return http::Html::trusted(std::move(svg));
}

} // namespace adal::app
