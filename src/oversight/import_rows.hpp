// oversight/import_rows.hpp: the rows of a GeoJSON feature collection, each with the line it begins on.
#pragma once

#include "base/json.hpp"
#include "base/result.hpp"
#include "oversight/import.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace adal::oversight {

struct Feature {
    std::int64_t row = 0, line = 0;
    const json::value* value = nullptr; // of the document, which must outlive it
};

struct FeatureFile {
    json::value document{};
    std::vector<Feature> features{};
};

// import_too_large, import_bad_file (line, offset, reason)
Result<FeatureFile> read_features(std::string_view file_name, std::string_view bytes);

// A property as text, cleaned (homoglyphs, spaces); numbers become their digits; empty when absent.
std::string property(const Feature& feature, std::string_view name);
// The first that is there.
std::string property(const Feature& feature, std::initializer_list<std::string_view> names);

RowProblem row_problem(const Feature& feature, std::string field, std::string reason, std::string value = {});

} // namespace adal::oversight
