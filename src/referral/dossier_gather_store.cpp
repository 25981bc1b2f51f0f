// Gathers a dossier: what the entries commit to, the values that open them, and the proofs.
#include "referral/dossier_store.hpp"

#include "files/file_store.hpp"
#include "ledger/leaf.hpp"
#include "ledger/ledger.hpp"
#include "ledger/ledger_store.hpp"
#include "ledger/proof.hpp"
#include "oversight/oversight.hpp"
#include "referral/authority_store.hpp"
#include "referral/document_store.hpp"
#include "referral/referral.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>

namespace adal::referral {

namespace dossier_gathering {

using storage::Snapshot;

// A value that a commitment may open to: text, or a file of the bag.
struct Candidate {
    std::string text{};
    std::optional<ledger::Digest> digest{};
    std::string path{};
    FileId original{};
};
// By case ("" for the whole document) and first word of the label: photo.3 → photo.
using Candidates = std::map<std::pair<std::string, std::string>, std::vector<Candidate>>;

struct Picked {
    std::int64_t index = 0;
    std::string bytes{};
    ledger::Leaf leaf{};
};

std::string_view extension_of(std::string_view mime)
{
    if (mime == "image/jpeg") return "jpg";
    if (mime == "image/png") return "png";
    if (mime == "image/webp") return "webp";
    if (mime == "application/pdf") return "pdf";
    return "txt";
}

std::string family_of(std::string_view label)
{
    return std::string{label.substr(0, label.find('.'))};
}

std::optional<std::int64_t> whole_at(const json::object& object, std::string_view key)
{
    const auto* value = object.if_contains(key);
    return value != nullptr && value->is_int64() ? std::optional{value->get_int64()} : std::nullopt;
}

class Gathering {
public:
    Gathering(Snapshot& db, const DossierHouse& house, Document document) : m_db(db), m_house(house)
    {
        m_out.document = std::move(document);
        m_out.origin = house.log_key.name();
        m_out.identifier = "adal:case:" + m_out.document.id.str();
    }

    Result<Dossier> gather()
    {
        gather_findings();
        gather_recommendations();
        const auto announced =
            m_db.value<std::int64_t>("select leaf from referral_announced_keys where vkey = ?1",
                                     m_house.dossier_key.vkey().text());
        if (!announced) return fail(ledger::not_published_yet);
        pick_entries(*announced);
        const auto checkpoint = ledger::first_checkpoint_over(
            m_db, static_cast<std::uint64_t>(m_entries.back().index) + 1);
        if (!checkpoint) return fail(ledger::not_published_yet);
        m_out.log_size = checkpoint->size;
        for (const auto& entry : m_entries) {
            add_proof(entry, *checkpoint);
            add_openings(entry);
        }
        forget_what_was_not_opened();
        add_texts(*checkpoint);
        std::ranges::sort(m_out.parts, {}, &DossierPart::path);
        return std::move(m_out);
    }

private:
    void know(const std::string& case_id, std::string_view family, std::string text)
    {
        m_candidates[{case_id, std::string{family}}].push_back({.text = std::move(text)});
    }

    // A stored file under its number in the bag; the same bytes once.
    std::string number_of(const files::StoredFile& file, std::string_view folder,
                          std::string_view suffix)
    {
        auto& path = m_numbered[{std::string{folder}, file.sha256}];
        if (path.empty())
            path = fmt::format("data/{}/{:04}{}.{}", folder, ++m_numbers[std::string{folder}],
                               suffix, extension_of(file.mime));
        return path;
    }

    void know_file(const std::string& case_id, std::string_view family,
                   const files::StoredFile& file, const std::string& path)
    {
        m_candidates[{case_id, std::string{family}}].push_back(
            {.digest = ledger::Digest{file.sha256, file.size}, .path = path, .original = file.id});
        m_sources[path] = {.path = path,
                           .source = m_house.files.original_path(file.sha256),
                           .sha256 = file.sha256};
    }

    void know_view(const std::string& case_id, const files::StoredFile& file,
                   const std::string& original)
    {
        if (!file.is_shown()) return;
        const auto view_path = original.substr(0, original.rfind('-')) + "-view.jpg";
        const auto bytes = m_house.files.read_view(file.sha256);
        const ledger::Digest digest{sha256(bytes), bytes.size()};
        m_candidates[{case_id, "pubphoto"}].push_back({.digest = digest, .path = view_path});
        m_sources[view_path] = {.path = view_path,
                                .source = m_house.files.view_path(file.sha256),
                                .sha256 = digest.sha256};
        m_view_of[original] = view_path;
    }

