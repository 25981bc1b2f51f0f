#include "referral/dossier_check.hpp"

#include "ledger/leaf.hpp"
#include "ledger/ledger.hpp"
#include "ledger/note.hpp"
#include "ledger/proof.hpp"
#include "ledger/tree.hpp"
#include "referral/bag.hpp"
#include "referral/dossier.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <map>
#include <set>

namespace adal::referral {

namespace dossier_judging {

namespace fs = std::filesystem;
using ledger::Verdict;

constexpr std::uint64_t most_text_bytes = 64u << 20;

struct Entry {
    ledger::Leaf leaf{};
    Hash hash{};
};

std::optional<std::int64_t> index_of(std::string_view text)
{
    std::int64_t out = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    const bool is_whole = error == std::errc{} && end == text.data() + text.size() && out >= 0 &&
                          std::to_string(out) == text;
    return is_whole ? std::optional{out} : std::nullopt;
}

std::string reason_in(const Problem& problem)
{
    const auto found = problem.params.find("reason");
    return found == problem.params.end() ? std::string{problem.code->key} : found->second;
}

class Judge {
public:
    Judge(fs::path folder, const ledger::Policy& policy)
        : m_folder(std::move(folder)), m_policy(policy)
    {
    }

    ledger::Verification run()
    {
        m_bag = read_bag(m_folder);
        judge_bag();
        judge_entries();
        judge_chains();
        judge_signature();
        judge_openings();
        judge_rest();
        return std::move(m_out);
    }

private:
    void say(Verdict verdict, std::string_view what, ProblemParams params = {})
    {
        m_out.statements.push_back({.verdict = verdict,
                                    .key = "referral.dossier." + std::string{what},
                                    .params = std::move(params)});
    }

    [[nodiscard]] bool has(const std::string& path) const { return m_bag.files.contains(path); }

    // A small file; nothing, and said so, when it is not there or too large to be what it should
    // be.
    std::optional<std::string> read_text(const std::string& path)
    {
        const auto found = m_bag.files.find(path);
        if (found == m_bag.files.end() || found->second.size > most_text_bytes) {
            say(Verdict::broken, "file_missing", {{"file", path}});
            return std::nullopt;
        }
        std::ifstream in{m_folder / path, std::ios::binary};
        std::string out{std::istreambuf_iterator<char>{in}, {}};
        if (in.bad()) throw std::runtime_error("cannot read " + path);
        return out;
    }

    void judge_bag()
    {
        std::uint64_t files = 0, bytes = 0;
        for (const auto& remark : m_bag.remarks.all)
            m_out.statements.push_back(
                {.verdict = remark.is_error ? Verdict::broken : Verdict::not_provable,
                 .key = "referral.bag." + remark.code,
                 .params = remark.params});
        for (const auto& [path, file] : m_bag.files) {
            if (!path.starts_with("data/")) continue;
            ++files;
            bytes += file.size;
        }
        if (m_bag.outcome() != BagClass::invalid)
            say(Verdict::proven, "bag",
                {{"files", std::to_string(files)}, {"bytes", std::to_string(bytes)}});
    }

    void judge_entries()
    {
        std::set<std::int64_t> indices;
        for (const auto& [path, file] : m_bag.files) {
            if (!path.starts_with("data/proofs/")) continue;
            const auto name = path.substr(12);
            const auto index = index_of(name.substr(0, name.find('.')));
            if (index) indices.insert(*index);
        }
        if (indices.empty()) return say(Verdict::not_provable, "no_proofs");
        std::string common;
        if (has("data/checkpoint"))
            if (const auto note = read_text("data/checkpoint")) common = *note;
        if (!common.empty()) ledger::verify_checkpoint(m_out, common, m_policy);
        for (const auto index : indices)
            judge_entry(index, common);
    }

    void judge_entry(std::int64_t index, std::string& common)
    {
        const auto stem = "data/proofs/" + std::to_string(index);
        const auto leaf = read_text(stem + ".leaf"), bytes = read_text(stem + ".tlog-proof");
        if (!leaf || !bytes) return;
        const auto proof = ledger::parse_proof(*bytes);
        if (!proof || std::cmp_not_equal(proof->index, index)) {
            m_out.say(Verdict::broken, "proof_form",
                      {{"reason", proof ? "index" : reason_in(proof.error())}});
            return;
        }
        if (proof->checkpoint != common) { // an honest bag has one; judge each other one as well
            if (!ledger::verify_checkpoint(m_out, proof->checkpoint, m_policy)) return;
            if (common.empty()) common = proof->checkpoint;
        }
        const auto hash = ledger::hash_leaf(*leaf);
        const auto checkpoint = ledger::check_inclusion(*proof, hash);
        if (!checkpoint)
            return m_out.say(
                Verdict::broken, "not_included",
                {{"index", std::to_string(index)}, {"size", std::to_string(m_out.size)}});
        const auto parsed = ledger::parse_leaf(*leaf);
        if (!parsed)
            return m_out.say(
                Verdict::broken, "entry",
                {{"index", std::to_string(index)}, {"reason", reason_in(parsed.error())}});
        m_out.say(Verdict::proven, "inclusion",
                  {{"index", std::to_string(index)}, {"size", std::to_string(checkpoint->size)}});
        m_entries[index] = {.leaf = *parsed, .hash = hash};
    }

