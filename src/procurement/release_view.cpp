#include "procurement/process_view.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

namespace adal::procurement {

using namespace adal::http;

namespace {

constexpr std::size_t kMostLines = 4000;

// RFC 6901 §3.
std::string pointer_part(std::string_view key)
{
    std::string out;
    for (const char c : key) out += c == '~' ? std::string{"~0"} : c == '/' ? std::string{"~1"} : std::string(1, c);
    return out;
}

std::string scalar_text(const json::value& value)
{
    if (value.is_double()) return fmt::format("{}", value.get_double()); // the shortest that reads back the same
    return to_text(value);
}

// Calls line(depth, pointer, text) for every line of the indented form.
template <typename Line> void each_line(const json::value& value, const std::string& pointer, const std::string& name, std::size_t depth, bool is_last, Line& line)
{
    const std::string end = is_last ? "" : ",";
    const auto children = [&](const auto& container, const char* open, const char* close, auto key_of) {
        line(depth, pointer, name + open);
        std::size_t n = 0;
        for (const auto& child : container) {
            const bool last = n + 1 == container.size();
            key_of(child, n++, last);
        }
        line(depth, std::string{}, close + end);
    };
    if (const auto* object = value.if_object(); object && !object->empty())
        children(*object, "{", "}", [&](const auto& member, std::size_t, bool last) {
            const std::string key{member.key()};
            each_line(member.value(), pointer + "/" + pointer_part(key), to_text(json::value(key)) + ": ", depth + 1, last, line);
        });
    else if (const auto* array = value.if_array(); array && !array->empty())
        children(*array, "[", "]", [&](const auto& element, std::size_t n, bool last) { each_line(element, pointer + "/" + std::to_string(n), "", depth + 1, last, line); });
    else line(depth, pointer, name + scalar_text(value) + end);
}

} // namespace

std::set<std::string> release_places(const json::object& release)
{
    std::set<std::string> out;
    std::size_t lines = 0;
    auto line = [&](std::size_t, const std::string& pointer, const std::string&) {
        if (++lines <= kMostLines && !pointer.empty()) out.insert(pointer);
    };
    each_line(json::value(release), "", "", 0, true, line);
    return out;
}

Page release_page(const Request& request, const ReleasePage& view)
{
    Html lines;
    std::size_t count = 0;
    auto line = [&](std::size_t depth, const std::string& pointer, const std::string& text) {
        if (++count > kMostLines) return;
        const auto indent = std::string(depth * 2, ' ');
        lines += pointer.empty() ? span({}, indent + text + "\n") : span({id_(pointer)}, indent + text + "\n");
    };
    each_line(json::value(view.release), "", "", 0, true, line);
    Page page{.title = i18n::text(request.language, "procurement.release"), .styles = {"procurement.css"}, .active = "nav.procurement"};
    page.body = div({cls("page-head")}, p({cls("crumbs")}, a({href(request.link("/procurement/" + view.summary.id.str()))}, view.summary.title)), h1({}, page.title),
                    p({cls("lead")}, t(request, "procurement.release_note")), p({}, a({href("/api/v1/procurement/" + view.summary.id.str() + "/release.json")}, "OCDS JSON")))
                + pre({cls("release")}, lines);
    if (count > kMostLines) page.body += notice(p({}, t(request, "procurement.release_cut")));
    return page;
}

} // namespace adal::procurement
