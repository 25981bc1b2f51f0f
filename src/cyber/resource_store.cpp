#include "cyber/resource_store.hpp"

#include "cyber/resource_json.hpp"

#include <algorithm>

namespace adal::cyber {

namespace resource_rows {

using storage::Row;
using storage::Snapshot;
using storage::Transaction;

constexpr std::string_view kColumns = "r.id, r.identity, r.kind, r.host, r.registrable, r.scope, r.category, r.severity, r.state, r.is_guarded, r.cleared_by_coordinator, "
                                      "r.cleared_by_lawyer, r.score, r.reasons, r.guards, r.cluster, r.case_id, r.first_reported_at, r.changed_at, r.verified_at, r.alive_at, r.version ";

std::string selected(std::string_view rest)
{
    return "select " + std::string{kColumns} + "from cyber_resource r " + std::string{rest};
}

Kind kind_from(std::string_view name)
{
    for (const auto kind : {Kind::url, Kind::telegram, Kind::instagram, Kind::tiktok, Kind::vk, Kind::youtube, Kind::olx, Kind::whatsapp, Kind::phone, Kind::card})
        if (text(kind) == name) return kind;
    return Kind::none;
}

Scope scope_from(std::string_view name)
{
    return name == "host" ? Scope::host : name == "domain" ? Scope::domain : Scope::path;
}

Resource resource_of(const Row& row)
{
    Resource out{.id = row.get<ResourceId>(0), .identity = {.kind = kind_from(row.text(2)), .key = row.get<std::string>(1)}, .host = row.get<std::string>(3),
                 .registrable = row.get<std::string>(4), .scope = scope_from(row.text(5)), .category = row.get<std::string>(6), .severity = row.get<int>(7),
                 .state = *state_from(row.text(8)), .is_guarded = row.get<bool>(9)};
    if (!row.is_null(10)) out.cleared_by_coordinator = row.get<PersonId>(10);
    if (!row.is_null(11)) out.cleared_by_lawyer = row.get<PersonId>(11);
    out.score = row.get<int>(12);
    out.reasons = reasons_from(row.text(13));
    out.guards = guards_from(row.text(14));
    out.cluster = row.get<std::string>(15);
    out.case_id = row.get<std::string>(16);
    out.first_reported_at = row.get<Instant>(17);
    out.changed_at = row.get<Instant>(18);
    out.verified_at = row.get<std::optional<Instant>>(19);
    out.alive_at = row.get<std::optional<Instant>>(20);
    out.version = row.get<std::int64_t>(21);
    return out;
}

std::optional<PersonId> set_or_null(PersonId id)
{
    return id.is_set() ? std::optional{id} : std::nullopt;
}

// Names of our own enumerators: nothing of a stranger.
std::string quoted(const std::vector<State>& states)
{
    std::string out;
    for (const auto state : states) out += (out.empty() ? "'" : ", '") + std::string{name(state)} + "'";
    return out;
}

std::vector<State> listed_states()
{
    std::vector<State> out;
    for (const auto state : all_states)
        if (is_listed(state)) out.push_back(state);
    return out;
}

std::optional<double> median(std::vector<double> hours)
{
    if (hours.empty()) return std::nullopt;
    std::ranges::sort(hours);
    const auto half = hours.size() / 2;
    return hours.size() % 2 == 1 ? hours[half] : (hours[half - 1] + hours[half]) / 2;
}

} // namespace resource_rows

using namespace resource_rows;

void add(Transaction& tx, const Resource& r)
{
    tx.exec("insert into cyber_resource (id, identity, kind, host, registrable, scope, category, severity, state, is_guarded, score, reasons, guards, cluster, case_id, "
            "first_reported_at, changed_at, version) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
            r.id, r.identity.key, text(r.identity.kind), r.host, r.registrable, text(r.scope), r.category, r.severity, name(r.state), r.is_guarded, r.score,
            reasons_text(r.reasons), guards_text(r.guards), r.cluster, r.case_id, r.first_reported_at, r.changed_at, r.version);
}

Result<Done> save(Transaction& tx, const Resource& r)
{
    const auto changed = tx.exec("update cyber_resource set scope = ?2, category = ?3, severity = ?4, state = ?5, cleared_by_coordinator = ?6, cleared_by_lawyer = ?7, changed_at = ?8, "
                                 "verified_at = ?9, alive_at = ?10, version = ?11 where id = ?1 and version = ?11 - 1",
                                 r.id, text(r.scope), r.category, r.severity, name(r.state), set_or_null(r.cleared_by_coordinator), set_or_null(r.cleared_by_lawyer), r.changed_at,
                                 r.verified_at, r.alive_at, r.version);
    return changed == 1 ? done() : Result<Done>{fail(stale_form)};
}

void put_triage(Transaction& tx, const Resource& resource)
{
    tx.exec("update cyber_resource set score = ?2, reasons = ?3 where id = ?1", resource.id, resource.score, reasons_text(resource.reasons));
}

std::optional<Resource> find_resource(Snapshot& snapshot, ResourceId id)
{
    return snapshot.first(selected("where r.id = ?1"), resource_of, id);
}

std::optional<Resource> find_resource(Snapshot& snapshot, std::string_view identity)
{
    return snapshot.first(selected("where r.identity = ?1"), resource_of, identity);
}

std::vector<Resource> list_resources(Snapshot& snapshot, const ResourceFilter& filter, Instant now)
{
    std::string where = "where (?1 = '' or r.category = ?1) ";
    if (!filter.states.empty()) where += "and r.state in (" + quoted(filter.states) + ") ";
    where += "and (?2 = '' or (not exists (select 1 from cyber_report p where p.resource_id = r.id and p.person_id = ?2) "
             "and not exists (select 1 from cyber_review v where v.resource_id = r.id and v.reviewer = ?2) "
             "and not exists (select 1 from cyber_unwanted u where u.person_id = ?2 and u.category = r.category) "
             "and not exists (select 1 from cyber_claim c where c.resource_id = r.id and c.person_id <> ?2 and c.until_at > ?3))) ";
    return snapshot.all(selected(where + "order by r.score desc, r.id limit ?4"), resource_of, filter.category, filter.not_of.str(), now, filter.limit);
}

std::vector<std::string> unwanted_of(Snapshot& snapshot, PersonId person)
{
    return snapshot.all("select category from cyber_unwanted where person_id = ?1 order by category", [](const Row& row) { return row.get<std::string>(0); }, person);
}

void put_unwanted(Transaction& tx, PersonId person, const std::vector<std::string>& categories)
{
    tx.exec("delete from cyber_unwanted where person_id = ?1", person);
    for (const auto& category : categories) tx.exec("insert into cyber_unwanted (person_id, category) values (?1, ?2)", person, category);
}

bool is_announced(Snapshot& snapshot, std::string_view sha256)
{
    return snapshot.value<int>("select 1 from cyber_announced where sha256 = ?1", sha256).has_value();
}

void add_announced(Transaction& tx, std::string_view sha256, std::int64_t leaf, Instant now)
{
    tx.exec("insert into cyber_announced (sha256, leaf, at) values (?1, ?2, ?3)", sha256, leaf, now);
}

std::vector<Resource> reported_again(Snapshot& snapshot, Instant since, int limit)
{
    return snapshot.all(selected("where r.state = 'withdrawn' and exists (select 1 from cyber_report p where p.resource_id = r.id and p.at > r.changed_at and p.at > ?1) "
                                 "order by r.changed_at desc, r.id limit ?2"),
                        resource_of, since, limit);
}

std::vector<Resource> verified_in_cluster(Snapshot& snapshot, std::string_view cluster, int limit)
{
    if (cluster.empty()) return {};
    return snapshot.all(selected("where r.cluster = ?1 and r.verified_at is not null and r.state <> 'withdrawn' order by r.id limit ?2"), resource_of, cluster, limit);
}

std::vector<Resource> listed_resources(Snapshot& snapshot)
{
    return snapshot.all(selected("where r.state in (" + quoted(listed_states()) + ") order by r.identity"), resource_of);
}

void add(Transaction& tx, const LinkReport& report)
{
    tx.exec("insert into cyber_report (id, resource_id, person_id, category, note, sha256, is_first, at) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", report.id,
            report.resource.is_set() ? std::optional{report.resource} : std::nullopt, set_or_null(report.person), report.category, report.note,
            storage::Blob{view(report.sha256)}, report.is_first, report.at);
}

std::vector<PersonId> reporters_of(Snapshot& snapshot, ResourceId id)
{
    return snapshot.all("select distinct person_id from cyber_report where resource_id = ?1 and person_id is not null", [](const Row& row) { return row.get<PersonId>(0); }, id);
}

std::int64_t count_reports_since(Snapshot& snapshot, Instant since, bool only_anonymous)
{
    return snapshot.value<std::int64_t>("select count(*) from cyber_report where at >= ?1 and (?2 = 0 or person_id is null)", since, only_anonymous).value_or(0);
}

std::vector<std::string> notes_of(Snapshot& snapshot, ResourceId id)
{
    return snapshot.all("select note from cyber_report where resource_id = ?1 and note <> '' order by at, id limit 20", [](const Row& row) { return row.get<std::string>(0); }, id);
}

std::optional<Claim> claim_of(Snapshot& snapshot, ResourceId id)
{
    return snapshot.first("select person_id, until_at from cyber_claim where resource_id = ?1",
                          [](const Row& row) { return Claim{.person = row.get<PersonId>(0), .until = row.get<Instant>(1)}; }, id);
}

void put_claim(Transaction& tx, ResourceId id, const Claim& claim)
{
    drop_claim(tx, id);
    tx.exec("insert into cyber_claim (resource_id, person_id, until_at) values (?1, ?2, ?3)", id, claim.person, claim.until);
}

void drop_claim(Transaction& tx, ResourceId id)
{
    tx.exec("delete from cyber_claim where resource_id = ?1", id);
}

void add(Transaction& tx, const Capture& capture)
{
    tx.exec("insert into cyber_capture (id, resource_id, file_id, person_id, at, leaf) values (?1, ?2, ?3, ?4, ?5, ?6)", capture.id, capture.resource, capture.file, capture.person, capture.at,
            capture.leaf);
}

std::vector<Capture> captures_of(Snapshot& snapshot, ResourceId id)
{
    return snapshot.all("select id, resource_id, file_id, person_id, at, leaf from cyber_capture where resource_id = ?1 order by at, id",
                        [](const Row& row) {
                            return Capture{.id = row.get<CaptureId>(0), .resource = row.get<ResourceId>(1), .file = row.get<FileId>(2), .person = row.get<PersonId>(3), .at = row.get<Instant>(4),
                                           .leaf = row.get<std::optional<std::int64_t>>(5)};
                        },
                        id);
}

void add(Transaction& tx, const Review& review)
{
    tx.exec("insert into cyber_review (id, resource_id, reviewer, verdict, category, scope, answers, text, capture_id, copy_id, no_capture, is_arbitration, categories_version, at) "
            "values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
            review.id, review.resource, review.reviewer, name(review.verdict), review.category, text(review.scope), answers_text(review.answers), review.text,
            review.capture.is_set() ? std::optional{review.capture} : std::nullopt, review.copy.is_set() ? std::optional{review.copy} : std::nullopt, review.no_capture, review.is_arbitration, categories_version(), review.at);
}

std::vector<Review> reviews_of(Snapshot& snapshot, ResourceId id)
{
    return snapshot.all("select id, resource_id, reviewer, verdict, category, scope, answers, text, capture_id, no_capture, is_arbitration, at, copy_id from cyber_review "
                        "where resource_id = ?1 order by at, id",
                        [](const Row& row) {
                            Review out{.id = row.get<ReviewId>(0), .resource = row.get<ResourceId>(1), .reviewer = row.get<PersonId>(2), .verdict = *verdict_from(row.text(3)),
                                       .category = row.get<std::string>(4), .scope = scope_from(row.text(5)), .answers = answers_from(row.text(6)), .text = row.get<std::string>(7)};
                            if (!row.is_null(8)) out.capture = row.get<CaptureId>(8);
                            out.no_capture = row.get<std::string>(9);
                            out.is_arbitration = row.get<bool>(10);
                            out.at = row.get<Instant>(11);
                            if (!row.is_null(12)) out.copy = row.get<PageCopyId>(12);
                            return out;
                        },
                        id);
}

int severe_reviews_since(Snapshot& snapshot, PersonId person, Instant since)
{
    return snapshot.value<int>("select count(*) from cyber_review v join cyber_resource r on r.id = v.resource_id where v.reviewer = ?1 and v.at >= ?2 and r.severity = 5", person, since)
        .value_or(0);
}

void add(Transaction& tx, const Check& check)
{
    const auto number = tx.value<std::int64_t>("select coalesce(max(id), 0) + 1 from cyber_check where resource_id = ?1", check.resource).value_or(1);
    tx.exec("insert into cyber_check (id, resource_id, vantage, country, seen, person_id, at) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)", number, check.resource, check.vantage, check.country,
            name(check.seen), check.by, check.at);
}

std::vector<Check> checks_since(Snapshot& snapshot, ResourceId id, Instant since)
{
    return snapshot.all("select resource_id, vantage, country, seen, person_id, at from cyber_check where resource_id = ?1 and at >= ?2 order by id",
                        [](const Row& row) {
                            return Check{.resource = row.get<ResourceId>(0), .vantage = row.get<std::string>(1), .country = row.get<std::string>(2), .seen = *seen_from(row.text(3)),
                                         .by = row.get<PersonId>(4), .at = row.get<Instant>(5)};
                        },
                        id, since);
}

void add(Transaction& tx, ResourceId id, const Happened& happened)
{
    const auto seq = tx.value<std::int64_t>("select coalesce(max(seq), 0) + 1 from cyber_event where resource_id = ?1", id).value_or(1);
    tx.exec("insert into cyber_event (resource_id, seq, person_id, at, from_state, to_state, text, leaf) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", id, seq, set_or_null(happened.person),
            happened.at, happened.from, happened.to, happened.text, happened.leaf);
}

std::vector<Happened> history_of(Snapshot& snapshot, ResourceId id)
{
    return snapshot.all("select person_id, at, from_state, to_state, text, leaf from cyber_event where resource_id = ?1 order by seq",
                        [](const Row& row) {
                            Happened out{.at = row.get<Instant>(1), .from = row.get<std::string>(2), .to = row.get<std::string>(3), .text = row.get<std::string>(4),
                                         .leaf = row.get<std::optional<std::int64_t>>(5)};
                            if (!row.is_null(0)) out.person = row.get<PersonId>(0);
                            return out;
                        },
                        id);
}

Agreement agreement_since(Snapshot& snapshot, Instant since)
{
    std::map<ResourceId, VerdictPair> by_resource;
    std::vector<VerdictPair> pairs;
    snapshot.each("select resource_id, reviewer, verdict from cyber_review where at >= ?1 order by resource_id, at, id", [&](const Row& row) {
        const auto id = row.get<ResourceId>(0);
        const auto verdict = *verdict_from(row.text(2));
        const auto [place, is_first] = by_resource.try_emplace(id, VerdictPair{.first = row.get<PersonId>(1), .first_says = verdict});
        if (is_first || place->second.second.is_set()) return;
        place->second.second = row.get<PersonId>(1);
        place->second.second_says = verdict;
        pairs.push_back(place->second);
    }, since);
    return agreement_of(pairs);
}

std::vector<ResourceId> ever_in(Snapshot& snapshot, const std::vector<State>& states, Instant as_of)
{
    return snapshot.all("select distinct e.resource_id from cyber_event e where e.to_state in (" + quoted(states) + ") and e.at <= ?1 "
                        "and not exists (select 1 from cyber_event w where w.resource_id = e.resource_id and w.to_state = 'withdrawn' and w.at <= ?1) order by e.resource_id",
                        [](const Row& row) { return row.get<ResourceId>(0); }, as_of);
}

Funnel funnel(Snapshot& snapshot)
{
    Funnel out;
    out.reported = snapshot.value<std::int64_t>("select count(*) from cyber_report where resource_id is not null").value_or(0);
    out.sealed = snapshot.value<std::int64_t>("select count(*) from cyber_report where resource_id is null").value_or(0);
    out.unique = snapshot.value<std::int64_t>("select count(*) from cyber_resource").value_or(0);
    out.waiting = snapshot.value<std::int64_t>("select count(*) from cyber_resource where state in ('triaged', 'guarded', 'in_review', 'arbitration')").value_or(0);
    std::map<std::string, std::int64_t, std::less<>> ever;
    snapshot.each("select to_state, count(distinct resource_id) from cyber_event group by to_state", [&](const Row& row) { ever[row.get<std::string>(0)] = row.integer(1); });
    out.verified = ever["verified"], out.rejected = ever["rejected"], out.referred = ever["referred"], out.accepted = ever["accepted"], out.refused = ever["refused"];
    out.relapsed = ever["relapsed"], out.withdrawn = ever["withdrawn"];
    std::vector<double> hours;
    snapshot.each("select min(e.at) - r.first_reported_at from cyber_event e join cyber_resource r on r.id = e.resource_id where e.to_state in ('blocked', 'removed') "
                  "group by r.id, r.first_reported_at",
                  [&](const Row& row) { hours.push_back(static_cast<double>(row.integer(0)) / 3'600'000.0); });
    out.blocked = std::ssize(hours);
    out.median_hours = median(std::move(hours));
    return out;
}

} // namespace adal::cyber
