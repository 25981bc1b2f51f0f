// capture/fetch.hpp: HTTP over the connection that is file 3, by libcurl. For the worker process only.
#pragma once

#include "capture/hop.hpp"

namespace adal::capture {

inline constexpr int kSocket = 3;

// Everything that reads files or makes threads; before the sandbox closes.
void prepare_fetching();
// Only what was received is in the hop; never throws for what the server does.
Hop fetch_on_socket(const Errand& errand);

} // namespace adal::capture
