// procurement/package_split.hpp: cuts a long package, as it streams by, into the JSON texts of its
// rows, without holding it. What is left around the rows must be JSON too.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace adal::procurement::columns {

struct Block;

class PackageSplit {
public:
    explicit PackageSplit(std::uint64_t byte_begin) : m_offset(byte_begin) {}

    // Takes the next bytes; rows that are whole go to the block.
    void feed(std::string_view bytes, Block& block);
    // The end: a fault of the block when the package was not whole. A document without a list of
    // rows is one row itself.
    void finish(Block& block);
    [[nodiscard]] std::uint32_t line() const { return m_line; }

private:
    void outside(char c, Block& block);
    void begin_row(Block& block);
    void end_row(Block& block);
    [[nodiscard]] bool in_row() const { return m_row_depth != 0; }

    std::uint64_t m_offset; // of the next byte in the source
    std::uint32_t m_line = 1;
    int m_depth = 0;
    int m_list_depth = 0; // depth inside the list of rows; 0: not there
    int m_row_depth = 0;  // depth inside the row; 0: none
    bool m_in_text = false, m_escaped = false;
    bool m_has_rows = false, m_is_record = false;
    std::string m_key{}; // the last text at depth 1
    bool m_key_open = false;
    std::string m_around{}; // everything but the rows
    std::string m_row{};    // a row that began in an earlier feed
    std::uint64_t m_row_offset = 0;
    std::uint32_t m_row_line = 0;
    std::uint32_t m_element = 0;
};

} // namespace adal::procurement::columns
