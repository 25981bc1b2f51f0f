// referral/competence.hpp: who answers for what, where and when, and by which channels it can be reached
// (kazakhstan.md §4.5): routing = f(topic, territory, date).
//
// A territory is a path from the country down: "kz", "kz/almaty", "kz/almaty/medeu"; the last part of a district's
// path is its code. A competence for a territory covers everything below it. Days are days in Kazakhstan, both ends
// inclusive. Pure and thread-safe.
#pragma once

#include "base/id.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "referral/authority.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::referral {

using CompetenceId = Id<struct CompetenceTag>;
using ChannelId = Id<struct ChannelTag>;

// Codes of topics, each with a message "referral.topic." + code. Append only.
inline constexpr std::array<std::string_view, 16> all_topics{
    "roads", "yards", "parks", "transport", "railway", "buildings", "procurement", "corruption", "money_laundering",
    "audit", "youth", "media", "communications", "cybercrime", "prosecution", "legal_aid"};
bool is_topic(std::string_view code);
// The topic of a defect at a place of that kind ("road_section" → "roads"); empty when none fits.
std::string_view topic_of_place(std::string_view place_kind);

bool is_territory(std::string_view path); // 1–4 parts of [a-z0-9-], begins with "kz"
bool covers(std::string_view territory, std::string_view path);

struct Competence {
    CompetenceId id{};
    AuthorityId authority{};
    std::string topic{};
    std::string territory{};
    LocalDate valid_from{};
    std::optional<LocalDate> valid_to{};
    std::string source{};
    bool verified = false;
};

struct Channel {
    ChannelId id{};
    AuthorityId authority{};
    ChannelKind kind = ChannelKind::paper;
    std::string address{};
    // Limits of the channel; nothing: none known.
    std::optional<std::int64_t> max_letters{}, max_files{}, max_file_bytes{};
    LocalDate valid_from{};
    std::optional<LocalDate> valid_to{};
    std::string source{};
};

// A letter about to be sent.
struct Parcel {
    std::int64_t letters = 0;
    std::vector<std::int64_t> file_bytes{};
};

inline constexpr ProblemCode competence_unknown_topic{"competence.unknown_topic", 422};       // params: topic
inline constexpr ProblemCode competence_bad_territory{"competence.bad_territory", 422};       // params: territory
inline constexpr ProblemCode competence_known{"competence.known", 409};
inline constexpr ProblemCode competence_source_missing{"competence.source_missing", 422};
inline constexpr ProblemCode channel_known{"channel.known", 409};
inline constexpr ProblemCode channel_address_missing{"channel.address_missing", 422};
inline constexpr ProblemCode channel_text_too_long{"channel.text_too_long", 422};             // params: limit
inline constexpr ProblemCode channel_too_many_files{"channel.too_many_files", 422};           // params: limit
inline constexpr ProblemCode channel_file_too_large{"channel.file_too_large", 422};           // params: limit (KB)

Result<Competence> checked(Competence competence);
Result<Channel> checked(Channel channel);
// Whether the channel takes it; an unknown limit does not refuse.
Result<Done> fits(const Channel& channel, const Parcel& parcel);
// The channel of that kind in force on the day, or null.
const Channel* channel_on(const std::vector<Channel>& channels, ChannelKind kind, LocalDate day);

// The authorities competent for the topic there on that day, the nearest territory first, each once.
std::vector<AuthorityId> route(const std::vector<Competence>& competences, std::string_view topic, std::string_view path,
                               LocalDate day);
// The path among those known whose last part is the code; "kz" when none is.
std::string path_of_district(const std::vector<Competence>& competences, std::string_view code);

} // namespace adal::referral
