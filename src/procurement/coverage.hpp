// procurement/coverage.hpp: how often each field is filled, as OCDS Cardinal's `coverage` counts
// it.
//
// Empty are "", [], {}, null and whatever holds only empty values. The path "" is a line, a path
// ending with
// '/' an object, with '[]' an element of an array, others members. A repeated member counts with
// its last value; a key that is empty or ends with '[]' makes paths ambiguous, here as there. Lines
// that are no JSON are left out and counted. In a document of several lines each row of its package
// is a line.
#pragma once

#include "base/result.hpp"
#include "procurement/facts_extract.hpp"
#include "procurement/facts_source.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace adal::procurement::columns {

struct Coverage {
    std::map<std::string, std::uint64_t> paths{};
    std::uint64_t rows = 0, refused = 0;
    std::vector<RowNote> notes{};     // at most kMostNotes
    std::vector<std::string> files{}; // RowNote::source
};

struct CoverageOptions {
    unsigned threads = 0;
    Progress progress{};
};

// Problem: procurement.unreadable_file {file, reason}.
Result<Coverage> coverage(const std::vector<std::string>& files, const CoverageOptions& options);
// {"path":count,…}, sorted, and a newline.
std::string to_json(const Coverage& coverage);

} // namespace adal::procurement::columns
