#include "referral/competence.hpp"

#include "referral/open311.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace adal::referral {

namespace competence_rules {

bool is_in_force(LocalDate from, const std::optional<LocalDate>& to, LocalDate day)
{
    return from <= day && (!to || day <= *to);
}

bool is_part(std::string_view part)
{
    constexpr std::size_t longest = 40;
    return !part.empty() && part.size() <= longest && std::ranges::all_of(part, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

std::string_view last_part(std::string_view path)
{
    return path.substr(path.rfind('/') + 1); // npos + 1 = 0
}

} // namespace competence_rules

bool is_topic(std::string_view code)
{
    return std::ranges::find(all_topics, code) != all_topics.end();
}

std::string_view topic_of_place(std::string_view kind)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 10> topics{{{"road_section", "roads"},
                                                                                     {"playground", "yards"},
                                                                                     {"sports_ground", "yards"},
                                                                                     {"park", "parks"},
                                                                                     {"public_space", "parks"},
                                                                                     {"stop", "transport"},
                                                                                     {"station", "railway"},
                                                                                     {"rail_section", "railway"},
                                                                                     {"building", "buildings"},
                                                                                     {"procurement_lot", "procurement"}}};
    for (const auto& [place, topic] : topics)
        if (place == kind) return topic;
    return {};
}

bool is_territory(std::string_view path)
{
    constexpr std::size_t deepest = 4;
    const auto parts = split(path, '/');
    return !parts.empty() && parts.size() <= deepest && parts.front() == "kz" &&
           std::ranges::all_of(parts, competence_rules::is_part);
}

bool covers(std::string_view territory, std::string_view path)
{
    return path == territory || (path.starts_with(territory) && path.substr(territory.size()).starts_with('/'));
}

Result<Competence> checked(Competence competence)
{
    if (!is_topic(competence.topic)) return fail(competence_unknown_topic, {{"topic", competence.topic}});
    if (!is_territory(competence.territory)) return fail(competence_bad_territory, {{"territory", competence.territory}});
    if (competence.valid_to && *competence.valid_to < competence.valid_from) return fail(authority_dates_reversed);
    competence.source = std::string(trim(competence.source));
    if (competence.source.empty()) return fail(competence_source_missing);
    return competence;
}

Result<Channel> checked(Channel channel)
{
    if (channel.valid_to && *channel.valid_to < channel.valid_from) return fail(authority_dates_reversed);
    channel.address = std::string(trim(channel.address));
    if (channel.address.empty()) return fail(channel_address_missing);
    if (channel.kind == ChannelKind::open311)
        if (const auto endpoint = parse_open311(channel.address); !endpoint) return pass(endpoint);
    channel.source = std::string(trim(channel.source));
    if (channel.source.empty()) return fail(competence_source_missing);
    return channel;
}

Result<Done> fits(const Channel& channel, const Parcel& parcel)
{
    constexpr std::int64_t kilobyte = 1024;
    if (channel.max_letters && parcel.letters > *channel.max_letters)
        return fail(channel_text_too_long, {{"limit", std::to_string(*channel.max_letters)}});
    if (channel.max_files && static_cast<std::int64_t>(parcel.file_bytes.size()) > *channel.max_files)
        return fail(channel_too_many_files, {{"limit", std::to_string(*channel.max_files)}});
    if (channel.max_file_bytes)
        for (const auto bytes : parcel.file_bytes)
            if (bytes > *channel.max_file_bytes)
                return fail(channel_file_too_large, {{"limit", std::to_string(*channel.max_file_bytes / kilobyte)}});
    return done();
}

const Channel* channel_on(const std::vector<Channel>& channels, ChannelKind kind, LocalDate day)
{
    const Channel* newest = nullptr;
    for (const auto& channel : channels)
        if (channel.kind == kind && competence_rules::is_in_force(channel.valid_from, channel.valid_to, day) &&
            (newest == nullptr || newest->valid_from < channel.valid_from))
            newest = &channel;
    return newest;
}

std::vector<AuthorityId> route(const std::vector<Competence>& competences, std::string_view topic, std::string_view path,
                               LocalDate day)
{
    std::vector<const Competence*> found;
    for (const auto& competence : competences)
        if (competence.topic == topic && covers(competence.territory, path) &&
            competence_rules::is_in_force(competence.valid_from, competence.valid_to, day))
            found.push_back(&competence);
    std::ranges::stable_sort(found, [](const Competence* a, const Competence* b) {
        if (a->territory.size() != b->territory.size()) return a->territory.size() > b->territory.size();
        return a->authority < b->authority;
    });
    std::vector<AuthorityId> out;
    for (const auto* competence : found)
        if (std::ranges::find(out, competence->authority) == out.end()) out.push_back(competence->authority);
    return out;
}

std::string path_of_district(const std::vector<Competence>& competences, std::string_view code)
{
    for (const auto& competence : competences)
        if (!code.empty() && competence_rules::last_part(competence.territory) == code) return competence.territory;
    return "kz";
}

} // namespace adal::referral
