#include "ledger/leaf.hpp"

#include "ledger/canonical.hpp"

#include <algorithm>
#include <array>

namespace adal::ledger {
namespace {

constexpr std::array<std::string_view, 29> kTypes{
    "log.init",        "key.rotate",        "policy.set",       "case.sealed",
    "evidence.added",  "review.decided",    "case.published",   "referral.sent",
    "authority.reply", "deadline.missed",   "outcome.recorded", "saving.confirmed",
    "saving.revised",  "correction",        "redaction",        "url.reported",
    "url.checked",     "url.blocked",       "consult.held",     "event.held",
    "redflag.run",     "dataset.published", "report.published", "audit.head",
    "device.enrolled", "device.revoked",    "control.opened",   "fix.claimed",
    "fix.checked",
};

constexpr std::array<std::string_view, 5> kRoles{"volunteer", "reviewer", "coordinator", "lawyer",
                                                 "system"};
constexpr std::array<std::string_view, 9> kKeys{"by",  "case", "com", "eid", "prev",
                                                "pub", "seq",  "t",   "type"};

tl::unexpected<Problem> refuse_leaf(std::string_view reason)
{
    return fail(bad_leaf, {{"reason", std::string(reason)}});
}

bool is_lower_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

std::optional<Hash> hash_in(const json::value& value)
{
    if (!value.is_string()) return std::nullopt;
    const auto bytes = unbase64(std::string_view(value.get_string()));
    return bytes ? hash_from(*bytes) : std::nullopt;
}

bool has_only_known_keys(const json::object& object)
{
    return std::all_of(object.begin(), object.end(), [](const auto& pair) {
        return pair.key() == "v" ||
               std::find(kKeys.begin(), kKeys.end(), pair.key()) != kKeys.end();
    });
}

std::string text_of(const json::object& object, std::string_view key)
{
    const auto* value = object.if_contains(key);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

Result<Done> read_head(const json::object& object, Leaf& leaf)
{
    if (!has_only_known_keys(object)) return refuse_leaf("unknown_key");
    const auto* version = object.if_contains("v");
    if (!version || !version->is_int64() || version->get_int64() != 1)
        return refuse_leaf("version");
    leaf.type = text_of(object, "type");
    if (!is_leaf_type(leaf.type)) return refuse_leaf("unknown_type");
    leaf.eid = text_of(object, "eid");
    if (!is_hex_id(leaf.eid)) return refuse_leaf("eid");
    const auto* time = object.if_contains("t");
    if (!time || !time->is_int64() || time->get_int64() < 0) return refuse_leaf("time");
    leaf.t = time->get_int64();
    const auto* pub = object.if_contains("pub");
    if (!pub || !pub->is_object()) return refuse_leaf("pub");
    leaf.pub = pub->get_object();
    return done();
}

Result<Done> read_actor(const json::object& object, Leaf& leaf)
{
    const auto* by = object.if_contains("by");
    if (!by) return done();
    if (!by->is_object() || by->get_object().size() != 1) return refuse_leaf("role");
    leaf.role = text_of(by->get_object(), "role");
    if (!is_role(leaf.role)) return refuse_leaf("role");
    return done();
}

Result<Done> read_case(const json::object& object, Leaf& leaf)
{
    const auto* seq = object.if_contains("seq");
    const auto* prev = object.if_contains("prev");
    if (!object.contains("case")) return seq || prev ? Result<Done>(refuse_leaf("chain")) : done();
    leaf.case_id = text_of(object, "case");
    if (!is_hex_id(leaf.case_id)) return refuse_leaf("case");
    if (!seq || !seq->is_int64() || seq->get_int64() < 0) return refuse_leaf("chain");
    leaf.seq = seq->get_int64();
    if ((leaf.seq > 0) != (prev != nullptr)) return refuse_leaf("chain");
    if (!prev) return done();
    leaf.prev = hash_in(*prev);
    if (!leaf.prev) return refuse_leaf("chain");
    return done();
}

Result<Done> read_commitments(const json::object& object, Leaf& leaf)
{
    const auto* com = object.if_contains("com");
    if (!com) return done();
    if (!com->is_object() || com->get_object().empty()) return refuse_leaf("commitment");
    if (com->get_object().size() > kMaxCommitments) return refuse_leaf("commitment_count");
    for (const auto& [label, value] : com->get_object()) {
        const auto hash = hash_in(value);
        if (!is_label(label) || !hash) return refuse_leaf("commitment");
        leaf.com.emplace(label, *hash);
    }
    return done();
}

} // namespace

std::span<const std::string_view> leaf_types()
{
    return kTypes;
}

bool is_leaf_type(std::string_view type)
{
    return std::find(kTypes.begin(), kTypes.end(), type) != kTypes.end();
}

bool is_role(std::string_view role)
{
    return std::find(kRoles.begin(), kRoles.end(), role) != kRoles.end();
}

bool is_label(std::string_view label)
{
    const auto small = [](char c) { return c >= 'a' && c <= 'z'; };
    if (label.empty() || label.size() > 64 || !small(label.front())) return false;
    return std::all_of(label.begin(), label.end(), [&](char c) {
        return small(c) || (c >= '0' && c <= '9') || c == '_' || c == '.';
    });
}

bool is_hex_id(std::string_view text)
{
    return text.size() == 32 && std::all_of(text.begin(), text.end(), is_lower_hex);
}

Result<Leaf> parse_leaf(std::string_view bytes)
{
    if (bytes.size() < 2 || bytes.size() > kMaxLeafBytes) return refuse_leaf("length");
    const auto value = parse_canonical(bytes);
    if (!value || !value->is_object()) return refuse_leaf("not_canonical");
    Leaf leaf;
    for (const auto read : {read_head, read_actor, read_case, read_commitments}) {
        const auto step = read(value->get_object(), leaf);
        if (!step) return pass(step);
    }
    return leaf;
}

Result<std::string> leaf_bytes(const Leaf& leaf)
{
    json::object object{
        {"eid", leaf.eid}, {"pub", leaf.pub}, {"t", leaf.t}, {"type", leaf.type}, {"v", 1}};
    if (!leaf.role.empty()) object["by"] = json::object{{"role", leaf.role}};
    if (!leaf.case_id.empty()) {
        object["case"] = leaf.case_id;
        object["seq"] = leaf.seq;
        if (leaf.prev) object["prev"] = base64(view(*leaf.prev));
    }
    if (!leaf.com.empty()) {
        auto& com = object["com"].emplace_object();
        for (const auto& [label, hash] : leaf.com)
            com.emplace(label, base64(view(hash)));
    }
    auto bytes = canonical_text(object);
    if (!bytes) return refuse_leaf("not_canonical");
    // What we write, everybody must be able to read.
    const auto readable = parse_leaf(*bytes);
    if (!readable) return pass(readable);
    return std::move(*bytes);
}

} // namespace adal::ledger
