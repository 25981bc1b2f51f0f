// referral/label_view.hpp: this room's words in the reader's language; keys are given without their "referral.".
#pragma once

#include "http/page.hpp"

#include <string>
#include <string_view>

namespace adal::referral {

inline http::Html say(const http::Request& request, std::string_view key, const i18n::Params& params = {})
{
    return http::t(request, "referral." + std::string(key), params);
}

} // namespace adal::referral
