// cyber/probe_desk.hpp: probes that look for us (room `probe`): who they are, what they are asked to look at, and what their
// signed reports change. The steps of a report are judged here again; what a probe concludes is not asked.
#pragma once

#include "cyber/resource_store.hpp"
#include "ledger/note.hpp"
#include "probe/report.hpp"
#include "probe/verdict.hpp"
#include "storage/storage.hpp"

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
std::optional<Probe> find_probe(storage::Snapshot& snapshot, std::string_view name);
std::vector<Probe> list_probes(storage::Snapshot& snapshot); // by name
// vkey, country ("KZ"), network (≤ 100 bytes). The log says that it speaks for us: `policy.set` with the key, which is public.
Result<Done> register_probe(storage::Transaction& tx, Probe probe, Instant now);
Result<Done> retire_probe(storage::Transaction& tx, std::string_view name, Instant now);

// What may change a verdict by a look from there: never of the gravest categories, web addresses only, not twice in twelve hours.
inline constexpr std::size_t kMostTasks = 100;
struct ProbeTask {
    ResourceId id{};
    std::string url{};
};
// question: a signed note (probe/report.hpp), not older or younger than five minutes.
Result<std::vector<ProbeTask>> tasks_for(storage::Snapshot& snapshot, std::string_view question, Instant now);

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
// A signed report, of a probe that is not retired; each once. A line that is wrong, too old (a day), of the future, or of a
// resource that moved on since, is told and loses no other.
Result<TakenReport> take_report(storage::Transaction& tx, std::string_view note, Instant now);

// What a verdict from that country counts as. A probe that finds a site gone where it alone looked says nothing: blocked and gone
// look the same from inside, so somebody outside must have looked within the day.
std::optional<Seen> seen_of(const probe::Verdict& verdict, std::string_view country, const std::vector<Check>& recent);

} // namespace adal::cyber
