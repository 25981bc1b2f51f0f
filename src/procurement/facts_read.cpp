#include "procurement/facts_read.hpp"

#include "procurement/facts_reuse.hpp"
#include "procurement/facts_source.hpp"

#include <condition_variable>
#include <exception>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

namespace adal::procurement::columns {

namespace {

std::string_view without_blanks(std::string_view line)
{
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t'))
        line.remove_suffix(1);
    while (!line.empty() && (line.front() == ' ' || line.front() == '\t'))
        line.remove_prefix(1);
    return line;
}

// What one thread needs; lives for all files.
struct Worker {
    unsigned number;
    SymbolTable symbols{};
    Extractor extractor;
    std::optional<RowCopier> copier{};
    Block block{};
    std::uint32_t texts_sent = kEmpty + 1;

    Worker(unsigned n, Depth depth, const EarlierRows* earlier)
        : number(n), extractor(depth, symbols)
    {
        if (earlier) copier.emplace(*earlier, symbols);
    }
    Worker(const Worker&) = delete;

    void row(std::string_view json, const RowPlace& place, FactsPart& part)
    {
        if (json.empty()) return;
        if (!copier || !copier->copy(json, place, part)) extractor.read(json, place, part);
    }

    FactsPart read_block(std::uint32_t source)
    {
        FactsPart part;
        if (block.is_pieces)
            pieces(source, part);
        else
            lines(source, part);
        if (!block.fault.empty()) {
            ++part.counts.rows;
            ++part.counts.refused;
            const auto line = block.is_pieces ? block.fault_line : part.lines;
            part.notes.push_back({RowVerdict::refused, source, line, "", "", block.fault});
        }
        return part;
    }

    void lines(std::uint32_t source, FactsPart& part)
    {
        const auto bytes = block.bytes();
        std::size_t at = 0;
        while (at < bytes.size()) {
            const auto* newline =
                static_cast<const char*>(std::memchr(bytes.data() + at, '\n', bytes.size() - at));
            const std::size_t end =
                newline ? static_cast<std::size_t>(newline - bytes.data()) : bytes.size();
            const auto line = without_blanks(bytes.substr(at, end - at));
            ++part.lines;
            if (!line.empty())
                row(line,
                    {.byte_begin =
                         block.byte_begin + static_cast<std::uint64_t>(line.data() - bytes.data()),
                     .line = static_cast<std::uint32_t>(part.lines),
                     .source = source},
                    part);
            at = end + 1;
        }
    }

    void pieces(std::uint32_t source, FactsPart& part)
    {
        for (const auto& piece : block.pieces)
            row(without_blanks({block.buffer.data() + piece.begin, piece.length}),
                {.byte_begin = piece.byte_begin,
                 .line = piece.line,
                 .element = piece.element,
                 .source = source},
                part);
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
            m_workers.push_back(std::make_unique<Worker>(i, options.depth, earlier));
    }

    Result<Done> read(const std::string& path)
    {
        const auto source_number = static_cast<std::uint32_t>(m_merger.facts.sources.size());
        SourceRow row;
        auto source = open_source(path, row);
        if (!source) return pass(source);
        m_merger.facts.sources.push_back(row);
        m_merger.begin_source();
        Ordered ordered{m_merger};
        m_failure = nullptr;
        m_stop = false;
        std::vector<std::jthread> threads;
        for (std::size_t i = 1; i < m_workers.size(); ++i)
            threads.emplace_back([&, i] { work(*m_workers[i], **source, source_number, ordered); });
        work(*m_workers[0], **source, source_number, ordered);
        threads.clear();
        return outcome(path);
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
    void work(Worker& worker, Source& source, std::uint32_t number, Ordered& ordered)
    {
        try {
            while (!m_stop && source.next(worker.block)) {
                auto part = worker.read_block(number);
                auto texts = NewTexts::since(worker.symbols, worker.texts_sent);
                worker.texts_sent = worker.symbols.size();
                ordered.put(worker.block.number, worker.number, std::move(part), std::move(texts));
                if (worker.number == 0 && m_options.progress)
                    m_options.progress(source.done(), source.total());
            }
        } catch (...) {
            const std::lock_guard lock{m_failure_mutex};
            if (!m_failure) m_failure = std::current_exception();
            m_stop = true;
        }
    }

    Result<Done> outcome(const std::string& path)
    {
        if (!m_failure) return done();
        try {
            std::rethrow_exception(m_failure);
        } catch (const SourceFailed& failed) {
            return fail(unreadable_file, {{"file", path}, {"reason", failed.reason}});
        } catch (const std::length_error&) {
            return fail(facts_too_large, {{"file", path}});
        }
    }

    const ReadOptions& m_options;
    Merger m_merger;
    std::vector<std::unique_ptr<Worker>> m_workers{};
    std::mutex m_failure_mutex{};
    std::exception_ptr m_failure{};
    std::atomic<bool> m_stop{false};
};

} // namespace

Result<FactsRead> read_facts(const std::vector<std::string>& files, const ReadOptions& options)
{
    unsigned threads = options.threads ? options.threads : std::thread::hardware_concurrency();
    threads = std::clamp(threads, 1U, 256U);
    std::optional<EarlierRows> earlier;
    if (options.earlier && options.earlier->depth == options.depth)
        earlier.emplace(*options.earlier);
    Reading reading{options, threads, earlier ? &*earlier : nullptr};
    for (const auto& file : files)
        if (const auto read = reading.read(file); !read) return pass(read);
    return reading.finish();
}

} // namespace adal::procurement::columns
