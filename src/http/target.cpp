#include "http/target.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace adal::http {
namespace {

int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool is_unreserved(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

bool has_control(std::string_view text)
{
    return std::any_of(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    });
}

bool is_path_segment(std::string_view raw)
{
    const auto decoded = percent_decoded(raw, false);
    return decoded && !decoded->empty() && *decoded != "." && *decoded != ".." &&
           decoded->find_first_of("/\\") == std::string::npos && !has_control(*decoded) &&
           is_utf8(*decoded);
}

bool is_path(std::string_view raw)
{
    if (raw == "/") return true;
    if (!raw.starts_with('/')) return false;
    if (raw.ends_with('/')) raw.remove_suffix(1);
    const auto segments = split(raw.substr(1), '/');
    return std::all_of(segments.begin(), segments.end(), is_path_segment);
}

// Calls f(name, value) for each pair; a Problem stops.
template <typename F> Result<Done> each_pair(std::string_view text, F&& f)
{
    if (text.empty()) return done();
    std::size_t count = 0;
    for (const auto pair : split(text, '&')) {
        if (pair.empty()) continue;
        if (++count > kMaxFields) return fail(too_many_fields, {{"limit", std::to_string(kMaxFields)}});
        const auto equals = pair.find('=');
        auto name = percent_decoded(pair.substr(0, equals), true);
        auto value = equals == std::string_view::npos ? std::string{}
                                                      : percent_decoded(pair.substr(equals + 1), true);
        if (!name || !value || !is_form_text(*name) || !is_form_text(*value)) return fail(bad_form);
        if (name->size() > kMaxFieldNameBytes || value->size() > kMaxFieldBytes)
            return fail(field_too_long, {{"limit", std::to_string(kMaxFieldBytes >> 10)}});
        f(std::move(*name), std::move(*value));
    }
    return done();
}

} // namespace

bool is_form_text(std::string_view text) { return text.find('\0') == std::string_view::npos && is_utf8(text); }

std::string percent_encoded(std::string_view text)
{
    static constexpr char kDigits[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        if (is_unreserved(c)) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += kDigits[byte >> 4];
        out += kDigits[byte & 15];
    }
    return out;
}

std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && plus_is_space) {
            out += ' ';
        } else if (text[i] != '%') {
            out += text[i];
        } else {
            if (i + 2 >= text.size()) return std::nullopt;
            const int high = hex_digit(text[i + 1]), low = hex_digit(text[i + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            out += static_cast<char>(high * 16 + low);
            i += 2;
        }
    }
    return out;
}

Result<Target> read_target(std::string_view target)
{
    const auto mark = target.find('?');
    const auto raw = target.substr(0, mark);
    if (!is_path(raw)) return fail(bad_address);
    Target out{.raw_path = std::string{raw}, .path = *percent_decoded(raw, false)};
    if (mark == std::string_view::npos) return out;
    auto query = read_query(target.substr(mark + 1));
    if (!query) return fail(bad_address);
    out.query = std::move(*query);
    return out;
}

Result<std::map<std::string, std::string>> read_query(std::string_view query)
{
    std::map<std::string, std::string> out;
    const auto read = each_pair(query, [&](std::string&& name, std::string&& value) {
        out.insert_or_assign(std::move(name), std::move(value));
    });
    if (!read) return pass(read);
    return out;
}

Result<std::multimap<std::string, std::string>> read_form(std::string_view body)
{
    std::multimap<std::string, std::string> out;
    const auto read = each_pair(body, [&](std::string&& name, std::string&& value) {
        out.emplace(std::move(name), std::move(value));
    });
    if (!read) return pass(read);
    return out;
}

std::string query_text(const std::map<std::string, std::string>& query)
{
    std::string out;
    for (const auto& [name, value] : query) {
        if (!out.empty()) out += '&';
        out += percent_encoded(name);
        out += '=';
        out += percent_encoded(value);
    }
    return out;
}

std::string safe_next(std::string_view path)
{
    const bool local = path.starts_with('/') && !path.starts_with("//");
    if (!local || has_control(path) || path.find('\\') != std::string_view::npos) return "/";
    return std::string{path};
}

} // namespace adal::http
