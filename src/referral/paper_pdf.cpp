// A paper as PDF: Pango measures and shapes, Cairo writes. A4, 72 dots per inch, margins of office practice
// (left 20 mm for the binder). Laid out twice: the first pass counts the pages.
#include "referral/paper.hpp"

#include "base/result.hpp"

#include <cairo/cairo-pdf.h>
#include <memory>
#include <numeric>
#include <pango/pangocairo.h>
#include <qrencode.h>

namespace adal::referral {

std::vector<std::vector<bool>> qr_code(std::string_view text)
{
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code{
        QRcode_encodeString(std::string(text).c_str(), 0, QR_ECLEVEL_M, QR_MODE_8, 1), QRcode_free};
    ADAL_CHECK(code != nullptr);
    const auto width = static_cast<std::size_t>(code->width);
    std::vector<std::vector<bool>> out(width, std::vector<bool>(width));
    for (std::size_t y = 0; y < width; ++y)
        for (std::size_t x = 0; x < width; ++x) out[y][x] = (code->data[y * width + x] & 1u) != 0;
    return out;
}

namespace {

constexpr double page_width = 595.28, page_height = 841.89; // A4 in points
constexpr double margin_left = 56.7, margin_right = 42.5;   // 20 mm and 15 mm
constexpr double margin_top = 56.7, margin_bottom = 62.4;   // 20 mm and 22 mm, the foot inside
constexpr double room_of_a_page = page_height - margin_top - margin_bottom;
constexpr double column = page_width - margin_left - margin_right;
constexpr double qr_side = 68;
constexpr double signature_height = 150; // with the checksum and the code below it

constexpr const char* body_font = "Noto Sans 10.5";
constexpr const char* bold_font = "Noto Sans Bold 10.5";
constexpr const char* detail_font = "Noto Sans 9.5";
constexpr const char* grid_header_font = "Noto Sans Bold 9.5";
constexpr const char* small_font = "Noto Sans 8.5";
constexpr const char* title_font = "Noto Sans Bold 15";

struct Layout {
    using Pointer = std::unique_ptr<PangoLayout, decltype(&g_object_unref)>;
    Pointer pango{nullptr, g_object_unref};

    [[nodiscard]] PangoLayout* get() const { return pango.get(); }
    [[nodiscard]] double height() const
    {
        int width = 0, height = 0;
        pango_layout_get_size(get(), &width, &height);
        return static_cast<double>(height) / PANGO_SCALE;
    }
};

cairo_status_t append_bytes(void* out, const unsigned char* bytes, unsigned int count)
{
    static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(bytes), count);
    return CAIRO_STATUS_SUCCESS;
}

class Writer
{
public:
    // pages: as counted by the pass before; 0 in the first pass.
    Writer(const Paper& paper, int pages, std::string& out)
        : m_paper(paper), m_pages(pages),
          m_surface(cairo_pdf_surface_create_for_stream(append_bytes, &out, page_width, page_height),
                    cairo_surface_destroy),
          m_cairo(cairo_create(m_surface.get()), cairo_destroy)
    {
        const auto set = [&](cairo_pdf_metadata_t what, const std::string& text) {
            cairo_pdf_surface_set_metadata(m_surface.get(), what, text.c_str());
        };
        set(CAIRO_PDF_METADATA_TITLE, paper.title + " – " + paper.footer);
        set(CAIRO_PDF_METADATA_CREATOR, "Adal");
        set(CAIRO_PDF_METADATA_CREATE_DATE, iso(paper.made_at));
        set(CAIRO_PDF_METADATA_MOD_DATE, iso(paper.made_at));
    }

    int write()
    {
        draw_title();
        for (std::size_t i = 0; i < m_paper.blocks.size(); ++i) {
            keep_with_signature(i);
            std::visit([this](const auto& b) { draw(b); }, m_paper.blocks[i]);
        }
        draw_link();
        end_page();
        cairo_surface_finish(m_surface.get());
        ADAL_CHECK(cairo_surface_status(m_surface.get()) == CAIRO_STATUS_SUCCESS);
        return m_page;
    }

private:
    [[nodiscard]] Layout layout(std::string_view text, const char* font, double width,
                                PangoAlignment alignment = PANGO_ALIGN_LEFT) const
    {
        Layout out{.pango = Layout::Pointer{pango_cairo_create_layout(m_cairo.get()), g_object_unref}};
        auto* context = pango_layout_get_context(out.get());
        pango_cairo_context_set_resolution(context, 72); // the default of 96 makes everything a third too large
        pango_context_set_round_glyph_positions(context, FALSE); // or small letters stand unevenly
        pango_context_set_language(
            context, pango_language_from_string(std::string(i18n::code(m_paper.language)).c_str()));
        auto* description = pango_font_description_from_string(font);
        pango_layout_set_font_description(out.get(), description);
        pango_font_description_free(description);
        pango_layout_set_width(out.get(), static_cast<int>(width * PANGO_SCALE));
        pango_layout_set_wrap(out.get(), PANGO_WRAP_WORD_CHAR);
        pango_layout_set_alignment(out.get(), alignment);
        pango_layout_set_line_spacing(out.get(), 1.15F);
        pango_layout_set_text(out.get(), text.data(), static_cast<int>(text.size()));
        pango_cairo_update_layout(m_cairo.get(), out.get());
        return out;
    }

