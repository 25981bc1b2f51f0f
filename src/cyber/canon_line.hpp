// cyber/canon_line.hpp: what the commands of `adal url` read and write, a line at a time.
#pragma once

#include "cyber/link.hpp"
#include "cyber/match_index.hpp"
#include "cyber/triage.hpp"

#include <functional>

namespace adal::cyber {

// A line {"input": …, "base": …}; base may be null or absent. Lone surrogates, which JSON may hold and UTF-8 may not,
// become U+FFFD, as a browser makes them.
struct CanonInput {
    std::string input{};
    std::optional<std::string> base{};
};
Result<CanonInput> read_canon_input(std::string_view line);

// {"input":…,"valid":…,"href":…,"kind":…,"identity":…,"registrable":…} without a line end; null where there is none.
// A base that is itself refused makes the input refused, as in browsers.
void append_canon(std::string& out, std::string_view input, const std::optional<std::string>& base, const SuffixList& suffixes);

// {"input":…,"matched":…,"matches":[{"key":…,"scope":…,"list":…}]} without a line end.
void append_matches(std::string& out, std::string_view input, const std::vector<Match>& matches, const MatchIndex& index);

// {"input":…,"identity":…,"score":…,"reasons":[{"feature":…,"points":…,"seen":…,"text":…}],"guard":[{"protection":…,
// "name":…}],"smallest_scope":…} without a line end. `text` says a feature in the reader's language.
using FeatureText = std::function<std::string(const std::string& feature)>;
void append_triage(std::string& out, std::string_view input, const Link& link, const Triage& triage, const Guard& guard, const FeatureText& text);

// JSON text with "\\ufffd" for every half of a surrogate pair that stands alone.
std::string with_whole_surrogates(std::string_view json);

// Appends a JSON string; bytes that are no UTF-8 become U+FFFD.
void append_json_string(std::string& out, std::string_view text);

} // namespace adal::cyber
