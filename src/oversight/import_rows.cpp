#include "oversight/import_rows.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace adal::oversight {

namespace {

std::int64_t line_at(std::string_view bytes, std::size_t offset)
{
    return 1 + std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(std::min(offset, bytes.size())), '\n');
}

// Where each feature begins: the n-th `{` at the depth of the list's members. Strings are skipped whole.
std::vector<std::size_t> feature_offsets(std::string_view bytes)
{
    std::vector<std::size_t> offsets;
    int depth = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const char c = bytes[i];
        if (in_string) {
            if (c == '\\') ++i;
            else if (c == '"') in_string = false;
            continue;
        }
        if (c == '"') in_string = true;
        else if (c == '{' || c == '[') {
            if (c == '{' && depth == 2) offsets.push_back(i);
            ++depth;
        } else if (c == '}' || c == ']') --depth;
    }
    return offsets;
}

} // namespace

Result<FeatureFile> read_features(std::string_view file_name, std::string_view bytes)
{
    if (bytes.size() > kMaxImportBytes)
        return fail(import_too_large, {{"file", std::string{file_name}}, {"limit", std::to_string(kMaxImportBytes >> 20)}});
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    auto document = parse_json(bytes);
    if (!document) {
        auto problem = document.error().params;
        problem["file"] = std::string{file_name};
        problem.emplace("offset", std::to_string(bytes.size()));
        return fail(import_bad_file, std::move(problem));
    }
    const auto* list = array_at(*document, "features");
    if (text_at(*document, "type") != "FeatureCollection" || !list)
        return fail(import_bad_file, {{"file", std::string{file_name}}, {"line", "1"}, {"offset", "0"}, {"reason", "not_a_feature_collection"}});
    FeatureFile file{.document = std::move(*document)};
    const auto offsets = feature_offsets(bytes);
    std::int64_t row = 0;
    for (const auto& value : *array_at(file.document, "features")) {
        const auto at = static_cast<std::size_t>(row);
        file.features.push_back({.row = row + 1, .line = at < offsets.size() ? line_at(bytes, offsets[at]) : 0, .value = &value});
        ++row;
    }
    return file;
}

std::string property(const Feature& feature, std::string_view name)
{
    const auto* properties = find(*feature.value, "properties");
    const auto* value = properties ? find(*properties, name) : nullptr;
    if (!value) return {};
    if (const auto* text = value->if_string()) return clean_text(std::string_view{*text}).value_or("");
    if (const auto* number = value->if_double()) return fmt::format("{}", *number); // never with an exponent below 10^16
    return value->is_number() ? to_text(*value) : std::string{};
}

std::string property(const Feature& feature, std::initializer_list<std::string_view> names)
{
    for (const auto name : names)
        if (auto value = property(feature, name); !value.empty()) return value;
    return {};
}

RowProblem row_problem(const Feature& feature, std::string field, std::string reason, std::string value)
{
    constexpr std::size_t kShown = 80;
    if (value.size() > kShown) value.resize(kShown);
    return {.row = feature.row, .line = feature.line, .field = std::move(field), .reason = std::move(reason), .value = std::move(value)};
}

} // namespace adal::oversight
