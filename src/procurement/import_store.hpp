// procurement/import_store.hpp: imports that run in the background: where each one stands and which rows it refused.
#pragma once

#include "base/json.hpp"
#include "procurement/procurement.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::procurement {

using ImportId = Id<struct ImportTag>;

// waiting → reading → saving → screening → done; refused: the file has rows that cannot be read, nothing was kept;
// failed: something unexpected, nothing of the last step was kept.
enum class ImportState { waiting, reading, saving, screening, done, refused, failed };
std::string_view name(ImportState state);
bool is_over(ImportState state);

inline constexpr ProblemCode import_interrupted{"procurement.import_interrupted", 409};
inline constexpr ProblemCode import_failed{"procurement.import_failed", 500};

struct ImportJob {
    ImportId id{};
    std::string file{};
    std::int64_t bytes = 0;
    ImportState state = ImportState::waiting;
    std::int64_t done = 0, total = 0; // rows or processes of the step at hand
    std::int64_t attempts = 0;
    json::object report{};            // rows, added, changed, unchanged, skipped, duplicates, processes, flagged
    std::optional<Problem> problem{};
    PersonId made_by{};
    Instant made_at{}, changed_at{};
};

struct RefusedRows {
    std::vector<RowNote> rows{};
    std::int64_t next = 0; // position to go on from, 0 = that was all
};

class ImportStore
{
public:
    explicit ImportStore(storage::Snapshot& snapshot) : m_snapshot(snapshot) {}
    std::optional<ImportJob> find(ImportId id);
    std::vector<ImportJob> latest(int most);
    // Those that are not over, the oldest first.
    std::vector<ImportJob> open();
    // Refused rows first, then what was skipped, noted or came twice.
    RefusedRows rows(ImportId id, std::int64_t from, int most);

private:
    storage::Snapshot& m_snapshot;
};

class ImportWriter
{
public:
    explicit ImportWriter(storage::Transaction& tx) : m_tx(tx) {}
    void add(const ImportJob& job);
    void save(const ImportJob& job, Instant now);
    void save_rows(ImportId id, const std::vector<RowNote>& rows);

private:
    storage::Transaction& m_tx;
};

} // namespace adal::procurement
