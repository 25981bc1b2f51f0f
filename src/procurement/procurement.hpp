// procurement/procurement.hpp: the face of the room: what was bought, from whom, and where signs of risk are.
//
// Import and screening: docs in README.md of this room. Other rooms ask here for a process and for flagged
// contracts that are physical works, which may become places under oversight. A flag is a sign of risk that
// says where to look, never a finding and never an accusation (invariant 9: a person decides).
// Thread-safe: functions of a Snapshot or Transaction belong to its thread.
#pragma once

#include "http/router.hpp"
#include "i18n/i18n.hpp"
#include "procurement/ocds_reader.hpp"
#include "procurement/screen.hpp"
#include "storage/storage.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::procurement {

// A process as the lists show it.
struct Summary {
    ProcessId id{};
    std::string ocid{}, title{}, description{};
    std::string buyer_id{}, buyer_name{};
    std::string supplier_id{}, supplier_name{};
    std::string locality{};
    std::string method{}, method_details{}, category{}, status{};
    std::string work_kind{}; // "" when it is not physical works; see works.hpp
    std::optional<CurrencyAmount> estimate{};
    std::optional<CurrencyAmount> contract_sum{};
    std::optional<Instant> signed_at{}, ends{}, warranty_until{};
    int failed = 0, applicable = 0; // flags; 0 of 0 before screening
};

// One sign of risk, ready for every language.
struct Reason {
    std::string code{};
    Answer answer{};
    [[nodiscard]] std::string in(i18n::Language language) const { return explain(language, code, answer); }
};

struct FlaggedWork {
    Summary process{};
    std::vector<Reason> why{};
};

std::optional<Summary> find_process(storage::Snapshot& snapshot, ProcessId id);
std::optional<ProcessId> find_process_by_ocid(storage::Snapshot& snapshot, std::string_view ocid);
std::vector<Reason> reasons_of(storage::Snapshot& snapshot, ProcessId id); // failed flags, by code

// Flagged physical works, best rank first, at most `most`. `kind` "" = every kind.
std::vector<FlaggedWork> flagged_works(storage::Snapshot& snapshot, int most, std::string_view kind = "");

// A place to go and look at, for a coordinator: flagged physical works with what says when to go.
struct Target {
    FlaggedWork work{};
    std::optional<Instant> accepted_at{}; // last act of acceptance in force
    std::string district{};               // read out by label_of(Facet::district)
};
struct TargetSearch {
    std::string kind{};     // of works, "" = every kind
    std::string district{}; // "" = all
    std::string after{};    // key of the page before
    int most = 20;
};
struct TargetPage {
    std::vector<Target> rows{}; // best rank first
    std::string next{};         // "" = that was all
    std::vector<std::pair<std::string, std::int64_t>> kinds{}, districts{}; // values and how many
};
TargetPage targets(storage::Snapshot& snapshot, const TargetSearch& search);
// When the flags of a process were computed last.
std::optional<Instant> screened_at(storage::Snapshot& snapshot, ProcessId id);

struct ImportReport {
    std::string file{};
    std::int64_t rows = 0, added = 0, changed = 0, unchanged = 0, skipped = 0, duplicates = 0;
    std::vector<RowNote> notes{};
};

// Nothing of a file that has a refused row is imported. params: file, line, field, reason (of the first
// refused row), refused (how many); the rows themselves are OcdsRead::notes.
inline constexpr ProblemCode import_refused{"procurement.import_refused", 422};
inline constexpr ProblemCode nothing_to_import{"procurement.nothing_to_import", 422}; // params: file

// All or nothing; the same content again changes nothing. Does not screen.
Result<ImportReport> import_ocds(storage::Transaction& tx, const OcdsRead& read, Instant now);

struct ScreenReport {
    std::int64_t processes = 0, flagged = 0;
    std::vector<FlagCount> flags{};
    std::string rule_version{}; // of the thresholds and of the flags
};
// Screens everything stored (percentiles are of the whole set) and replaces the stored answers.
ScreenReport screen_all(storage::Transaction& tx, Instant now);

struct Totals {
    std::int64_t processes = 0, flagged = 0, works = 0, flagged_works = 0;
};
Totals totals(storage::Snapshot& snapshot);

// Pages: /procurement, /procurement/{id}, buyers, suppliers; open data below /api/v1/procurement. The routes of imports
// are pages.hpp's add_import_routes(), because they need the desk of import_job.hpp.
void add_routes(http::Router& router);

} // namespace adal::procurement
