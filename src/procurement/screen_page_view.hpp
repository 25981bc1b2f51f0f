// procurement/screen_page_view.hpp: the report of one screening as one page that needs nothing else.
//
// No script, no address outside; reads well on paper. Individuals are not named: the page is made to be handed on.
// The same bytes for equal input. Pure.
#pragma once

#include "procurement/screen.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace adal::procurement {

inline constexpr std::size_t kMostOnPage = 2000; // processes; the page says when there are more

// What was read for it.
struct ScreenRun {
    std::vector<std::string> files{};
    std::int64_t rows = 0, used = 0, skipped = 0, refused = 0, duplicates = 0, noted = 0;
    std::vector<std::string> notes{}; // "FILE:LINE: verdict ocid field reason" of rows that were not simply used
    std::int64_t register_entries = 0; // of the register of unscrupulous suppliers; 0 without one
};

std::string screen_page(const ProcessSource& source, std::span<const Screened> screened, const ScreenRun& run,
                        i18n::Language language);

} // namespace adal::procurement
