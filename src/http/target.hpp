// http/target.hpp: the address of a request: percent-decoding, query strings, urlencoded forms.
//
// Bytes of strangers: everything is bounded and decoded exactly once. Thread-safe (no state).
#pragma once

#include "base/result.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace adal::http {

inline constexpr ProblemCode bad_address{"http.bad_address", 400};
inline constexpr ProblemCode bad_form{"http.bad_form", 400};
inline constexpr ProblemCode too_many_fields{"http.too_many_fields", 400}; // params: limit
inline constexpr ProblemCode field_too_long{"http.field_too_long", 413};   // params: limit (KB)

inline constexpr std::size_t kMaxFields = 200;
inline constexpr std::size_t kMaxFieldBytes = 64 << 10;
inline constexpr std::size_t kMaxFieldNameBytes = 200;

// RFC 3986 §2.3 unreserved characters stay.
std::string percent_encoded(std::string_view text);
// Nothing when an escape is broken. `plus_is_space` for forms and queries.
std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space);
// UTF-8 without NUL, which one of the databases cannot hold.
bool is_form_text(std::string_view text);

struct Target {
    std::string raw_path{}; // as sent
    std::string path{};     // decoded
    std::map<std::string, std::string> query{};
};

// Origin form only ("/…?…"). Refused: absolute and asterisk forms, broken escapes, bytes that are not
// UTF-8, control characters, an escaped "/" or "\", empty, "." and ".." segments (a trailing "/" is
// allowed).
Result<Target> read_target(std::string_view target);

// Of a name given twice in a query the last counts; a form keeps all.
Result<std::map<std::string, std::string>> read_query(std::string_view query);
Result<std::multimap<std::string, std::string>> read_form(std::string_view body);

// "a=1&b=2", sorted by name, encoded.
std::string query_text(const std::map<std::string, std::string>& query);

// Where the browser may be sent after sign-in: a path of this site, nothing else; "/" otherwise.
std::string safe_next(std::string_view path);

} // namespace adal::http
