#include "referral/authority.hpp"

#include "base/json.hpp"
#include "base/text.hpp"
#include "referral/competence.hpp"

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

Result<AuthorityVersion> closed(AuthorityVersion version, LocalDate last_day)
{
    if (version.valid_to) return fail(authority_closed_already);
    if (last_day < version.valid_from) return fail(authority_dates_reversed);
    version.valid_to = last_day;
    return version;
}

Result<Done> may_add(const std::vector<AuthorityVersion>& existing, const AuthorityVersion& fresh)
{
    if (trim(fresh.names.kk).empty()) return fail(authority_name_missing);
    if (!fresh.bin.empty() && !is_bin(fresh.bin)) return fail(authority_bad_bin);
    if (fresh.valid_to && *fresh.valid_to < fresh.valid_from) return fail(authority_dates_reversed);
    if (!fresh.territory.empty() && !is_territory(fresh.territory))
        return fail(authority_bad_territory, {{"territory", fresh.territory}});
    if (fresh.parent.is_set() && fresh.parent == fresh.authority) return fail(authority_own_parent);
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

// Nothing is refused for being absent; what is there must be a whole number above zero.
bool read_limit(const json::value& entry, std::string_view key, std::optional<std::int64_t>& out)
{
    if (find(entry, key) == nullptr) return true;
    out = int_at(entry, key);
    return out && *out > 0;
}

Result<Done> read_channels(const json::value& entry, AuthorityEntry& out)
{
    const auto* channels = array_at(entry, "channels");
    if (find(entry, "channels") != nullptr && channels == nullptr) return bad_authority(out.key, "channels");
    if (channels == nullptr) return done();
    for (const auto& value : *channels) {
        AuthorityEntry::ChannelEntry channel{.address = text_of(value, "address"), .source = text_of(value, "source")};
        const auto kind = channel_from(text_of(value, "kind"));
        if (!kind || channel.address.empty() || channel.source.empty() ||
            !read_limit(value, "max_letters", channel.max_letters) || !read_limit(value, "max_files", channel.max_files) ||
            !read_limit(value, "max_file_bytes", channel.max_file_bytes))
            return bad_authority(out.key, "channels");
        channel.kind = *kind;
        out.channels.push_back(std::move(channel));
    }
    return done();
}

Result<Done> read_topics(const json::value& entry, AuthorityEntry& out)
{
    const auto* topics = array_at(entry, "topics");
    if (find(entry, "topics") != nullptr && topics == nullptr) return bad_authority(out.key, "topics");
    if (topics == nullptr) return done();
    if (!is_territory(out.version.territory)) return bad_authority(out.key, "territory");
    for (const auto& value : *topics) {
        if (!value.is_string() || !is_topic(std::string_view(value.get_string()))) return bad_authority(out.key, "topics");
        out.topics.emplace_back(value.get_string());
    }
    return done();
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
    version.territory = text_of(entry, "territory");
    if (!version.territory.empty() && !is_territory(version.territory)) return bad_authority(out.key, "territory");
    out.parent = text_of(entry, "parent");
    out.same_as = text_of(entry, "same_as");
    if (const auto fine = read_channels(entry, out); !fine) return pass(fine);
    if (const auto fine = read_topics(entry, out); !fine) return pass(fine);
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
    const auto is_key = [&](const std::string& key) {
        return key.empty() || std::ranges::find(out, key, &AuthorityEntry::key) != out.end();
    };
    for (auto at = out.begin(); at != out.end(); ++at) {
        if (!is_key(at->succeeded_by) || at->succeeded_by == at->key) return bad_authority(at->key, "succeeded_by");
        if (!is_key(at->parent) || at->parent == at->key) return bad_authority(at->key, "parent");
        const bool is_earlier = std::find_if(out.begin(), at, [&](const auto& e) { return e.key == at->same_as; }) != at;
        if (!at->same_as.empty() && !is_earlier) return bad_authority(at->key, "same_as");
    }
    return out;
}

} // namespace adal::referral
