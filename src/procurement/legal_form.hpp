// procurement/legal_form.hpp: what kind of body a buyer is, so that it is compared with its like.
//
// From the legal form that the source gives, else from the name, which in Kazakhstan begins (in Russian) or ends (in
// Kazakh) with it: «КГУ "Аппарат акима …"», «… КММ». The kinds are data: data/procurement/legal-forms.json. Pure,
// thread-safe.
#pragma once

#include "procurement/process.hpp"

#include <string>

namespace adal::procurement {

// "state_institution", "state_enterprise", "company"; empty when neither form nor name says.
std::string legal_form_of(const Process& process, const PartyRef& party);
std::string legal_form_named(const std::string& form, const std::string& name);

} // namespace adal::procurement