    void show(const Layout& text, double x, double y) const
    {
        cairo_move_to(m_cairo.get(), x, y);
        pango_cairo_show_layout(m_cairo.get(), text.get());
    }

    [[nodiscard]] double room() const { return page_height - margin_bottom - m_y; }

    // A new page unless `height` fits on this one.
    void need(double height)
    {
        if (height > room() && m_y > margin_top) next_page();
    }

    void next_page()
    {
        end_page();
        ++m_page;
        m_y = margin_top;
    }

    void end_page()
    {
        const double y = page_height - margin_bottom + 18;
        line(y - 5, 0.4);
        const auto of = i18n::text(m_paper.language, "referral.paper.page",
                                   {{"page", std::to_string(m_page)}, {"pages", std::to_string(m_pages)}});
        show(layout(m_paper.footer, small_font, column * 0.7), margin_left, y);
        show(layout(of, small_font, column * 0.3, PANGO_ALIGN_RIGHT), margin_left + column * 0.7, y);
        if (!m_paper.draft_mark.empty())
            show(layout(m_paper.draft_mark, bold_font, column, PANGO_ALIGN_RIGHT), margin_left, 28);
        cairo_show_page(m_cairo.get());
    }

    void line(double y, double width) const
    {
        cairo_set_line_width(m_cairo.get(), width);
        cairo_move_to(m_cairo.get(), margin_left, y);
        cairo_line_to(m_cairo.get(), margin_left + column, y);
        cairo_stroke(m_cairo.get());
    }

    // Text that may run over the end of a page, line by line; never one line alone at the end of a page.
    void flow(std::string_view text, const char* font, double indent)
    {
        const auto whole = layout(text, font, column - indent);
        if (whole.height() <= room()) {
            show(whole, margin_left + indent, m_y);
            m_y += whole.height();
            return;
        }
        const std::unique_ptr<PangoLayoutIter, decltype(&pango_layout_iter_free)> at{
            pango_layout_get_iter(whole.get()), pango_layout_iter_free};
        do {
            PangoRectangle box;
            pango_layout_iter_get_line_extents(at.get(), nullptr, &box);
            const double height = static_cast<double>(box.height) / PANGO_SCALE;
            const double baseline = static_cast<double>(pango_layout_iter_get_baseline(at.get()) - box.y) / PANGO_SCALE;
            need(height);
            cairo_move_to(m_cairo.get(), margin_left + indent, m_y + baseline);
            pango_cairo_show_layout_line(m_cairo.get(), pango_layout_iter_get_line_readonly(at.get()));
            m_y += height;
        } while (pango_layout_iter_next_line(at.get()) != 0);
    }

    // A signature never stands alone on a page: the paragraph before it goes with it.
    void keep_with_signature(std::size_t i)
    {
        if (i + 1 >= m_paper.blocks.size()) return;
        const auto* paragraph = std::get_if<Paragraph>(&m_paper.blocks[i]);
        if (paragraph == nullptr || !std::holds_alternative<Signature>(m_paper.blocks[i + 1])) return;
        need(layout(paragraph->text, small_font, column).height() + 6 + signature_height);
    }

    void draw_title()
    {
        const auto title = layout(m_paper.title, title_font, column, PANGO_ALIGN_CENTER);
        show(title, margin_left, m_y);
        m_y += title.height();
        if (!m_paper.subtitle.empty()) {
            const auto subtitle = layout(m_paper.subtitle, body_font, column, PANGO_ALIGN_CENTER);
            show(subtitle, margin_left, m_y);
            m_y += subtitle.height();
        }
        m_y += 14;
        const auto left = layout(m_paper.line, body_font, column);
        show(left, margin_left, m_y);
        m_y += left.height() + 4;
        line(m_y, 0.8);
        m_y += 10;
    }

    void draw(const Heading& heading)
    {
        m_y += 10;
        const auto text = layout(heading.text, bold_font, column);
        need(text.height() + 40); // not alone at the end of a page
        show(text, margin_left, m_y);
        m_y += text.height() + 4;
    }

    void draw(const Paragraph& paragraph)
    {
        m_y += 4;
        flow(paragraph.text, small_font, 0);
        m_y += 2;
    }

