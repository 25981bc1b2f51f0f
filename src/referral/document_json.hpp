// referral/document_json.hpp: subjects and facts of a document as the JSON that is stored.
#pragma once

#include "referral/document.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace adal::referral {

std::string texts_to_text(const i18n::Texts& texts); // ["kk", "ru", "en"]
std::string subjects_to_text(const std::vector<Subject>& subjects);
std::string facts_to_text(const std::vector<Fact>& facts);
// Stored text that is not what these functions wrote throws CheckFailed.
i18n::Texts texts_from_text(std::string_view text);
std::vector<Subject> subjects_from_text(std::string_view text);
std::vector<Fact> facts_from_text(std::string_view text);

} // namespace adal::referral