    // Nothing of a case was left out: its entries follow one another without a gap.
    void judge_chains()
    {
        std::map<std::string, const Entry*> last;
        std::set<std::string> broken;
        for (const auto& [index, entry] : m_entries) {
            const auto& case_id = entry.leaf.case_id;
            if (case_id.empty()) continue;
            const auto* before = last[case_id];
            const bool is_next = before == nullptr ? entry.leaf.seq == 0
                                                   : entry.leaf.seq == before->leaf.seq + 1 &&
                                                         entry.leaf.prev == before->hash;
            if (!is_next && broken.insert(case_id).second)
                m_out.say(Verdict::broken, "chain", {{"index", std::to_string(index)}});
            last[case_id] = &entry;
        }
        if (!last.empty() && broken.empty())
            m_out.say(Verdict::proven, "chains", {{"count", std::to_string(last.size())}});
    }

    // The key that signs dossiers, as the log itself announced it.
    [[nodiscard]] std::vector<ledger::Vkey> announced_keys() const
    {
        std::vector<ledger::Vkey> out;
        for (const auto& [index, entry] : m_entries) {
            const auto* value =
                entry.leaf.type == "policy.set" ? entry.leaf.pub.if_contains("dossier") : nullptr;
            if (value == nullptr || !value->is_string()) continue;
            if (const auto key = ledger::parse_vkey(std::string_view{value->get_string()}))
                out.push_back(*key);
        }
        return out;
    }

    void judge_signature()
    {
        const auto keys = announced_keys();
        // Where the log announces a key for dossiers, a dossier is signed with it.
        const auto doubt = keys.empty() ? Verdict::not_provable : Verdict::broken;
        if (!has("signature.note") || !has("tagmanifest-sha256.txt")) return say(doubt, "unsigned");
        const auto bytes = read_text("signature.note"),
                   manifest = read_text("tagmanifest-sha256.txt");
        if (!bytes || !manifest) return;
        const auto note = ledger::parse_note(*bytes);
        if (!note)
            return say(Verdict::broken, "signature_form", {{"reason", reason_in(note.error())}});
        const std::string identifier{bag_info_value(m_bag.info, "External-Identifier")};
        const auto second = note->text.find('\n') + 1;
        const auto origin = note->text.substr(second, note->text.find('\n', second) - second);
        if (note->text != dossier_statement(origin, identifier, sha256(*manifest)))
            return say(Verdict::broken, "signature_of_other", {{"value", identifier}});
        bool is_signed = false;
        for (const auto& key : keys) {
            if (key.name != origin + "/dossier") continue;
            const auto signature = ledger::check_signature(*note, key);
            if (signature.is_forged)
                return say(Verdict::broken, "signature_forged", {{"value", key.name}});
            is_signed = is_signed || signature.is_signed;
        }
        say(is_signed ? Verdict::proven : doubt, is_signed ? "signed" : "signer_unknown",
            {{"value", origin + "/dossier"}});
    }

    void judge_openings()
    {
        if (!has("data/openings.json")) {
            if (!m_entries.empty()) say(Verdict::not_provable, "no_openings");
            return;
        }
        const auto bytes = read_text("data/openings.json");
        const auto parsed = bytes ? parse_json(*bytes) : Result<json::value>{fail(bad_json)};
        const auto* all = parsed ? array_at(*parsed, "openings") : nullptr;
        if (all == nullptr) return say(Verdict::broken, "openings_form", {{"value", "openings"}});
        std::set<std::pair<std::int64_t, std::string>> explained;
        for (const auto& item : *all) {
            const auto leaf = int_at(item, "leaf");
            const auto label = text_at(item, "label");
            const auto* entry = leaf && label ? find_commitment(*leaf, *label) : nullptr;
            if (entry == nullptr || text_at(item, "eid") != entry->leaf.eid ||
                !explained.emplace(*leaf, std::string{*label}).second) {
                say(Verdict::broken, "openings_form", {{"value", to_text(item).substr(0, 120)}});
                continue;
            }
            judge_opening(item, *leaf, std::string{*label}, *entry);
        }
        for (const auto& [index, entry] : m_entries)
            for (const auto& [label, commitment] : entry.leaf.com)
                if (!explained.contains({index, label}))
                    say(Verdict::broken, "unexplained",
                        {{"index", std::to_string(index)}, {"label", label}});
    }

