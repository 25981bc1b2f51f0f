// app/demo_photo.hpp: paints a photograph for the demonstration city: asphalt, a pothole, a ruler, or a
// mended patch. A real JPEG with EXIF (camera, time, position), so that stripping and claims have
// something to work on. Nothing is taken from anybody's picture.
#pragma once

#include "base/time.hpp"

#include <cstdint>
#include <string>

namespace adal::app {

enum class Scene { overview, defect, mended };

struct PhotoOrder {
    Scene scene = Scene::overview;
    double latitude = 0, longitude = 0; // degrees, WGS 84
    Instant taken_at{};
    std::uint32_t seed = 1;             // the same order gives the same bytes
};

std::string paint_photo(const PhotoOrder& order); // JPEG, 1200 × 900

} // namespace adal::app
