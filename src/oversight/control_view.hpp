// oversight/control_view.hpp: pages of controls: list, one control, the form that plans one.
#pragma once

#include "http/page.hpp"
#include "oversight/control.hpp"
#include "oversight/event.hpp"
#include "oversight/finding.hpp"
#include "oversight/place.hpp"
#include "people/people.hpp"

#include <map>
#include <string>
#include <vector>

namespace adal::oversight {

struct ControlListPage {
    std::vector<Control> controls{};
    std::string search{}, next{};
};
http::Page control_list(const http::Request& request, const ControlListPage& view);

struct ControlPage {
    Control control{};
    std::vector<Place> places{};
    std::vector<Assignment> assignments{};
    std::vector<Finding> findings{};
    std::vector<Event> events{};
    std::map<PersonId, std::string> names{};  // office only
    std::vector<people::Person> assignable{}; // office only, while it is open
    bool for_office = false;
};
http::Page control_page(const http::Request& request, const ControlPage& view);

struct NewControlPage {
    Place place{};
    ControlledObject object{};
    Ground ground{};
    std::string checklist{};
    std::vector<people::Person> people{};
    std::string process{}; // id of the process the place comes from; empty when the place exists
    std::string tasks{};   // filled in, one a line
};
http::Page control_form(const http::Request& request, const NewControlPage& view);

} // namespace adal::oversight
