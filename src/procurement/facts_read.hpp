// procurement/facts_read.hpp: files of OCDS into Facts, with several threads. The result depends on
// the bytes of the files only, never on the number of threads.
//
// Every row is accounted for: used, skipped (well formed, nothing to work on), refused (broken), or
// dropped for a later row of the same ocid. Kept notes name file, line, field and reason; the
// counts are of all.
#pragma once

#include "base/result.hpp"
#include "procurement/facts_merge.hpp"
#include "procurement/facts_source.hpp"
#include "procurement/ocds_reader.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace adal::procurement::columns {

inline constexpr ProblemCode facts_too_large{"procurement.facts_too_large", 422}; // params: file

struct FactsRead {
    Facts facts{};
    std::vector<RowNote> notes{}; // at most kMostNotes of each verdict
    RowCounts counts{};
    std::uint64_t duplicates = 0;
    std::uint64_t reused = 0; // rows taken from earlier facts instead of being read
    [[nodiscard]] std::uint64_t used() const { return facts.processes.size(); }
};

struct ReadOptions {
    Depth depth = Depth::full;
    unsigned threads = 0; // 0: as many as the machine has
    Progress progress{};
    bool hash_rows = true; // ProcessRow::content; needed to keep the facts
    // Rows whose bytes are unchanged are taken from here; same depth, else ignored.
    const Facts* earlier = nullptr;
};

// Problems: procurement.unreadable_file {file, reason}, procurement.facts_too_large {file}.
Result<FactsRead> read_facts(const std::vector<std::string>& files, const ReadOptions& options);

} // namespace adal::procurement::columns