    void add_photos(DossierFinding& finding, const std::vector<oversight::Photo>& photos)
    {
        for (const auto& photo : photos) {
            const auto file = m_house.files.find(m_db, photo.file);
            if (!file) continue;
            const auto path = number_of(*file, "evidence", "-original");
            know_file(finding.fact.case_id, "photo", *file, path);
            know_view(finding.fact.case_id, *file, path);
            finding.photos.push_back({.original = path, .sha256 = file->sha256, .photo = photo});
            if (photo.captured_at)
                custody(path, *photo.captured_at, "captured", "volunteer", {}, "device_clock");
            custody(path, file->stored_at, "stored", "system", {}, hex(view(file->sha256)));
            add_openings_by_people(path, photo.file);
        }
    }

    void custody(const std::string& path, Instant at, std::string_view event, std::string_view role,
                 PersonId person, std::string detail)
    {
        m_out.custody.push_back({.file = path,
                                 .at = at,
                                 .event = std::string{event},
                                 .role = std::string{role},
                                 .person = person.str(),
                                 .detail = std::move(detail)});
    }

    // Handing over a copy is written down too, but is no part of a copy: every dossier would differ
    // from the last.
    void add_openings_by_people(const std::string& path, FileId file)
    {
        for (const auto& access : files::accesses_of(m_db, file))
            if (access.purpose == files::AccessPurpose::opened)
                custody(path, access.at, "opened", "office", access.person, hex(view(access.head)));
    }

    void gather_findings()
    {
        for (const auto& fact : m_out.document.facts) {
            DossierFinding item{.fact = fact};
            const auto finding = oversight::find_finding(m_db, fact.finding);
            const auto visit = finding ? oversight::find_visit(m_db, finding->visit) : std::nullopt;
            const auto place = finding ? oversight::find_place(m_db, finding->place) : std::nullopt;
            if (finding && visit && place) gather_finding(item, *finding, *visit, *place);
            m_out.findings.push_back(std::move(item));
        }
    }

    void gather_finding(DossierFinding& item, const oversight::Finding& finding,
                        const oversight::Visit& visit, oversight::Place place)
    {
        const auto& case_id = item.fact.case_id;
        add_photos(item, finding.photos);
        know(case_id, "body", oversight::sealed_body(finding, visit, place));
        for (auto& former : oversight::former_names_of(m_db, place.id)) { // as it was called when it was sealed
            place.kind = former.kind;
            place.name.kk = std::move(former.name_kk);
            know(case_id, "body", oversight::sealed_body(finding, visit, place));
        }
        know(case_id, "form", visit.answers);
        if (const auto& fix = visit.position)
            know(case_id, "gps",
                 oversight::canonical_text(json::object{{"accuracy_m", fix->accuracy_m},
                                                        {"latitude", fix->at.latitude},
                                                        {"longitude", fix->at.longitude},
                                                        {"t", fix->taken_at.ms}}));
        if (finding.publication) know(case_id, "summary", finding.publication->summary);
        const auto photos_before_checks = item.photos.size();
        for (const auto& claim : oversight::fix_claims_of(m_db, finding.id))
            if (const auto check = oversight::check_of(m_db, claim.id)) {
                add_photos(item, check->photos);
                know(case_id, "text", check->text);
            }
        for (std::size_t i = 0; i < photos_before_checks; ++i) {
            custody(item.photos[i].original, visit.received_at, "received", "volunteer",
                    visit.sent_by, visit.id.str());
            for (const auto& verification : oversight::verifications_of(m_db, finding.id))
                custody(item.photos[i].original, verification.at, "verified", "reviewer",
                        verification.verifier, std::string{oversight::name(verification.result)});
            if (finding.seal)
                custody(item.photos[i].original, finding.seal->at, "sealed", "reviewer",
                        finding.seal->by, fmt::format("leaf {}", finding.seal->leaf));
        }
    }

    void gather_recommendations()
    {
        const auto& document = m_out.document;
        know("", "document", canonical(document));
        const auto dispatches = list_dispatches(m_db, document.id);
        for (const auto& sent : dispatches) {
            know("", "number", sent.out_number);
            know("", "number", sent.in_number);
        }
        for (const auto& given : document.recommendations) {
            DossierRecommendation item{.recommendation = given};
            know("", "recommendation", given.text);
            if (const auto sent = std::ranges::find(dispatches, given.dispatch, &Dispatch::id);
                sent != dispatches.end()) {
                item.dispatch = *sent;
                item.authority = authority_version(m_db, sent->authority_version);
            } else if (document.signed_at)
                item.authority =
                    authority_on(m_db, given.authority, local_date(*document.signed_at));
            for (const auto& reply : list_replies(m_db, given.id))
                item.replies.push_back(gather_reply(reply));
            m_out.recommendations.push_back(std::move(item));
        }
    }

