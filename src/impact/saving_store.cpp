#include "impact/saving_store.hpp"

#include <map>

namespace adal::impact {

namespace {

template <typename T> T stored(const std::optional<T>& value)
{
    if (!value) throw storage::Error(storage::ErrorKind::other, "a stored name is unknown");
    return *value;
}

constexpr std::string_view columns =
    "id, type, object_key, finding_id, baseline_text, method_text, method, baseline, actual, grade, "
    "our_share_bp, state, claimed_by, claimed_at, approved_by, approved_at, confirmed_by, confirmed_at, "
    "ended_by, ended_at, end_reason, replaces_id, version";

Saving saving_from(const storage::Row& row)
{
    return {.id = row.get<SavingId>(0),
            .type = stored(saving_type_from(row.text(1))),
            .object_key = row.get<std::string>(2),
            .finding = row.get<FindingId>(3),
            .baseline_text = row.get<std::string>(4),
            .method_text = row.get<std::string>(5),
            .method = stored(method_from(row.text(6))),
            .baseline = row.get<Money>(7),
            .actual = row.get<Money>(8),
            .grade = stored(grade_from(row.text(9))),
            .our_share_bp = row.get<int>(10),
            .state = stored(saving_state_from(row.text(11))),
            .claimed_by = row.get<PersonId>(12),
            .approved_by = row.get<PersonId>(14),
            .confirmed_by = row.get<PersonId>(16),
            .ended_by = row.get<PersonId>(18),
            .claimed_at = row.get<Instant>(13),
            .approved_at = row.get<std::optional<Instant>>(15),
            .confirmed_at = row.get<std::optional<Instant>>(17),
            .ended_at = row.get<std::optional<Instant>>(19),
            .end_reason = row.get<std::string>(20),
            .replaces = row.get<SavingId>(21),
            .version = row.get<std::int64_t>(22)};
}

void read_parts(storage::Snapshot& snapshot, Saving& saving)
{
    saving.others = snapshot.all("select organisation, share_bp from saving_attributions "
                                 "where saving_id = ?1 order by organisation",
                                 [](const storage::Row& row) {
                                     return Attribution{row.get<std::string>(0), row.get<int>(1)};
                                 },
                                 saving.id);
    saving.evidence = snapshot.all("select file_id from saving_evidence where saving_id = ?1 order by file_id",
                                   [](const storage::Row& row) { return row.get<FileId>(0); }, saving.id);
}

} // namespace

void add(storage::Transaction& tx, const Saving& saving)
{
    tx.exec("insert into savings (id, type, family, object_key, finding_id, baseline_text, method_text, "
            "method, baseline, actual, grade, our_share_bp, state, live, claimed_by, claimed_at, "
            "end_reason, replaces_id, version) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, "
            "?13, ?14, ?15, ?16, ?17, ?18, ?19)",
            saving.id, name(saving.type), family(saving.type), saving.object_key, saving.finding,
            saving.baseline_text, saving.method_text, name(saving.method), saving.baseline, saving.actual,
            name(saving.grade), saving.our_share_bp, name(saving.state), is_live(saving.state),
            saving.claimed_by, saving.claimed_at, saving.end_reason, saving.replaces, saving.version);
    for (const auto& other : saving.others)
        tx.exec("insert into saving_attributions (saving_id, organisation, share_bp) values (?1, ?2, ?3)",
                saving.id, other.organisation, other.share_bp);
    for (const auto& file : saving.evidence)
        tx.exec("insert into saving_evidence (saving_id, file_id) values (?1, ?2)", saving.id, file);
}

Result<Done> save(storage::Transaction& tx, const Saving& saving)
{
    const auto changed = tx.exec(
        "update savings set state = ?2, live = ?3, approved_by = ?4, approved_at = ?5, confirmed_by = ?6, "
        "confirmed_at = ?7, ended_by = ?8, ended_at = ?9, end_reason = ?10, version = ?11 "
        "where id = ?1 and version = ?12",
        saving.id, name(saving.state), is_live(saving.state), saving.approved_by, saving.approved_at,
        saving.confirmed_by, saving.confirmed_at, saving.ended_by, saving.ended_at, saving.end_reason,
        saving.version, saving.version - 1);
    if (changed == 0) return fail(stale_form);
    return done();
}

std::optional<Saving> read_saving(storage::Snapshot& snapshot, SavingId id)
{
    auto saving = snapshot.first("select " + std::string(columns) + " from savings where id = ?1",
                                 saving_from, id);
    if (saving) read_parts(snapshot, *saving);
    return saving;
}

std::vector<Saving> all_savings(storage::Snapshot& snapshot)
{
    auto savings = snapshot.all("select " + std::string(columns) +
                                    " from savings order by claimed_at desc, id desc",
                                saving_from);
    std::map<SavingId, Saving*> by_id;
    for (auto& saving : savings) by_id[saving.id] = &saving;
    snapshot.each("select saving_id, organisation, share_bp from saving_attributions order by organisation",
                  [&](const storage::Row& row) {
                      by_id.at(row.get<SavingId>(0))->others.push_back({row.get<std::string>(1), row.get<int>(2)});
                  });
    snapshot.each("select saving_id, file_id from saving_evidence order by file_id",
                  [&](const storage::Row& row) {
                      by_id.at(row.get<SavingId>(0))->evidence.push_back(row.get<FileId>(1));
                  });
    return savings;
}

std::optional<SavingId> live_saving(storage::Snapshot& snapshot, std::string_view object_key,
                                    std::string_view family)
{
    return snapshot.value<SavingId>(
        "select id from savings where object_key = ?1 and family = ?2 and live = 1", object_key, family);
}

void add(storage::Transaction& tx, const FrozenFigure& frozen)
{
    tx.exec("insert into frozen_figures (id, code, value, denominator, record_count, manifest, as_of, "
            "frozen_by, frozen_at) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            frozen.id, code(frozen.figure.indicator), frozen.figure.value, frozen.figure.denominator,
            frozen.figure.record_count, frozen.frozen_manifest, frozen.as_of, frozen.frozen_by,
            frozen.frozen_at);
}

std::vector<FrozenFigure> read_frozen(storage::Snapshot& snapshot)
{
    return snapshot.all("select id, code, value, denominator, record_count, manifest, as_of, frozen_by, "
                        "frozen_at from frozen_figures order by as_of desc, code",
                        [](const storage::Row& row) {
                            return FrozenFigure{
                                .id = row.get<std::string>(0),
                                .figure = {.indicator = stored(indicator_from(row.text(1))),
                                           .value = row.get<std::int64_t>(2),
                                           .denominator = row.get<std::optional<std::int64_t>>(3),
                                           .record_count = row.get<std::int64_t>(4)},
                                .frozen_manifest = row.get<std::string>(5),
                                .as_of = row.get<Instant>(6),
                                .frozen_by = row.get<PersonId>(7),
                                .frozen_at = row.get<Instant>(8)};
                        });
}

} // namespace adal::impact
