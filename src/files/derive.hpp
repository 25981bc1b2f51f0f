// files/derive.hpp: from a stranger's picture to what may be shown, and the form in which the worker
// answers. `derive` is for the worker and the fuzzer; `parse_answer` is how the server reads the answer of a
// worker that may have been taken over: it believes nothing.
#pragma once

#include "files/files.hpp"

#include <string>
#include <string_view>

namespace adal::files {

inline constexpr int kViewSide = 1600, kThumbnailSide = 320; // px

struct Derivatives {
    Derived state = Derived::undecodable;
    int width = 0, height = 0;      // of the upright view
    std::string view{}, thumbnail{}; // bare JPEG; empty when undecodable
    ExifClaims exif{};
};

Derivatives derive(std::string_view bytes);

// One line of JSON, then the bytes of view and thumbnail.
std::string write_answer(const Derivatives& derivatives);

// Whatever does not hold exactly becomes "undecodable" without claims.
Derivatives parse_answer(std::string_view answer);

} // namespace adal::files
