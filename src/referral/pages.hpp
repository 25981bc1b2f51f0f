// referral/pages.hpp: the room's addresses, each added by the file that owns them.
#pragma once

#include "referral/referral.hpp"

namespace adal::referral {

void add_document_routes(http::Router& router, const Law& law, files::Store& files, std::string origin);
void add_authority_routes(http::Router& router);

} // namespace adal::referral
