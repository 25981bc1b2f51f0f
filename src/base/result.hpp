// base/result.hpp: how an operation says what went wrong.
//
// Expected failures (bad input, not allowed, not found, conflict) are values: Result<T>.
// Unexpected ones (disk full, database gone, broken stored data) are exceptions, caught around a
// request, around a job and in main. A programmer's mistake is ADAL_CHECK.
#pragma once

#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace adal {

// Declared once, in the room that owns it. The key is at once the API code, the message key
// `problem.<key>` of the catalogues, the metric label and the anchor in docs/problems.md.
struct ProblemCode {
    std::string_view key;
    int http_status;
};

// Parameters are named values for the message, never a finished sentence.
using ProblemParams = std::map<std::string, std::string>;

struct Problem {
    const ProblemCode* code = nullptr;
    ProblemParams params{};

    [[nodiscard]] bool is(const ProblemCode& other) const { return code->key == other.key; }
};

template <typename T> using Result = tl::expected<T, Problem>;

// For operations that have nothing to return: `return done();`
struct Done {};
inline Result<Done> done()
{
    return Done{};
}

[[nodiscard]] inline tl::unexpected<Problem> fail(const ProblemCode& code, ProblemParams params = {})
{
    return tl::unexpected<Problem>{Problem{&code, std::move(params)}};
}

// Passes an error of one Result on as the error of another: `if (!x) return pass(x);`
template <typename T> [[nodiscard]] tl::unexpected<Problem> pass(const Result<T>& failed)
{
    return tl::unexpected<Problem>{failed.error()};
}

inline constexpr ProblemCode not_found{"not_found", 404};
inline constexpr ProblemCode not_allowed{"not_allowed", 403};
inline constexpr ProblemCode sign_in_needed{"sign_in_needed", 401};
inline constexpr ProblemCode stale_form{"stale_form", 409};
inline constexpr ProblemCode internal_error{"internal", 500};
// params: field, reason (a key under `reason.`)
inline constexpr ProblemCode bad_field{"bad_field", 422};

// A broken promise inside the program; ends the request, never fed by what users send.
struct CheckFailed : std::logic_error {
    using logic_error::logic_error;
};

[[noreturn]] inline void check_failed(const char* condition, const char* file, int line)
{
    throw CheckFailed(std::string(file) + ":" + std::to_string(line) + ": " + condition);
}

} // namespace adal

#define ADAL_CHECK(condition)                                                                      \
    do {                                                                                           \
        if (!(condition)) ::adal::check_failed(#condition, __FILE__, __LINE__);                    \
    } while (false)
