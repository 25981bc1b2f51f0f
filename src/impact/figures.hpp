// impact/figures.hpp: what the house did, in numbers that open to their records. A figure is computed from
// records with their times, never typed; the same records and moment give the same figure (invariant 6).
//
// I9: fix rate = findings fixed and verified / findings referred, by referral, with the count of claimed but
// unchecked beside it. Counts of people below 5 are not published (invariant 10). Pure and thread-safe.
#pragma once

#include "base/id.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "i18n/i18n.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::impact {

// Codes are published and append-only.
enum class Indicator {
    controls_held, controls_with_findings,
    findings_verified, findings_sealed, findings_referred,
    recommendations_sent, recommendations_answered, recommendations_in_time, recommendations_overdue,
    fixes_claimed, fixes_unchecked, fixes_verified, fix_rate,
    savings_stated, savings_provisional, savings_confirmed, works_restored,
    volunteers_active,
    resources_verified, resources_blocked
};
std::string_view code(Indicator indicator); // "CTRL_HELD"
std::optional<Indicator> indicator_from(std::string_view code);
const std::vector<Indicator>& all_indicators();

enum class Unit { count, tiyn, share, people };
std::string_view name(Unit unit);
Unit unit_of(Indicator indicator);

// How sure: stated by somebody · provisional (evidence, not yet confirmed) · confirmed by the records.
enum class Standing { stated, provisional, confirmed };
std::string_view name(Standing standing);
Standing standing_of(Indicator indicator);

struct Figure {
    Indicator indicator{};
    std::int64_t value = 0;                     // count or tiyn; for a share the numerator
    std::optional<std::int64_t> denominator{};  // for a share, or "of how many"
    std::vector<std::string> records{};         // ids, sorted; for people empty (no list of persons)
    std::int64_t record_count = 0;

    [[nodiscard]] bool operator==(const Figure&) const = default;
    // SHA-256 of the sorted ids, one per line: what a frozen figure keeps.
    [[nodiscard]] std::string manifest() const;
};

using Figures = std::map<Indicator, Figure>;

// A published number of people, or of illegal resources, from 1 to 4 is replaced by "fewer than 5".
inline constexpr std::int64_t kSmallestCell = 5;
bool is_suppressed(const Figure& figure);

inline constexpr ProblemCode figures_in_future{"figures.in_future", 422};

struct FrozenFigure {
    std::string id{};
    Figure figure{}; // without records: count and manifest only
    std::string frozen_manifest{};
    Instant as_of{};
    PersonId frozen_by{};
    Instant frozen_at{};
};
// Equal value, denominator, number of records and manifest.
bool agrees(const FrozenFigure& frozen, const Figure& recomputed);

std::string to_csv(const Figures& figures, Instant as_of);
std::string to_json(const Figures& figures, Instant as_of);

} // namespace adal::impact
