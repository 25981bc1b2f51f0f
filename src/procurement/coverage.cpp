#include "procurement/coverage.hpp"

#include "base/json.hpp"
#include "procurement/block_threads.hpp"
#include "procurement/path_count.hpp"

namespace adal::procurement::columns {

namespace {

// One thread's counts, and what it refused in each block.
class Counter {
public:
    PathCount counts{};
    std::uint64_t rows = 0, refused = 0;

    void text(std::string_view json, const RowPlace& place, bool is_document,
              std::vector<RowNote>& notes)
    {
        const auto fault = m_index.index(json);
        if (fault != JsonFault::none) {
            ++rows;
            return refuse(place.source, place.line, columns::text(fault), notes);
        }
        if (!is_document || !rows_of(m_index.root())) line(m_index.root());
    }
    void refuse(std::uint32_t source, std::uint64_t at, std::string_view reason,
                std::vector<RowNote>& notes)
    {
        ++refused;
        notes.push_back({RowVerdict::refused, source, at, "", "", std::string{reason}});
    }

private:
    // Each row of a package as a line; false when the document is none.
    bool rows_of(Node root)
    {
        const auto all = [&](Node list) { list.each_element([&](Node row) { line(row); }); };
        if (root.is_array()) return all(root), true;
        if (!root.is_object()) return false;
        Node rows_at = root;
        bool is_record = false, found = false;
        root.each_member([&](std::string_view key, Node value) {
            is_record = is_record || key == "ocid";
            if ((key != "releases" && key != "records") || !value.is_array()) return;
            rows_at = value;
            found = true;
        });
        if (is_record || !found) return false;
        return all(rows_at), true;
    }

    void line(Node root)
    {
        ++rows;
        if (counts.add(root)) return;
        m_reduced = without_repeated_keys(root);
        if (m_reduced_index.index(m_reduced) == JsonFault::none) counts.add(m_reduced_index.root());
    }

    JsonIndex m_index{}, m_reduced_index{};
    std::string m_reduced{};
};

// Notes of blocks, to be numbered when all lines before are known.
struct BlockNotes {
    std::uint64_t lines = 0;
    std::vector<RowNote> notes{};
};

class CoverageRun {
public:
    explicit CoverageRun(const CoverageOptions& options)
        : m_options(options), m_counters(threads_for(options.threads))
    {
    }

    Result<Done> read(const std::string& path)
    {
        const auto number = static_cast<std::uint32_t>(m_result.files.size());
        SourceRow row;
        auto source = open_source(path, row);
        if (!source) return pass(source);
        m_result.files.push_back(path);
        std::mutex mutex;
        std::map<std::uint64_t, BlockNotes> blocks;
        const auto threads = static_cast<unsigned>(m_counters.size());
        const auto read = each_block(**source, path, threads, m_options.progress,
                                     [&](unsigned thread, const Block& block) {
                                         auto found = count(m_counters[thread], block, number);
                                         const std::lock_guard lock{mutex};
                                         blocks.emplace(block.number, std::move(found));
                                     });
        if (!read) return read;
        keep_notes(std::move(blocks));
        return done();
    }

    Coverage finish()
    {
        for (const auto& counter : m_counters) {
            counter.counts.collect(m_result.paths);
            m_result.rows += counter.rows;
            m_result.refused += counter.refused;
        }
        return std::move(m_result);
    }

private:
    static BlockNotes count(Counter& counter, const Block& block, std::uint32_t source)
    {
        BlockNotes found;
        found.lines = each_text(block, source, [&](std::string_view json, const RowPlace& place) {
            counter.text(json, place, block.is_pieces && place.element == kNoElement, found.notes);
        });
        if (!block.fault.empty()) {
            ++counter.rows;
            counter.refuse(source, block.is_pieces ? block.fault_line : found.lines, block.fault,
                           found.notes);
        }
        return found;
    }

    void keep_notes(std::map<std::uint64_t, BlockNotes>&& blocks)
    {
        std::uint64_t lines = 0;
        for (auto& [number, block] : blocks) {
            for (auto& note : block.notes) {
                note.line += lines;
                if (m_result.notes.size() < kMostNotes) m_result.notes.push_back(std::move(note));
            }
            lines += block.lines;
        }
    }

    const CoverageOptions& m_options;
    std::vector<Counter> m_counters;
    Coverage m_result{};
};

} // namespace

Result<Coverage> coverage(const std::vector<std::string>& files, const CoverageOptions& options)
{
    CoverageRun run{options};
    for (const auto& file : files)
        if (const auto read = run.read(file); !read) return pass(read);
    return run.finish();
}

std::string to_json(const Coverage& coverage)
{
    std::string out = "{";
    for (const auto& [path, count] : coverage.paths) {
        if (out.size() > 1) out += ',';
        out += to_text(json::value(path));
        out += ':';
        out += std::to_string(count);
    }
    return out + "}\n";
}

} // namespace adal::procurement::columns
