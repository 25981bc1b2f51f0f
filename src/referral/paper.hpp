// referral/paper.hpp: a document on paper as a list of blocks, and the one template that makes it from a final
// document. The same blocks become HTML (paper_view) and PDF (paper_pdf), in any of the three languages.
//
// The open copy names no person: subjects are numbered, the volunteers' own words are left out (design.md
// invariant 10). Pure.
#pragma once

#include "i18n/i18n.hpp"
#include "referral/deadline_rule.hpp"
#include "referral/document.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace adal::referral {

enum class Copy { full, open }; // full: for the authority, with names; open: for the public, without

struct Heading {
    std::string text{};
};
struct Paragraph { // a note, in small letters
    std::string text{};
};
struct Body { // running text of a letter
    std::string text{};
};
// Label and value in two columns.
struct Pairs {
    std::vector<std::pair<std::string, std::string>> rows{};
};
// 1. text, and below it, indented, what belongs to it.
struct Numbered {
    struct Item {
        std::string text{};
        std::vector<std::string> details{};
    };
    std::vector<Item> items{};
};
struct Grid {
    std::vector<std::string> header{};
    std::vector<int> widths{}; // percent, sum 100
    std::vector<std::vector<std::string>> rows{};
};
struct Signature {
    std::string label{}, name{}, date{};
};

using Block = std::variant<Heading, Paragraph, Body, Pairs, Numbered, Grid, Signature>;

struct Paper {
    i18n::Language language = i18n::Language::kk;
    std::string title{}, subtitle{};
    std::string line{};            // date and number, under the title
    std::vector<Block> blocks{};
    std::string draft_mark{};      // set while unsigned: printed on every page
    std::string footer{};          // left side of each page's foot
    std::string link{}, link_text{}; // of the QR code; empty: none
    Instant made_at{};             // date of the file, so that the same document gives the same bytes
};

struct PaperSource {
    const Document& document;
    const std::vector<Dispatch>& dispatches;
    const std::vector<AuthorityVersion>& authorities; // those the recommendations are addressed to
    const DeadlineRules& rules;
    std::string_view origin; // "https://…", may be empty: then no QR code
};
// The final document whole, or one of what art. 1(3) calls by name: protocol, conclusion, recommendations. The parts are
// printed from the same signed contents and carry their checksum.
enum class Part { whole, protocol, conclusion, recommendations };
inline constexpr std::array all_parts{Part::whole, Part::protocol, Part::conclusion, Part::recommendations};
std::string_view name(Part part);
std::optional<Part> part_from(std::string_view name);

Paper paper_of(const PaperSource& source, i18n::Language language, Copy copy, Part part = Part::whole);

// The code drawn in a square: true = dark. Rows of equal length.
std::vector<std::vector<bool>> qr_code(std::string_view text);

std::string to_pdf(const Paper& paper);

} // namespace adal::referral
