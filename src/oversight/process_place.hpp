// oversight/process_place.hpp: a contract of physical works becomes a place under oversight. Pure.
#pragma once

#include "oversight/control.hpp"
#include "oversight/place.hpp"
#include "procurement/procurement.hpp"

namespace adal::oversight {

// Kind by the sort of works, dates and parties of the contract, source "ocds". The sum only when it is in
// tenge; where it is, is not known yet: no geometry, the locality as address.
Place place_from(const procurement::Summary& process);
// Whose acts are assessed: the buyer, with its BIN when the party's id holds a right one.
ControlledObject object_from(const procurement::Summary& process);
// Why we go there: the best of the failed flags, as it stood on that day.
Ground ground_from(const procurement::Summary& process, const std::vector<procurement::Reason>& reasons, i18n::Language language);
// The same ground for a reader of another language, as long as the flag still says what it said on that day;
// otherwise the words as they were written down.
Ground ground_in(Ground ground, const std::vector<procurement::Reason>& reasons, i18n::Language reader);

} // namespace adal::oversight
