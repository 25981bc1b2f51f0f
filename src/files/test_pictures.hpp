// files/test_pictures.hpp: pictures painted for tests: no bytes of anybody's camera. Only tests include it.
#pragma once

#include "files/picture.hpp"

#include <string>

namespace adal::files::test {

// Four quarters: red, green / blue, white.
Picture quarters(Size size);

// What a camera would write about position, time, owner and serial number; little-endian TIFF.
std::string exif_block(int orientation);
// `jpeg` with the block as its first segment.
std::string with_exif(const std::string& jpeg, const std::string& tiff);

std::string png_of(const Picture& picture, bool interlaced = false, bool with_alpha = false);
std::string webp_of(const Picture& picture);

} // namespace adal::files::test
