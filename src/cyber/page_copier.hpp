// cyber/page_copier.hpp: takes the copies of pages that are wanted, one after the other, on a thread of its own.
//
// Guaranteed: what is wanted stays wanted until a copy, or that none could be had, is committed; a crash in between asks once
// more. Between two requests to one site there are twenty seconds: a flood of reports makes no flood of requests.
#pragma once

#include "cyber/cyber.hpp"
#include "cyber/page_copy.hpp"

#include <functional>
#include <stop_token>
#include <string>
#include <string_view>

namespace adal::cyber {

inline constexpr ProblemCode bad_copy_way{"cyber.bad_copy_way", 422}; // params: value

// How the server gets to reported pages.
struct CopyWay {
    enum class By { none, direct, gateway };
    By by = By::none;
    std::string host{}; // of the gateway
    int port = 0;

    [[nodiscard]] bool is_on() const { return by != By::none; }
};
// "": none; "direct"; "HOST:PORT" of an HTTP gateway (CONNECT).
Result<CopyWay> read_copy_way(std::string_view written);

// Requests of the closed worker `program capture-worker`.
PageFetch fetch_by(const std::string& program, const CopyWay& way, std::function<Instant()> clock);

inline constexpr std::chrono::seconds kSiteRest{20};

// The next that may be asked; false: none waits. Not inside a transaction.
bool take_next_copy(storage::Database& database, const files::Store& files, const Rulebook& rules, const PageFetch& fetch, std::string_view software, const std::function<Instant()>& clock);

using CopierHeard = std::function<void(const std::string& words)>; // what went wrong, for the log
// Until it is asked to stop; ends at most capture::kMostTime later.
void run_page_copies(storage::Database& database, const files::Store& files, const Rulebook& rules, const PageFetch& fetch, std::string_view software, const std::stop_token& stop,
                     const CopierHeard& heard);

} // namespace adal::cyber
