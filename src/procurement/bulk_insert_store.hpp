// procurement/bulk_insert_store.hpp: many rows in few statements; a statement for each row would cost 100 µs
// of round trip on PostgreSQL.
#pragma once

#include "storage/storage.hpp"

#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace adal::procurement {

class BulkInsert
{
public:
    // `head`: "insert into t (a, b) values", `tail`: "" or "on conflict …"; `columns` values per row.
    BulkInsert(storage::Transaction& tx, std::string_view head, std::size_t columns,
               std::string_view tail = "");
    BulkInsert(const BulkInsert&) = delete;
    BulkInsert& operator=(const BulkInsert&) = delete;

    // Exactly `columns` values; texts are copied.
    template <typename... V> void row(const V&... values)
    {
        static_assert(sizeof...(V) > 0);
        (push(storage::to_value(values)), ...);
        end_row();
    }
    void finish(); // the rows still waiting

private:
    void push(const storage::Value& value);
    void end_row();
    [[nodiscard]] std::string statement(std::size_t rows) const;

    storage::Transaction& m_tx;
    std::string m_head, m_tail, m_full;
    std::size_t m_columns, m_most_rows;
    std::vector<storage::Value> m_values;
    std::deque<std::string> m_texts; // what the values point to
};

} // namespace adal::procurement
