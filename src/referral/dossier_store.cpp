#include "referral/dossier_store.hpp"

#include "ledger/leaf.hpp"
#include "ledger/ledger.hpp"
#include "oversight/oversight.hpp"
#include "referral/document_store.hpp"

#include <algorithm>

namespace adal::referral {

namespace dossier_access {

Result<Done> anchor_access_log(storage::Transaction& tx, Instant now)
{
    const auto head = files::access_head(tx);
    const auto newest = files::newest_anchor(tx);
    if (head.seq == 0 || (newest && local_date(*newest) == local_date(now))) return done();
    const auto leaf =
        ledger::append(tx,
                       {.type = "audit.head",
                        .role = "system",
                        .pub = {{"count", head.seq}, {"head", base64(view(head.head))}}},
                       now);
    if (!leaf) return pass(leaf);
    files::add_anchor(tx, head, leaf->index, now);
    return done();
}

} // namespace dossier_access

std::optional<DocumentId> dossier_document(storage::Snapshot& snapshot, std::string_view id)
{
    if (const auto document = DocumentId::parse(id); document && read_document(snapshot, *document))
        return document;
    if (const auto control = ControlId::parse(id))
        if (const auto document = find_document_of(snapshot, *control)) return document;
    std::optional<ControlId> control;
    if (const auto finding = FindingId::parse(id)) {
        if (const auto found = oversight::find_finding(snapshot, *finding))
            control = found->control;
    } else if (ledger::is_hex_id(id)) {
        oversight::FindingFilter sealed{.only_sealed = true};
        for (;;) {
            const auto page = oversight::list_findings(snapshot, sealed);
            for (const auto& found : page.rows)
                if (found.seal && found.seal->case_id == id) control = found.control;
            if (control || page.next.empty()) break;
            sealed.after = page.next;
        }
    }
    return control ? find_document_of(snapshot, *control) : std::nullopt;
}

Result<Done> announce_dossier_key(storage::Transaction& tx, const ledger::Vkey& key, Instant now)
{
    const auto vkey = key.text();
    if (tx.value<std::int64_t>("select leaf from referral_announced_keys where vkey = ?1", vkey))
        return done();
    const auto leaf = ledger::append(
        tx, {.type = "policy.set", .role = "system", .pub = {{"dossier", vkey}}}, now);
    if (!leaf) return pass(leaf);
    tx.exec("insert into referral_announced_keys(vkey, leaf) values (?1, ?2)", vkey, leaf->index);
    return done();
}

Result<Done> record_dossier(storage::Transaction& tx, const Dossier& dossier, PersonId person,
                            std::string_view reason, Instant now)
{
    for (const auto& file : dossier.originals)
        files::record_access(tx, {.at = now,
                                  .file = file,
                                  .person = person,
                                  .purpose = files::AccessPurpose::dossier,
                                  .reference = dossier.document.id.str(),
                                  .reason = std::string{reason}});
    return dossier_access::anchor_access_log(tx, now);
}

Result<Done> record_opened(storage::Transaction& tx, FileId file, DocumentId document,
                           PersonId person, std::string_view reason, Instant now)
{
    files::record_access(tx, {.at = now,
                              .file = file,
                              .person = person,
                              .purpose = files::AccessPurpose::opened,
                              .reference = document.str(),
                              .reason = std::string{reason}});
    return dossier_access::anchor_access_log(tx, now);
}

std::vector<FileId> originals_of(storage::Snapshot& snapshot, const Document& document)
{
    std::vector<FileId> out;
    const auto add = [&](FileId id) {
        if (id.is_set() && std::ranges::find(out, id) == out.end()) out.push_back(id);
    };
    for (const auto& fact : document.facts) {
        const auto finding = oversight::find_finding(snapshot, fact.finding);
        if (!finding) continue;
        for (const auto& photo : finding->photos)
            add(photo.file);
        for (const auto& claim : oversight::fix_claims_of(snapshot, finding->id))
            if (const auto check = oversight::check_of(snapshot, claim.id))
                for (const auto& photo : check->photos)
                    add(photo.file);
    }
    for (const auto& given : document.recommendations)
        for (const auto& reply : list_replies(snapshot, given.id))
            for (const auto& file : reply.files)
                add(file);
    return out;
}

} // namespace adal::referral