    void draw(const Body& body)
    {
        m_y += 8;
        flow(body.text, body_font, 0);
        m_y += 4;
    }

    void draw(const Pairs& pairs)
    {
        const double label_width = column * 0.32;
        for (const auto& [label, value] : pairs.rows) {
            const auto left = layout(label, body_font, label_width - 8);
            const auto right = layout(value, body_font, column - label_width);
            const double height = std::max(left.height(), right.height());
            need(height);
            cairo_set_source_rgb(m_cairo.get(), 0.32, 0.32, 0.32);
            show(left, margin_left, m_y);
            cairo_set_source_rgb(m_cairo.get(), 0, 0, 0);
            show(right, margin_left + label_width, m_y);
            m_y += height + 4;
        }
    }

    [[nodiscard]] double height_of(const Numbered::Item& item, double indent) const
    {
        double height = layout(item.text, body_font, column - indent).height();
        for (const auto& detail : item.details) height += 1 + layout(detail, detail_font, column - indent).height();
        return height;
    }

    void draw(const Numbered& list)
    {
        constexpr double indent = 24;
        int n = 0;
        for (const auto& item : list.items) {
            const auto number = layout(std::to_string(++n) + ".", body_font, indent);
            const double height = height_of(item, indent);
            need(height < room_of_a_page / 3 ? height : 4 * number.height());
            show(number, margin_left, m_y);
            flow(item.text, body_font, indent);
            for (const auto& detail : item.details) {
                m_y += 1;
                flow(detail, detail_font, indent);
            }
            m_y += 6;
        }
    }

    // A page that goes on with a grid begins with its header again.
    void draw_row(const std::vector<std::string>& cells, const std::vector<int>& widths, const char* font,
                  const std::vector<std::string>* header = nullptr)
    {
        std::vector<Layout> texts;
        double height = 0;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            texts.push_back(layout(cells[i], font, column * widths[i] / 100 - 8));
            height = std::max(height, texts.back().height() + 7);
        }
        const int page = m_page;
        need(height);
        if (header && m_page != page) draw_row(*header, widths, grid_header_font);
        double x = margin_left;
        cairo_set_line_width(m_cairo.get(), 0.5);
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const double width = column * widths[i] / 100;
            cairo_rectangle(m_cairo.get(), x, m_y, width, height);
            cairo_stroke(m_cairo.get());
            show(texts[i], x + 4, m_y + 3);
            x += width;
        }
        m_y += height;
    }

    void draw(const Grid& grid)
    {
        draw_row(grid.header, grid.widths, grid_header_font);
        for (const auto& row : grid.rows) draw_row(row, grid.widths, detail_font, &grid.header);
        m_y += 4;
    }

    void draw(const Signature& signature)
    {
        need(signature_height);
        m_y += 26;
        const auto label = layout(signature.label, body_font, column * 0.30);
        const auto name = layout(signature.name, bold_font, column * 0.26);
        const double base = m_y + name.height() - 4;
        show(label, margin_left, m_y);
        cairo_set_line_width(m_cairo.get(), 0.5); // for the pen
        cairo_move_to(m_cairo.get(), margin_left + column * 0.31, base);
        cairo_line_to(m_cairo.get(), margin_left + column * 0.47, base);
        cairo_stroke(m_cairo.get());
        show(name, margin_left + column * 0.49, m_y);
        show(layout(signature.date, body_font, column * 0.25, PANGO_ALIGN_RIGHT), margin_left + column * 0.75, m_y);
        m_y += std::max(label.height(), name.height()) + 10;
    }

    void draw_link()
    {
        if (m_paper.link.empty()) return;
        need(qr_side + 12);
        m_y += 8;
        const auto code = qr_code(m_paper.link);
        const double module = qr_side / static_cast<double>(code.size());
        for (std::size_t y = 0; y < code.size(); ++y)
            for (std::size_t x = 0; x < code.size(); ++x)
                if (code[y][x])
                    cairo_rectangle(m_cairo.get(), margin_left + static_cast<double>(x) * module,
                                    m_y + static_cast<double>(y) * module, module, module);
        cairo_fill(m_cairo.get());
        const double left = qr_side + 14;
        show(layout(m_paper.link_text + "\n" + m_paper.link, small_font, column - left),
             margin_left + left, m_y + 4);
        m_y += qr_side;
    }

    const Paper& m_paper;
    int m_pages = 0;
    int m_page = 1;
    double m_y = margin_top;
    std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> m_surface;
    std::unique_ptr<cairo_t, decltype(&cairo_destroy)> m_cairo;
};

} // namespace

std::string to_pdf(const Paper& paper)
{
    std::string thrown_away, out;
    const int pages = Writer{paper, 0, thrown_away}.write();
    Writer{paper, pages, out}.write();
    return out;
}

} // namespace adal::referral
