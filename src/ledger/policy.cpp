#include "ledger/policy.hpp"

#include "base/text.hpp"
#include "ledger/wire_text.hpp"

#include <algorithm>
#include <set>

namespace adal::ledger {
namespace {

constexpr std::size_t kMaxPolicyBytes = 1 << 20;
constexpr std::size_t kMaxEntries = 1024; // logs, witnesses and groups together

using Items = std::vector<std::string_view>;

Items items_of(std::string_view line)
{
    Items out;
    while (true) {
        const auto begin = line.find_first_not_of(" \t");
        if (begin == std::string_view::npos) return out;
        const auto end = std::min(line.find_first_of(" \t", begin), line.size());
        out.push_back(line.substr(begin, end - begin));
        line.remove_prefix(end);
    }
}

// Reads line by line; each member answers with the reason it refuses, or nothing.
class PolicyReader {
public:
    using Refusal = std::optional<std::string_view>;

    Refusal line(const Items& items)
    {
        if (items.empty() || items[0].starts_with('#')) return {};
        if (++m_entries > kMaxEntries) return "too_many";
        if (items[0] == "log") return log(items);
        if (items[0] == "witness") return witness(items);
        if (items[0] == "group") return group(items);
        if (items[0] == "quorum") return quorum(items);
        return "unknown_item";
    }

    bool has_quorum = false;
    Policy policy{};

private:
    Refusal log(const Items& items)
    {
        if (items.size() < 2 || items.size() > 3) return "form";
        const auto key = parse_vkey(items[1]);
        if (!key || key->kind != KeyKind::ed25519) return "key";
        if (!m_log_keys.insert(key->key).second) return "duplicate";
        policy.logs.push_back({.key = *key, .url = std::string(items.size() > 2 ? items[2] : "")});
        return {};
    }

    Refusal witness(const Items& items)
    {
        if (items.size() < 3 || items.size() > 4) return "form";
        const auto key = parse_vkey(items[2]);
        if (!key || key->kind != KeyKind::cosignature) return "key";
        if (!m_witness_keys.insert(key->key).second || !define(items[1])) return "duplicate";
        policy.witnesses.push_back({.name = std::string(items[1]),
                                    .key = *key,
                                    .url = std::string(items.size() > 3 ? items[3] : "")});
        return {};
    }

    Refusal group(const Items& items)
    {
        if (items.size() < 4) return "form";
        PolicyGroup out{.name = std::string(items[1])};
        for (const auto& member : std::span(items).subspan(3)) {
            const std::string name(member);
            if (!m_names.contains(name)) return "unknown_name";
            if (!m_members.insert(name).second) return "member_twice";
            out.members.push_back(name);
        }
        if (items[2] == "all")
            out.threshold = out.members.size();
        else if (items[2] == "any")
            out.threshold = 1;
        else if (const auto k = parse_decimal(items[2]); k && *k >= 1 && *k <= out.members.size())
            out.threshold = *k;
        else
            return "threshold";
        if (!define(items[1])) return "duplicate";
        policy.groups.push_back(std::move(out));
        return {};
    }

    Refusal quorum(const Items& items)
    {
        if (items.size() != 2) return "form";
        if (has_quorum) return "duplicate";
        const std::string name(items[1]);
        if (name != "none" && !m_names.contains(name)) return "unknown_name";
        has_quorum = true;
        policy.quorum = name;
        return {};
    }

    bool define(std::string_view name) { return name != "none" && m_names.emplace(name).second; }

    std::size_t m_entries = 0;
    std::set<std::string> m_names{};
    std::set<std::string> m_members{};
    std::set<PublicKey> m_log_keys{};
    std::set<PublicKey> m_witness_keys{};
};

tl::unexpected<Problem> refuse_policy(std::size_t line, std::string_view reason)
{
    return fail(bad_policy, {{"line", std::to_string(line)}, {"reason", std::string(reason)}});
}

bool is_allowed(char c)
{
    return c == '\t' || c == '\n' || static_cast<unsigned char>(c) >= 0x80 ||
           (c >= 0x20 && c != 0x7F);
}

bool is_met(const Policy& policy, const std::set<std::string>& cosigned)
{
    if (policy.quorum == "none") return true;
    auto witnessed = cosigned;
    for (const auto& group : policy.groups) {
        const auto count =
            std::count_if(group.members.begin(), group.members.end(),
                          [&](const auto& name) { return witnessed.contains(name); });
        if (std::cmp_greater_equal(count, group.threshold)) witnessed.insert(group.name);
    }
    return witnessed.contains(policy.quorum);
}

} // namespace

Result<Policy> parse_policy(std::string_view bytes)
{
    if (bytes.size() > kMaxPolicyBytes) return refuse_policy(1, "too_large");
    PolicyReader reader;
    std::size_t number = 0;
    while (!bytes.empty()) {
        ++number;
        const auto end = bytes.find('\n');
        if (end == std::string_view::npos) return refuse_policy(number, "newline");
        const auto line = bytes.substr(0, end);
        if (!std::all_of(line.begin(), line.end(), is_allowed))
            return refuse_policy(number, "characters");
        if (const auto refusal = reader.line(items_of(line)))
            return refuse_policy(number, *refusal);
        bytes.remove_prefix(end + 1);
    }
    if (!reader.has_quorum) return refuse_policy(number, "no_quorum");
    return std::move(reader.policy);
}

Policy policy_of(const Vkey& log)
{
    Policy out;
    out.logs.push_back({.key = log});
    return out;
}

Result<Trust> judge(const Policy& policy, std::string_view note_bytes)
{
    const auto note = parse_note(note_bytes);
    if (!note) return pass(note);
    const auto checkpoint = parse_checkpoint(note->text);
    if (!checkpoint) return pass(checkpoint);
    Trust out{.checkpoint = *checkpoint};
    for (const auto& log : policy.logs) {
        const auto verdict = check_signature(*note, log.key);
        if (verdict.is_forged) return fail(bad_note, {{"reason", "bad_signature"}});
        out.is_log_signed |= verdict.is_signed && log.key.name == checkpoint->origin;
    }
    std::set<std::string> cosigned;
    for (const auto& witness : policy.witnesses) {
        const auto verdict = check_signature(*note, witness.key);
        if (verdict.is_forged) return fail(bad_note, {{"reason", "bad_signature"}});
        if (!verdict.is_signed) continue;
        cosigned.insert(witness.name);
        out.newest_cosignature = std::max(out.newest_cosignature.value_or(0), *verdict.time);
    }
    out.witnesses.assign(cosigned.begin(), cosigned.end());
    out.is_quorum_met = is_met(policy, cosigned);
    return out;
}

} // namespace adal::ledger