    [[nodiscard]] const Entry* find_commitment(std::int64_t leaf, std::string_view label) const
    {
        const auto found = m_entries.find(leaf);
        return found == m_entries.end() || !found->second.leaf.com.contains(label) ? nullptr
                                                                                   : &found->second;
    }

    void judge_opening(const json::value& item, std::int64_t leaf, const std::string& label,
                       const Entry& entry)
    {
        const ProblemParams here{{"index", std::to_string(leaf)}, {"label", label}};
        const auto state = opening_state_from(text_at(item, "state").value_or(""));
        if (!state)
            return say(Verdict::broken, "openings_form", {{"value", to_text(item).substr(0, 120)}});
        switch (*state) {
        case OpeningState::opened:
            return judge_value(item, leaf, label, entry);
        case OpeningState::erased:
            return judge_erased(item, leaf, label);
        case OpeningState::withheld:
            return say(Verdict::not_provable, "withheld", here);
        case OpeningState::lost:
            return say(Verdict::broken, "lost", here);
        }
    }

    void judge_value(const json::value& item, std::int64_t leaf, const std::string& label,
                     const Entry& entry)
    {
        const std::string path{text_at(item, "file").value_or("")};
        const auto salt = unbase64(text_at(item, "r").value_or(""));
        const auto file = m_bag.files.find(path);
        const ProblemParams here{{"index", std::to_string(leaf)}, {"label", label}, {"file", path}};
        const auto sum = file == m_bag.files.end() || !path.starts_with("data/")
                             ? std::nullopt
                             : digest_of(file->second);
        if (!sum || !salt || salt->size() != 32) return say(Verdict::broken, "value_missing", here);
        const ledger::Opening opening{
            .index = leaf, .eid = entry.leaf.eid, .label = label, .salt = *salt};
        const bool is_it = ledger::opens(entry.leaf.com.at(label), opening,
                                         ledger::Digest{*sum, file->second.size});
        say(is_it ? Verdict::proven : Verdict::broken, is_it ? "opened" : "value_differs", here);
        m_opened.insert(path);
    }

    [[nodiscard]] static std::optional<Hash> digest_of(const BagFile& file)
    {
        const auto sum = file.digests.find("sha256");
        const auto raw = sum == file.digests.end() ? std::nullopt : unhex(sum->second);
        return raw ? hash_from(*raw) : std::nullopt;
    }

    void judge_erased(const json::value& item, std::int64_t leaf, const std::string& label)
    {
        const auto by = int_at(item, "redaction");
        const auto found = by ? m_entries.find(*by) : m_entries.end();
        const bool is_named = found != m_entries.end() && found->second.leaf.type == "redaction" &&
                              names(found->second.leaf, leaf, label);
        if (!is_named)
            return say(Verdict::broken, "erased_unproven",
                       {{"index", std::to_string(leaf)}, {"label", label}});
        const auto* basis = found->second.leaf.pub.if_contains("basis");
        m_out.say(
            Verdict::erased, "erased",
            {{"index", std::to_string(leaf)},
             {"labels", label},
             {"date", iso(local_date(Instant{found->second.leaf.t}))},
             {"basis", basis != nullptr && basis->is_string() ? std::string{basis->get_string()}
                                                              : std::string{}},
             {"by", std::to_string(*by)}});
    }

    [[nodiscard]] static bool names(const ledger::Leaf& redaction, std::int64_t leaf,
                                    std::string_view label)
    {
        const auto* target = redaction.pub.if_contains("target");
        const auto* labels = redaction.pub.if_contains("labels");
        if (target == nullptr || !target->is_int64() || target->get_int64() != leaf ||
            labels == nullptr || !labels->is_array())
            return false;
        return std::ranges::any_of(labels->get_array(), [&](const json::value& one) {
            return one.is_string() && one.get_string() == label;
        });
    }

    // What only the signature over the whole bag vouches for.
    void judge_rest()
    {
        for (const auto& [path, file] : m_bag.files) {
            const bool is_evidence = path.starts_with("data/evidence/") ||
                                     path.starts_with("data/letters/") ||
                                     path.starts_with("data/values/");
            if (is_evidence && !m_opened.contains(path))
                say(Verdict::not_provable, "uncommitted", {{"file", path}});
            else if (path.find('/') == std::string::npos && file.digests.empty() &&
                     path != "signature.note" && path != "tagmanifest-sha256.txt")
                say(Verdict::not_provable, "unlisted_tag", {{"file", path}});
        }
    }

    fs::path m_folder;
    const ledger::Policy& m_policy;
    Bag m_bag{};
    ledger::Verification m_out{};
    std::map<std::int64_t, Entry> m_entries{};
    std::set<std::string> m_opened{};
};

} // namespace dossier_judging

ledger::Verification check_dossier(const std::filesystem::path& folder,
                                   const ledger::Policy& policy)
{
    return dossier_judging::Judge{folder, policy}.run();
}

} // namespace adal::referral
