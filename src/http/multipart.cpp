#include "http/multipart.hpp"

#include "base/text.hpp"
#include "http/target.hpp"

#include <algorithm>
#include <strings.h>

namespace adal::http {
namespace {

constexpr std::size_t kMaxHeadBytes = 4 << 10;
constexpr std::size_t kMaxPreamble = 1 << 10;

bool equal_names(std::string_view a, std::string_view b)
{
    return a.size() == b.size() && strncasecmp(a.data(), b.data(), a.size()) == 0;
}

// RFC 2046 §5.1.1 bchars; a space may not be the last one.
bool is_boundary(std::string_view text)
{
    static constexpr std::string_view kOthers = "'()+_,-./:=? ";
    if (text.empty() || text.size() > 70 || text.back() == ' ') return false;
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               kOthers.find(c) != std::string_view::npos;
    });
}

// A value after "=": quoted, with \" for a quote, or a token. Moves `text` past it.
std::optional<std::string> take_value(std::string_view& text)
{
    std::string out;
    if (!text.starts_with('"')) {
        const auto end = std::min(text.find(';'), text.size());
        out = trim(text.substr(0, end));
        text.remove_prefix(end);
        return out;
    }
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == '"') {
            text.remove_prefix(i + 1);
            return out;
        }
        if (text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == '"' || text[i + 1] == '\\')) ++i;
        out += text[i];
    }
    return std::nullopt;
}

// "; name=value; name=value": calls f(name, value); false when malformed.
template <typename F> bool each_parameter(std::string_view text, F&& f)
{
    for (;;) {
        text = trim(text);
        if (text.empty()) return true;
        if (text.front() != ';') return false;
        text = trim(text.substr(1));
        if (text.empty()) return true;
        const auto equals = text.find('=');
        if (equals == std::string_view::npos) return false;
        const auto name = trim(text.substr(0, equals));
        text = trim(text.substr(equals + 1));
        const auto value = take_value(text);
        if (!value || name.empty()) return false;
        f(name, *value);
    }
}

bool read_disposition(std::string_view value, PartHead& head)
{
    const auto end = std::min(value.find(';'), value.size());
    if (!equal_names(trim(value.substr(0, end)), "form-data")) return false;
    bool named = false, twice = false;
    const bool good = each_parameter(value.substr(end), [&](std::string_view name, const std::string& text) {
        if (equal_names(name, "name")) {
            twice |= named;
            named = true;
            head.name = text;
        } else if (equal_names(name, "filename")) {
            twice |= head.file_name.has_value();
            head.file_name = text;
        }
    });
    return good && named && !twice && is_utf8(head.name) && (!head.file_name || is_utf8(*head.file_name));
}

std::optional<PartHead> read_part_head(std::string_view lines)
{
    PartHead head;
    bool disposed = false;
    while (!lines.empty()) {
        const auto end = std::min(lines.find("\r\n"), lines.size());
        const auto line = lines.substr(0, end);
        lines.remove_prefix(std::min(end + 2, lines.size()));
        const auto colon = line.find(':');
        if (colon == std::string_view::npos || colon == 0) return std::nullopt;
        const auto name = line.substr(0, colon), value = trim(line.substr(colon + 1));
        if (equal_names(name, "content-disposition")) {
            if (disposed || !read_disposition(value, head)) return std::nullopt;
            disposed = true;
        } else if (equal_names(name, "content-type")) {
            head.type = value;
        }
    }
    if (!disposed || head.name.empty() || head.name.size() > kMaxFieldNameBytes) return std::nullopt;
    return head;
}

} // namespace

std::optional<std::string> boundary_of(std::string_view content_type)
{
    const auto end = std::min(content_type.find(';'), content_type.size());
    if (!equal_names(trim(content_type.substr(0, end)), "multipart/form-data")) return std::nullopt;
    std::optional<std::string> boundary;
    const bool good = each_parameter(content_type.substr(end), [&](std::string_view name, const std::string& value) {
        if (equal_names(name, "boundary")) boundary = value;
    });
    if (!good || !boundary || !is_boundary(*boundary)) return std::nullopt;
    return boundary;
}

// The text begins as if after a line end, so that the first boundary looks like every other.
MultipartParser::MultipartParser(std::string_view boundary, PartSink& sink)
    : m_delimiter("\r\n--" + std::string{boundary}), m_sink(sink), m_held("\r\n")
{
}

Result<Done> MultipartParser::feed(std::string_view bytes)
{
    m_held += bytes;
    for (;;) {
        const auto more = step();
        if (!more) return pass(more);
        if (!*more) break;
    }
    m_held.erase(0, m_at);
    m_at = 0;
    return done();
}

Result<Done> MultipartParser::finish()
{
    if (m_state != State::epilogue) return fail(bad_form);
    return done();
}

Result<bool> MultipartParser::step()
{
    switch (m_state) {
    case State::preamble: {
        const auto found = rest().find(m_delimiter);
        if (found == std::string_view::npos) {
            if (rest().size() > kMaxPreamble + m_delimiter.size()) return fail(bad_form);
            return false;
        }
        m_at += found + m_delimiter.size();
        m_state = State::after_boundary;
        return true;
    }
    case State::after_boundary: return read_boundary_end();
    case State::head: return read_head();
    case State::content: return read_content();
    case State::epilogue: m_at = m_held.size(); return false;
    }
    return false;
}

Result<bool> MultipartParser::read_boundary_end()
{
    if (rest().size() < 2) return false;
    if (rest().starts_with("--")) m_state = State::epilogue;
    else if (rest().starts_with("\r\n")) m_state = State::head;
    else return fail(bad_form);
    m_at += 2;
    return true;
}

Result<bool> MultipartParser::read_head()
{
    const auto end = rest().find("\r\n\r\n");
    if (end == std::string_view::npos) {
        if (rest().size() > kMaxHeadBytes) return fail(bad_form);
        return false;
    }
    const auto head = end > kMaxHeadBytes ? std::nullopt : read_part_head(rest().substr(0, end));
    if (!head) return fail(bad_form);
    if (const auto begun = m_sink.begin_part(*head); !begun) return pass(begun);
    m_at += end + 4;
    m_state = State::content;
    return true;
}

Result<bool> MultipartParser::read_content()
{
    const auto found = rest().find(m_delimiter);
    // Without a boundary everything but a possible beginning of one is content.
    const auto size = found != std::string_view::npos ? found
                      : rest().size() >= m_delimiter.size() ? rest().size() - (m_delimiter.size() - 1)
                                                            : 0;
    if (size > 0) {
        if (const auto taken = m_sink.part_bytes(rest().substr(0, size)); !taken) return pass(taken);
        m_at += size;
    }
    if (found == std::string_view::npos) return false;
    m_at += m_delimiter.size();
    m_state = State::after_boundary;
    if (const auto ended = m_sink.end_part(); !ended) return pass(ended);
    return true;
}

} // namespace adal::http
