// cyber/page_copy_view.hpp: the server's copies of a page as a reviewer and the desk see them: words, addresses nobody can follow,
// never the page's own HTML.
#pragma once

#include "cyber/page_copy_store.hpp"
#include "http/page.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace adal::cyber {

// "hxxps://casino[.]kz/win"
std::string defanged_address(std::string_view url);
// For a reviewer: the way, title and text, and nothing that says when it was taken.
http::Html page_copy_card(const http::Request& request, const PageCopy& copy);

struct CopiesCard {
    std::vector<PageCopy> copies{}; // newest first
    std::vector<Alike> alike{};
    bool is_on = false;             // copies are taken here, of this kind of address
};
// For the desk, with times, digests and the archives to download; `base`: "/cyber/desk/ID".
http::Html copies_card(const http::Request& request, const CopiesCard& view, std::string_view base);

} // namespace adal::cyber
