// oversight/expression.hpp: the rules of checklists. A subset of XPath 1.0 as XForms uses it:
//
//   ${name}  .  'text'  "text"  12.5   or  and  = != < <= > >=  + - * div mod  unary -
//   if(c, a, b)  not(x)  string-length(x)  selected(list, 'name')  count-selected(list)  round(x[, digits])
//   number(x)  string(x)  concat(a, …)  true()  false()  min(…)  max(…)  coalesce(a, b)
//
// Read once into a tree, evaluated over answers. Conversions follow XPath 1.0: an empty answer is the empty
// string, as a number it is NaN, and a comparison with NaN is false: a rule that forgets a blank measurement
// can never call it a violation; and a rule must name it `not_measured` itself (I7).
// Texts of strangers never get here, but the reader is strict anyway: depth ≤ 64, length ≤ 4096.
#pragma once

#include "base/result.hpp"

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace adal::oversight {

// A list is the answer of a multiple choice.
using Value = std::variant<std::string, double, bool, std::vector<std::string>>;

[[nodiscard]] std::string as_text(const Value& value);
[[nodiscard]] double as_number(const Value& value);
[[nodiscard]] bool as_bool(const Value& value);

// Answer of a question by its name; the empty string when there is none.
using Lookup = std::function<Value(std::string_view name)>;

inline constexpr ProblemCode bad_expression{"oversight.bad_expression", 422}; // params: at (offset), reason

class Expression
{
public:
    struct Node;
    static Result<Expression> parse(std::string_view text);

    // `self` is the value of "." (the question a constraint belongs to).
    [[nodiscard]] Value evaluate(const Lookup& lookup, const Value& self = std::string{}) const;
    [[nodiscard]] const std::set<std::string>& names() const { return m_names; }
    [[nodiscard]] const std::string& text() const { return m_text; }

private:
    std::string m_text{};
    std::set<std::string> m_names{};
    std::shared_ptr<const Node> m_root{};
};

} // namespace adal::oversight
