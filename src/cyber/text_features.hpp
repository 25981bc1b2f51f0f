// cyber/text_features.hpp: what the text model looks at in a web address (docs/formats/text-model.md).
//
// Three groups with weights of their own: runs of letters of the name, runs of the path, and traits of the name (its zone,
// how many digits, hyphens, labels …). Scheme, "www.", slashes at the end and whether there is a path at all are left out:
// lists differ in them for no reason. Pure; thread-safe.
#pragma once

#include "cyber/link.hpp"
#include "cyber/suffix_list.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace adal::cyber {

struct TextFeatures {
    enum Group : std::size_t { name, path, traits, kGroups };
    static constexpr std::size_t kPlaces = 1 << 18; // of each group

    std::array<std::vector<std::uint32_t>, kGroups> places{}; // each once, in order
};

TextFeatures text_features(const Link& link, const SuffixList& suffixes);

// As if nothing stood after the name; a name says something by itself.
TextFeatures without_path(TextFeatures features);

// The runs behind the places of a group, for who wants to see them: "^kasp", not of traits.
struct TextRun {
    std::string letters{};
    std::uint32_t place = 0;
};
std::vector<TextRun> text_runs(const Link& link, const SuffixList& suffixes, TextFeatures::Group group);

} // namespace adal::cyber