    DossierReply gather_reply(const Reply& reply)
    {
        know("", "reply", reply.text);
        know("", "number", reply.number);
        DossierReply out{.reply = reply};
        for (const auto& id : reply.files) {
            const auto file = files::find_file(m_db, id);
            if (!file) continue;
            const auto path = number_of(*file, "letters", "-letter");
            know_file("", "file", *file, path);
            out.files.push_back(path);
            custody(path, file->stored_at, "stored", "office", reply.registered_by,
                    hex(view(file->sha256)));
            add_openings_by_people(path, id);
        }
        return out;
    }

    // Entries of the cases and of the document, those that erased something of them, and the one
    // that announces the key. One pass: a redaction comes after what it names.
    void pick_entries(std::int64_t announced)
    {
        std::set<std::string, std::less<>> cases;
        std::int64_t begin = announced;
        for (const auto& fact : m_out.document.facts) {
            cases.insert(fact.case_id);
            begin = std::min(begin, fact.leaf_index);
        }
        constexpr std::int64_t step = 4096;
        const auto end = ledger::size(m_db);
        for (auto from = begin; from < end; from += step)
            for (auto& stored : ledger::list_leaves(m_db, from, std::min(end, from + step)))
                if (stored.index == announced || cases.contains(stored.case_id) || mentions(stored))
                    pick(stored);
    }

    [[nodiscard]] bool mentions(const ledger::StoredLeaf& stored) const
    {
        return stored.bytes.find(m_out.document.id.text()) != std::string::npos ||
               stored.bytes.find("\"type\":\"redaction\"") != std::string::npos;
    }

    void pick(ledger::StoredLeaf& stored)
    {
        const auto leaf = ledger::parse_leaf(stored.bytes);
        if (!leaf)
            throw std::runtime_error("a stored entry is malformed: " +
                                     std::to_string(stored.index));
        if (leaf->type == "redaction") {
            const auto target = whole_at(leaf->pub, "target");
            if (!target || !std::ranges::any_of(m_entries, [&](const Picked& entry) {
                    return entry.index == *target;
                }))
                return;
            if (const auto* labels = leaf->pub.if_contains("labels");
                labels != nullptr && labels->is_array())
                for (const auto& label : labels->get_array())
                    if (label.is_string())
                        m_redactions[{*target, std::string{label.get_string()}}] = stored.index;
        }
        m_out.entries.push_back(
            {.index = stored.index, .type = leaf->type, .case_id = leaf->case_id, .t = leaf->t});
        m_entries.push_back(
            {.index = stored.index, .bytes = std::move(stored.bytes), .leaf = *leaf});
    }

    void add_proof(const Picked& entry, const ledger::StoredCheckpoint& checkpoint)
    {
        const auto index = static_cast<std::uint64_t>(entry.index);
        ledger::ProofFile proof{.index = index, .checkpoint = checkpoint.note};
        proof.hashes =
            *ledger::make_inclusion_proof(index, checkpoint.size, ledger::nodes_of(m_db));
        if (!ledger::check_inclusion(proof, ledger::hash_leaf(entry.bytes)))
            throw std::runtime_error("a stored entry is not in its log");
        const auto stem = fmt::format("data/proofs/{}", entry.index);
        m_out.parts.push_back({.path = stem + ".leaf", .bytes = entry.bytes});
        m_out.parts.push_back({.path = stem + ".tlog-proof", .bytes = ledger::proof_text(proof)});
    }

    void add_openings(const Picked& entry)
    {
        for (const auto& [label, commitment] : entry.leaf.com) {
            DossierOpening opening{.leaf = entry.index, .eid = entry.leaf.eid, .label = label};
            const auto known = ledger::opening(m_db, entry.leaf.eid, label);
            if (const auto erased = m_redactions.find({entry.index, label});
                erased != m_redactions.end()) {
                opening.state = OpeningState::erased;
                opening.redaction = erased->second;
            } else if (!known)
                opening.state = OpeningState::lost;
            else
                open(opening, *known, commitment, entry.leaf);
            m_out.openings.push_back(std::move(opening));
        }
    }

