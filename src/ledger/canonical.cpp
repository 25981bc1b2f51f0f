#include "ledger/canonical.hpp"

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

namespace adal::ledger {
namespace {

// Keys and texts alike: what needs no escape in JSON and no Unicode anywhere.
bool is_plain(char c)
{
    return c >= 0x20 && c <= 0x7E && c != '"' && c != '\\';
}

class CanonicalReader {
public:
    explicit CanonicalReader(std::string_view bytes) : m_rest(bytes) {}

    std::optional<json::value> whole()
    {
        auto value = read(0);
        if (!value || !m_rest.empty()) return std::nullopt;
        return value;
    }

private:
    bool take(std::string_view token)
    {
        if (!m_rest.starts_with(token)) return false;
        m_rest.remove_prefix(token.size());
        return true;
    }

    std::optional<json::value> read(int depth)
    {
        if (m_rest.empty()) return std::nullopt;
        switch (m_rest.front()) {
        case '{':
            return depth < kMaxDepth ? object(depth + 1) : std::nullopt;
        case '[':
            return depth < kMaxDepth ? array(depth + 1) : std::nullopt;
        case '"': {
            const auto plain = text();
            if (!plain) return std::nullopt;
            return json::value(*plain);
        }
        case 't':
            return take("true") ? std::optional<json::value>(true) : std::nullopt;
        case 'f':
            return take("false") ? std::optional<json::value>(false) : std::nullopt;
        default:
            return integer();
        }
    }

    std::optional<std::string_view> text()
    {
        if (!take("\"")) return std::nullopt;
        const auto end = std::find_if_not(m_rest.begin(), m_rest.end(), is_plain);
        if (end == m_rest.end() || *end != '"') return std::nullopt;
        const auto out = m_rest.substr(0, static_cast<std::size_t>(end - m_rest.begin()));
        m_rest.remove_prefix(out.size() + 1);
        return out;
    }

    // "0" or an optional '-' and digits without a leading zero; "-0" has another spelling and is
    // refused.
    std::optional<json::value> integer()
    {
        std::int64_t number = 0;
        const auto [end, error] =
            std::from_chars(m_rest.data(), m_rest.data() + m_rest.size(), number);
        if (error != std::errc{} || number > kMaxInteger || number < -kMaxInteger)
            return std::nullopt;
        const auto spelling = m_rest.substr(0, static_cast<std::size_t>(end - m_rest.data()));
        if (spelling != std::to_string(number)) return std::nullopt;
        m_rest.remove_prefix(spelling.size());
        return json::value(number);
    }

    std::optional<json::value> array(int depth)
    {
        json::array out;
        take("[");
        if (take("]")) return out;
        do {
            auto item = read(depth);
            if (!item) return std::nullopt;
            out.push_back(std::move(*item));
        } while (take(","));
        if (!take("]")) return std::nullopt;
        return out;
    }

    std::optional<json::value> object(int depth)
    {
        json::object out;
        std::string_view previous;
        take("{");
        if (take("}")) return out;
        do {
            const auto key = text();
            if (!key || !take(":") || (!out.empty() && *key <= previous)) return std::nullopt;
            auto item = read(depth);
            if (!item) return std::nullopt;
            out.emplace(*key, std::move(*item));
            previous = *key;
        } while (take(","));
        if (!take("}")) return std::nullopt;
        return out;
    }

    std::string_view m_rest;
};

bool write_value(std::string& out, const json::value& value, int depth);

bool write_string(std::string& out, std::string_view text)
{
    if (!std::all_of(text.begin(), text.end(), is_plain)) return false;
    out.append("\"").append(text).append("\"");
    return true;
}

bool write_array(std::string& out, const json::array& array, int depth)
{
    out += '[';
    for (const auto& item : array) {
        if (&item != array.data()) out += ',';
        if (!write_value(out, item, depth)) return false;
    }
    out += ']';
    return true;
}

bool write_object(std::string& out, const json::object& object, int depth)
{
    std::vector<const json::key_value_pair*> sorted;
    for (const auto& pair : object)
        sorted.push_back(&pair);
    std::sort(sorted.begin(), sorted.end(), [](auto* a, auto* b) {
        return std::string_view(a->key()) < std::string_view(b->key());
    });
    out += '{';
    for (const auto* pair : sorted) {
        if (pair != sorted.front()) out += ',';
        if (!write_string(out, pair->key())) return false;
        out += ':';
        if (!write_value(out, pair->value(), depth)) return false;
    }
    out += '}';
    return true;
}

bool write_integer(std::string& out, const json::value& value)
{
    if (value.is_uint64() && value.get_uint64() > static_cast<std::uint64_t>(kMaxInteger))
        return false;
    const auto number =
        value.is_uint64() ? static_cast<std::int64_t>(value.get_uint64()) : value.get_int64();
    if (number > kMaxInteger || number < -kMaxInteger) return false;
    out += std::to_string(number);
    return true;
}

bool write_value(std::string& out, const json::value& value, int depth)
{
    switch (value.kind()) {
    case json::kind::int64:
    case json::kind::uint64:
        return write_integer(out, value);
    case json::kind::bool_:
        out += value.get_bool() ? "true" : "false";
        return true;
    case json::kind::string:
        return write_string(out, value.get_string());
    case json::kind::array:
        return depth < kMaxDepth && write_array(out, value.get_array(), depth + 1);
    case json::kind::object:
        return depth < kMaxDepth && write_object(out, value.get_object(), depth + 1);
    default:
        return false;
    }
}

} // namespace

std::optional<json::value> parse_canonical(std::string_view bytes)
{
    return CanonicalReader(bytes).whole();
}

std::optional<std::string> canonical_text(const json::value& value)
{
    std::string out;
    if (!write_value(out, value, 0)) return std::nullopt;
    return out;
}

} // namespace adal::ledger
