// procurement/ocds_reader.hpp: the bytes of strangers into facts.
//
// Accepts OCDS 1.1 as JSON lines of releases, compiled releases, records or packages, and as one document:
// a release, a release package, a record, a record package (standard.open-contracting.org/1.1). A UTF-8 byte
// order mark, CRLF and empty lines are fine; a number written as text is read and noted.
// A row is *used*, *skipped* (well formed, but nothing to work on: says why) or *refused* (broken: says the
// line, the field and the reason). The same OCID again: the later row wins and is counted and named.
// Reads with simdjson on demand; never throws on any bytes. Thread-safe.
#pragma once

#include "procurement/process.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace adal::procurement {

enum class RowVerdict { skipped, refused, duplicate, noted };
std::string_view text(RowVerdict verdict);

struct RowNote {
    RowVerdict verdict = RowVerdict::noted;
    std::string file{};
    std::int64_t line = 0;  // from 1; 1 for every row of a single document
    std::string ocid{};     // when it could be read
    std::string field{};    // JSON pointer, "" for the whole row
    std::string reason{};   // key below `reason.`
};

struct OcdsRead {
    std::string file{};
    std::string sha256{}; // of all bytes, hex
    std::vector<Process> processes{}; // used ones, in the order of their last appearance
    std::int64_t rows = 0, skipped = 0, refused = 0, duplicates = 0, noted = 0;
    std::vector<RowNote> notes{}; // at most kMostNotes of each verdict
    [[nodiscard]] std::int64_t used() const { return static_cast<std::int64_t>(processes.size()); }
};
inline constexpr std::size_t kMostNotes = 1000;

// `file` only names the source in notes.
OcdsRead read_ocds(std::string bytes, std::string file);
// Reads the file, or standard input for "-". Problem: procurement.unreadable_file {file, reason}.
inline constexpr ProblemCode unreadable_file{"procurement.unreadable_file", 422};
Result<OcdsRead> read_ocds_file(const std::string& path);

} // namespace adal::procurement
