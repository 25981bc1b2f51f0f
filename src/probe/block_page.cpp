#include "probe/block_page.hpp"

#include "base/json.hpp"
#include "embedded/data.hpp"

#include <algorithm>

namespace adal::probe {

std::vector<BlockPage> read_block_pages(std::string_view text)
{
    const auto parsed = parse_json(text);
    ADAL_CHECK(parsed.has_value());
    const auto* rows = array_at(*parsed, "pages");
    ADAL_CHECK(rows != nullptr);
    std::vector<BlockPage> out;
    for (const auto& row : *rows) {
        const auto id = text_at(row, "id");
        const auto* verified = find(row, "verified");
        ADAL_CHECK(id && !id->empty() && verified != nullptr && verified->is_bool() && text_at(row, "source") && text_at(row, "seen"));
        BlockPage page{.id = std::string{*id}, .body = std::string{text_at(row, "body").value_or("")}, .location = std::string{text_at(row, "location").value_or("")},
                       .is_verified = verified->as_bool()};
        ADAL_CHECK(!page.body.empty() || !page.location.empty());
        out.push_back(std::move(page));
    }
    return out;
}

const std::vector<BlockPage>& block_pages()
{
    static const auto pages = [] {
        const auto* file = embedded::find(embedded::data(), "cyber/block_pages.json");
        ADAL_CHECK(file != nullptr);
        return read_block_pages(file->bytes);
    }();
    return pages;
}

const BlockPage* block_page_of(const std::vector<BlockPage>& pages, std::string_view body, std::string_view location)
{
    const auto found = std::ranges::find_if(pages, [&](const BlockPage& page) {
        return (page.body.empty() || body.find(page.body) != body.npos) && (page.location.empty() || location.starts_with(page.location));
    });
    return found == pages.end() ? nullptr : &*found;
}

} // namespace adal::probe
