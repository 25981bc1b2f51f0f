#include "referral/paper_view.hpp"

#include <fmt/format.h>

namespace adal::referral {

namespace {

using namespace http;

Html view(const Heading& heading)
{
    return h2({}, heading.text);
}

Html view(const Paragraph& paragraph)
{
    return p({cls("paper-note")}, paragraph.text);
}

Html view(const Body& body)
{
    return p({}, body.text);
}

Html view(const Pairs& pairs)
{
    Html rows;
    for (const auto& [label, value] : pairs.rows) rows += dt({}, label) + dd({}, value);
    return dl({cls("facts")}, rows);
}

Html view(const Numbered& list)
{
    Html items;
    for (const auto& item : list.items) {
        Html details;
        for (const auto& detail : item.details) details += div({cls("paper-detail")}, detail);
        items += li({}, item.text, details);
    }
    return ol({}, items);
}

Html view(const Grid& grid)
{
    Html head, body;
    for (const auto& cell : grid.header) head += th({Attr("scope", "col")}, cell);
    for (const auto& row : grid.rows) {
        Html cells;
        for (const auto& cell : row) cells += td({}, cell);
        body += tr({}, cells);
    }
    return table({}, thead({}, tr({}, head)), tbody({}, body));
}

Html view(const Signature& signature)
{
    return p({cls("paper-signature")}, span({}, signature.label), " ", strong({}, signature.name), " ",
             span({}, signature.date));
}

// Drawn by this program from a code of its own making; nothing in it is anybody's text.
Html qr_svg(std::string_view link)
{
    const auto code = qr_code(link);
    std::string path;
    for (std::size_t y = 0; y < code.size(); ++y)
        for (std::size_t x = 0; x < code.size(); ++x)
            if (code[y][x]) path += fmt::format("M{} {}h1v1h-1z", x, y);
    return Html::trusted(fmt::format(R"(<svg class="qr" viewBox="0 0 {0} {0}" width="96" height="96" )"
                                     R"(aria-hidden="true" focusable="false"><path d="{1}"/></svg>)",
                                     code.size(), path));
}

} // namespace

Html paper_html(const Paper& paper)
{
    Html out = h1({}, paper.title) + p({cls("paper-subtitle")}, paper.subtitle) +
               p({cls("paper-line")}, paper.line);
    if (!paper.draft_mark.empty()) out = p({cls("paper-draft")}, strong({}, paper.draft_mark)) + out;
    for (const auto& block : paper.blocks)
        out += std::visit([](const auto& b) { return view(b); }, block);
    if (!paper.link.empty())
        out += p({cls("paper-link")}, qr_svg(paper.link), " ", paper.link_text, " ",
                 a({href(paper.link)}, paper.link));
    return article({cls("paper"), Attr("lang", i18n::code(paper.language))}, out);
}

} // namespace adal::referral
