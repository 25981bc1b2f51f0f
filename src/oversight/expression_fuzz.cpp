// An expression is refused with a reason and an offset inside the text, or has a value for any answers; the same
// one twice.
#include "oversight/expression.hpp"

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace adal::oversight;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const auto expression = Expression::parse(text);
    if (!expression) {
        const auto at = std::stoull(expression.error().params.at("at"));
        if (at > size || expression.error().params.at("reason").empty()) std::abort();
        return 0;
    }
    const std::vector<Value> answers{std::string{}, std::string{"no"}, std::string{"a b c"}, 0.0, 12.5, -3.0, true, std::vector<std::string>{"x", "y"}};
    for (const auto& answer : answers) {
        const auto lookup = [&](std::string_view name) {
            if (!expression->names().contains(std::string(name))) std::abort();
            return answer;
        };
        const auto value = expression->evaluate(lookup, answer);
        if (as_text(value) != as_text(expression->evaluate(lookup, answer))) std::abort();
        // What is a number as text is the same number.
        if (const auto* number = std::get_if<double>(&value); number && std::isfinite(*number) && as_number(Value{as_text(value)}) != *number) std::abort();
        (void)as_bool(value);
    }
    return 0;
}
