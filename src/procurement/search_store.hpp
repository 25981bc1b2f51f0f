// procurement/search_store.hpp: the search over everything stored, and who the parties are (procurement_parties).
//
// The narrow rows (process_facets) are kept in memory by the state of the table (procurement_search_state): read again when
// an import or a screening has changed them, shared by all threads and databases of the process. Lists are paged by keyset.
#pragma once

#include "procurement/export.hpp"
#include "procurement/party.hpp"
#include "procurement/procurement_store.hpp"
#include "procurement/search.hpp"
#include "procurement/search_columns.hpp"

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace adal::procurement {

class SearchStore
{
public:
    explicit SearchStore(storage::Snapshot& snapshot) : m_snapshot(snapshot) {}

    ListPage page(const Search& search);
    // Totals and values of every facet; of buyers and suppliers the most frequent.
    Found counts(const Search& search);
    // Ids of the page after `search.after`, for exports; `next` as in page().
    SearchColumns::Page ids(const Search& search);
    // Calls give(row) for the rows of the page; returns the key of the next page, "" when that was all.
    std::string each_export(const Search& search, const std::function<void(const ExportRow&)>& give);
    std::int64_t total(const Search& search);

private:
    const SearchColumns& columns();

    storage::Snapshot& m_snapshot;
    std::shared_ptr<const SearchColumns> m_columns{};
};

class SearchWriter
{
public:
    explicit SearchWriter(storage::Transaction& tx) : m_tx(tx) {}

    struct Row {
        ProcessId id{};
        const Process* process = nullptr;
        std::string work_kind{};
        std::string flags{" "}; // failed ones, ' R018 R024 '
    };
    // Parties and the narrow row of each process; what was there before is replaced.
    void save(std::span<const Row> rows, Instant now);
    // Takes the order and the number of failed flags from the processes.
    void copy_ranks();
    // How often each party buys, sells and bids.
    void count_parties();

private:
    void change_state(); // everybody reads the rows again

    storage::Transaction& m_tx;
};

} // namespace adal::procurement
