// procurement/json_index.hpp: one JSON text as an index of its structural characters, checked and
// with its brackets paired, so that a member nobody asked for is skipped in one step.
//
// simdjson's first stage (AVX-512, AVX2, SSE or NEON, chosen at run time) finds the structural
// characters and checks UTF-8 and control characters; one pass of ours checks the grammar (RFC
// 8259: commas, colons, numbers, literals, escapes, surrogate pairs), so that no malformed row is
// ever half read. Nothing is copied and no padding is needed. Nesting is limited as serde_json
// limits it: kDeepestNesting. One JsonIndex per thread; it keeps its memory between texts. A Node
// is valid until the next index().
#pragma once

#include <cstdint>
#include <cstring>
#include <memory>
#include <simdjson.h>
#include <string>
#include <string_view>
#include <vector>

namespace adal::procurement::columns {

inline constexpr std::uint32_t kDeepestNesting = 127;

// Why a text is not JSON; the name is a key below `reason.`.
enum class JsonFault : std::uint8_t {
    none,
    empty,      // only blanks
    incomplete, // breaks off
    bad_text,   // not UTF-8, a bare control character, a bad escape
    syntax,
    trailing, // a second value behind the first
    too_deep,
    too_large, // 4 GB
};
std::string_view text(JsonFault fault);

class JsonIndex;

// A value of the indexed text.
class Node {
public:
    Node() = default;
    Node(const JsonIndex& index, std::uint32_t at) : m_index(&index), m_at(at) {}

    [[nodiscard]] inline char first() const;
    [[nodiscard]] bool is_object() const { return first() == '{'; }
    [[nodiscard]] bool is_array() const { return first() == '['; }
    [[nodiscard]] bool is_text() const { return first() == '"'; }
    [[nodiscard]] bool is_null() const { return first() == 'n'; }
    [[nodiscard]] bool is_number() const
    {
        const char c = first();
        return c == '-' || (c >= '0' && c <= '9');
    }
    [[nodiscard]] bool is_bool() const { return first() == 't' || first() == 'f'; }

    // The characters of a text between its quotes, escapes as they stand.
    [[nodiscard]] inline std::string_view raw_text() const;
    // The same, unescaped; `scratch` is used only when there is an escape.
    [[nodiscard]] inline std::string_view text(std::string& scratch) const;
    // A number or literal as written.
    [[nodiscard]] inline std::string_view token() const;
    // The whole value as it stands in the text.
    [[nodiscard]] inline std::string_view json() const;

    // f(key, node) for each member, in order; a repeated key comes again. The key is unescaped.
    template <typename F>
    inline void each_member(F&& f) const;
    // f(key node, node): for whoever wants the key as it stands.
    template <typename F>
    inline void each_member_raw(F&& f) const;
    // f(node) for each element.
    template <typename F>
    inline void each_element(F&& f) const;

private:
    const JsonIndex* m_index = nullptr;
    std::uint32_t m_at = 0;
};

class JsonIndex {
public:
    JsonIndex();

    // Indexes `json`, which must stay where it is. On none, root() is the value.
    JsonFault index(std::string_view json);
    [[nodiscard]] Node root() const { return {*this, 0}; }
    // Byte where the fault was seen.
    [[nodiscard]] std::size_t fault_at() const { return m_fault_at; }
    // After incomplete: it broke off inside a text, where no line may end.
    [[nodiscard]] bool broke_in_text() const { return m_broke_in_text; }

private:
    friend class Node;
    JsonFault check();
    JsonFault check_escapes();
    JsonFault fail(JsonFault fault, std::uint32_t at);
    bool grow(std::size_t length);

    const char* m_json = nullptr;
    std::uint32_t m_length = 0;
    std::uint32_t m_count = 0;            // structural characters
    const std::uint32_t* m_pos = nullptr; // their positions; m_pos[m_count] == m_length
    std::vector<std::uint32_t> m_close{}; // for an opening bracket: the number of its closing one
    simdjson::dom::parser m_parser{};     // owns the memory of stage 1
    std::size_t m_capacity = 0;
    std::size_t m_fault_at = 0;
    bool m_broke_in_text = false;
    bool m_has_escapes = false;
    bool m_has_unicode_escapes = false;
};

// Unescapes the inside of a valid JSON text into `out` (replaced).
void unescape(std::string_view raw, std::string& out);

// The same JSON with every repeated key reduced to its last value, as most readers of JSON
// understand it.
std::string without_repeated_keys(Node node);

// key == "word" without a call: the length of the word is known when this is compiled.
template <std::size_t N>
inline bool is(std::string_view key, const char (&word)[N])
{
    return key.size() == N - 1 && std::memcmp(key.data(), word, N - 1) == 0;
}

// --- inline: the hot part -----------------------------------------------------------------------
inline char Node::first() const
{
    return m_index->m_json[m_index->m_pos[m_at]];
}

inline std::string_view Node::raw_text() const
{
    const char* json = m_index->m_json;
    const std::uint32_t begin = m_index->m_pos[m_at] + 1;
    std::uint32_t end = m_index->m_pos[m_at + 1]; // past the closing quote and perhaps blanks
    while (json[end - 1] != '"')
        --end;
    return {json + begin, end - 1 - begin};
}

inline std::string_view Node::text(std::string& scratch) const
{
    const auto raw = raw_text();
    if (!m_index->m_has_escapes || !std::memchr(raw.data(), '\\', raw.size())) return raw;
    unescape(raw, scratch);
    return scratch;
}

inline std::string_view Node::token() const
{
    const char* json = m_index->m_json;
    const std::uint32_t begin = m_index->m_pos[m_at];
    std::uint32_t end = m_index->m_pos[m_at + 1];
    while (json[end - 1] <= ' ')
        --end;
    return {json + begin, end - begin};
}

inline std::string_view Node::json() const
{
    const char c = first();
    if (c != '{' && c != '[')
        return c == '"' ? std::string_view{raw_text().data() - 1, raw_text().size() + 2} : token();
    const std::uint32_t begin = m_index->m_pos[m_at];
    return {m_index->m_json + begin, m_index->m_pos[m_index->m_close[m_at]] + 1 - begin};
}

template <typename F>
inline void Node::each_member_raw(F&& f) const
{
    const auto& index = *m_index;
    std::uint32_t at = m_at + 1; // at a key, or at '}'
    if (index.m_json[index.m_pos[at]] == '}') return;
    for (;;) {
        const Node value{index, at + 2};
        f(Node{index, at}, value);
        const char c = value.first();
        at = (c == '{' || c == '[') ? index.m_close[at + 2] + 1 : at + 3;
        if (index.m_json[index.m_pos[at]] == '}') return;
        ++at; // the comma
    }
}

template <typename F>
inline void Node::each_member(F&& f) const
{
    std::string scratch;
    each_member_raw([&](Node key, Node value) {
        // Keys that are asked for are plain words; only \u could hide one.
        f(m_index->m_has_unicode_escapes ? key.text(scratch) : key.raw_text(), value);
    });
}

template <typename F>
inline void Node::each_element(F&& f) const
{
    const auto& index = *m_index;
    std::uint32_t at = m_at + 1;
    if (index.m_json[index.m_pos[at]] == ']') return;
    for (;;) {
        const Node value{index, at};
        f(value);
        const char c = value.first();
        at = (c == '{' || c == '[') ? index.m_close[at] + 1 : at + 1;
        if (index.m_json[index.m_pos[at]] == ']') return;
        ++at;
    }
}

} // namespace adal::procurement::columns
