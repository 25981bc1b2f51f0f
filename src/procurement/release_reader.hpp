// procurement/release_reader.hpp: one JSON value of a stranger into one process. Used by ocds_reader only.
//
// Here exceptions end a row (Refused, simdjson_error): the reader catches both and makes a note.
#pragma once

#include "procurement/ocds_reader.hpp"

#include <simdjson.h>
#include <string>
#include <string_view>
#include <vector>

namespace adal::procurement {

// The row cannot be used without guessing.
struct Refused {
    std::string field{};
    std::string reason{};
};

// What one JSON object turned out to be.
struct RowContent {
    Process process{};
    bool has_ocid = false;
    bool has_facts = false; // tender, awards or contracts
    // Slices of the same buffer.
    std::string_view compiled{};             // record: compiledRelease
    std::vector<std::string_view> releases{}; // record or release package
    std::vector<std::string_view> records{};  // record package
    bool is_package = false;
    bool is_link = false; // a release that only says where it is
    std::vector<RowNote> notes{}; // field and reason only
};

// Throws Refused or simdjson::simdjson_error.
RowContent read_row(simdjson::ondemand::document& document);

// The text of an object as it stands in the buffer.
std::string_view raw_object(simdjson::ondemand::value value);

} // namespace adal::procurement
