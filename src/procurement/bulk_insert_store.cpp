#include "procurement/bulk_insert_store.hpp"

namespace adal::procurement {

namespace {

constexpr std::size_t kMostParameters = 2000; // far below both engines' limits, few enough to plan fast

} // namespace

BulkInsert::BulkInsert(storage::Transaction& tx, std::string_view head, std::size_t columns,
                       std::string_view tail)
    : m_tx(tx), m_head(head), m_tail(tail), m_columns(columns),
      m_most_rows(kMostParameters / columns)
{
    m_full = statement(m_most_rows);
}

void BulkInsert::push(const storage::Value& value)
{
    if (const auto* text = std::get_if<std::string_view>(&value))
        m_values.emplace_back(std::string_view{m_texts.emplace_back(*text)});
    else
        m_values.push_back(value);
}

void BulkInsert::end_row()
{
    ADAL_CHECK(m_values.size() % m_columns == 0);
    if (m_values.size() < m_most_rows * m_columns) return;
    m_tx.exec_values(m_full, m_values);
    m_values.clear();
    m_texts.clear();
}

void BulkInsert::finish()
{
    if (m_values.empty()) return;
    m_tx.exec_values(statement(m_values.size() / m_columns), m_values);
    m_values.clear();
    m_texts.clear();
}

std::string BulkInsert::statement(std::size_t rows) const
{
    std::string sql = m_head;
    std::size_t parameter = 1;
    for (std::size_t row = 0; row < rows; ++row) {
        sql += row == 0 ? " (" : ",(";
        for (std::size_t column = 0; column < m_columns; ++column) {
            if (column > 0) sql += ',';
            sql += '?' + std::to_string(parameter++);
        }
        sql += ')';
    }
    return sql + " " + m_tail;
}

} // namespace adal::procurement
