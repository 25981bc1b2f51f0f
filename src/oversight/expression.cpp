#include "oversight/expression.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <utility>

namespace adal::oversight {

enum class Operation {
    literal, name, self, either, both, equal, differs, less, at_most, more, at_least, plus, minus, times, divide,
    modulo, negate, call
};

enum class Function {
    choose, negation, string_length, selected, count_selected, round, number, string, concat, yes, no, min, max, coalesce
};

struct Expression::Node {
    Operation operation = Operation::literal;
    Value literal{};
    std::string name{};
    Function function = Function::yes;
    std::vector<Node> parts{};
};

namespace {

using Node = Expression::Node;

constexpr std::size_t kMaxLength = 4096;
constexpr int kMaxDepth = 64;
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

struct Signature {
    std::string_view name;
    Function function;
    std::size_t least, most;
};

constexpr std::array<Signature, 14> kFunctions{{{"if", Function::choose, 3, 3},
                                                {"not", Function::negation, 1, 1},
                                                {"string-length", Function::string_length, 1, 1},
                                                {"selected", Function::selected, 2, 2},
                                                {"count-selected", Function::count_selected, 1, 1},
                                                {"round", Function::round, 1, 2},
                                                {"number", Function::number, 1, 1},
                                                {"string", Function::string, 1, 1},
                                                {"concat", Function::concat, 1, 16},
                                                {"true", Function::yes, 0, 0},
                                                {"false", Function::no, 0, 0},
                                                {"min", Function::min, 1, 16},
                                                {"max", Function::max, 1, 16},
                                                {"coalesce", Function::coalesce, 2, 2}}};

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

// Precedence climbing over the grammar of XPath 1.0 §3: or < and < equality < relational < additive <
// multiplicative < unary minus.
class Parser
{
public:
    Parser(std::string_view text, std::set<std::string>& names) : m_text(text), m_names(names) {}

    Result<Node> whole()
    {
        auto node = level(0, 0);
        if (!node) return node;
        skip_space();
        if (m_at != m_text.size()) return wrong("unexpected");
        return node;
    }

private:
    struct Infix {
        std::string_view sign;
        Operation operation;
    };

    [[nodiscard]] tl::unexpected<Problem> wrong(std::string_view reason) const
    {
        return fail(bad_expression, {{"at", std::to_string(m_at)}, {"reason", std::string(reason)}});
    }

    void skip_space()
    {
        while (m_at < m_text.size() && (m_text[m_at] == ' ' || m_text[m_at] == '\t' || m_text[m_at] == '\n')) ++m_at;
    }

    bool take(std::string_view sign)
    {
        skip_space();
        if (m_text.substr(m_at, sign.size()) != sign) return false;
        const std::size_t end = m_at + sign.size();
        if (is_letter(sign[0]) && end < m_text.size() && (is_letter(m_text[end]) || is_digit(m_text[end]) || m_text[end] == '-'))
            return false;
        m_at = end;
        return true;
    }

    std::optional<Operation> take_infix(int level)
    {
        static const std::array<std::vector<Infix>, 6> kLevels{
            {{{"or", Operation::either}},
             {{"and", Operation::both}},
             {{"!=", Operation::differs}, {"=", Operation::equal}},
             {{"<=", Operation::at_most}, {">=", Operation::at_least}, {"<", Operation::less}, {">", Operation::more}},
             {{"+", Operation::plus}, {"-", Operation::minus}},
             {{"*", Operation::times}, {"div", Operation::divide}, {"mod", Operation::modulo}}}};
        for (const auto& infix : kLevels[static_cast<std::size_t>(level)])
            if (take(infix.sign)) return infix.operation;
        return std::nullopt;
    }

    Result<Node> level(int precedence, int depth)
    {
        if (depth > kMaxDepth) return wrong("too_deep");
        if (precedence == 6) return unary(depth);
        auto left = level(precedence + 1, depth);
        if (!left) return left;
        int count = 0; // the tree leans left: a long chain is deep
        while (const auto operation = take_infix(precedence)) {
            if (++count > kMaxDepth) return wrong("too_deep");
            auto right = level(precedence + 1, depth + 1);
            if (!right) return right;
            Node joined{.operation = *operation};
            joined.parts.push_back(std::move(*left));
            joined.parts.push_back(std::move(*right));
            left = std::move(joined);
        }
        return left;
    }

    Result<Node> unary(int depth)
    {
        if (depth > kMaxDepth) return wrong("too_deep");
        if (!take("-")) return primary(depth);
        auto inner = unary(depth + 1);
        if (!inner) return inner;
        Node node{.operation = Operation::negate};
        node.parts.push_back(std::move(*inner));
        return node;
    }

