// procurement/goszakup/payload_reader.hpp: answers of the portal's web services (OWS v3) into records.
//
// A payload is GraphQL ({"data": {"TrdBuy": […], …}, "extensions": …}), REST ({"items": […], "next_page": …}) or one
// bare object of REST; a file is one payload, or one per line. A row is one object of a payload: *used*, *skipped*
// (nothing we use), *noted* (used, but something was strange) or *refused* (a sum that is no number, no id, broken
// JSON). Never throws on any bytes. Not thread-safe.
#pragma once

#include "procurement/goszakup/records.hpp"
#include "procurement/ocds_reader.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace adal::procurement::goszakup {

struct PayloadRead {
    Records records{};
    std::string sha256{}; // over the hashes of the files, hex
    std::int64_t payloads = 0, rows = 0, skipped = 0, refused = 0, noted = 0;
    std::vector<RowNote> notes{}; // at most kMostNotes of each verdict; field: JSON pointer in the payload

    void note(RowVerdict verdict, const Origin& origin, std::string_view field, std::string_view reason,
              std::string_view ocid = "");
};

// Appends what the file holds. `file` names it in notes.
void read_payloads(std::string bytes, std::string file, PayloadRead& read);

} // namespace adal::procurement::goszakup
