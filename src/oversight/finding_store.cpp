#include "oversight/finding_store.hpp"

#include "base/text.hpp"
#include "oversight/search_words.hpp"
#include "oversight/visit_json.hpp"

#include <fmt/format.h>

namespace adal::oversight {

namespace {

using storage::Row;
using storage::Snapshot;
using storage::Transaction;

constexpr std::string_view kColumns =
    "f.id, f.origin, f.visit_id, f.control_id, f.place_id, f.checklist, f.rule, f.question, f.value, f.severity, f.note, f.photos, f.state, f.urgent, f.verification_due, f.verified_at, "
    "f.warranty, f.duplicate_of, f.archive_proposed_by, f.seal_leaf, f.seal_eid, f.seal_case, f.seal_by, f.seal_at, f.publication_leaf, f.publication_eid, f.publication_by, "
    "f.publication_at, f.summary, f.created_at, f.changed_at, f.version";

Finding finding_of(const Row& row)
{
    Finding finding;
    finding.id = row.get<FindingId>(0);
    finding.origin = *finding_origin_from(row.text(1));
    finding.visit = row.get<VisitId>(2);
    finding.control = row.get<ControlId>(3);
    finding.place = row.get<PlaceId>(4);
    finding.checklist = row.get<std::string>(5);
    finding.rule = row.get<std::string>(6);
    finding.question = row.get<std::string>(7);
    finding.value = row.get<std::string>(8);
    finding.severity = *severity_from(row.text(9));
    finding.text = row.get<std::string>(10);
    finding.photos = photos_from(row.text(11));
    finding.state = *finding_state_from(row.text(12));
    finding.urgent = row.get<bool>(13);
    finding.verification_due = row.get<std::optional<Instant>>(14);
    finding.verified_at = row.get<std::optional<Instant>>(15);
    finding.warranty = row.get<bool>(16);
    finding.duplicate_of = row.get<FindingId>(17);
    finding.archive_proposed_by = row.get<PersonId>(18);
    if (!row.is_null(19))
        finding.seal = Seal{row.get<std::int64_t>(19), row.get<std::string>(20), row.get<std::string>(21), row.get<PersonId>(22), row.get<Instant>(23)};
    if (!row.is_null(24))
        finding.publication = Publication{row.get<std::int64_t>(24), row.get<std::string>(25), row.get<std::string>(28), row.get<PersonId>(26), row.get<Instant>(27)};
    finding.created_at = row.get<Instant>(29);
    finding.changed_at = row.get<Instant>(30);
    finding.version = row.get<std::int64_t>(31);
    return finding;
}

constexpr std::string_view kSelectAuthors = "select person_id from oversight_finding_author where finding_id = ?1 order by position";

void read_authors(Snapshot& snapshot, Finding& finding)
{
    finding.authors = snapshot.all(kSelectAuthors, [](const Row& row) { return row.get<PersonId>(0); }, finding.id);
}

// What search looks into: the rule in every language, the value, and the words of the place.
std::string search_words(Snapshot& snapshot, const Finding& finding)
{
    std::string words = finding.value;
    const auto* checklist = find_checklist(finding.checklist);
    if (const auto* rule = checklist ? checklist->find_rule(finding.rule) : nullptr) words += " " + rule->label.kk + " " + rule->label.ru + " " + rule->label.en;
    const auto place = snapshot.value<std::string>("select search_text from oversight_place where id = ?1", finding.place);
    return " " + adal::fold(words) + place.value_or("");
}

// "'a', 'b'" of names that this program wrote itself; an empty list means every state.
std::string state_condition(const std::vector<FindingState>& states)
{
    if (states.empty()) return "1 = 1";
    std::string list;
    for (const auto state : states) list += fmt::format("{}'{}'", list.empty() ? "" : ", ", name(state));
    return "f.state in (" + list + ")";
}

std::string condition_of(const FindingFilter& filter)
{
    return state_condition(filter.states)
           + " and (?1 = '' or f.severity = ?1) and (?2 = '' or exists (select 1 from oversight_place p where p.id = f.place_id and p.kind = ?2)) "
             "and (?3 = '' or exists (select 1 from oversight_place p where p.id = f.place_id and p.district_id = ?3)) and (?4 = '' or f.control_id = ?4) and (?5 = '' or f.place_id = ?5) "
             "and (?6 = '' or f.visit_id = ?6) and (?7 = 0 or f.publication_leaf is not null) and (?8 = 0 or f.seal_leaf is not null) and (?9 = 0 or f.seal_leaf is null) and "
           + like_condition("f.search_text", 10);
}

struct FilterValues {
    std::string severity, kind, district, control, place, visit;
    std::array<std::string, 2 * kMostWords> like;
};

FilterValues values_of(const FindingFilter& filter)
{
    return {std::string{filter.severity ? name(*filter.severity) : ""}, std::string{filter.kind ? name(*filter.kind) : ""}, filter.district.str(), filter.control.str(),
            filter.place.str(), filter.visit.str(), like_patterns(filter.text)};
}

} // namespace

void add(Transaction& tx, const Finding& finding)
{
    tx.exec("insert into oversight_finding (id, origin, visit_id, control_id, place_id, checklist, rule, question, value, severity, note, photos, state, urgent, verification_due, "
            "verified_at, warranty, duplicate_of, archive_proposed_by, summary, created_at, changed_at, search_text, version) "
            "values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, '', ?20, ?21, ?22, ?23)",
            finding.id, name(finding.origin), finding.visit, finding.control, finding.place, finding.checklist, finding.rule, finding.question, finding.value, name(finding.severity),
            finding.text, photos_text(finding.photos), name(finding.state), finding.urgent, finding.verification_due, finding.verified_at, finding.warranty, finding.duplicate_of,
            finding.archive_proposed_by, finding.created_at, finding.changed_at, search_words(tx, finding), finding.version);
    std::int64_t position = 0;
    for (const auto& author : finding.authors)
        tx.exec_later("insert into oversight_finding_author (finding_id, person_id, position) values (?1, ?2, ?3)", finding.id, author, ++position);
}

Result<Done> save(Transaction& tx, const Finding& finding)
{
    const auto seal = [&](auto member) { return finding.seal ? std::optional{(*finding.seal).*member} : std::nullopt; };
    const auto shown = [&](auto member) { return finding.publication ? std::optional{(*finding.publication).*member} : std::nullopt; };
    const auto changed = tx.exec(
        "update oversight_finding set state = ?2, urgent = ?3, verification_due = ?4, verified_at = ?5, warranty = ?6, duplicate_of = ?7, archive_proposed_by = ?8, seal_leaf = ?9, "
        "seal_eid = ?10, seal_case = ?11, seal_by = ?12, seal_at = ?13, publication_leaf = ?14, publication_eid = ?15, publication_by = ?16, publication_at = ?17, summary = ?18, "
        "changed_at = ?19, version = ?20 where id = ?1 and version = ?20 - 1",
        finding.id, name(finding.state), finding.urgent, finding.verification_due, finding.verified_at, finding.warranty, finding.duplicate_of, finding.archive_proposed_by,
        seal(&Seal::leaf), seal(&Seal::eid), seal(&Seal::case_id), seal(&Seal::by), seal(&Seal::at), shown(&Publication::leaf), shown(&Publication::eid), shown(&Publication::by),
        shown(&Publication::at), finding.publication ? finding.publication->summary : std::string{}, finding.changed_at, finding.version);
    return changed == 1 ? done() : Result<Done>{fail(stale_form)};
}

std::optional<Finding> find_finding(Snapshot& snapshot, FindingId id)
{
    std::vector<PersonId> authors;
    snapshot.each_later(kSelectAuthors, [&](const Row& row) { authors.push_back(row.get<PersonId>(0)); }, id);
    auto finding = snapshot.first(fmt::format("select {} from oversight_finding f where f.id = ?1", kColumns), finding_of, id);
    if (finding) finding->authors = std::move(authors);
    return finding;
}

PageOf<Finding> list_findings(Snapshot& snapshot, const FindingFilter& filter)
{
    const auto v = values_of(filter);
    const auto sql = fmt::format("select {} from oversight_finding f where {} and (?18 = '' or f.id < ?18) order by f.id desc limit ?19", kColumns, condition_of(filter));
    PageOf<Finding> page;
    page.rows = snapshot.all(sql, finding_of, v.severity, v.kind, v.district, v.control, v.place, v.visit, filter.only_published, filter.only_sealed, filter.only_unsealed, v.like[0],
                             v.like[1], v.like[2], v.like[3], v.like[4], v.like[5], v.like[6], v.like[7], filter.after, filter.limit + 1);
    if (std::ssize(page.rows) > filter.limit) {
        page.rows.pop_back();
        page.next = page.rows.back().id.str();
    }
    for (auto& finding : page.rows) read_authors(snapshot, finding);
    return page;
}

std::int64_t count_findings(Snapshot& snapshot, const FindingFilter& filter)
{
    const auto v = values_of(filter);
    return snapshot.value<std::int64_t>("select count(*) from oversight_finding f where " + condition_of(filter), v.severity, v.kind, v.district, v.control, v.place, v.visit,
                                        filter.only_published, filter.only_sealed, filter.only_unsealed, v.like[0], v.like[1], v.like[2], v.like[3], v.like[4], v.like[5], v.like[6],
                                        v.like[7])
        .value_or(0);
}

std::vector<Finding> similar_findings(Snapshot& snapshot, const Finding& finding)
{
    std::vector<Finding> out;
    for (auto& other : list_findings(snapshot, {.place = finding.place}).rows)
        if (other.id != finding.id && other.category() == finding.category() && is_open(other.state)) out.push_back(std::move(other));
    return out;
}

std::vector<Finding> overdue_verifications(Snapshot& snapshot, Instant now)
{
    auto all = snapshot.all(fmt::format("select {} from oversight_finding f where f.verification_due < ?1 and f.verified_at is null order by f.verification_due", kColumns), finding_of, now);
    for (auto& finding : all) read_authors(snapshot, finding);
    return all;
}

void add(Transaction& tx, const Verification& verification)
{
    std::string photos;
    for (const auto& file : verification.photos) photos += (photos.empty() ? "" : " ") + file.str();
    tx.exec("insert into oversight_verification (id, finding_id, verifier, basis, result, text, photos, at) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", verification.id,
            verification.finding, verification.verifier, name(verification.basis), name(verification.result), verification.text, photos, verification.at);
}

std::vector<Verification> verifications_of(Snapshot& snapshot, FindingId finding)
{
    return snapshot.all("select id, verifier, basis, result, text, photos, at from oversight_verification where finding_id = ?1 order by at, id",
                        [&](const Row& row) {
                            Verification out{.id = row.get<VerificationId>(0), .finding = finding, .verifier = row.get<PersonId>(1), .basis = *verification_basis_from(row.text(2)),
                                             .result = *verification_result_from(row.text(3)), .text = row.get<std::string>(4), .at = row.get<Instant>(6)};
                            for (const auto file : split(row.text(5), ' '))
                                if (const auto id = FileId::parse(file)) out.photos.push_back(*id);
                            return out;
                        },
                        finding);
}

std::map<FindingState, std::int64_t> count_by_state(Snapshot& snapshot, ControlId control)
{
    std::map<FindingState, std::int64_t> out;
    snapshot.each("select state, count(*) from oversight_finding where ?1 = '' or control_id = ?1 group by state",
                  [&](const Row& row) { out[*finding_state_from(row.text(0))] = row.get<std::int64_t>(1); }, control.str());
    return out;
}

} // namespace adal::oversight
