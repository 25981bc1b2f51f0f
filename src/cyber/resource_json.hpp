// cyber/resource_json.hpp: reasons, guard hits and answers as the JSON text that rows hold. Pure.
#pragma once

#include "cyber/resource.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace adal::cyber {

std::string reasons_text(const std::vector<Reason>& reasons);
std::vector<Reason> reasons_from(std::string_view text); // a broken row throws CheckFailed
std::string guards_text(const std::vector<GuardHit>& guards);
std::vector<GuardHit> guards_from(std::string_view text);
std::string answers_text(const std::vector<Answer>& answers);
std::vector<Answer> answers_from(std::string_view text);

} // namespace adal::cyber
