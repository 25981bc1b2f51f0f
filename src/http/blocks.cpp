// Building blocks that all rooms share (page.hpp). Forms follow the GOV.UK patterns: a label above, a hint
// below the label, the control, all bound by ids.
#include "http/page.hpp"

#include "http/target.hpp"

#include <fmt/format.h>

namespace adal::http {
namespace {

// "text#reject" is the field "text" with the id "f-text-reject" (page.hpp).
std::string_view plain_name(std::string_view name) { return name.substr(0, name.find('#')); }

std::string id_of(std::string_view name)
{
    auto id = fmt::format("f-{}", name);
    if (const auto mark = id.find('#'); mark != std::string::npos) id[mark] = '-';
    return id;
}

Attr described(std::string_view name, const Html& hint)
{
    return hint.empty() ? Attr::none() : Attr{"aria-describedby", id_of(name) + "-hint"};
}

Html hint_of(std::string_view name, const Html& hint)
{
    return hint.empty() ? Html{} : p({cls("hint"), id_(id_of(name) + "-hint")}, hint);
}

Html field(std::string_view name, const Html& label_text, const Html& hint, const Html& control)
{
    return div({cls("field")}, label({Attr{"for", id_of(name)}}, label_text), hint_of(name, hint), control);
}

std::vector<Attr> control_attrs(std::string_view name, const Html& hint, Attrs extra)
{
    std::vector<Attr> attrs{Attr{"name", plain_name(name)}, id_(id_of(name)), described(name, hint)};
    attrs.insert(attrs.end(), extra.begin(), extra.end());
    return attrs;
}

bool has_type(Attrs extra)
{
    for (const auto& attr : extra)
        if (attr.text().starts_with(" type=")) return true;
    return false;
}

Html one_of(std::string_view type, std::string_view name, std::string_view id, const Choice& choice, bool chosen,
            bool required)
{
    return div({cls("choice")},
               input({Attr{"type", type}, Attr{"name", plain_name(name)}, id_(id), Attr{"value", choice.value},
                      chosen ? Attr{"checked"} : Attr::none(), required ? Attr{"required"} : Attr::none()}),
               label({Attr{"for", id}}, choice.label));
}

} // namespace

Html post_form(const Request& request, std::string_view path, const Html& content, bool multipart,
               std::string_view css_class)
{
    Html inner;
    if (request.principal) inner += hidden_field("csrf", request.principal->csrf);
    inner += content;
    return form({Attr{"method", "post"}, action(request.link(path)),
                 multipart ? Attr{"enctype", "multipart/form-data"} : Attr::none(), cls(css_class)},
                inner);
}

Html keep_notice(const Request& request)
{
    return div({cls("notice bad"), Attr{"role", "alert"}, Attr{"tabindex", "-1"}, Attr{"hidden"},
                Attr{"data-keep", i18n::text(request.language, "http.no_network")}},
               h2({}, t(request, "http.error_summary")), p({Attr{"data-message"}}, ""));
}

Html text_field(std::string_view name, const Html& label_text, std::string_view value, Attrs extra, const Html& hint)
{
    auto attrs = control_attrs(name, hint, extra);
    if (!has_type(extra)) attrs.emplace_back("type", "text");
    if (!value.empty()) attrs.emplace_back("value", value);
    return field(name, label_text, hint, void_element("input", attrs));
}

Html area_field(std::string_view name, const Html& label_text, std::string_view value, Attrs extra, const Html& hint)
{
    auto attrs = control_attrs(name, hint, extra);
    if (extra.size() == 0) attrs.emplace_back("rows", 5);
    // The parser of browsers drops one newline after <textarea>.
    return field(name, label_text, hint, element("textarea", attrs, Html::trusted("\n") + Html(value)));
}

Html select_field(std::string_view name, const Html& label_text, const std::vector<Choice>& choices,
                  std::string_view chosen, const Html& hint)
{
    Html options;
    for (const auto& choice : choices)
        options += option({Attr{"value", choice.value}, choice.value == chosen ? Attr{"selected"} : Attr::none()},
                          choice.label);
    return field(name, label_text, hint, element("select", control_attrs(name, hint, {}), options));
}

Html radio_field(std::string_view name, const Html& question, const std::vector<Choice>& choices,
                 std::string_view chosen, const Html& hint, bool required)
{
    Html list;
    for (std::size_t i = 0; i < choices.size(); ++i) {
        const auto id = i == 0 ? id_of(name) : fmt::format("{}-{}", id_of(name), i);
        list += one_of("radio", name, id, choices[i], choices[i].value == chosen, required);
    }
    return fieldset({cls("field"), described(name, hint)}, legend({}, question), hint_of(name, hint),
                    div({cls("choices")}, list));
}

Html check_field(std::string_view name, std::string_view value, const Html& label_text, bool checked)
{
    const auto id = id_of(value.empty() || value == "1" ? std::string{name} : fmt::format("{}-{}", name, value));
    return one_of("checkbox", name, id, {std::string{value}, label_text}, checked, false);
}

Html file_field(std::string_view name, const Html& label_text, std::string_view accept, bool many, const Html& hint)
{
    auto attrs = control_attrs(name, hint, {Attr{"type", "file"}, Attr{"accept", accept}});
    if (many) attrs.emplace_back("multiple");
    return field(name, label_text, hint, void_element("input", attrs));
}

Html hidden_field(std::string_view name, std::string_view value)
{
    return input({Attr{"type", "hidden"}, Attr{"name", name}, Attr{"value", value}});
}

Html submit(const Html& label_text, std::string_view css_class)
{
    return button({Attr{"type", "submit"}, cls(css_class.empty() ? "button" : fmt::format("button {}", css_class))},
                  label_text);
}

Html badge(const Html& label_text, std::string_view tone)
{
    return span({cls(fmt::format("badge {}", tone))}, label_text);
}

Html facts(const std::vector<std::pair<Html, Html>>& pairs)
{
    Html list;
    for (const auto& [name, value] : pairs)
        if (!value.empty()) list += div({}, dt({}, name), dd({}, value));
    return dl({cls("facts")}, list);
}

Html stat(const Html& value, const Html& label_text, const Html& note, std::string_view link)
{
    Html inner = span({cls("stat-value")}, value) + span({cls("stat-label")}, label_text);
    if (!note.empty()) inner += span({cls("stat-note")}, note);
    return link.empty() ? div({cls("stat")}, inner) : a({cls("stat"), href(link)}, inner);
}

Html notice(const Html& content, std::string_view tone)
{
    return div({cls(fmt::format("notice {}", tone)), Attr{"role", tone == "bad" ? "alert" : "status"}}, content);
}

Html timeline(const std::vector<TimelineEntry>& entries)
{
    Html list;
    for (const auto& entry : entries) {
        Html inner = span({cls("when")}, entry.when) + div({cls("what")}, entry.what);
        if (!entry.detail.empty()) inner += div({cls("detail")}, entry.detail);
        list += li({cls(entry.tone)}, inner);
    }
    return ol({cls("timeline")}, list);
}

Html pager(const Request& request, std::string_view path, const std::string& next_key)
{
    if (next_key.empty()) return {};
    auto query = request.query;
    query["after"] = next_key;
    return nav({cls("pager")}, a({cls("button quiet"), Attr{"rel", "next"},
                                  href(fmt::format("{}?{}", request.link(path), query_text(query)))},
                                 t(request, "http.next_page")));
}

Html empty_state(const Html& sentence) { return p({cls("empty")}, sentence); }

Html data_table(const Html& caption_text, const std::vector<std::string>& columns,
                const std::vector<std::vector<Html>>& rows)
{
    const auto is_number = [&](std::size_t i) { return columns[i].starts_with('#'); };
    const auto name = [&](std::size_t i) { return std::string_view{columns[i]}.substr(is_number(i) ? 1 : 0); };
    Html heads, lines;
    for (std::size_t i = 0; i < columns.size(); ++i)
        heads += th({Attr{"scope", "col"}, cls(is_number(i) ? "number" : "")}, name(i));
    for (const auto& row : rows) {
        Html cells;
        for (std::size_t i = 0; i < row.size() && i < columns.size(); ++i)
            cells += td({Attr{"data-label", name(i)}, cls(is_number(i) ? "number" : "")}, row[i]);
        lines += tr({}, cells);
    }
    Html inner;
    if (!caption_text.empty()) inner += caption({}, caption_text);
    return table({cls("cards")}, inner, thead({}, tr({}, heads)), tbody({}, lines));
}

} // namespace adal::http
