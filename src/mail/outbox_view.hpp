// mail/outbox_view.hpp: the operator's page of letters.
#pragma once

#include "http/page.hpp"
#include "mail/outbox_store.hpp"

#include <vector>

namespace adal::mail {

http::Page outbox_page(const http::Request& request, const std::vector<OutboxRow>& letters, const std::string& next_key);

} // namespace adal::mail
