#include "files/access_store.hpp"

#include "base/json.hpp"

namespace adal::files {

namespace access_rows {

constexpr std::string_view columns =
    "select seq, at, file, person, purpose, reference, reason, head from files_access ";

Access read(const storage::Row& row)
{
    const auto head = hash_from(row.text(7));
    const auto purpose = row.text(4);
    if (!head || (purpose != "opened" && purpose != "dossier"))
        throw storage::Error(storage::ErrorKind::other, "a row of files_access is malformed");
    return {.seq = row.get<std::int64_t>(0),
            .at = row.get<Instant>(1),
            .file = row.get<FileId>(2),
            .person = row.get<PersonId>(3),
            .purpose = purpose == "opened" ? AccessPurpose::opened : AccessPurpose::dossier,
            .reference = row.get<std::string>(5),
            .reason = row.get<std::string>(6),
            .head = *head};
}

} // namespace access_rows

std::string_view text(AccessPurpose purpose)
{
    return purpose == AccessPurpose::opened ? "opened" : "dossier";
}

std::string access_text(const Access& access)
{
    // Keys in the order of their bytes.
    return to_text(json::object{{"at", access.at.ms},
                                {"file", access.file.text()},
                                {"person", access.person.text()},
                                {"purpose", text(access.purpose)},
                                {"reason", access.reason},
                                {"reference", access.reference},
                                {"seq", access.seq}});
}

Hash next_access_head(const Hash& before, const Access& access)
{
    Sha256 digest;
    digest.update("adal/audit/v1");
    digest.update(view(before));
    digest.update(access_text(access));
    return digest.finish();
}

Access record_access(storage::Transaction& tx, Access access)
{
    const auto before = access_head(tx);
    access.seq = before.seq + 1;
    access.head = next_access_head(before.head, access);
    tx.exec("insert into files_access(seq, at, file, person, purpose, reference, reason, head) "
            "values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            access.seq, access.at, access.file, access.person, text(access.purpose),
            access.reference, access.reason, storage::Blob{view(access.head)});
    return access;
}

std::vector<Access> accesses_of(storage::Snapshot& snapshot, FileId file)
{
    return snapshot.all(std::string{access_rows::columns} + "where file = ?1 order by seq",
                        access_rows::read, file);
}

std::vector<Access> accesses_for(storage::Snapshot& snapshot, std::string_view reference, int limit)
{
    return snapshot.all(std::string{access_rows::columns} +
                            "where reference = ?1 order by seq desc limit ?2",
                        access_rows::read, reference, limit);
}

AccessHead access_head(storage::Snapshot& snapshot)
{
    const auto newest = snapshot.first(
        std::string{access_rows::columns} + "order by seq desc limit 1", access_rows::read);
    return newest ? AccessHead{.seq = newest->seq, .head = newest->head} : AccessHead{};
}

std::optional<Instant> newest_anchor(storage::Snapshot& snapshot)
{
    return snapshot.value<Instant>("select at from files_access_anchor order by seq desc limit 1");
}

void add_anchor(storage::Transaction& tx, const AccessHead& head, std::int64_t leaf, Instant now)
{
    tx.exec("insert into files_access_anchor(seq, leaf, at) values (?1, ?2, ?3)", head.seq, leaf,
            now);
}

std::vector<std::string> check_access_chain(storage::Snapshot& snapshot)
{
    std::vector<std::string> out;
    AccessHead before;
    snapshot.each(std::string{access_rows::columns} + "order by seq", [&](const storage::Row& row) {
        const auto access = access_rows::read(row);
        if (access.seq != before.seq + 1 || access.head != next_access_head(before.head, access))
            out.push_back("access_chain " + std::to_string(access.seq));
        before = {.seq = access.seq, .head = access.head};
    });
    return out;
}

} // namespace adal::files
