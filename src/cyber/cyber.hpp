// cyber/cyber.hpp: the face of the room of illegal resources: who they are, whether they are on a list, and why a
// person should look at them first.
#pragma once

#include "cyber/canon_line.hpp"
#include "cyber/link.hpp"
#include "cyber/suffix_list.hpp"
#include "cyber/url.hpp"
