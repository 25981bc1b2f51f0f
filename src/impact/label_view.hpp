// impact/label_view.hpp: this room's words in the reader's language; keys are given without their "impact.".
#pragma once

#include "http/page.hpp"

#include <string>
#include <string_view>

namespace adal::impact {

inline http::Html say(const http::Request& request, std::string_view key, const i18n::Params& params = {})
{
    return http::t(request, "impact." + std::string(key), params);
}

inline std::string word(const http::Request& request, std::string_view key)
{
    return i18n::text(request.language, "impact." + std::string(key));
}

} // namespace adal::impact
