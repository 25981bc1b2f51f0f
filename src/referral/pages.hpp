// referral/pages.hpp: the room's addresses, each added by the file that owns them.
#pragma once

#include "referral/referral.hpp"

namespace adal::referral {

void add_document_routes(http::Router& router, const Law& law, files::Store& files, std::string origin);
void add_authority_routes(http::Router& router);
void add_inbox_routes(http::Router& router, const Law& law, files::Store& files, std::string origin);
void add_parcel_routes(http::Router& router, const Law& law, std::string origin);
void add_batch_routes(http::Router& router, const Law& law, files::Store& files);
void add_step_routes(http::Router& router, const Law& law, files::Store& files);
void add_joint_routes(http::Router& router);
void add_calendar_routes(http::Router& router, const Law& law);
void add_board_routes(http::Router& router, const Law& law, std::string origin);

} // namespace adal::referral
