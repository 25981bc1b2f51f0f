// Any lines become rows or notes, none of them silently; the answer is JSON; the facts come back
// from their file.
#include "base/json.hpp"
#include "procurement/block_threads.hpp"
#include "procurement/cardinal/indicators.hpp"
#include "procurement/facts_file.hpp"
#include "procurement/facts_process.hpp"
#include "procurement/path_count.hpp"

#include <cstdint>
#include <cstdlib>

namespace {

using namespace adal::procurement;
using namespace adal::procurement::columns;

FactsRead read_lines(const Block& block, Depth depth)
{
    SymbolTable symbols;
    Extractor extractor{depth, symbols};
    FactsPart part;
    part.lines = each_text(block, 0, [&](std::string_view json, const RowPlace& place) {
        extractor.read(json, place, part);
    });
    Merger merger{depth, 1, kMostNotes};
    merger.facts.sources.push_back({.path = "fuzz"});
    const auto texts = NewTexts::since(symbols, kEmpty + 1);
    merger.add(0, std::move(part), texts);
    merger.finish();
    return {.facts = std::move(merger.facts),
            .notes = std::move(merger.notes),
            .counts = merger.counts,
            .duplicates = merger.duplicates};
}

void count_paths(const Block& block)
{
    PathCount counts;
    JsonIndex index;
    each_text(block, 0, [&](std::string_view json, const RowPlace&) {
        if (index.index(json) != JsonFault::none || counts.add(index.root())) return;
        JsonIndex reduced_index;
        const auto reduced = without_repeated_keys(index.root());
        if (reduced_index.index(reduced) != JsonFault::none) std::abort();
        if (!counts.add(reduced_index.root())) std::abort();
    });
}

void screen_all_of(const columns::Facts& facts)
{
    const FactsProcesses processes{facts};
    const auto screened = screen(processes, Thresholds::standard(), {.failed_only = true});
    if (screened.size() != facts.processes.size()) std::abort();
    screen_report(processes, screened, ReportFormat::csv, adal::i18n::Language::kk);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    Block block;
    block.buffer.assign(data, data + size);
    block.end = size;
    count_paths(block);
    for (const auto depth : {Depth::flags, Depth::full}) {
        const auto read = read_lines(block, depth);
        if (read.used() + read.duplicates + read.counts.skipped + read.counts.refused !=
            read.counts.rows)
            std::abort();
        for (const auto& note : read.notes)
            if (note.reason.empty()) std::abort();
        const auto bytes = facts_to_bytes(read);
        const auto back = facts_from(bytes, "fuzz");
        if (!back || facts_to_bytes(*back) != bytes) std::abort();
        const auto answer = cardinal::indicators(read.facts, cardinal::Settings::standard(),
                                                 cardinal::WithMaps::yes);
        if (!adal::parse_json(cardinal::to_json(answer, read.facts, cardinal::WithMaps::yes)))
            std::abort();
        if (depth == Depth::full) screen_all_of(read.facts);
    }
    return 0;
}