    Result<Node> primary(int depth)
    {
        skip_space();
        if (m_at == m_text.size()) return wrong("ended");
        const char c = m_text[m_at];
        if (c == '(') return bracket(depth);
        if (c == '\'' || c == '"') return quoted(c);
        if (c == '$') return question();
        if (is_digit(c) || (c == '.' && m_at + 1 < m_text.size() && is_digit(m_text[m_at + 1]))) return number();
        if (c == '.') {
            ++m_at;
            return Node{.operation = Operation::self};
        }
        if (is_letter(c)) return call(depth);
        return wrong("unexpected");
    }

    Result<Node> bracket(int depth)
    {
        ++m_at;
        auto inner = level(0, depth + 1);
        if (inner && !take(")")) return wrong("bracket");
        return inner;
    }

    Result<Node> quoted(char quote)
    {
        const std::size_t end = m_text.find(quote, m_at + 1);
        if (end == std::string_view::npos) return wrong("quote");
        Node node{.operation = Operation::literal, .literal = std::string(m_text.substr(m_at + 1, end - m_at - 1))};
        m_at = end + 1;
        return node;
    }

    Result<Node> question()
    {
        if (!take("${")) return wrong("unexpected");
        const std::size_t begin = m_at;
        while (m_at < m_text.size() && (is_letter(m_text[m_at]) || is_digit(m_text[m_at]))) ++m_at;
        const std::string found(m_text.substr(begin, m_at - begin));
        if (found.empty() || !take("}")) return wrong("name");
        m_names.insert(found);
        return Node{.operation = Operation::name, .name = found};
    }

    Result<Node> number()
    {
        double value = 0;
        const char* begin = m_text.data() + m_at;
        const auto read = std::from_chars(begin, m_text.data() + m_text.size(), value, std::chars_format::fixed);
        if (read.ec != std::errc{}) return wrong("number");
        m_at += static_cast<std::size_t>(read.ptr - begin);
        return Node{.operation = Operation::literal, .literal = value};
    }

    Result<Node> call(int depth)
    {
        const std::size_t begin = m_at;
        while (m_at < m_text.size() && (is_letter(m_text[m_at]) || is_digit(m_text[m_at]) || m_text[m_at] == '-')) ++m_at;
        const std::string_view found = m_text.substr(begin, m_at - begin);
        const auto signature = std::find_if(kFunctions.begin(), kFunctions.end(), [&](const Signature& s) { return s.name == found; });
        if (signature == kFunctions.end()) return wrong("function");
        if (!take("(")) return wrong("bracket");
        Node node{.operation = Operation::call, .function = signature->function};
        while (!take(")")) {
            if (!node.parts.empty() && !take(",")) return wrong("comma");
            auto part = level(0, depth + 1);
            if (!part) return part;
            node.parts.push_back(std::move(*part));
            if (node.parts.size() > signature->most) return wrong("arguments");
        }
        if (node.parts.size() < signature->least) return wrong("arguments");
        return node;
    }

