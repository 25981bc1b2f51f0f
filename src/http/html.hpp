// http/html.hpp: pages as values. Markup comes only from these functions; every text is escaped by type,
// a link only from a checked address, no inline script or style exists. A view is a function from values
// to Html.
//
//   using namespace adal::http;
//   Html page = div({cls("card")}, h2({}, "Text <is> escaped"), a({href("/kk/places")}, t("places.title")));
//
// Html is a string of finished markup; building appends, so a page costs microseconds.
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace adal::http {

void append_escaped(std::string& out, std::string_view text); // & < > " '

class Html
{
public:
    Html() = default;
    Html(const char* text) { append_escaped(m_markup, text); }
    Html(std::string_view text) { append_escaped(m_markup, text); }
    Html(const std::string& text) { append_escaped(m_markup, text); }
    Html(std::int64_t n) : m_markup(std::to_string(n)) {}
    Html(int n) : m_markup(std::to_string(n)) {}

    Html& operator+=(const Html& more)
    {
        m_markup += more.m_markup;
        return *this;
    }
    Html& add(const Html& more) { return *this += more; }
    [[nodiscard]] const std::string& markup() const { return m_markup; }
    [[nodiscard]] bool empty() const { return m_markup.empty(); }

    // Only for markup that this program made (SVG charts, static fragments); the argument is a literal or
    // the output of another builder, never data.
    static Html trusted(std::string markup)
    {
        Html html;
        html.m_markup = std::move(markup);
        return html;
    }

private:
    std::string m_markup;
};

inline Html operator+(Html a, const Html& b)
{
    a += b;
    return a;
}

// name="value", the value escaped. Attributes with an address are made by href/src/action only.
class Attr
{
public:
    Attr(std::string_view literal_name, std::string_view value);
    explicit Attr(std::string_view literal_name); // boolean attribute
    Attr(std::string_view literal_name, std::int64_t value) : Attr(literal_name, std::string_view{std::to_string(value)}) {}
    Attr(std::string_view literal_name, int value) : Attr(literal_name, std::int64_t{value}) {}
    Attr(std::string_view literal_name, const char* value) : Attr(literal_name, std::string_view{value}) {}
    Attr(std::string_view literal_name, const std::string& value) : Attr(literal_name, std::string_view{value}) {}
    static Attr none() { return Attr{}; } // `condition ? Attr("checked") : Attr::none()`
    [[nodiscard]] const std::string& text() const { return m_text; }

private:
    Attr() = default;
    std::string m_text;
};

Attr cls(std::string_view names);
Attr id_(std::string_view id);
// Addresses: "/…" (not "//…"), "#…", "?…", "https://…", "http://…", "mailto:…", "tel:…"; anything else
// becomes "#".
Attr href(std::string_view address);
Attr src(std::string_view address);
Attr action(std::string_view address);

using Attrs = std::initializer_list<Attr>;

Html element(std::string_view tag, const std::vector<Attr>& attrs, const Html& content);
Html void_element(std::string_view tag, const std::vector<Attr>& attrs);

#define ADAL_HTML_TAG(name, tag)                                                                   \
    template <typename... C> Html name(Attrs attrs, const C&... content)                           \
    {                                                                                              \
        Html inner;                                                                                \
        (inner.add(Html(content)), ...);                                                           \
        return element(tag, attrs, inner);                                                         \
    }
ADAL_HTML_TAG(div, "div")
ADAL_HTML_TAG(span, "span")
ADAL_HTML_TAG(p, "p")
ADAL_HTML_TAG(a, "a")
ADAL_HTML_TAG(h1, "h1")
ADAL_HTML_TAG(h2, "h2")
ADAL_HTML_TAG(h3, "h3")
ADAL_HTML_TAG(h4, "h4")
ADAL_HTML_TAG(ul, "ul")
ADAL_HTML_TAG(ol, "ol")
ADAL_HTML_TAG(li, "li")
ADAL_HTML_TAG(dl, "dl")
ADAL_HTML_TAG(dt, "dt")
ADAL_HTML_TAG(dd, "dd")
ADAL_HTML_TAG(table, "table")
ADAL_HTML_TAG(caption, "caption")
ADAL_HTML_TAG(thead, "thead")
ADAL_HTML_TAG(tbody, "tbody")
ADAL_HTML_TAG(tr, "tr")
ADAL_HTML_TAG(th, "th")
ADAL_HTML_TAG(td, "td")
ADAL_HTML_TAG(section, "section")
ADAL_HTML_TAG(article, "article")
ADAL_HTML_TAG(aside, "aside")
ADAL_HTML_TAG(header, "header")
ADAL_HTML_TAG(footer, "footer")
ADAL_HTML_TAG(nav, "nav")
ADAL_HTML_TAG(main_, "main")
ADAL_HTML_TAG(figure, "figure")
ADAL_HTML_TAG(figcaption, "figcaption")
ADAL_HTML_TAG(form, "form")
ADAL_HTML_TAG(fieldset, "fieldset")
ADAL_HTML_TAG(legend, "legend")
ADAL_HTML_TAG(label, "label")
ADAL_HTML_TAG(select, "select")
ADAL_HTML_TAG(option, "option")
ADAL_HTML_TAG(textarea, "textarea")
ADAL_HTML_TAG(button, "button")
ADAL_HTML_TAG(strong, "strong")
ADAL_HTML_TAG(em, "em")
ADAL_HTML_TAG(small, "small")
ADAL_HTML_TAG(code, "code")
ADAL_HTML_TAG(pre, "pre")
ADAL_HTML_TAG(blockquote, "blockquote")
ADAL_HTML_TAG(time_, "time")
ADAL_HTML_TAG(details, "details")
ADAL_HTML_TAG(summary, "summary")
ADAL_HTML_TAG(abbr, "abbr")
#undef ADAL_HTML_TAG
Html input(Attrs attrs);
Html img(Attrs attrs);
Html br();
Html hr();

} // namespace adal::http
