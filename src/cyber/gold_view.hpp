// cyber/gold_view.hpp: of gold items, what the desk sees: a resource becomes one; how well reviewers know the answers.
#pragma once

#include "cyber/case_view.hpp"

#include <vector>

namespace adal::cyber {

http::Html gold_card(const http::Request& request, const CasePage& view); // empty when it neither is nor may be one
http::Html gold_scores_card(const http::Request& request, const std::vector<GoldScore>& scores, std::int64_t items);

} // namespace adal::cyber
