// probe/probe.hpp: the face of the room that looks at an address from where it runs and says what stood in the way: name,
// connection, TLS or page; and writes that down as a signed report that a server, or anybody, can judge again.
#pragma once

#include "probe/address.hpp"
#include "probe/block_page.hpp"
#include "probe/measure.hpp"
#include "probe/measurement.hpp"
#include "probe/report.hpp"
#include "probe/verdict.hpp"
#include "probe/web.hpp"
