// probe/block_page.hpp: pages that say "closed by order", known by a piece of their text or by where they redirect to. Data:
// data/cyber/block_pages.json, each with its source, its date and whether we could check it. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace adal::probe {

struct BlockPage {
    std::string id{};           // [a-z0-9_]
    std::string body{};         // a piece of the page; empty: not looked at
    std::string location{};     // how the redirect begins; empty: not looked at
    bool is_verified = false;
};

const std::vector<BlockPage>& block_pages(); // those that travel with the program
// The first whose every given piece is there; null: none.
const BlockPage* block_page_of(const std::vector<BlockPage>& pages, std::string_view body, std::string_view location);
// A file of the same form, for a lab or a newer list; throws CheckFailed on another form.
std::vector<BlockPage> read_block_pages(std::string_view json);

} // namespace adal::probe
