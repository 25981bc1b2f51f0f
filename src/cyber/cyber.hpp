// cyber/cyber.hpp: the face of the room of illegal resources: who they are, whether they are on a list, and why a
// person should look at them first.
#pragma once

#include "cyber/canon_line.hpp"
#include "cyber/guard.hpp"
#include "cyber/link.hpp"
#include "cyber/list_entry.hpp"
#include "cyber/live_index.hpp"
#include "cyber/match_index.hpp"
#include "cyber/suffix_list.hpp"
#include "cyber/text_model.hpp"
#include "cyber/triage.hpp"
#include "cyber/url.hpp"
