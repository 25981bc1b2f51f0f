#include "referral/authority.hpp"

#include "base/json.hpp"
#include "base/text.hpp"

#include <algorithm>

namespace adal::referral {

std::string_view name(ChannelKind kind)
{
    switch (kind) {
    case ChannelKind::paper: return "paper";
    case ChannelKind::email: return "email";
    case ChannelKind::eotinish: return "eotinish";
    case ChannelKind::portal: return "portal";
    case ChannelKind::open311: return "open311";
    }
    return {};
}

std::optional<ChannelKind> channel_from(std::string_view text)
{
    for (const auto kind : all_channels)
        if (name(kind) == text) return kind;
    return std::nullopt;
}

std::string_view name(SuccessionKind kind)
{
    switch (kind) {
    case SuccessionKind::rename: return "rename";
    case SuccessionKind::merge: return "merge";
    case SuccessionKind::split: return "split";
    case SuccessionKind::function_transfer: return "function_transfer";
    }
    return {};
}

std::optional<SuccessionKind> succession_from(std::string_view text)
{
    using enum SuccessionKind;
    for (const auto kind : {rename, merge, split, function_transfer})
        if (name(kind) == text) return kind;
    return std::nullopt;
}

bool is_valid_on(const AuthorityVersion& version, LocalDate date)
{
    return version.valid_from <= date && (!version.valid_to || date <= *version.valid_to);
}

const AuthorityVersion* version_on(const std::vector<AuthorityVersion>& versions, LocalDate date)
{
    for (const auto& version : versions)
        if (is_valid_on(version, date)) return &version;
    return nullptr;
}

namespace {

bool overlap(const AuthorityVersion& a, const AuthorityVersion& b)
{
    const bool a_ends_before = a.valid_to && *a.valid_to < b.valid_from;
    const bool b_ends_before = b.valid_to && *b.valid_to < a.valid_from;
    return !a_ends_before && !b_ends_before;
}

bool is_bin(std::string_view text)
{
    return text.size() == 12 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

Result<Done> may_add(const std::vector<AuthorityVersion>& existing, const AuthorityVersion& fresh)
{
    if (trim(fresh.names.kk).empty()) return fail(authority_name_missing);
    if (!fresh.bin.empty() && !is_bin(fresh.bin)) return fail(authority_bad_bin);
    if (fresh.valid_to && *fresh.valid_to < fresh.valid_from) return fail(authority_dates_reversed);
    for (const auto& version : existing)
        if (overlap(version, fresh)) return fail(authority_overlap);
    return done();
}

namespace {

tl::unexpected<Problem> bad_authority(std::string_view entry, std::string_view field)
{
    return fail(authority_bad_file, {{"entry", std::string(entry)}, {"field", std::string(field)}});
}

std::string text_of(const json::value& entry, std::string_view key)
{
    return std::string{text_at(entry, key).value_or("")};
}

Result<AuthorityEntry> read_entry(const json::value& entry)
{
    AuthorityEntry out{.key = text_of(entry, "key")};
    if (out.key.empty()) return bad_authority("?", "key");
    auto& version = out.version;
    version.names = {text_of(entry, "kk"), text_of(entry, "ru"), text_of(entry, "en")};
    version.bin = text_of(entry, "bin");
    const auto channel = channel_from(text_of(entry, "channel"));
    if (!channel) return bad_authority(out.key, "channel");
    version.channel = *channel;
    version.address = text_of(entry, "address");
    const auto from = parse_date(text_of(entry, "valid_from"));
    if (!from) return bad_authority(out.key, "valid_from");
    version.valid_from = *from;
    if (text_at(entry, "valid_to")) {
        version.valid_to = parse_date(text_of(entry, "valid_to"));
        if (!version.valid_to) return bad_authority(out.key, "valid_to");
    }
    version.legal_act = text_of(entry, "legal_act");
    version.source = text_of(entry, "source");
    if (version.source.empty()) return bad_authority(out.key, "source");
    const auto* verified = find(entry, "verified");
    version.verified = verified != nullptr && verified->is_bool() && verified->as_bool();
    out.succeeded_by = text_of(entry, "succeeded_by");
    if (out.succeeded_by.empty()) return out;
    const auto kind = succession_from(text_of(entry, "succession"));
    if (!kind) return bad_authority(out.key, "succession");
    out.succession = *kind;
    return out;
}

} // namespace

Result<std::vector<AuthorityEntry>> read_authorities(std::string_view text)
{
    const auto parsed = parse_json(text);
    if (!parsed) return pass(parsed);
    const auto* entries = array_at(*parsed, "authorities");
    if (entries == nullptr) return bad_authority("?", "authorities");

    std::vector<AuthorityEntry> out;
    for (const auto& value : *entries) {
        auto entry = read_entry(value);
        if (!entry) return pass(entry);
        if (std::ranges::find(out, entry->key, &AuthorityEntry::key) != out.end())
            return bad_authority(entry->key, "key");
        if (const auto fine = may_add({}, entry->version); !fine) return bad_authority(entry->key, "kk");
        out.push_back(std::move(*entry));
    }
    for (const auto& entry : out)
        if (!entry.succeeded_by.empty() &&
            std::ranges::find(out, entry.succeeded_by, &AuthorityEntry::key) == out.end())
            return bad_authority(entry.key, "succeeded_by");
    return out;
}

} // namespace adal::referral
