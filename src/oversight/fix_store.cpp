// Fix claims, their checks and the funnel: the second half of finding_store.hpp.
#include "oversight/finding_store.hpp"
#include "oversight/visit_json.hpp"

namespace adal::oversight {

namespace {

using storage::Row;
using storage::Snapshot;
using storage::Transaction;

FixClaim claim_of(const Row& row)
{
    return {.id = row.get<FixId>(0), .finding = row.get<FindingId>(1), .claimant = *claimant_from(row.text(2)), .claimed_by = row.get<PersonId>(3), .text = row.get<std::string>(4),
            .at = row.get<Instant>(5), .state = *fix_state_from(row.text(6))};
}

} // namespace

void add(Transaction& tx, const FixClaim& claim)
{
    tx.exec("insert into oversight_fix (id, finding_id, claimant, claimed_by, text, at, state) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)", claim.id, claim.finding, name(claim.claimant),
            claim.claimed_by, claim.text, claim.at, name(claim.state));
}

void add(Transaction& tx, const FixCheck& check)
{
    const auto coordinate = [&](double Point::*member) { return check.position ? std::optional{check.position->at.*member} : std::nullopt; };
    tx.exec("insert into oversight_fix_check (fix_id, checker, is_fixed, longitude, latitude, accuracy_m, position_at, distance_m, photos, text, at) "
            "values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            check.claim, check.checker, check.is_fixed, coordinate(&Point::longitude), coordinate(&Point::latitude),
            check.position ? std::optional{check.position->accuracy_m} : std::nullopt, check.position ? std::optional{check.position->taken_at} : std::nullopt, check.distance_m,
            photos_text(check.photos), check.text, check.at);
    tx.exec("update oversight_fix set state = ?2 where id = ?1", check.claim, name(check.is_fixed ? FixState::passed : FixState::failed));
}

std::optional<FixClaim> find_fix_claim(Snapshot& snapshot, FixId id)
{
    return snapshot.first("select id, finding_id, claimant, claimed_by, text, at, state from oversight_fix where id = ?1", claim_of, id);
}

std::vector<FixClaim> fix_claims_of(Snapshot& snapshot, FindingId finding)
{
    return snapshot.all("select id, finding_id, claimant, claimed_by, text, at, state from oversight_fix where finding_id = ?1 order by at, id", claim_of, finding);
}

std::optional<FixCheck> check_of(Snapshot& snapshot, FixId claim)
{
    return snapshot.first("select checker, is_fixed, longitude, latitude, accuracy_m, position_at, distance_m, photos, text, at from oversight_fix_check where fix_id = ?1",
                          [&](const Row& row) {
                              FixCheck check{.claim = claim, .checker = row.get<PersonId>(0), .is_fixed = row.get<bool>(1)};
                              if (!row.is_null(2)) check.position = Fix{.at = {row.get<double>(2), row.get<double>(3)}, .accuracy_m = row.get<double>(4), .taken_at = row.get<Instant>(5)};
                              check.distance_m = row.get<std::optional<double>>(6);
                              check.photos = photos_from(row.text(7));
                              check.text = row.get<std::string>(8);
                              check.at = row.get<Instant>(9);
                              return check;
                          },
                          claim);
}

Funnel funnel(Snapshot& snapshot, const FunnelFilter& filter)
{
    const auto from = filter.from.value_or(Instant{0}), to = filter.to.value_or(Instant{std::int64_t{1} << 62});
    const auto district = filter.district.str();
    Funnel out;
    // "Ever" is read from the events: a finding that was referred stays referred whatever came later.
    snapshot.each("select count(*), sum(case when f.verified_at is not null then 1 else 0 end), sum(case when f.seal_leaf is not null then 1 else 0 end), "
                  "sum(case when f.publication_leaf is not null then 1 else 0 end), "
                  "sum(case when exists (select 1 from oversight_event e where e.entity = 'finding' and e.entity_id = f.id and e.to_state = 'referred') then 1 else 0 end), "
                  "sum(case when exists (select 1 from oversight_event e where e.entity = 'finding' and e.entity_id = f.id and e.to_state = 'acknowledged') then 1 else 0 end), "
                  "sum(case when f.state = 'fix_claimed' then 1 else 0 end), sum(case when f.state = 'fixed_verified' then 1 else 0 end), "
                  "sum(case when f.state = 'not_fixed' then 1 else 0 end), sum(case when f.state = 'archived_unresolved' then 1 else 0 end) "
                  "from oversight_finding f join oversight_place p on p.id = f.place_id "
                  "where f.state not in ('duplicate', 'invalid') and (?1 = '' or p.district_id = ?1) and f.created_at >= ?2 and f.created_at < ?3",
                  [&](const Row& row) {
                      const auto sum = [&](int column) { return row.get<std::optional<std::int64_t>>(column).value_or(0); };
                      out.findings = sum(0), out.verified = sum(1), out.sealed = sum(2), out.published = sum(3), out.referred = sum(4), out.acknowledged = sum(5);
                      out.fix_claimed = sum(6), out.fixed_verified = sum(7), out.not_fixed = sum(8), out.archived = sum(9);
                  },
                  district, from, to);
    constexpr std::string_view of_control = "(?1 = '' or exists (select 1 from oversight_control_place cp join oversight_place p on p.id = cp.place_id "
                                            "where cp.control_id = c.id and p.district_id = ?1)) and c.opened_at >= ?2 and c.opened_at < ?3";
    out.controls = snapshot.value<std::int64_t>("select count(*) from oversight_control c where " + std::string{of_control}, district, from, to).value_or(0);
    out.controls_with_findings = snapshot.value<std::int64_t>("select count(*) from oversight_control c where exists (select 1 from oversight_finding f where f.control_id = c.id "
                                                              "and f.state not in ('duplicate', 'invalid')) and " + std::string{of_control}, district, from, to).value_or(0);
    out.visits = snapshot.value<std::int64_t>("select count(*) from oversight_visit v join oversight_visit_version w on w.visit_id = v.id and w.version = v.version "
                                              "join oversight_place p on p.id = v.place_id where v.state in ('accepted', 'sealed') and (?1 = '' or p.district_id = ?1) "
                                              "and w.received_at >= ?2 and w.received_at < ?3", district, from, to).value_or(0);
    return out;
}

} // namespace adal::oversight
