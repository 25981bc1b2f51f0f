#include "cyber/probe_desk.hpp"

#include <algorithm>

namespace adal::cyber {

int TakenReport::counted() const
{
    return static_cast<int>(std::ranges::count_if(lines, [](const ProbeLine& line) { return line.refused.empty(); }));
}

std::optional<Seen> seen_of(const probe::Verdict& verdict, std::string_view country, const std::vector<Check>& recent)
{
    switch (verdict.outcome) {
    case probe::Outcome::reachable: return Seen::alive;
    case probe::Outcome::blocked: return Seen::blocked;
    case probe::Outcome::unclear: return std::nullopt;
    case probe::Outcome::down: break;
    }
    const bool is_looked_at_abroad = std::ranges::any_of(recent, [](const Check& check) { return check.country != "KZ"; });
    return country != "KZ" || is_looked_at_abroad ? std::optional{Seen::dead} : std::nullopt;
}

} // namespace adal::cyber
