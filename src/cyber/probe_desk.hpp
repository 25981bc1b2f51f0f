// cyber/probe_desk.hpp: probes that look for us (room `probe`): who they are, what they are asked to look at, and what a verdict
// counts as. Rules only; thread-safe. The operations are in cyber.hpp.
#pragma once

#include "cyber/resource.hpp"
#include "ledger/note.hpp"
#include "probe/probe.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::cyber {

inline constexpr ProblemCode probe_unknown{"cyber.probe_unknown", 403};
inline constexpr ProblemCode probe_known{"cyber.probe_known", 409};     // params: name
inline constexpr ProblemCode probe_late{"cyber.probe_late", 403};       // a question that is not of these minutes
inline constexpr ProblemCode probe_repeated{"cyber.probe_repeated", 409};
inline constexpr ProblemCode probe_too_often{"cyber.probe_too_often", 429};

struct Probe {
    ledger::Vkey key{};
    std::string country{}, network{};
    PersonId person{};
    Instant at{};
    std::optional<Instant> retired_at{}, heard_at{}; // heard: of the last report
};

// What may change a verdict by a look from there: never of the gravest categories, web addresses only, not twice in twelve hours.
inline constexpr std::size_t kMostTasks = 100;
struct ProbeTask {
    ResourceId id{};
    std::string url{};
};

struct ProbeLine {
    int number = 0;
    probe::Verdict verdict{};
    std::string_view refused{}; // key below "cyber.probe_line."; empty: it counts
};
struct TakenReport {
    std::string probe{};
    std::vector<ProbeLine> lines{};
    [[nodiscard]] int counted() const;
};
inline constexpr int kReportsAnHour = 60; // of one probe

// What a verdict from that country counts as. A probe that finds a site gone where it alone looked says nothing: blocked and gone
// look the same from inside, so somebody outside must have looked within the day.
std::optional<Seen> seen_of(const probe::Verdict& verdict, std::string_view country, const std::vector<Check>& recent);

} // namespace adal::cyber
