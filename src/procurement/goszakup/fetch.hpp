// procurement/goszakup/fetch.hpp: changed objects of the portal into files that `adal import goszakup` reads.
//
// Each kind of object is paged by its id, newest first, until a page has nothing newer than the day asked for; then
// the journal names older objects that changed, and each is fetched alone. One line per answer, as the portal sent it.
// The state is on disk after every page, so that an interrupted run goes on where it was. A page that comes again is
// not followed for ever. The files hold numbers and names of persons: they are for the importer only.
#pragma once

#include "procurement/goszakup/fetch_queries.hpp"
#include "procurement/goszakup/fetch_state.hpp"
#include "procurement/goszakup/portal_client.hpp"

#include <functional>

namespace adal::procurement::goszakup {

inline constexpr int kPageLimit = 200; // the portal gives no more
inline constexpr ProblemCode portal_answer_broken{"procurement.portal_answer_broken", 502}; // params: root, reason
inline constexpr ProblemCode portal_repeats_pages{"procurement.portal_repeats_pages", 502}; // params: root, after
inline constexpr ProblemCode unknown_root{"procurement.unknown_root", 422};                 // params: root, known

struct FetchOrder {
    std::filesystem::path folder{};
    std::string base{};
    LocalDate since{}, today{};
    std::vector<std::string> roots{}; // empty: the default ones
    bool with_journal = true;
    std::function<void(const ListState&, double share)> on_page{}; // share: 0 to 1 of the days, as far as known
};

struct FetchReport {
    std::vector<ListState> lists{};
    std::int64_t rows = 0, pages = 0, changed = 0, deleted = 0;
};

// The folder must be locked by the caller. Throws std::system_error when the disk fails.
Result<FetchReport> fetch(PortalClient& client, const Queries& queries, const FetchOrder& order, Instant now);

} // namespace adal::procurement::goszakup
