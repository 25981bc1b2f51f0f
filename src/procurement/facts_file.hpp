// procurement/facts_file.hpp: Facts kept in a file, so that other thresholds and a second import
// need not read the source again. Format: docs/formats/facts.md.
//
// A cache, not an archive: it holds what the source holds (names, hashes of contacts), is written
// for one version of the program on little-endian machines, and is thrown away when it does not
// fit. What is loaded is checked (checksums, every span and symbol inside its table), so that a
// damaged file is refused, never followed.
#pragma once

#include "procurement/facts_read.hpp"

#include <string>
#include <vector>

namespace adal::procurement::columns {

inline constexpr std::uint32_t kFactsVersion = 2; // append-only: raised whenever a row changes

// params: file, reason
inline constexpr ProblemCode bad_facts{"procurement.bad_facts", 422};

// Replaces the file in one step.
Result<Done> save_facts(const FactsRead& read, const std::string& path);
Result<FactsRead> load_facts(const std::string& path);
// The same from bytes, for tests and fuzzing; `path` names them in problems.
Result<FactsRead> facts_from(std::string_view bytes, const std::string& path);
std::string facts_to_bytes(const FactsRead& read);

struct KeptFacts {
    FactsRead read{};
    bool from_file = false; // nothing was read from the source
};
// Facts of `files`: taken from `path` when the files are those it was made of and have neither
// changed in size nor in time; else read, with unchanged rows taken from it, and kept there.
// Without files: the file as it is.
Result<KeptFacts> kept_facts(const std::vector<std::string>& files, const std::string& path,
                             ReadOptions options);

} // namespace adal::procurement::columns
