#include "referral/joint_store.hpp"

#include "referral/column_store.hpp"

namespace adal::referral {

namespace joint_rows {

constexpr std::string_view entry_columns =
    "id, control_id, compartment, text, written_by, written_at, agreed_by, agreed_at, their_post, leaf";

JointEntry entry_from(const storage::Row& row)
{
    return {.id = row.get<JointEntryId>(0),
            .control = row.get<ControlId>(1),
            .compartment = stored(compartment_from(row.text(2))),
            .text = row.get<std::string>(3),
            .written_by = row.get<PersonId>(4),
            .written_at = row.get<Instant>(5),
            .agreed_by = row.get<PersonId>(6),
            .agreed_at = row.get<std::optional<Instant>>(7),
            .their_post = row.get<std::string>(8),
            .leaf = row.get<std::optional<std::int64_t>>(9)};
}

} // namespace joint_rows

void add(storage::Transaction& tx, const JointControl& joint)
{
    tx.exec("insert into referral_joint_controls (control_id, authority_id, authority_version_id, number, invited_on, text, "
            "recorded_by, recorded_at) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            joint.control, joint.authority, joint.authority_version, joint.number, iso(joint.invited_on), joint.text,
            joint.recorded_by, joint.recorded_at);
}

std::optional<JointControl> find_joint(storage::Snapshot& snapshot, ControlId control)
{
    return snapshot.first("select control_id, authority_id, authority_version_id, number, invited_on, text, recorded_by, "
                          "recorded_at from referral_joint_controls where control_id = ?1",
                          [](const storage::Row& row) {
                              return JointControl{.control = row.get<ControlId>(0),
                                                  .authority = row.get<AuthorityId>(1),
                                                  .authority_version = row.get<AuthorityVersionId>(2),
                                                  .number = row.get<std::string>(3),
                                                  .invited_on = day(row, 4),
                                                  .text = row.get<std::string>(5),
                                                  .recorded_by = row.get<PersonId>(6),
                                                  .recorded_at = row.get<Instant>(7)};
                          },
                          control);
}

void add(storage::Transaction& tx, const JointEntry& entry)
{
    tx.exec("insert into referral_joint_entries (id, control_id, compartment, text, written_by, written_at, their_post) "
            "values (?1, ?2, ?3, ?4, ?5, ?6, '')",
            entry.id, entry.control, name(entry.compartment), entry.text, entry.written_by, entry.written_at);
}

void save_agreement(storage::Transaction& tx, const JointEntry& entry)
{
    tx.exec("update referral_joint_entries set agreed_by = ?2, agreed_at = ?3, their_post = ?4, leaf = ?5 where id = ?1",
            entry.id, entry.agreed_by, entry.agreed_at, entry.their_post, entry.leaf);
}

std::optional<JointEntry> find_joint_entry(storage::Snapshot& snapshot, JointEntryId id)
{
    return snapshot.first("select " + std::string(joint_rows::entry_columns) + " from referral_joint_entries where id = ?1",
                          joint_rows::entry_from, id);
}

std::vector<JointEntry> joint_entries(storage::Snapshot& snapshot, ControlId control, bool is_lawyer)
{
    return snapshot.all("select " + std::string(joint_rows::entry_columns) +
                            " from referral_joint_entries where control_id = ?1 and (?2 = 1 or compartment <> 'theirs') "
                            "order by written_at, id",
                        joint_rows::entry_from, control, is_lawyer);
}

} // namespace adal::referral
