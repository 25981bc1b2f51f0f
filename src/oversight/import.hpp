// oversight/import.hpp: what an import of districts or places answers. All or nothing per file: either every
// row is in, or nothing is and every bad row is named.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace adal::oversight {

struct RowProblem {
    std::int64_t row = 0;  // feature index from 1; 0 = the file itself
    std::int64_t line = 0; // line of the file where the feature starts, from 1; 0 unknown
    std::string field{};   // e.g. "geometry.coordinates[0]", "name_kk"
    std::string reason{};  // key under `reason.`
    std::string value{};   // what was there, shortened to 80 letters
};

struct ImportReport {
    std::int64_t read = 0, added = 0, changed = 0, same = 0;
    std::vector<RowProblem> rejected{}; // not empty: nothing was written
    std::vector<RowProblem> notes{};    // kept all the same: no geometry, name mended, district unknown
};

// params: file, line, offset, reason — the file is no JSON, cut off, or no FeatureCollection
inline constexpr ProblemCode import_bad_file{"oversight.import_bad_file", 422};
inline constexpr ProblemCode import_too_large{"oversight.import_too_large", 413}; // params: file, limit
inline constexpr ProblemCode import_no_districts{"oversight.import_no_districts", 409};
// params: file, count, row, line, field, reason — of the first rejected row; the report has all
inline constexpr ProblemCode import_rejected{"oversight.import_rejected", 422};

inline constexpr std::size_t kMaxImportBytes = 64u << 20;

} // namespace adal::oversight
