#include "procurement/package_split.hpp"

#include "procurement/facts_source.hpp"
#include "procurement/json_index.hpp"

namespace adal::procurement::columns {

// Only objects and arrays are rows; a number or text in the list stays in what is around, where the
// check of the whole sees it.
void PackageSplit::begin_row(Block&)
{
    m_row.clear();
    m_row_offset = m_offset;
    m_row_line = m_line;
    m_row_depth = m_depth; // of the list; the row ends when we are back there
    m_around += '0';
}

void PackageSplit::end_row(Block& block)
{
    block.pieces.push_back(
        {block.buffer.size(), m_row.size(), m_row_offset, m_row_line, m_element++});
    block.buffer.insert(block.buffer.end(), m_row.begin(), m_row.end());
    m_row_depth = 0;
}

// A character that is in no row and in no text.
void PackageSplit::outside(char c, Block& block)
{
    if (c == '{' || c == '[') {
        if (m_list_depth != 0 && m_depth == m_list_depth) return begin_row(block);
        const bool is_list =
            c == '[' && !m_has_rows && !m_is_record &&
            (m_depth == 0 || (m_depth == 1 && (m_key == "releases" || m_key == "records")));
        ++m_depth;
        if (is_list) {
            m_list_depth = m_depth;
            m_has_rows = true;
        }
    } else if (c == '}' || c == ']') {
        if (m_depth == m_list_depth) m_list_depth = 0;
        --m_depth;
    }
    m_around += c;
}

void PackageSplit::feed(std::string_view bytes, Block& block)
{
    for (const char c : bytes) {
        if (c == '\n') ++m_line;
        const bool was_in_row = in_row();
        if (m_in_text) {
            if (m_key_open && (c != '"' || m_escaped)) m_key += c;
            if (m_escaped)
                m_escaped = false;
            else if (c == '\\')
                m_escaped = true;
            else if (c == '"') {
                m_in_text = m_key_open = false;
                if (!was_in_row && m_depth == 1 && m_key == "ocid") m_is_record = true;
            }
            (was_in_row ? m_row : m_around) += c;
        } else if (c == '"') {
            m_in_text = true;
            if (!was_in_row && m_depth == 1) {
                m_key.clear();
                m_key_open = true;
            }
            (was_in_row ? m_row : m_around) += c;
        } else if (was_in_row) {
            m_row += c;
            if (c == '{' || c == '[')
                ++m_depth;
            else if (c == '}' || c == ']') {
                --m_depth;
                if (m_depth == m_row_depth) end_row(block);
            }
        } else {
            outside(c, block);
            if (in_row()) {
                m_row += c;
                ++m_depth;
            }
        }
        ++m_offset;
        if (m_row.size() > kLongestLine || m_around.size() > kLongestLine)
            throw SourceFailed{"a row of more than 1 GB"};
    }
}

void PackageSplit::finish(Block& block)
{
    block.fault_line = m_line;
    if (in_row()) {
        block.fault = "incomplete";
        return;
    }
    if (!m_has_rows) {
        block.pieces.push_back({block.buffer.size(), m_around.size(), 0, 1, kNoElement});
        block.buffer.insert(block.buffer.end(), m_around.begin(), m_around.end());
        return;
    }
    JsonIndex index;
    block.fault = text(index.index(m_around));
}

} // namespace adal::procurement::columns
