// cyber/url_plain.hpp: the places of a URL that is written canonically already, which nearly all are. One pass.
#pragma once

#include "cyber/url.hpp"

namespace adal::cyber {

struct PlainPlaces {
    std::uint32_t scheme_end = 0, host_end = 0;
    std::uint32_t query_begin = Url::kNone, fragment_begin = Url::kNone;
};

// As is_plainly_canonical(); the places hold only after true.
bool find_plain_places(std::string_view input, PlainPlaces& places);

} // namespace adal::cyber
