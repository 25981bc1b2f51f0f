#include "cyber/canon_line.hpp"

#include "base/json.hpp"
#include "base/json_text.hpp"
#include "base/text.hpp"
#include "cyber/url_encode.hpp"

namespace adal::cyber {

namespace canon {

// 1: the first half of a pair, 2: the second, 0: no \uXXXX of either at `at`.
int surrogate(std::string_view json, std::size_t at)
{
    if (at + 6 > json.size() || json[at] != '\\' || json[at + 1] != 'u' || (json[at + 2] | 32) != 'd') return 0;
    const int high = hex_digit(json[at + 3]);
    if (high < 8 || hex_digit(json[at + 4]) < 0 || hex_digit(json[at + 5]) < 0) return 0;
    return high < 12 ? 1 : 2;
}

} // namespace canon

std::string with_whole_surrogates(std::string_view json)
{
    using canon::surrogate;
    std::string out;
    out.reserve(json.size());
    for (std::size_t at = 0; at < json.size();) {
        const int half = surrogate(json, at);
        std::size_t length = half == 0 ? 1 : 6;
        if (half == 0 && json[at] == '\\' && at + 1 < json.size()) length = 2;
        if (half == 1 && surrogate(json, at + 6) == 2) length = 12;
        if (half != 0 && length == 6) out += "\\ufffd";
        else out.append(json, at, length);
        at += length;
    }
    return out;
}

namespace canon {

void append_or_null(std::string& out, std::string_view name, std::string_view text)
{
    out.append(",\"").append(name).append("\":");
    if (text.empty()) out += "null";
    else append_json_string(out, text);
}

} // namespace canon

Result<CanonInput> read_canon_input(std::string_view line)
{
    const auto value = parse_json(with_whole_surrogates(line));
    if (!value) return pass(value);
    const auto input = text_at(*value, "input");
    if (!input) return fail(bad_field, {{"field", "input"}, {"reason", "missing"}});
    CanonInput read{.input = std::string{*input}};
    const auto* base = find(*value, "base");
    if (base == nullptr || base->is_null()) return read;
    if (!base->is_string()) return fail(bad_field, {{"field", "base"}, {"reason", "not_a_text"}});
    read.base = std::string{base->as_string()};
    return read;
}

void append_canon(std::string& out, std::string_view input, const std::optional<std::string>& base, const SuffixList& suffixes)
{
    std::optional<Url> against;
    if (base) against = parse_url(*base);
    Link link;
    if (!base || against) link = read_link(input, suffixes, against ? &*against : nullptr);
    out += "{\"input\":";
    append_json_string(out, input);
    out += link.url ? ",\"valid\":true" : ",\"valid\":false";
    canon::append_or_null(out, "href", link.url ? std::string_view{link.url->href} : std::string_view{});
    out.append(",\"kind\":\"").append(text(link.identity.kind)).append("\"");
    canon::append_or_null(out, "identity", link.identity.key);
    canon::append_or_null(out, "registrable", link.registrable);
    out += '}';
}

void append_matches(std::string& out, std::string_view input, const std::vector<Match>& matches, const MatchIndex& index)
{
    out += "{\"input\":";
    append_json_string(out, input);
    out += matches.empty() ? ",\"matched\":false,\"matches\":[" : ",\"matched\":true,\"matches\":[";
    bool first = true;
    for (const auto& match : matches)
        for (const auto& hit : match.hits) {
            out += first ? "{\"key\":" : ",{\"key\":";
            first = false;
            append_json_string(out, match.key);
            out.append(",\"scope\":\"").append(text(hit.scope)).append("\",\"list\":");
            append_json_string(out, index.lists()[hit.list].name);
            out += '}';
        }
    out += "]}";
}

void append_triage(std::string& out, std::string_view input, const Link& link, const Triage& triage, const Guard& guard, const FeatureText& feature_text)
{
    out += "{\"input\":";
    append_json_string(out, input);
    canon::append_or_null(out, "identity", link.identity.key);
    out += ",\"score\":" + std::to_string(triage.score) + ",\"reasons\":[";
    for (const auto& reason : triage.reasons) {
        if (&reason != &triage.reasons.front()) out += ',';
        out += "{\"feature\":\"" + reason.feature + "\",\"points\":" + std::to_string(reason.points) + ",\"seen\":";
        append_json_string(out, reason.seen);
        out += ",\"text\":";
        append_json_string(out, feature_text(reason.feature));
        out += '}';
    }
    out += "],\"guard\":[";
    const bool has_host = link.meant && is_special(link.meant->scheme()) && link.identity.kind == Kind::url;
    const auto hits = has_host ? guard.hits(link.meant->host(), Scope::domain) : std::vector<GuardHit>{};
    for (std::size_t i = 0; i < hits.size(); ++i) {
        out.append(i == 0 ? "" : ",").append("{\"protection\":\"").append(text(hits[i].protection)).append("\",\"name\":");
        append_json_string(out, hits[i].name);
        out += '}';
    }
    out += "],\"smallest_scope\":";
    if (link.identity.kind == Kind::none) out += "null}";
    else out.append("\"").append(text(has_host ? guard.smallest_scope(link.meant->host()) : Scope::path)).append("\"}");
}

void append_json_string(std::string& out, std::string_view text)
{
    std::string repaired;
    if (!is_utf8(text)) text = repaired = well_formed_utf8(text);
    out += '"';
    append_json_text(out, text);
    out += '"';
}

} // namespace adal::cyber