    void open(DossierOpening& opening, const ledger::Opening& known, const Hash& commitment,
              const ledger::Leaf& leaf)
    {
        const auto family = family_of(opening.label);
        if (family == "actor") return; // who acted is nobody's business outside the house
        bool is_known = false;
        for (const auto& case_id : {leaf.case_id, std::string{}}) {
            const auto found = m_candidates.find({case_id, family});
            if (found == m_candidates.end()) continue;
            is_known = true;
            for (const auto& candidate : found->second) {
                if (candidate.digest ? !ledger::opens(commitment, known, *candidate.digest)
                                     : !ledger::opens(commitment, known, candidate.text))
                    continue;
                opening.state = OpeningState::opened;
                opening.salt = known.salt;
                opening.file =
                    candidate.digest ? take_file(candidate) : take_text(candidate, opening);
                return;
            }
            if (case_id.empty()) break;
        }
        // What we know how to show and cannot show is an alarm; what is no part of this document is
        // not.
        opening.state = is_known ? OpeningState::lost : OpeningState::withheld;
    }

    std::string take_file(const Candidate& candidate)
    {
        if (m_taken.insert(candidate.path).second) {
            m_out.parts.push_back(m_sources.at(candidate.path));
            if (candidate.original.is_set()) m_out.originals.push_back(candidate.original);
        }
        return candidate.path;
    }

    std::string take_text(const Candidate& candidate, const DossierOpening& opening)
    {
        const bool is_json = candidate.text.starts_with('{');
        const auto path = fmt::format("data/values/{}-{}.{}", opening.leaf, opening.label,
                                      is_json ? "json" : "txt");
        m_out.parts.push_back({.path = path, .bytes = candidate.text});
        return path;
    }

    // A photo whose commitment cannot be opened any more stays out, and so does its working copy.
    void forget_what_was_not_opened()
    {
        for (auto& finding : m_out.findings)
            for (auto& photo : finding.photos) {
                if (!m_taken.contains(photo.original)) {
                    const auto left_out = m_view_of.find(photo.original);
                    if (left_out != m_view_of.end())
                        std::erase_if(m_out.parts, [&](const DossierPart& part) {
                            return part.path == left_out->second;
                        });
                    photo.original.clear();
                    photo.sha256 = {};
                } else if (const auto working = m_view_of.find(photo.original);
                           working != m_view_of.end()) {
                    photo.view = working->second;
                    if (m_taken.insert(working->second).second)
                        m_out.parts.push_back(m_sources.at(working->second));
                }
            }
        for (auto& recommendation : m_out.recommendations)
            for (auto& reply : recommendation.replies)
                std::erase_if(reply.files,
                              [&](const auto& path) { return !m_taken.contains(path); });
        std::erase_if(m_out.custody,
                      [&](const CustodyRow& row) { return !m_taken.contains(row.file); });
    }

    void add_texts(const ledger::StoredCheckpoint& checkpoint)
    {
        const auto add = [&](std::string path, std::string bytes) {
            m_out.parts.push_back({.path = "data/" + std::move(path), .bytes = std::move(bytes)});
        };
        for (const auto language : {i18n::Language::kk, i18n::Language::ru}) {
            const auto paper = paper_of_document(m_db, m_house.law, m_out.document, language,
                                                 Copy::full, m_house.origin);
            add(fmt::format("report.{}.pdf", i18n::code(language)), to_pdf(paper));
        }
        for (const auto language : i18n::all_languages)
            add(fmt::format("how-to-verify.{}.txt", i18n::code(language)),
                how_to_verify(language, m_out.origin));
        add("case.json", case_json(m_out));
        add("openings.json", openings_json(m_out.openings));
        add("custody.csv", custody_csv(m_out.custody));
        add("checkpoint", checkpoint.note);
        add("policy.txt", "log " + m_house.log_key.vkey().text() + "\nquorum none\n");
        add("verify.html", verify_page());
        for (const auto* schema : {"case.schema.json", "openings.schema.json"})
            add(std::string{"schema/"} + schema, dossier_schema(schema));
    }

    Snapshot& m_db;
    const DossierHouse& m_house;
    Dossier m_out{};
    Candidates m_candidates{};
    std::vector<Picked> m_entries{};
    std::map<std::pair<std::int64_t, std::string>, std::int64_t> m_redactions{};
    std::map<std::pair<std::string, Hash>, std::string> m_numbered{};
    std::map<std::string, int> m_numbers{};
    std::map<std::string, DossierPart> m_sources{};
    std::map<std::string, std::string> m_view_of{};
    std::set<std::string> m_taken{};
};

} // namespace dossier_gathering

Result<Dossier> gather_dossier(storage::Snapshot& snapshot, const DossierHouse& house,
                               DocumentId id)
{
    auto document = read_document(snapshot, id);
    if (!document) return fail(not_found);
    if (document->state == DocumentState::draft) return fail(dossier_unsigned);
    return dossier_gathering::Gathering{snapshot, house, std::move(*document)}.gather();
}

} // namespace adal::referral
