#include "http/message.hpp"

#include "base/text.hpp"
#include "http/target.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <strings.h>

namespace adal::http {
namespace {

template <typename Map> std::string_view value_in(const Map& map, std::string_view name)
{
    const auto at = map.find(std::string{name});
    return at == map.end() ? std::string_view{} : std::string_view{at->second};
}

Reply reply(int status, std::string type, decltype(Reply::body) body)
{
    return {.status = status, .type = std::move(type), .headers = {}, .body = std::move(body)};
}

} // namespace

std::string_view Request::header(std::string_view name) const
{
    for (const auto& [key, value] : headers)
        if (key.size() == name.size() && strncasecmp(key.data(), name.data(), name.size()) == 0)
            return value;
    return {};
}

std::string_view Request::cookie(std::string_view name) const
{
    for (const auto part : split(header("cookie"), ';')) {
        const auto pair = trim(part);
        const auto equals = pair.find('=');
        if (equals != std::string_view::npos && pair.substr(0, equals) == name)
            return pair.substr(equals + 1);
    }
    return {};
}

std::string_view Request::param(std::string_view name) const { return value_in(path_params, name); }
std::string_view Request::query_value(std::string_view name) const { return value_in(query, name); }
std::string_view Request::field(std::string_view name) const { return value_in(form, name); }

std::vector<std::string_view> Request::fields(std::string_view name) const
{
    std::vector<std::string_view> out;
    const auto [first, last] = form.equal_range(std::string{name});
    for (auto pair = first; pair != last; ++pair) out.emplace_back(pair->second);
    return out;
}

std::string Request::link(std::string_view target) const
{
    return fmt::format("/{}{}", i18n::code(language), target == "/" ? "" : target);
}

Reply html_reply(std::string page, int status)
{
    return reply(status, "text/html; charset=utf-8", std::move(page));
}

Reply text_reply(std::string text, int status)
{
    return reply(status, "text/plain; charset=utf-8", std::move(text));
}

Reply json_reply(const json::value& value, int status)
{
    return reply(status, "application/json", to_text(value));
}

Reply bytes_reply(std::string bytes, std::string type)
{
    return reply(200, std::move(type), std::move(bytes));
}

Reply file_reply(std::string path, std::string type)
{
    return reply(200, std::move(type), FileBody{std::move(path)});
}

Reply see_other(std::string location)
{
    auto out = reply(303, "text/plain; charset=utf-8", std::string{});
    out.headers.emplace_back("Location", std::move(location));
    return out;
}

// RFC 6266: an ASCII name for old programs, the whole name percent-encoded beside it.
Reply download(Reply answer, std::string_view file_name)
{
    std::string plain;
    for (const char c : file_name)
        plain += std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '-' ? c : '_';
    answer.headers.emplace_back("Content-Disposition",
                                fmt::format("attachment; filename=\"{}\"; filename*=UTF-8''{}", plain,
                                            percent_encoded(file_name)));
    return answer;
}

} // namespace adal::http