    std::string_view m_text;
    std::set<std::string>& m_names;
    std::size_t m_at = 0;
};

std::size_t letters(std::string_view utf8)
{
    return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

// Half up, as XPath does: round(-2.5) = -2.
double rounded(double value, double digits)
{
    if (std::isnan(value)) return value;
    const double power = std::pow(10.0, std::clamp(std::isnan(digits) ? 0.0 : digits, 0.0, 9.0));
    return std::floor(value * power + 0.5) / power;
}

class Evaluator
{
public:
    Evaluator(const Lookup& lookup, const Value& self) : m_lookup(lookup), m_self(self) {}

    [[nodiscard]] Value value(const Node& node) const
    {
        switch (node.operation) {
        case Operation::literal: return node.literal;
        case Operation::name: return m_lookup(node.name);
        case Operation::self: return m_self;
        case Operation::either: return truth(node, 0) || truth(node, 1);
        case Operation::both: return truth(node, 0) && truth(node, 1);
        case Operation::equal: return equal(value(node.parts[0]), value(node.parts[1]));
        case Operation::differs: return !equal(value(node.parts[0]), value(node.parts[1]));
        case Operation::less: return number(node, 0) < number(node, 1);
        case Operation::at_most: return number(node, 0) <= number(node, 1);
        case Operation::more: return number(node, 0) > number(node, 1);
        case Operation::at_least: return number(node, 0) >= number(node, 1);
        case Operation::plus: return number(node, 0) + number(node, 1);
        case Operation::minus: return number(node, 0) - number(node, 1);
        case Operation::times: return number(node, 0) * number(node, 1);
        case Operation::divide: return number(node, 0) / number(node, 1);
        case Operation::modulo: return std::fmod(number(node, 0), number(node, 1));
        case Operation::negate: return -number(node, 0);
        case Operation::call: return called(node);
        }
        check_failed("operation is known", __FILE__, __LINE__);
    }

private:
    [[nodiscard]] bool truth(const Node& node, std::size_t part) const { return as_bool(value(node.parts[part])); }
    [[nodiscard]] double number(const Node& node, std::size_t part) const { return as_number(value(node.parts[part])); }
    [[nodiscard]] std::string text(const Node& node, std::size_t part) const { return as_text(value(node.parts[part])); }

    // XPath 1.0 §3.4: a boolean wins over a number, a number over a string.
    static bool equal(const Value& a, const Value& b)
    {
        if (std::holds_alternative<bool>(a) || std::holds_alternative<bool>(b)) return as_bool(a) == as_bool(b);
        if (std::holds_alternative<double>(a) || std::holds_alternative<double>(b)) return as_number(a) == as_number(b);
        return as_text(a) == as_text(b);
    }

    [[nodiscard]] std::vector<std::string> list(const Node& node) const
    {
        const Value all = value(node);
        if (const auto* names = std::get_if<std::vector<std::string>>(&all)) return *names;
        std::vector<std::string> out;
        std::string word;
        for (const char c : as_text(all) + " ") {
            if (c != ' ') word += c;
            else if (!word.empty()) out.push_back(std::exchange(word, {}));
        }
        return out;
    }

    [[nodiscard]] double extreme(const Node& node, bool largest) const
    {
        double best = number(node, 0);
        for (std::size_t i = 1; i < node.parts.size(); ++i) {
            const double next = number(node, i);
            if (std::isnan(next) || std::isnan(best)) return kNaN;
            best = largest ? std::max(best, next) : std::min(best, next);
        }
        return best;
    }

    [[nodiscard]] Value called(const Node& node) const
    {
        switch (node.function) {
        case Function::choose: return value(node.parts[truth(node, 0) ? 1 : 2]);
        case Function::negation: return !truth(node, 0);
        case Function::string_length: return static_cast<double>(letters(text(node, 0)));
        case Function::selected: {
            const auto names = list(node.parts[0]);
            return std::find(names.begin(), names.end(), text(node, 1)) != names.end();
        }
        case Function::count_selected: return static_cast<double>(list(node.parts[0]).size());
        case Function::round: return rounded(number(node, 0), node.parts.size() > 1 ? number(node, 1) : 0.0);
        case Function::number: return number(node, 0);
        case Function::string: return text(node, 0);
        case Function::concat: {
            std::string all;
            for (std::size_t i = 0; i < node.parts.size(); ++i) all += text(node, i);
            return all;
        }
        case Function::yes: return true;
        case Function::no: return false;
        case Function::min: return extreme(node, false);
        case Function::max: return extreme(node, true);
        case Function::coalesce: {
            const Value first = value(node.parts[0]);
            return as_text(first).empty() ? value(node.parts[1]) : first;
        }
        }
        check_failed("function is known", __FILE__, __LINE__);
    }

    const Lookup& m_lookup;
    const Value& m_self;
};

std::string written(double number)
{
    if (std::isnan(number)) return "NaN";
    if (std::isinf(number)) return number > 0 ? "Infinity" : "-Infinity";
    if (number == 0) return "0"; // also negative zero
    std::array<char, 400> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, std::chars_format::fixed);
    return {buffer.data(), end.ptr};
}

// XPath 1.0 §4.4: spaces, an optional minus, digits with at most one point; anything else is NaN.
double read_number(std::string_view text)
{
    const auto space = " \t\r\n";
    const std::size_t first = text.find_first_not_of(space);
    if (first == std::string_view::npos) return kNaN;
    text = text.substr(first, text.find_last_not_of(space) - first + 1);
    const std::size_t sign = text[0] == '-' ? 1 : 0;
    if (text.find_first_not_of("0123456789.", sign) != std::string_view::npos) return kNaN;
    double value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
    return read.ec == std::errc{} && read.ptr == text.data() + text.size() ? value : kNaN;
}

} // namespace

std::string as_text(const Value& value)
{
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* number = std::get_if<double>(&value)) return written(*number);
    if (const auto* truth = std::get_if<bool>(&value)) return *truth ? "true" : "false";
    std::string all;
    for (const auto& name : std::get<std::vector<std::string>>(value)) all += (all.empty() ? "" : " ") + name;
    return all;
}

double as_number(const Value& value)
{
    if (const auto* number = std::get_if<double>(&value)) return *number;
    if (const auto* truth = std::get_if<bool>(&value)) return *truth ? 1 : 0;
    return read_number(as_text(value));
}

bool as_bool(const Value& value)
{
    if (const auto* truth = std::get_if<bool>(&value)) return *truth;
    if (const auto* number = std::get_if<double>(&value)) return *number != 0 && !std::isnan(*number);
    return !as_text(value).empty();
}

Result<Expression> Expression::parse(std::string_view text)
{
    if (text.size() > kMaxLength) return fail(bad_expression, {{"at", "0"}, {"reason", "too_long"}});
    Expression expression;
    expression.m_text = text;
    auto root = Parser{text, expression.m_names}.whole();
    if (!root) return pass(root);
    expression.m_root = std::make_shared<const Node>(std::move(*root));
    return expression;
}

Value Expression::evaluate(const Lookup& lookup, const Value& self) const
{
    if (!m_root) return std::string{};
    return Evaluator{lookup, self}.value(*m_root);
}

} // namespace adal::oversight
