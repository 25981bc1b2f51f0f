// files/worker.hpp: the server's side of the decoding process.
#pragma once

#include "files/derive.hpp"

#include <string>

namespace adal::files {

// Runs `program photo-worker` (or a fork of this process if `program` is empty) with the file at `path` as
// its input. A worker that dies, hangs for 30 s or answers nonsense gives "undecodable". Throws
// std::runtime_error when no worker can be run at all.
Derivatives decode_in_worker(const std::string& program, const std::string& path);

} // namespace adal::files
