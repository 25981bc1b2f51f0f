// referral/parcel.hpp: what a person hands in by hand where no letter can be sent: eOtinish, a portal. The text and the
// files that the channel takes, within its limits, and what had to stay out. Pure.
//
// There is no public interface of eOtinish: the package is prepared, handed in by a person, and the number is written
// down afterwards (kazakhstan.md §2.6).
#pragma once

#include "referral/competence.hpp"
#include "referral/document.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace adal::referral {

struct ParcelFile {
    std::string name{};
    std::string bytes{};
};

struct Package {
    std::string text{};
    std::vector<ParcelFile> files{};
    std::vector<std::string> left_out{}; // names of files that the channel does not take
    bool text_cut = false;               // whole paragraphs at the end were left out
    std::int64_t letters = 0;            // of the text, as the channel counts
};

// Paragraphs (parted by an empty line) and files in their order, as long as they fit. `channel` may be null: no limits
// are known. The first paragraph always stays; what does not fit even alone is cut at a word.
Package pack(std::string_view text, std::vector<ParcelFile> files, const Channel* channel);

// The words of the appeal for that authority: its recommendations, the law, the public page (`link` may be empty).
std::string appeal_text(const Document& document, const AuthorityVersion& authority, int reply_days, std::string_view link,
                        i18n::Language language);

// The same bytes for the same package: every entry has the time `at`.
std::string zip_of(const Package& package, Instant at);

} // namespace adal::referral
