// Probes: registered by a coordinator, asked what to look at, believed when they sign.
#include "cyber/cyber.hpp"

#include "base/text.hpp"
#include "ledger/ledger.hpp"

#include <algorithm>
#include <set>

namespace adal::cyber {

namespace probe_desk {

using storage::Snapshot;
using storage::Transaction;

constexpr std::chrono::minutes kQuestionAge{5};
constexpr std::chrono::hours kLookRest{12}, kMeasureAge{24};
constexpr std::size_t kLongestNetwork = 100;

bool is_country(std::string_view text)
{
    return text.size() == 2 && std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

// The probe that a note names, which must be registered and must have signed it: the room `probe` judges the signature.
Result<Probe> known_probe(Snapshot& snapshot, const ledger::Note& note)
{
    const auto name = probe::signer_of(note);
    if (!name) return pass(name);
    auto probe = find_probe(snapshot, *name);
    if (!probe || probe->retired_at) return fail(probe_unknown);
    return std::move(*probe);
}

// Blocked and removed ones have days of their own on which they are looked at again.
bool is_due(Snapshot& snapshot, const Resource& resource, Instant now)
{
    if (resource.state != State::blocked && resource.state != State::removed) return true;
    const auto due = next_look(resource, checks_since(snapshot, resource.id, resource.changed_at));
    return due && *due <= now;
}

std::string address_of(const Resource& resource)
{
    return "https://" + resource.identity.key.substr(resource.identity.key.find(':') + 1);
}

bool is_abroad(const Check& check, std::string_view country)
{
    return check.country != country;
}

ProbeLine judge(Transaction& tx, const Probe& probe, const probe::ReportLine& line, Instant now)
{
    ProbeLine out{.number = line.number};
    const auto refused = [&](std::string_view why) {
        out.refused = why;
        return out;
    };
    if (!line.measured) return refused("form");
    const auto& measured = *line.measured;
    const auto id = ResourceId::parse(measured.target.id);
    const auto resource = id ? find_resource(tx, *id) : std::nullopt;
    if (!resource || resource->severity >= 5 || resource->identity.kind != Kind::url || !is_listed(resource->state)) return refused("resource");
    if (measured.target.url != address_of(*resource)) return refused("address");
    if (measured.at > now.plus(kQuestionAge)) return refused("future");
    if (measured.at < now.plus(-kMeasureAge) || measured.at < resource->changed_at) return refused("old");
    const auto recent = checks_since(tx, resource->id, now.plus(-kFreshLiveness));
    const bool is_alive_abroad = std::ranges::any_of(recent, [&](const Check& check) { return check.seen == Seen::alive && is_abroad(check, probe.country); });
    out.verdict = probe::verdict_of(measured, is_alive_abroad);
    const auto seen = seen_of(out.verdict, probe.country, recent);
    if (!seen) return refused("unclear");
    const auto kept = record_check(tx, {.resource = resource->id, .vantage = probe.key.name, .country = probe.country, .seen = *seen, .at = measured.at}, probe.person, now);
    return kept ? out : refused("resource");
}

} // namespace probe_desk

using namespace probe_desk;

Result<Done> register_probe(Transaction& tx, Probe probe, Instant now)
{
    const auto network = clean_text(probe.network);
    if (!network || network->empty() || network->size() > kLongestNetwork) return fail(bad_field, {{"field", "network"}, {"reason", "missing"}});
    if (!is_country(probe.country)) return fail(bad_field, {{"field", "country"}, {"reason", "not_a_choice"}});
    if (find_probe(tx, probe.key.name)) return fail(probe_known, {{"name", probe.key.name}});
    probe.network = *network;
    probe.at = now;
    add(tx, probe);
    ledger::Event event{.type = "policy.set", .role = "coordinator"};
    event.pub = {{"probe", probe.key.text()}, {"country", probe.country}};
    event.commitments = {{.label = "actor", .value = probe.person.str()}};
    const auto leaf = ledger::append(tx, event, now);
    if (!leaf) return pass(leaf);
    return done();
}

Result<Done> retire_probe(Transaction& tx, std::string_view name, Instant now)
{
    if (!set_retired(tx, name, now)) return fail(not_found);
    return done();
}

Result<std::vector<ProbeTask>> tasks_for(Snapshot& snapshot, std::string_view question, Instant now)
{
    const auto note = ledger::parse_note(question);
    if (!note) return pass(note);
    const auto probe = known_probe(snapshot, *note);
    if (!probe) return pass(probe);
    const auto asked = probe::open_question(*note, probe->key);
    if (!asked) return pass(asked);
    if (asked->at > now.plus(kQuestionAge) || asked->at < now.plus(-kQuestionAge)) return fail(probe_late);
    std::vector<ProbeTask> out;
    for (const auto& resource : unlooked(snapshot, probe->key.name, now.plus(-kLookRest), 4 * static_cast<int>(kMostTasks)))
        if (out.size() < kMostTasks && is_due(snapshot, resource, now)) out.push_back({.id = resource.id, .url = address_of(resource)});
    return out;
}

Result<TakenReport> take_report(Transaction& tx, std::string_view bytes, Instant now)
{
    const auto note = ledger::parse_note(bytes);
    if (!note) return pass(note);
    const auto probe = known_probe(tx, *note);
    if (!probe) return pass(probe);
    const auto report = probe::open_report(*note, probe->key);
    if (!report) return pass(report);
    if (is_taken(tx, report->sha256)) return fail(probe_repeated);
    if (reports_since(tx, probe->key.name, now.plus(-std::chrono::hours{1})) >= kReportsAnHour) return fail(probe_too_often);
    add_report(tx, report->sha256, probe->key.name, bytes, now);
    TakenReport out{.probe = probe->key.name};
    std::set<std::string> told; // one look at a resource in a report
    for (const auto& line : report->lines) {
        auto judged = line.measured && !told.insert(line.measured->target.id).second ? ProbeLine{.number = line.number, .refused = "twice"} : judge(tx, *probe, line, now);
        out.lines.push_back(std::move(judged));
    }
    return out;
}

} // namespace adal::cyber
