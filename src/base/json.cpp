#include "base/json.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_stack.hpp>
#include <charconv>
#include <cmath>
#include <vector>

namespace adal {

namespace {

constexpr std::size_t kMaxDepth = 32;

// Builds the value as Boost.JSON's own parser does, but refuses a key given twice (its parser keeps
// the last one, and two readers that keep different ones can be played against each other), and
// reads fractions exactly (its own reading may be off in the last bit).
class Handler {
public:
    static constexpr std::size_t max_object_size = 1u << 26;
    static constexpr std::size_t max_array_size = 1u << 26;
    static constexpr std::size_t max_key_size = 1u << 26;
    static constexpr std::size_t max_string_size = 1u << 30;

    using Error = json::error_code;
    using Text = json::string_view;

    bool on_document_begin(Error&)
    {
        m_stack.reset();
        return true;
    }
    bool on_document_end(Error&) { return true; }
    bool on_object_begin(Error&)
    {
        m_keys.emplace_back();
        return true;
    }
    bool on_object_end(std::size_t count, Error& error)
    {
        auto keys = std::move(m_keys.back());
        m_keys.pop_back();
        std::sort(keys.begin(), keys.end());
        m_duplicate = std::adjacent_find(keys.begin(), keys.end()) != keys.end();
        if (m_duplicate)
            error = json::error::syntax;
        else
            m_stack.push_object(count);
        return !m_duplicate;
    }
    bool on_array_begin(Error&) { return true; }
    bool on_array_end(std::size_t count, Error&)
    {
        m_stack.push_array(count);
        return true;
    }
    bool on_key_part(Text text, std::size_t, Error&)
    {
        m_key.append(text.data(), text.size());
        m_stack.push_chars(text);
        return true;
    }
    bool on_key(Text text, std::size_t, Error&)
    {
        m_key.append(text.data(), text.size());
        m_keys.back().push_back(std::move(m_key));
        m_key.clear();
        m_stack.push_key(text);
        return true;
    }
    bool on_string_part(Text text, std::size_t, Error&)
    {
        m_stack.push_chars(text);
        return true;
    }
    bool on_string(Text text, std::size_t, Error&)
    {
        m_stack.push_string(text);
        return true;
    }
    bool on_number_part(Text text, Error&)
    {
        m_number.append(text.data(), text.size());
        return true;
    }
    bool on_int64(std::int64_t value, Text, Error&)
    {
        m_number.clear();
        m_stack.push_int64(value);
        return true;
    }
    bool on_uint64(std::uint64_t value, Text, Error&)
    {
        m_number.clear();
        m_stack.push_uint64(value);
        return true;
    }
    bool on_double(double value, Text text, Error& error)
    {
        m_number.append(text.data(), text.size());
        const auto* end = m_number.data() + m_number.size();
        const auto read = std::from_chars(m_number.data(), end, value);
        // Too small for a double is zero, too large is refused.
        const bool huge = read.ec == std::errc::result_out_of_range && std::abs(value) > 1.0;
        m_number.clear();
        if (huge)
            error = json::error::exponent_overflow;
        else
            m_stack.push_double(value);
        return !huge;
    }
    bool on_bool(bool value, Error&)
    {
        m_stack.push_bool(value);
        return true;
    }
    bool on_null(Error&)
    {
        m_stack.push_null();
        return true;
    }
    bool on_comment_part(Text, Error&) { return true; }
    bool on_comment(Text, Error&) { return true; }

    json::value release() { return m_stack.release(); }
    [[nodiscard]] bool duplicate() const { return m_duplicate; }

private:
    json::value_stack m_stack;
    std::vector<std::vector<std::string>> m_keys;
    std::string m_key, m_number;
    bool m_duplicate = false;
};

std::string line_of(std::string_view text, std::size_t at)
{
    const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(at, text.size()));
    return std::to_string(1 + std::count(text.begin(), end, '\n'));
}

std::string reason_of(const json::error_code& error, bool duplicate)
{
    if (duplicate) return "duplicate_key";
    if (error == json::error::too_deep) return "too_deep";
    if (error == json::error::extra_data) return "trailing";
    if (error == json::error::incomplete) return "incomplete";
    if (error == json::error::exponent_overflow) return "too_large";
    return "syntax";
}

void write_pretty(std::string& out, const json::value& value, std::size_t indent);

template <typename Items, typename Write>
void write_lines(std::string& out, char open, char close, const Items& items, std::size_t indent,
                 Write write)
{
    out += open;
    bool first = true;
    for (const auto& item : items) {
        out += first ? "\n" : ",\n";
        first = false;
        out.append(indent + 2, ' ');
        write(item);
    }
    if (!first) out.append("\n").append(indent, ' ');
    out += close;
}

void write_pretty(std::string& out, const json::value& value, std::size_t indent)
{
    if (const auto* object = value.if_object()) {
        write_lines(out, '{', '}', *object, indent, [&](const json::key_value_pair& member) {
            out.append(json::serialize(member.key())).append(": ");
            write_pretty(out, member.value(), indent + 2);
        });
    } else if (const auto* array = value.if_array()) {
        write_lines(out, '[', ']', *array, indent,
                    [&](const json::value& item) { write_pretty(out, item, indent + 2); });
    } else {
        out += json::serialize(value);
    }
}

} // namespace

Result<json::value> parse_json(std::string_view text)
{
    if (!is_utf8(text)) return fail(bad_json, {{"line", "1"}, {"reason", "not_utf8"}});
    json::parse_options options;
    options.max_depth = kMaxDepth;
    json::basic_parser<Handler> parser{options};
    json::error_code error;
    const auto read = parser.write_some(false, text.data(), text.size(), error);
    if (!error && read < text.size()) error = json::error::extra_data;
    if (error)
        return fail(bad_json, {{"line", line_of(text, read)},
                               {"reason", reason_of(error, parser.handler().duplicate())}});
    return parser.handler().release();
}

std::string to_text(const json::value& value)
{
    return json::serialize(value);
}

std::string to_pretty_text(const json::value& value)
{
    std::string out;
    write_pretty(out, value, 0);
    return out;
}

const json::value* find(const json::value& object, std::string_view key)
{
    const auto* members = object.if_object();
    return members ? members->if_contains(key) : nullptr;
}

std::optional<std::string_view> text_at(const json::value& object, std::string_view key)
{
    const auto* value = find(object, key);
    const auto* text = value ? value->if_string() : nullptr;
    if (!text) return std::nullopt;
    return std::string_view{text->data(), text->size()};
}

std::optional<std::int64_t> int_at(const json::value& object, std::string_view key)
{
    const auto* value = find(object, key);
    const auto* number = value ? value->if_int64() : nullptr;
    return number ? std::optional{*number} : std::nullopt;
}

std::optional<double> number_at(const json::value& object, std::string_view key)
{
    const auto* value = find(object, key);
    if (!value || !value->is_number()) return std::nullopt;
    return value->to_number<double>();
}

const json::array* array_at(const json::value& object, std::string_view key)
{
    const auto* value = find(object, key);
    return value ? value->if_array() : nullptr;
}

const json::object* object_at(const json::value& object, std::string_view key)
{
    const auto* value = find(object, key);
    return value ? value->if_object() : nullptr;
}

} // namespace adal
