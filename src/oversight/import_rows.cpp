#include "oversight/import_rows.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

namespace adal::oversight {

namespace {

// The line each feature begins on: the objects right inside the list "features" of the outermost object, found
// in one pass; strings are skipped whole. Other members ("crs" of a GDAL file) hold objects too and do not count.
class FeatureLines
{
public:
    explicit FeatureLines(std::string_view bytes) : m_bytes(bytes)
    {
        for (; m_at < m_bytes.size(); ++m_at) step(m_bytes[m_at]);
    }

    [[nodiscard]] const std::vector<std::int64_t>& lines() const { return m_lines; }

private:
    void step(char c)
    {
        if (c == '\n') ++m_line;
        else if (c == '"') skip_string();
        else if (c == '{' || c == '[') open(c);
        else if (c == '}' || c == ']') m_is_in_list = --m_depth > kOfMembers && m_is_in_list;
    }

    void skip_string()
    {
        const std::size_t begin = ++m_at;
        for (; m_at < m_bytes.size() && m_bytes[m_at] != '"'; ++m_at)
            if (m_bytes[m_at] == '\\') ++m_at;
        if (m_depth == kOfMembers) m_key = m_bytes.substr(begin, m_at - begin);
    }

    void open(char c)
    {
        if (c == '[' && m_depth == kOfMembers) m_is_in_list = m_key == "features";
        if (c == '{' && m_depth == kOfMembers + 1 && m_is_in_list) m_lines.push_back(m_line);
        ++m_depth;
    }

    static constexpr int kOfMembers = 1; // depth inside the outermost object
    std::string_view m_bytes, m_key{};
    std::size_t m_at = 0;
    int m_depth = 0;
    std::int64_t m_line = 1;
    bool m_is_in_list = false;
    std::vector<std::int64_t> m_lines{};
};

// At most so many bytes, and no letter cut in two.
std::string shortened(std::string text, std::size_t bytes)
{
    if (text.size() <= bytes) return text;
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80) --bytes;
    text.resize(bytes);
    return text;
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
    const FeatureLines scanned{bytes};
    const auto& lines = scanned.lines();
    std::int64_t row = 0;
    for (const auto& value : *array_at(file.document, "features")) {
        const auto at = static_cast<std::size_t>(row);
        file.features.push_back({.row = row + 1, .line = at < lines.size() ? lines[at] : 0, .value = &value});
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
    if (value->is_bool()) return value->get_bool() ? "true" : "false";
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
    constexpr std::size_t kShown = 160; // 80 letters of Cyrillic
    return {.row = feature.row, .line = feature.line, .field = std::move(field), .reason = std::move(reason), .value = shortened(std::move(value), kShown)};
}

} // namespace adal::oversight
