// referral/board_view.hpp: the board of clocks and the page of a fresh feed address.
#pragma once

#include "http/page.hpp"
#include "referral/board_store.hpp"
#include "referral/digest_store.hpp"
#include "referral/feed_store.hpp"

#include <optional>
#include <string>

namespace adal::referral {

http::Page board_page(const http::Request& request, const Board& board, const std::optional<Feed>& feed, const std::optional<Digest>& digest);
http::Page feed_page(const http::Request& request, const std::string& address);
// "Reply to recommendation 2", "Answer to the escalation of recommendation 2".
std::string clock_label(i18n::Language language, const ClockRow& row);

} // namespace adal::referral
