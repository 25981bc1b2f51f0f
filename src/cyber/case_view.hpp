// cyber/case_view.hpp: pages of the queue, of one resource and of the desk. An address is never a link here.
#pragma once

#include "cyber/cyber.hpp"
#include "cyber/page_copy_view.hpp"
#include "http/page.hpp"

#include <string>
#include <vector>

namespace adal::cyber {

// What a reviewer sees: never who reported it, never what another reviewer said.
struct CasePage {
    Resource resource{};
    std::vector<Resource> mirrors{}; // verified, of the same cluster
    std::vector<std::string> notes{};
    std::vector<Capture> captures{};
    std::optional<PageCopy> copy{};  // for a reviewer
    CopiesCard copies{};             // for the desk
    std::string category{};          // whose questions are asked
    bool is_claimed = false;         // by the reader, now
    bool may_review = false;
    bool for_desk = false;           // arbitration, checks, withdrawal; shows the reviews
    std::vector<Review> reviews{};
    std::vector<Check> checks{};
    std::vector<Happened> history{};
    std::vector<Appeal> appeals{};
    bool is_gold = false, may_be_gold = false;
};
http::Page case_page(const http::Request& request, const CasePage& view);
http::Page queue_page(const http::Request& request, const std::vector<Resource>& resources, const std::vector<std::string>& unwanted, int minutes_left);

struct DeskPage {
    std::vector<Resource> due{}, appealed{}, again{}, arbitration{}, uncleared{}, unseen{}, ready{}, waiting{}, blocked{};
    Agreement agreement{};
    std::vector<GoldScore> gold{};
    std::int64_t gold_items = 0;
};
http::Page desk_page(const http::Request& request, const DeskPage& view);

http::Html category_label(const http::Request& request, std::string_view code);

} // namespace adal::cyber
