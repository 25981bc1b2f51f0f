// procurement/goszakup/goszakup.hpp: files of the portal of public procurement of Kazakhstan into processes.
//
// payloads ─read_payloads─▶ records ─merge_same─▶ ─join─▶ purchases ─release_of─▶ OCDS 1.1 ─read_ocds─▶ processes
//
// The OCDS lines are both what is imported and what is exported: whoever reads the export with `adal screen`, or with
// another program, sees what we see. Identifiers of persons are marks by the key of the installation; the export
// holds no IIN and no name of a person. Thread-safe: no state.
#pragma once

#include "procurement/goszakup/payload_reader.hpp"
#include "procurement/goszakup/person_key.hpp"
#include "procurement/ocds_reader.hpp"
#include "procurement/rnu.hpp"

#include <string>
#include <vector>

namespace adal::procurement::goszakup {

struct Source {
    std::string bytes{}, file{};
};

struct Mapped {
    std::string lines{};  // JSON lines, one compiled release each, by OCID
    OcdsRead read{};      // the same, read back; rows and notes are those of the payloads
    std::vector<RegisterEntry> register_entries{}; // of unscrupulous suppliers (Rnu), persons as marks
};

// `ocid_prefix` "" is that of the code lists. A refused row leaves `read.refused` above 0; import_ocds then keeps
// nothing.
Mapped map_payloads(std::vector<Source> sources, const PersonKey& key, std::string_view ocid_prefix = "");

// Reads the files (a folder: all *.json and *.jsonl in it but the state of a fetch, by name). Problem: procurement.unreadable_file.
Result<std::vector<Source>> read_sources(const std::vector<std::string>& paths);

// A purchase that is stored with facts (lots, bids, contracts …) of which these payloads bring nothing: importing it
// would forget them. Names the process and the part; the caller refuses. Pure.
struct Loss {
    std::string ocid{}, part{};
};
std::optional<Loss> lost_facts(const Process& stored, const Process& brought);

} // namespace adal::procurement::goszakup
