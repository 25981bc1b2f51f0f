#include "procurement/json_index.hpp"

#include <algorithm>
#include <unordered_map>

namespace adal::procurement::columns {

std::string_view text(JsonFault fault)
{
    switch (fault) {
    case JsonFault::none:
        return "";
    case JsonFault::empty:
        return "empty";
    case JsonFault::incomplete:
        return "incomplete";
    case JsonFault::bad_text:
        return "bad_text";
    case JsonFault::syntax:
        return "syntax";
    case JsonFault::trailing:
        return "trailing";
    case JsonFault::too_deep:
        return "too_deep";
    case JsonFault::too_large:
        return "too_large";
    }
    return "syntax";
}

JsonIndex::JsonIndex() = default;

bool JsonIndex::grow(std::size_t length)
{
    if (length <= m_capacity && m_parser.implementation) return true;
    const std::size_t wanted = std::max<std::size_t>(length + length / 2, 64 * 1024);
    // Of the parser only the index of stage 1 is used; its tape and text buffers stay unallocated.
    if (simdjson::get_active_implementation()->create_dom_parser_implementation(
            wanted, kDeepestNesting, m_parser.implementation))
        return false;
    m_close.resize(wanted + 8);
    m_capacity = wanted;
    return true;
}

JsonFault JsonIndex::fail(JsonFault fault, std::uint32_t at)
{
    m_fault_at = at < m_count ? m_pos[at] : m_length;
    return fault;
}

JsonFault JsonIndex::index(std::string_view json)
{
    m_json = json.data();
    m_fault_at = 0;
    m_count = 0;
    m_broke_in_text = false;
    if (json.size() >= 0xFFFF'FF00U) return JsonFault::too_large;
    m_length = static_cast<std::uint32_t>(json.size());
    if (json.empty()) return JsonFault::empty;
    if (!grow(json.size())) throw std::bad_alloc{};
    const auto error =
        m_parser.implementation->stage1(reinterpret_cast<const std::uint8_t*>(json.data()),
                                        json.size(), simdjson::stage1_mode::regular);
    switch (error) {
    case simdjson::SUCCESS:
        break;
    case simdjson::EMPTY:
        return JsonFault::empty;
    case simdjson::UNCLOSED_STRING:
        m_broke_in_text = true;
        m_fault_at = json.size();
        return JsonFault::incomplete;
    case simdjson::UTF8_ERROR:
    case simdjson::UNESCAPED_CHARS:
        return JsonFault::bad_text;
    default:
        return JsonFault::syntax;
    }
    m_pos = m_parser.implementation->structural_indexes.get();
    m_count = m_parser.implementation->n_structural_indexes;
    if (const auto fault = check_escapes(); fault != JsonFault::none) return fault;
    return check();
}

namespace {

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

int hex_digit(char c)
{
    if (is_digit(c)) return c - '0';
    c = static_cast<char>(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool is_simple_escape(char c)
{
    switch (c) {
    case '"':
    case '\\':
    case '/':
    case 'b':
    case 'f':
    case 'n':
    case 'r':
    case 't':
        return true;
    default:
        return false;
    }
}

// Four digits of a \u escape, or -1.
int code_unit(const char* p, const char* end)
{
    if (end - p < 4) return -1;
    int unit = 0;
    for (int i = 0; i < 4; ++i) {
        const int digit = hex_digit(p[i]);
        if (digit < 0) return -1;
        unit = unit * 16 + digit;
    }
    return unit;
}

// RFC 8259 §6, from `p` to `end`; blanks may follow.
bool is_number(const char* p, const char* end)
{
    if (p != end && *p == '-') ++p;
    if (p == end || !is_digit(*p)) return false;
    if (*p++ != '0')
        while (p != end && is_digit(*p))
            ++p;
    if (p != end && *p == '.') {
        if (++p == end || !is_digit(*p)) return false;
        while (p != end && is_digit(*p))
            ++p;
    }
    if (p != end && (*p == 'e' || *p == 'E')) {
        if (++p != end && (*p == '+' || *p == '-')) ++p;
        if (p == end || !is_digit(*p)) return false;
        while (p != end && is_digit(*p))
            ++p;
    }
    while (p != end && is_blank(*p))
        ++p;
    return p == end;
}

bool is_literal(const char* p, const char* end, std::string_view word)
{
    if (static_cast<std::size_t>(end - p) < word.size() ||
        std::memcmp(p, word.data(), word.size()) != 0)
        return false;
    p += word.size();
    while (p != end && is_blank(*p))
        ++p;
    return p == end;
}

bool is_scalar(const char* p, const char* end)
{
    switch (*p) {
    case '"':
        return true; // stage 1 has seen its end
    case 't':
        return is_literal(p, end, "true");
    case 'f':
        return is_literal(p, end, "false");
    case 'n':
        return is_literal(p, end, "null");
    default:
        return is_number(p, end);
    }
}

} // namespace

// Stage 1 pairs quotes but does not look at what follows a backslash.
JsonFault JsonIndex::check_escapes()
{
    const char* const begin = m_json;
    const char* const end = begin + m_length;
    const auto* p = static_cast<const char*>(std::memchr(begin, '\\', m_length));
    m_has_escapes = p != nullptr;
    m_has_unicode_escapes = false;
    while (p) {
        const char c = p + 1 < end ? p[1] : '\0';
        const char* next = p + 2;
        bool good = is_simple_escape(c);
        if (c == 'u') {
            m_has_unicode_escapes = true;
            const int unit = code_unit(p + 2, end);
            next = p + 6;
            good = unit >= 0 && (unit < 0xDC00 || unit > 0xDFFF);
            if (good && unit >= 0xD800 && unit <= 0xDBFF) { // the other half must follow
                const int low = end - next >= 6 && next[0] == '\\' && next[1] == 'u'
                                    ? code_unit(next + 2, end)
                                    : -1;
                good = low >= 0xDC00 && low <= 0xDFFF;
                next += 6;
            }
        }
        if (!good) return m_fault_at = static_cast<std::size_t>(p - begin), JsonFault::bad_text;
        p = next < end ? static_cast<const char*>(
                             std::memchr(next, '\\', static_cast<std::size_t>(end - next)))
                       : nullptr;
    }
    return JsonFault::none;
}

// The grammar over the structural characters, and the partner of each opening bracket. A hand-made
// state machine with jumps: this loop sees every comma of the input.
JsonFault JsonIndex::check()
{
    const char* const json = m_json;
    const std::uint32_t* const pos = m_pos;
    const std::uint32_t count = m_count;
    std::uint32_t* const close = m_close.data();
    std::uint32_t stack[kDeepestNesting + 1];
    std::uint32_t depth = 0;
    std::uint32_t i = 0;
    char c;

#define ADAL_NEXT                                                                                  \
    if (++i >= count) return fail(JsonFault::incomplete, i);                                       \
    c = json[pos[i]]

    c = json[pos[0]];
    if (c != '{' && c != '[') {
        if (!is_scalar(json + pos[0], json + (count > 1 ? pos[1] : m_length)))
            return fail(JsonFault::syntax, 0);
        return count == 1 ? JsonFault::none : fail(JsonFault::trailing, 1);
    }
open:
    if (depth == kDeepestNesting) return fail(JsonFault::too_deep, i);
    stack[depth++] = i;
    if (c == '[') goto array_first;
    ADAL_NEXT;
    if (c == '}') goto closed;
key:
    if (c != '"') return fail(JsonFault::syntax, i);
    ADAL_NEXT;
    if (c != ':') return fail(JsonFault::syntax, i);
    ADAL_NEXT;
    if (c == '"') goto in_object;
    if (c == '{' || c == '[') goto open;
    if (!is_scalar(json + pos[i], json + pos[i + 1])) return fail(JsonFault::syntax, i);
in_object:
    ADAL_NEXT;
    if (c == ',') {
        ADAL_NEXT;
        goto key;
    }
    if (c != '}') return fail(JsonFault::syntax, i);
    goto closed;
array_first:
    ADAL_NEXT;
    if (c == ']') goto closed;
element:
    if (c == '{' || c == '[') goto open;
    if (!is_scalar(json + pos[i], json + pos[i + 1])) return fail(JsonFault::syntax, i);
in_array:
    ADAL_NEXT;
    if (c == ',') {
        ADAL_NEXT;
        goto element;
    }
    if (c != ']') return fail(JsonFault::syntax, i);
closed:
    close[stack[--depth]] = i;
    if (depth > 0) {
        if (json[pos[stack[depth - 1]]] == '{') goto in_object;
        goto in_array;
    }
#undef ADAL_NEXT
    return i + 1 == count ? JsonFault::none : fail(JsonFault::trailing, i + 1);
}

namespace {

void put_utf8(std::uint32_t code, std::string& out)
{
    const auto put = [&](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
    if (code < 0x80) return put(code);
    if (code < 0x800) return put(0xC0 | code >> 6), put(0x80 | (code & 0x3F));
    if (code < 0x10000)
        return put(0xE0 | code >> 12), put(0x80 | (code >> 6 & 0x3F)), put(0x80 | (code & 0x3F));
    put(0xF0 | code >> 18), put(0x80 | (code >> 12 & 0x3F)), put(0x80 | (code >> 6 & 0x3F)),
        put(0x80 | (code & 0x3F));
}

char escaped(char c)
{
    switch (c) {
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return c;
    }
}

} // namespace

void unescape(std::string_view raw, std::string& out)
{
    out.clear();
    const char* p = raw.data();
    const char* const end = p + raw.size();
    while (p < end) {
        if (*p != '\\') {
            out.push_back(*p++);
            continue;
        }
        if (p[1] != 'u') {
            out.push_back(escaped(p[1]));
            p += 2;
            continue;
        }
        auto code = static_cast<std::uint32_t>(code_unit(p + 2, end));
        p += 6;
        if (code >= 0xD800 && code <= 0xDBFF) {
            const auto low = static_cast<std::uint32_t>(code_unit(p + 2, end));
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
            p += 6;
        }
        put_utf8(code, out);
    }
}

namespace {

void write_reduced(Node node, std::string& out)
{
    if (node.is_object()) {
        std::vector<std::pair<std::string, Node>> members;
        std::unordered_map<std::string, std::size_t> known;
        node.each_member_raw([&](Node key, Node value) {
            std::string name;
            unescape(key.raw_text(), name);
            const auto [place, is_new] = known.try_emplace(std::move(name), members.size());
            if (is_new)
                members.emplace_back(key.json(), value);
            else
                members[place->second].second = value;
        });
        out.push_back('{');
        for (std::size_t i = 0; i < members.size(); ++i) {
            if (i) out.push_back(',');
            out += members[i].first;
            out.push_back(':');
            write_reduced(members[i].second, out);
        }
        out.push_back('}');
    } else if (node.is_array()) {
        out.push_back('[');
        bool first = true;
        node.each_element([&](Node element) {
            if (!first) out.push_back(',');
            first = false;
            write_reduced(element, out);
        });
        out.push_back(']');
    } else {
        out += node.json();
    }
}

} // namespace

std::string without_repeated_keys(Node node)
{
    std::string out;
    out.reserve(node.json().size());
    write_reduced(node, out);
    return out;
}

} // namespace adal::procurement::columns
