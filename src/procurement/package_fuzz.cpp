// A package cut while it streams by gives the rows that a parser of the whole finds, however the
// stream is cut.
#include "procurement/facts_source.hpp"
#include "procurement/json_index.hpp"
#include "procurement/package_split.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

namespace {

using namespace adal::procurement::columns;

std::vector<std::string> rows_of(std::string_view json, std::size_t step, bool& good)
{
    Block block;
    PackageSplit split{0};
    for (std::size_t at = 0; at < json.size(); at += step)
        split.feed(json.substr(at, step), block);
    split.finish(block);
    good = block.fault.empty();
    std::vector<std::string> rows;
    for (const auto& piece : block.pieces) {
        rows.emplace_back(block.buffer.data() + piece.begin, piece.length);
        if (piece.byte_begin + piece.length > json.size()) std::abort();
    }
    return rows;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0) return 0;
    const std::string_view json{reinterpret_cast<const char*>(data + 1), size - 1};
    bool whole_good = false, cut_good = false;
    const auto whole = rows_of(json, json.size() + 1, whole_good);
    const auto cut = rows_of(json, data[0] % 7 + std::size_t{1}, cut_good);
    if (whole != cut || whole_good != cut_good) std::abort();

    JsonIndex index;
    if (index.index(json) != JsonFault::none) return 0;
    if (!whole_good) std::abort(); // JSON as a whole: what is around its rows is JSON, too
    JsonIndex row;
    for (const auto& text : whole)
        if (row.index(text) != JsonFault::none) std::abort();
    if (!index.root().is_array()) return 0;
    std::vector<std::string> elements;
    index.root().each_element([&](Node element) {
        if (element.is_object() || element.is_array()) elements.emplace_back(element.json());
    });
    if (elements != whole) std::abort();
    return 0;
}
