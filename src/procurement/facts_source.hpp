// procurement/facts_source.hpp: files and standard input as blocks that several threads take in
// turn.
//
// A plain file of JSON lines is read in blocks by whoever takes them, each thread into its own
// buffer, split at newlines (no memory map: a file that shrinks under us must not kill the
// process). A stream (standard input, gzip) and a document of several lines (a package) are cut
// into blocks under a lock. Blocks are numbered in the order of the source. A byte order mark, CRLF
// and blank lines are no content.
#pragma once

#include "base/result.hpp"
#include "procurement/facts.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace adal::procurement::columns {

inline constexpr std::size_t kBlock = 1 << 20;
inline constexpr std::size_t kLongestLine = std::size_t{1} << 30;
// A document up to this size is one text; a longer one is a package and is cut into its rows.
inline constexpr std::size_t kWholeDocument = std::size_t{16} << 20;

// Called now and then with stored bytes done and total (0: not known), by one thread at a time.
using Progress = std::function<void(std::uint64_t done, std::uint64_t total)>;

// A text in the block: a row, or a whole document.
struct Piece {
    std::size_t begin = 0, length = 0;
    std::uint64_t byte_begin = 0; // in the source
    std::uint32_t line = 0;
    std::uint32_t element = kNoElement;
};

struct Block {
    std::uint64_t number = 0;
    std::uint64_t byte_begin = 0;   // of bytes[0] in the (uncompressed) source
    std::vector<char> buffer{};     // kept between blocks by the thread that owns the Block
    std::size_t begin = 0, end = 0; // of the content in the buffer: whole lines
    bool is_pieces = false;
    std::vector<Piece> pieces{};  // instead of lines
    std::string_view fault{};     // the source breaks off here: reason
    std::uint32_t fault_line = 0; // in pieces: absolute; in lines: after the last line
    [[nodiscard]] std::string_view bytes() const { return {buffer.data() + begin, end - begin}; }
};

// The source could not be read on: shown to the user.
struct SourceFailed {
    std::string reason{};
};

class Source {
public:
    virtual ~Source() = default;
    // The next block, or false at the end. Thread-safe. Throws SourceFailed.
    virtual bool next(Block& block) = 0;
    // Of the stored bytes; total 0 when it is not known.
    [[nodiscard]] std::uint64_t done() const { return m_done.load(std::memory_order_relaxed); }
    [[nodiscard]] std::uint64_t total() const { return m_total; }

protected:
    std::atomic<std::uint64_t> m_done{0};
    std::uint64_t m_total = 0;
};

// "-" is standard input. Problem: procurement.unreadable_file {file, reason}.
Result<std::unique_ptr<Source>> open_source(const std::string& path, SourceRow& row);
// What the file system says; size 0 and modified 0 for "-".
Result<SourceRow> stat_source(const std::string& path);

} // namespace adal::procurement::columns
