// people/people_view.hpp: the office pages about persons. Functions from values to pages.
#pragma once

#include "http/page.hpp"
#include "people/people.hpp"

#include <map>
#include <string>
#include <vector>

namespace adal::people {

// What the forms of this room share with the invitation form of auth.
std::string role_key(Role role);   // "people.role.reviewer"
std::string state_key(State state); // "people.state.active"

http::Reply list_page(const http::Request& request, const std::vector<Person>& people, const Filter& filter);

struct PersonView {
    Person person{};
    std::vector<Event> events{};
    std::map<PersonId, std::string> names{}; // of those who acted
    Roles actor{};                           // roles of the person who looks
    LocalDate today{};
};
// With the problem of a refused form, if there was one; the form then keeps what was typed.
http::Reply person_page(const http::Request& request, const PersonView& view, const Problem* refused = nullptr);

} // namespace adal::people
