// procurement/procurement_store.hpp: the rows of the room. Lists are paged by keyset; nothing here judges.
#pragma once

#include "procurement/procurement.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace adal::procurement {

struct StoredKey {
    ProcessId id{};
    std::string content_hash{};
};

struct ListPage {
    std::vector<Summary> rows{};
    std::string next{}; // "" = that was all
};

class ProcurementStore
{
public:
    explicit ProcurementStore(storage::Snapshot& snapshot) : m_snapshot(snapshot) {}

    std::optional<Summary> find(ProcessId id);
    std::optional<ProcessId> find_by_ocid(std::string_view ocid);
    std::optional<Process> find_facts(ProcessId id);
    std::optional<Instant> screened_at(ProcessId id);
    std::optional<Instant> imported_at(ProcessId id);
    std::vector<FlagAnswer> answers_of(ProcessId id); // by code
    std::vector<Summary> flagged_works(int most, std::string_view kind);
    Totals totals();
    std::unordered_map<std::string, StoredKey> keys(); // by OCID
    // Every process with its id, by OCID.
    std::vector<std::pair<ProcessId, Process>> all_facts();

private:
    storage::Snapshot& m_snapshot;
};

class ProcurementWriter
{
public:
    explicit ProcurementWriter(storage::Transaction& tx) : m_tx(tx) {}

    struct Row {
        ProcessId id{};
        const Process* process = nullptr;
        bool is_new = false;
        std::string work_kind{};
    };
    void save(const std::vector<Row>& rows, Instant now);
    void save_import(const ImportReport& report, const std::string& sha256, Instant now);
    // `ids[i]` is the process of `screened[i]`; answers of before are replaced.
    void save_answers(const std::vector<ProcessId>& ids, const std::vector<Screened>& screened,
                      const std::string& rule_version, Instant now);

private:
    void save_processes(const std::vector<Row>& rows, Instant now);
    void save_parties(const std::vector<Row>& rows);
    storage::Transaction& m_tx;
};

} // namespace adal::procurement
