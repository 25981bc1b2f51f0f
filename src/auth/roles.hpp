// auth/roles.hpp: which role may do what. One table; `adal routes` prints it and tests/golden/roles.txt
// holds it. Rooms ask for a permission, never for a role. Pure.
#pragma once

#include "http/permission.hpp"
#include "people/people.hpp"

#include <set>
#include <string>

namespace adal::auth {

// What these roles may do together, with `anyone` and `signed_in`.
std::set<Permission> permissions_of(const people::Roles& roles);

// Everybody who is more than a volunteer: shorter sessions.
bool is_staff(const people::Roles& roles);

// The table as text: a line per permission, a column per role.
std::string role_table();

} // namespace adal::auth
