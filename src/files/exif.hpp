// files/exif.hpp: reads what a camera wrote into a picture. For use inside the worker only.
#pragma once

#include "files/files.hpp"

#include <string_view>

namespace adal::files {

// `tiff` as in ImageHeader::exif. What is absent, damaged or impossible is left out.
ExifClaims read_exif(std::string_view tiff);

// A camera's clock that was never set says "0000:00:00 00:00:00": no claim.
bool is_exif_time(std::string_view text);

} // namespace adal::files
