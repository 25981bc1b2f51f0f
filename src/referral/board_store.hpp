// referral/board_store.hpp: the coordinator's board: every clock that runs, who must move next, and what is over.
//
// A clock is of a recommendation (reply due), of a step (answer to an escalation, a hearing to attend) or of a final
// document that we must send. Days are days in Kazakhstan.
#pragma once

#include "base/id.hpp"
#include "i18n/i18n.hpp"
#include "referral/pending_store.hpp"
#include "referral/recommendation.hpp"
#include "referral/step.hpp"
#include "storage/storage.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace adal::referral {

struct ClockRow {
    DocumentId document{};
    RecommendationId recommendation{};
    int ordinal = 1;
    StepId step{};                    // unset: the reply to the recommendation
    std::optional<StepKind> kind{};   // of the step
    std::string title{};              // of the control
    AuthorityId authority{};          // who must answer
    i18n::Texts authority_name{};     // of the version it was sent to
    LocalDate due{};
};

struct ClockCounts {
    std::int64_t overdue = 0, today = 0, later = 0;
    [[nodiscard]] std::int64_t all() const { return overdue + today + later; }
};

struct Board {
    LocalDate today{};
    ClockCounts them{};                     // of all, also of those not in the lists
    std::vector<ClockRow> overdue{};        // they are late, the longest first
    std::vector<ClockRow> due_today{};
    std::vector<ClockRow> waiting{};        // the nearest first
    // Waiting for us.
    std::vector<PendingSend> sends{};
    std::vector<ClockRow> hearings{};
    std::vector<ClockRow> orphans{};        // whom it was sent to is gone: confirm the successor
    std::vector<ClockRow> broken_promises{}; // the promised day is over and nobody says it is done
    std::int64_t unchecked_fixes = 0;
};

inline constexpr int board_rows = 100; // of each list

Board board(storage::Snapshot& snapshot, const Law& law, LocalDate today);
// All clocks of others and of ours, for the calendar feed: at most `limit`, the nearest first.
std::vector<ClockRow> open_clocks(storage::Snapshot& snapshot, int limit);

} // namespace adal::referral
