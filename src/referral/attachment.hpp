// referral/attachment.hpp: whether a letter's file is what its name says. What it is was read from its bytes
// (files); a name that says otherwise is a mistake or a disguise, and whoever opens it would be misled.
#pragma once

#include "base/result.hpp"

#include <string_view>

namespace adal::referral {

inline constexpr ProblemCode attachment_disguised{"attachment.disguised", 415}; // params: name, says, is

// A name without one of the endings we accept says nothing and passes.
Result<Done> is_what_it_says(std::string_view file_name, std::string_view mime);

} // namespace adal::referral
