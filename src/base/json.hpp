// base/json.hpp: JSON of strangers, read strictly; JSON of ours, written.
//
// Boost.JSON underneath. Keys given twice, depth over 32, invalid UTF-8 and trailing bytes are refused.
#pragma once

#include "base/result.hpp"

#include <boost/json/fwd.hpp>
#include <boost/json/object.hpp>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace adal {

namespace json = boost::json;

// params: line, reason
inline constexpr ProblemCode bad_json{"bad_json", 400};

Result<json::value> parse_json(std::string_view text);
std::string to_text(const json::value& value);          // compact
std::string to_pretty_text(const json::value& value);   // two spaces, keys in given order

// Reading helpers: nothing when absent or of another type.
const json::value* find(const json::value& object, std::string_view key);
std::optional<std::string_view> text_at(const json::value& object, std::string_view key);
std::optional<std::int64_t> int_at(const json::value& object, std::string_view key);
std::optional<double> number_at(const json::value& object, std::string_view key);
const json::array* array_at(const json::value& object, std::string_view key);
const json::object* object_at(const json::value& object, std::string_view key);

} // namespace adal
