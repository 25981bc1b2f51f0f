#include "procurement/facts_read.hpp"

#include "procurement/block_threads.hpp"
#include "procurement/facts_reuse.hpp"

#include <map>
#include <mutex>
#include <optional>

namespace adal::procurement::columns {

namespace {

// What one thread needs; lives for all files.
struct Worker {
    SymbolTable symbols{};
    Extractor extractor;
    std::optional<RowCopier> copier{};
    std::uint32_t texts_sent = kEmpty + 1;

    Worker(const ReadOptions& options, const EarlierRows* earlier)
        : extractor(options.depth, symbols, options.hash_rows)
    {
        if (earlier) copier.emplace(*earlier, symbols);
    }
    Worker(const Worker&) = delete;

    FactsPart read_block(const Block& block, std::uint32_t source)
    {
        FactsPart part;
        part.lines = each_text(block, source, [&](std::string_view json, const RowPlace& place) {
            if (!copier || !copier->copy(json, place, part)) extractor.read(json, place, part);
        });
        const auto line = block.is_pieces ? block.fault_line : part.lines;
        // A source that breaks off in a row says it once.
        const bool is_told = !part.notes.empty() &&
                             part.notes.back().verdict == RowVerdict::refused &&
                             part.notes.back().line == line;
        if (!block.fault.empty() && !is_told) {
            ++part.counts.rows;
            ++part.counts.refused;
            part.notes.push_back(
                {RowVerdict::refused, source, line, "", "", std::string{block.fault}});
        }
        return part;
    }

    NewTexts new_texts()
    {
        auto texts = NewTexts::since(symbols, texts_sent);
        texts_sent = symbols.size();
        return texts;
    }
};

// Parts come in any order and are merged in the order of the source, by whichever thread finds the
// next one.
class Ordered {
public:
    explicit Ordered(Merger& merger) : m_merger(merger) {}

    void put(std::uint64_t number, unsigned thread, FactsPart&& part, NewTexts&& texts)
    {
        std::unique_lock lock{m_mutex};
        m_waiting.emplace(number, Arrived{thread, std::move(part), std::move(texts)});
        if (m_merging) return;
        m_merging = true;
        while (!m_waiting.empty() && m_waiting.begin()->first == m_next) {
            auto arrived = std::move(m_waiting.begin()->second);
            m_waiting.erase(m_waiting.begin());
            ++m_next;
            lock.unlock();
            m_merger.add(arrived.thread, std::move(arrived.part), arrived.texts);
            arrived = {};
            lock.lock();
        }
        m_merging = false;
    }

private:
    struct Arrived {
        unsigned thread = 0;
        FactsPart part{};
        NewTexts texts{};
    };
    Merger& m_merger;
    std::mutex m_mutex{};
    std::map<std::uint64_t, Arrived> m_waiting{};
    std::uint64_t m_next = 0;
    bool m_merging = false;
};

class Reading {
public:
    Reading(const ReadOptions& options, unsigned threads, const EarlierRows* earlier)
        : m_options(options), m_merger(options.depth, threads, kMostNotes)
    {
        for (unsigned i = 0; i < threads; ++i)
            m_workers.push_back(std::make_unique<Worker>(options, earlier));
    }

    Result<Done> read(const std::string& path)
    {
        const auto number = static_cast<std::uint32_t>(m_merger.facts.sources.size());
        SourceRow row;
        auto source = open_source(path, row);
        if (!source) return pass(source);
        m_merger.facts.sources.push_back(row);
        m_merger.begin_source();
        Ordered ordered{m_merger};
        const auto threads = static_cast<unsigned>(m_workers.size());
        return each_block(
            **source, path, threads, m_options.progress, [&](unsigned thread, const Block& block) {
                auto& worker = *m_workers[thread];
                auto part = worker.read_block(block, number);
                ordered.put(block.number, thread, std::move(part), worker.new_texts());
            });
    }

    FactsRead finish()
    {
        m_merger.finish();
        return {.facts = std::move(m_merger.facts),
                .notes = std::move(m_merger.notes),
                .counts = m_merger.counts,
                .duplicates = m_merger.duplicates,
                .reused = m_merger.reused};
    }

private:
    const ReadOptions& m_options;
    Merger m_merger;
    std::vector<std::unique_ptr<Worker>> m_workers{};
};

} // namespace

Result<FactsRead> read_facts(const std::vector<std::string>& files, const ReadOptions& options)
{
    std::optional<EarlierRows> earlier;
    if (options.earlier && options.earlier->depth == options.depth)
        earlier.emplace(*options.earlier);
    Reading reading{options, threads_for(options.threads), earlier ? &*earlier : nullptr};
    for (const auto& file : files)
        if (const auto read = reading.read(file); !read) return pass(read);
    return reading.finish();
}

} // namespace adal::procurement::columns
