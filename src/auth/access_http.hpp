// auth/access_http.hpp: giving and taking access: invitations for others.
#pragma once

#include "auth/auth.hpp"

namespace adal::auth {

// /invite, /people/{id}/access, /people/{id}/invitation, /invitations/{id}/revoke.
void add_access_routes(http::Router& router, const Auth& auth);

} // namespace adal::auth
