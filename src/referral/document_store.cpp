#include "referral/document_store.hpp"

#include "referral/column_store.hpp"
#include "referral/document_json.hpp"

#include <map>

namespace adal::referral {

namespace {

constexpr std::string_view document_columns =
    "id, control_id, state, title, object, object_bin, ground, held_from, held_to, place, tasks, form, "
    "subjects, facts, other_documents, drafted_by, drafted_at, signed_by, signed_by_name, signed_at, "
    "content_hash, version";

Document document_from(const storage::Row& row)
{
    return {.id = row.get<DocumentId>(0),
            .control = row.get<ControlId>(1),
            .state = stored(document_state_from(row.text(2))),
            .title = row.get<std::string>(3),
            .object = row.get<std::string>(4),
            .object_bin = row.get<std::string>(5),
            .ground = row.get<std::string>(6),
            .held_from = row.get<Instant>(7),
            .held_to = row.get<Instant>(8),
            .place = texts_from_text(row.text(9)),
            .tasks = row.get<std::string>(10),
            .form = row.get<std::string>(11),
            .subjects = subjects_from_text(row.text(12)),
            .facts = facts_from_text(row.text(13)),
            .other_documents = row.get<std::string>(14),
            .drafted_by = row.get<PersonId>(15),
            .signed_by = row.get<PersonId>(17),
            .signed_by_name = row.get<std::string>(18),
            .drafted_at = row.get<Instant>(16),
            .signed_at = row.get<std::optional<Instant>>(19),
            .content_hash = row.get<std::string>(20),
            .version = row.get<std::int64_t>(21)};
}

void add_recommendations(storage::Transaction& tx, const Document& document)
{
    for (const auto& recommendation : document.recommendations) {
        tx.exec("insert into referral_recommendations (id, document_id, ordinal, text, authority_id, state) "
                "values (?1, ?2, ?3, ?4, ?5, ?6)",
                recommendation.id, document.id, recommendation.ordinal, recommendation.text,
                recommendation.authority, name(recommendation.state));
        for (const auto& finding : recommendation.findings)
            tx.exec("insert into referral_recommendation_findings (recommendation_id, finding_id) "
                    "values (?1, ?2)",
                    recommendation.id, finding);
    }
}

void remove_recommendations(storage::Transaction& tx, DocumentId id)
{
    tx.exec("delete from referral_recommendation_findings where recommendation_id in "
            "(select id from referral_recommendations where document_id = ?1)",
            id);
    tx.exec("delete from referral_recommendations where document_id = ?1", id);
}

} // namespace

void add(storage::Transaction& tx, const Document& document)
{
    tx.exec("insert into referral_documents (id, control_id, state, title, object, object_bin, ground, "
            "held_from, held_to, place, tasks, form, subjects, facts, other_documents, drafted_by, "
            "drafted_at, signed_by, signed_by_name, signed_at, content_hash, version) "
            "values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, "
            "?19, ?20, ?21, ?22)",
            document.id, document.control, name(document.state), document.title, document.object,
            document.object_bin, document.ground, document.held_from, document.held_to, texts_to_text(document.place),
            document.tasks, document.form, subjects_to_text(document.subjects),
            facts_to_text(document.facts), document.other_documents, document.drafted_by,
            document.drafted_at, document.signed_by, document.signed_by_name, document.signed_at,
            document.content_hash, document.version);
    add_recommendations(tx, document);
}

Result<Done> save(storage::Transaction& tx, const Document& document)
{
    const auto was_draft = tx.value<std::string>("select state from referral_documents where id = ?1",
                                                 document.id) == "draft";
    const auto changed = tx.exec(
        "update referral_documents set state = ?2, place = ?3, subjects = ?4, facts = ?5, "
        "other_documents = ?6, signed_by = ?7, signed_by_name = ?8, signed_at = ?9, content_hash = ?10, "
        "version = ?11 where id = ?1 and version = ?12",
        document.id, name(document.state), texts_to_text(document.place), subjects_to_text(document.subjects),
        facts_to_text(document.facts), document.other_documents, document.signed_by,
        document.signed_by_name, document.signed_at, document.content_hash, document.version,
        document.version - 1);
    if (changed == 0) return fail(stale_form);
    if (was_draft) {
        remove_recommendations(tx, document.id);
        add_recommendations(tx, document);
    }
    return done();
}

std::optional<Document> read_document(storage::Snapshot& snapshot, DocumentId id)
{
    auto document = snapshot.first("select " + std::string(document_columns) +
                                       " from referral_documents where id = ?1",
                                   document_from, id);
    if (document) document->recommendations = recommendations_of(snapshot, id);
    return document;
}

std::optional<DocumentId> find_document_of(storage::Snapshot& snapshot, ControlId control)
{
    return snapshot.value<DocumentId>("select id from referral_documents where control_id = ?1", control);
}

DocumentRows list_documents(storage::Snapshot& snapshot, LocalDate today, std::string_view after, int limit)
{
    DocumentRows out;
    out.rows = snapshot.all(
        "select d.id, d.control_id, d.title, d.state, d.held_to, count(r.id), "
        "sum(case when r.state = 'unsent' then 1 else 0 end), "
        "sum(case when r.state = 'waiting' then 1 else 0 end), "
        "sum(case when r.state = 'answered' then 1 else 0 end), "
        "sum(case when r.state = 'waiting' and r.due_on < ?1 then 1 else 0 end), "
        "min(case when r.state = 'waiting' then r.due_on end) "
        "from referral_documents d left join referral_recommendations r on r.document_id = d.id "
        "where ?2 = '' or d.id < ?2 "
        "group by d.id, d.control_id, d.title, d.state, d.held_to order by d.id desc limit ?3",
        [](const storage::Row& row) {
            return DocumentRow{.id = row.get<DocumentId>(0),
                               .control = row.get<ControlId>(1),
                               .title = row.get<std::string>(2),
                               .state = stored(document_state_from(row.text(3))),
                               .held_to = row.get<Instant>(4),
                               .recommendations = row.integer(5),
                               .unsent = row.integer(6),
                               .waiting = row.integer(7),
                               .answered = row.integer(8),
                               .overdue = row.integer(9),
                               .nearest_due = optional_day(row, 10)};
        },
        iso(today), after, limit + 1);
    if (out.rows.size() > static_cast<std::size_t>(limit)) {
        out.rows.pop_back();
        out.next = out.rows.back().id.str();
    }
    return out;
}

std::vector<DocumentId> all_documents(storage::Snapshot& snapshot)
{
    return snapshot.all("select id from referral_documents order by id",
                        [](const storage::Row& row) { return row.get<DocumentId>(0); });
}

std::vector<RecommendationRecord> list_sent(storage::Snapshot& snapshot, Instant as_of)
{
    auto out = snapshot.all(
        "select r.id, r.document_id, d.sent_at, r.due_on, p.received_on, p.class "
        "from referral_recommendations r join referral_dispatches d on d.id = r.dispatch_id "
        "left join referral_replies p on p.recommendation_id = r.id and p.class <> 'none' "
        "and p.registered_at <= ?1 where d.recorded_at <= ?1 order by r.id",
        [](const storage::Row& row) {
            RecommendationRecord record{.id = row.get<RecommendationId>(0),
                                        .document = row.get<DocumentId>(1),
                                        .sent_at = row.get<Instant>(2),
                                        .due = day(row, 3),
                                        .answered_on = optional_day(row, 4)};
            if (!row.is_null(5)) record.reply_class = stored(reply_class_from(row.text(5)));
            return record;
        },
        as_of);
    // A deadline that was replaced later still held at that moment.
    std::map<RecommendationId, LocalDate> then;
    snapshot.each("select recommendation_id, due_on from referral_former_deadlines where replaced_at > ?1 and step_id is null "
                  "order by replaced_at desc, id desc",
                  [&](const storage::Row& row) { then[row.get<RecommendationId>(0)] = day(row, 1); }, as_of);
    for (auto& record : out)
        if (const auto former = then.find(record.id); former != then.end()) record.due = former->second;
    std::map<RecommendationId, std::vector<FindingId>> findings;
    snapshot.each("select f.recommendation_id, f.finding_id from referral_recommendation_findings f "
                  "order by f.recommendation_id, f.finding_id",
                  [&](const storage::Row& row) {
                      findings[row.get<RecommendationId>(0)].push_back(row.get<FindingId>(1));
                  });
    for (auto& record : out) record.findings = findings[record.id];
    return out;
}

} // namespace adal::referral
