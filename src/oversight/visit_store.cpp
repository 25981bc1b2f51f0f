#include "oversight/visit_store.hpp"

#include "oversight/visit_json.hpp"

#include <fmt/format.h>

namespace adal::oversight {

namespace {

using storage::Blob;
using storage::Row;
using storage::Snapshot;
using storage::Transaction;

constexpr std::string_view kSelect =
    "select v.id, v.client_id, v.assignment_id, v.control_id, v.place_id, v.sent_by, v.checklist, v.checklist_hash, v.version, v.state, v.reject_reason, v.review_text, v.leaf, "
    "w.content_hash, w.answers, w.observations, w.photos, w.longitude, w.latitude, w.accuracy_m, w.position_at, w.started_at, w.finished_at, w.distance_m, w.is_far, w.received_at "
    "from oversight_visit v join oversight_visit_version w on w.visit_id = v.id and w.version = v.version";

Visit visit_from(const Row& row)
{
    Visit visit;
    visit.id = row.get<VisitId>(0);
    visit.client_id = row.get<std::string>(1);
    visit.assignment = row.get<AssignmentId>(2);
    visit.control = row.get<ControlId>(3);
    visit.place = row.get<PlaceId>(4);
    visit.sent_by = row.get<PersonId>(5);
    visit.checklist = row.get<std::string>(6);
    visit.checklist_hash = *hash_from(row.text(7));
    visit.version = row.get<int>(8);
    visit.state = *visit_state_from(row.text(9));
    if (!row.is_null(10)) visit.reject_reason = reject_reason_from(row.text(10));
    visit.review_text = row.get<std::string>(11);
    visit.leaf = row.get<std::optional<std::int64_t>>(12);
    visit.content_hash = *hash_from(row.text(13));
    visit.answers = row.get<std::string>(14);
    visit.observations = observations_from(row.text(15));
    visit.photos = photos_from(row.text(16));
    if (!row.is_null(17)) visit.position = Fix{.at = {row.get<double>(17), row.get<double>(18)}, .accuracy_m = row.get<double>(19), .taken_at = row.get<Instant>(20)};
    visit.started_at = row.get<std::optional<Instant>>(21);
    visit.finished_at = row.get<std::optional<Instant>>(22);
    visit.distance_m = row.get<std::optional<double>>(23);
    visit.is_far = row.get<bool>(24);
    visit.received_at = row.get<Instant>(25);
    return visit;
}

constexpr std::string_view kSelectPeople = "select person_id from oversight_visit_person where visit_id = ?1 order by position";

void read_people(Snapshot& snapshot, Visit& visit)
{
    visit.people = snapshot.all(kSelectPeople, [](const Row& row) { return row.get<PersonId>(0); }, visit.id);
}

std::optional<Visit> whole(Snapshot& snapshot, std::optional<Visit> visit)
{
    if (visit) read_people(snapshot, *visit);
    return visit;
}

void add_version(Transaction& tx, const Visit& visit)
{
    const auto coordinate = [&](double Point::*member) { return visit.position ? std::optional{visit.position->at.*member} : std::nullopt; };
    tx.exec("insert into oversight_visit_version (visit_id, version, content_hash, answers, observations, photos, longitude, latitude, accuracy_m, position_at, started_at, finished_at, "
            "distance_m, is_far, received_at) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
            visit.id, visit.version, Blob{view(visit.content_hash)}, visit.answers, observations_text(visit.observations), photos_text(visit.photos), coordinate(&Point::longitude),
            coordinate(&Point::latitude), visit.position ? std::optional{visit.position->accuracy_m} : std::nullopt,
            visit.position ? std::optional{visit.position->taken_at} : std::nullopt, visit.started_at, visit.finished_at, visit.distance_m, visit.is_far, visit.received_at);
}

std::optional<std::string_view> reason_text(const Visit& visit)
{
    return visit.reject_reason ? std::optional{name(*visit.reject_reason)} : std::nullopt;
}

} // namespace

void add(Transaction& tx, const Visit& visit)
{
    tx.exec("insert into oversight_visit (id, client_id, assignment_id, control_id, place_id, sent_by, checklist, checklist_hash, version, state, reject_reason, review_text, leaf) "
            "values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
            visit.id, visit.client_id, visit.assignment, visit.control, visit.place, visit.sent_by, visit.checklist, Blob{view(visit.checklist_hash)}, visit.version, name(visit.state),
            reason_text(visit), visit.review_text, visit.leaf);
    std::int64_t position = 0;
    for (const auto& person : visit.people)
        tx.exec_later("insert into oversight_visit_person (visit_id, person_id, position) values (?1, ?2, ?3)", visit.id, person, ++position);
    add_version(tx, visit);
}

void save(Transaction& tx, const Visit& visit)
{
    tx.exec("update oversight_visit set version = ?2, state = ?3, reject_reason = ?4, review_text = ?5, leaf = ?6 where id = ?1", visit.id, visit.version, name(visit.state),
            reason_text(visit), visit.review_text, visit.leaf);
    const auto known = tx.exec("update oversight_visit_version set photos = ?3 where visit_id = ?1 and version = ?2", visit.id, visit.version, photos_text(visit.photos));
    if (known == 0) add_version(tx, visit);
}

void save_seal(Transaction& tx, const Visit& visit)
{
    tx.exec_later("update oversight_visit set state = ?2, leaf = ?3 where id = ?1", visit.id, name(visit.state), visit.leaf);
}

std::optional<Visit> find_visit(Snapshot& snapshot, VisitId id)
{
    std::vector<PersonId> people;
    snapshot.each_later(kSelectPeople, [&](const Row& row) { people.push_back(row.get<PersonId>(0)); }, id);
    auto visit = snapshot.first(fmt::format("{} where v.id = ?1", kSelect), visit_from, id);
    if (visit) visit->people = std::move(people);
    return visit;
}

void find_visit_later(Snapshot& snapshot, FindingId finding, std::optional<Visit>& visit)
{
    snapshot.each_later(fmt::format("{} where v.id = (select visit_id from oversight_finding where id = ?1)", kSelect), [&](const Row& row) { visit = visit_from(row); }, finding);
    snapshot.each_later("select p.person_id from oversight_visit_person p join oversight_finding f on f.visit_id = p.visit_id where f.id = ?1 order by p.position",
                        [&](const Row& row) { visit.value().people.push_back(row.get<PersonId>(0)); }, finding);
}

std::optional<Visit> find_visit(Snapshot& snapshot, std::string_view client_id)
{
    return whole(snapshot, snapshot.first(fmt::format("{} where v.client_id = ?1", kSelect), visit_from, client_id));
}

std::optional<Receipt> find_receipt(Snapshot& snapshot, std::string_view client_id, const Hash& content)
{
    return snapshot.first("select v.id, w.version, w.received_at, w.photos from oversight_visit v join oversight_visit_version w on w.visit_id = v.id "
                          "where v.client_id = ?1 and w.content_hash = ?2",
                          [&](const Row& row) {
                              Receipt receipt{.visit = row.get<VisitId>(0), .client_id = std::string{client_id}, .version = row.get<int>(1), .content_hash = content,
                                              .received_at = row.get<Instant>(2)};
                              for (const auto& photo : photos_from(row.text(3)))
                                  if (!photo.file.is_set()) receipt.missing_media.push_back(photo.sha256);
                              return receipt;
                          },
                          client_id, Blob{view(content)});
}

PageOf<Visit> list_visits(Snapshot& snapshot, const VisitFilter& filter)
{
    const auto sql = fmt::format("{} where (?1 = '' or v.state = ?1) and (?2 = 0 or v.state in ('complete', 'amended')) and (?3 = '' or v.control_id = ?3) "
                                 "and (?4 = '' or v.assignment_id = ?4) and (?5 = '' or v.place_id = ?5) "
                                 "and (?6 = '' or exists (select 1 from oversight_visit_person p where p.visit_id = v.id and p.person_id = ?6)) and v.id > ?7 order by v.id limit ?8",
                                 kSelect);
    PageOf<Visit> page;
    page.rows = snapshot.all(sql, visit_from, filter.state ? name(*filter.state) : std::string_view{""}, filter.waiting_for_review, filter.control.str(), filter.assignment.str(),
                             filter.place.str(), filter.person.str(), filter.after, filter.limit + 1);
    if (std::ssize(page.rows) > filter.limit) {
        page.rows.pop_back();
        page.next = page.rows.back().id.str();
    }
    for (auto& visit : page.rows) read_people(snapshot, visit);
    return page;
}

} // namespace adal::oversight
