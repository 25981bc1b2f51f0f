#include "http/html.hpp"

#include <algorithm>

namespace adal::http {
namespace {

bool starts_with_any(std::string_view text, std::initializer_list<std::string_view> beginnings)
{
    return std::any_of(beginnings.begin(), beginnings.end(),
                       [&](std::string_view b) { return text.starts_with(b); });
}

// A browser drops tabs and newlines inside an address and reads "\" as "/": neither is let through.
bool has_trick(std::string_view address)
{
    return std::any_of(address.begin(), address.end(), [](char c) {
        return static_cast<unsigned char>(c) <= 0x20 || c == '\\' || c == 0x7f;
    });
}

std::string_view checked(std::string_view address)
{
    const bool local = address.starts_with('/') && !address.starts_with("//");
    const bool known = starts_with_any(address, {"#", "?", "https://", "http://", "mailto:", "tel:"});
    return (local || known) && !has_trick(address) ? address : std::string_view{"#"};
}

void append_open(std::string& out, std::string_view tag, const std::vector<Attr>& attrs)
{
    out += '<';
    out += tag;
    for (const auto& attr : attrs) out += attr.text();
    out += '>';
}

} // namespace

void append_escaped(std::string& out, std::string_view text)
{
    std::size_t done = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string_view escape;
        switch (text[i]) {
        case '&': escape = "&amp;"; break;
        case '<': escape = "&lt;"; break;
        case '>': escape = "&gt;"; break;
        case '"': escape = "&quot;"; break;
        case '\'': escape = "&#39;"; break;
        default: continue;
        }
        out.append(text.substr(done, i - done));
        out += escape;
        done = i + 1;
    }
    out.append(text.substr(done));
}

Attr::Attr(std::string_view literal_name, std::string_view value)
{
    m_text.reserve(literal_name.size() + value.size() + 4);
    m_text += ' ';
    m_text += literal_name;
    m_text += "=\"";
    append_escaped(m_text, value);
    m_text += '"';
}

Attr::Attr(std::string_view literal_name) : m_text(" " + std::string{literal_name}) {}

Attr cls(std::string_view names) { return names.empty() ? Attr::none() : Attr{"class", names}; }
Attr id_(std::string_view id) { return {"id", id}; }
Attr href(std::string_view address) { return {"href", checked(address)}; }
Attr src(std::string_view address) { return {"src", checked(address)}; }
Attr action(std::string_view address) { return {"action", checked(address)}; }

Html element(std::string_view tag, const std::vector<Attr>& attrs, const Html& content)
{
    std::string out;
    out.reserve(content.markup().size() + 64);
    append_open(out, tag, attrs);
    out += content.markup();
    out += "</";
    out += tag;
    out += '>';
    return Html::trusted(std::move(out));
}

Html void_element(std::string_view tag, const std::vector<Attr>& attrs)
{
    std::string out;
    append_open(out, tag, attrs);
    return Html::trusted(std::move(out));
}

Html input(Attrs attrs) { return void_element("input", attrs); }
Html img(Attrs attrs) { return void_element("img", attrs); }
Html br() { return void_element("br", {}); }
Html hr() { return void_element("hr", {}); }

} // namespace adal::http
