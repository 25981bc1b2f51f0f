// app/demo_city.hpp: fills an empty house with the demonstration city: imports, people, and cases in every
// stage from a fresh task to a fix checked on the spot.
#pragma once

#include "app/main_job.hpp"

namespace adal::app {

// The files that travel inside the program (data/demo).
Sources demo_sources();

// One whole case through every stage; what `adal demo --once` shows.
Result<Done> run_once(House& house, const Sources& sources, Instant now, const Tell& tell);

// The city to look around in. Its past began seven weeks before `now`.
Result<Cast> fill_city(House& house, const Sources& sources, Instant now, const Tell& tell);

// Made-up handles: one waits for a review, one is disputed, two are ready to be referred.
Result<Done> report_demo_links(House& house, const Cast& cast, Instant now);

} // namespace adal::app
