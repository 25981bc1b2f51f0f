// procurement/block_threads.hpp: several threads over the blocks of one source; the first thing one
// of them throws ends all and becomes a Problem.
#pragma once

#include "procurement/facts_read.hpp"
#include "procurement/facts_source.hpp"

#include <algorithm>
#include <exception>
#include <mutex>
#include <thread>

namespace adal::procurement::columns {

// 0: as many as the machine has.
inline unsigned threads_for(unsigned wanted)
{
    return std::clamp(wanted ? wanted : std::thread::hardware_concurrency(), 1U, 256U);
}

// f(thread, block) for every block, thread < threads, each thread with a Block of its own.
// Problems: procurement.unreadable_file, procurement.facts_too_large.
template <typename F>
Result<Done> each_block(Source& source, const std::string& path, unsigned threads,
                        const Progress& progress, F&& f)
{
    std::mutex failure_mutex;
    std::exception_ptr failure;
    std::atomic<bool> stop{false};
    const auto work = [&](unsigned thread) {
        try {
            Block block;
            while (!stop && source.next(block)) {
                f(thread, block);
                if (thread == 0 && progress) progress(source.done(), source.total());
            }
        } catch (...) {
            const std::lock_guard lock{failure_mutex};
            if (!failure) failure = std::current_exception();
            stop = true;
        }
    };
    {
        std::vector<std::jthread> others;
        for (unsigned i = 1; i < threads; ++i)
            others.emplace_back(work, i);
        work(0);
    }
    try {
        if (failure) std::rethrow_exception(failure);
    } catch (const SourceFailed& failed) {
        return fail(unreadable_file, {{"file", path}, {"reason", failed.reason}});
    } catch (const std::length_error&) {
        return fail(facts_too_large, {{"file", path}});
    }
    return done();
}

// f(text, place) for each text of the block; returns how many lines it has. A line of blanks is not
// given.
template <typename F>
std::uint64_t each_text(const Block& block, std::uint32_t source, F&& f)
{
    const auto trimmed = [](std::string_view line) {
        while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t' ||
                                 line.back() == '\n'))
            line.remove_suffix(1);
        while (!line.empty() && (line.front() == ' ' || line.front() == '\t' ||
                                 line.front() == '\r' || line.front() == '\n'))
            line.remove_prefix(1);
        return line;
    };
    if (block.is_pieces) {
        for (const auto& piece : block.pieces) {
            const std::string_view whole{block.buffer.data() + piece.begin, piece.length};
            const auto text = trimmed(whole);
            if (text.empty()) continue;
            f(text,
              RowPlace{piece.byte_begin + static_cast<std::uint64_t>(text.data() - whole.data()),
                       piece.line, piece.element, source});
        }
        return 0;
    }
    const auto bytes = block.bytes();
    std::uint64_t lines = 0;
    for (std::size_t at = 0; at < bytes.size();) {
        const auto* newline =
            static_cast<const char*>(std::memchr(bytes.data() + at, '\n', bytes.size() - at));
        const std::size_t end =
            newline ? static_cast<std::size_t>(newline - bytes.data()) : bytes.size();
        const auto text = trimmed(bytes.substr(at, end - at));
        ++lines;
        if (!text.empty())
            f(text,
              RowPlace{block.byte_begin + static_cast<std::uint64_t>(text.data() - bytes.data()),
                       static_cast<std::uint32_t>(lines), kNoElement, source});
        at = end + 1;
    }
    return lines;
}

} // namespace adal::procurement::columns
