// referral/authority.hpp: bodies that must answer. Bodies are renamed, merged and split (the Anti-Corruption
// Agency ended on 2025-06-30), so what is referred to is a *version* with validity dates, and successions
// link versions. A version never changes after it was used; a new one begins where the old one ends.
//
// Dates are days in Kazakhstan, both ends inclusive. BIN: 12 digits, may be unknown (empty). Pure.
#pragma once

#include "base/id.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "i18n/i18n.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::referral {

using AuthorityVersionId = Id<struct AuthorityVersionTag>;

enum class ChannelKind { paper, email, eotinish, portal, open311 };
std::string_view name(ChannelKind kind);
std::optional<ChannelKind> channel_from(std::string_view name);
inline constexpr std::array all_channels{ChannelKind::paper, ChannelKind::email, ChannelKind::eotinish,
                                         ChannelKind::portal, ChannelKind::open311};

enum class SuccessionKind { rename, merge, split, function_transfer };
std::string_view name(SuccessionKind kind);
std::optional<SuccessionKind> succession_from(std::string_view name);

struct AuthorityVersion {
    AuthorityVersionId id{};
    AuthorityId authority{};
    i18n::Texts names{};
    std::string bin{};
    AuthorityId parent{};      // the authority above; may be unknown
    std::string territory{};   // "kz/almaty/medeu" (competence.hpp); may be unknown
    ChannelKind channel = ChannelKind::paper;
    std::string address{};     // of the channel: postal, e-mail, link
    LocalDate valid_from{};
    std::optional<LocalDate> valid_to{};
    std::string legal_act{};
    std::string source{};      // where this was read
    bool verified = false;
};

struct Succession {
    AuthorityId from{}, to{};
    SuccessionKind kind = SuccessionKind::rename;
    LocalDate on{};
    std::string act{};
};

inline constexpr ProblemCode authority_unknown{"authority.unknown", 404};
inline constexpr ProblemCode authority_not_on_date{"authority.not_on_date", 422};   // params: date
inline constexpr ProblemCode authority_name_missing{"authority.name_missing", 422};
inline constexpr ProblemCode authority_bad_bin{"authority.bad_bin", 422};
inline constexpr ProblemCode authority_dates_reversed{"authority.dates_reversed", 422};
inline constexpr ProblemCode authority_overlap{"authority.overlap", 409};
inline constexpr ProblemCode authority_closed_already{"authority.closed_already", 409};
inline constexpr ProblemCode authority_own_successor{"authority.own_successor", 422};
inline constexpr ProblemCode authority_own_parent{"authority.own_parent", 422};
inline constexpr ProblemCode authority_bad_territory{"authority.bad_territory", 422}; // params: territory
inline constexpr ProblemCode authority_bad_file{"authority.bad_file", 422}; // params: entry, field

bool is_valid_on(const AuthorityVersion& version, LocalDate date);
// The version in force on that day, or nothing.
const AuthorityVersion* version_on(const std::vector<AuthorityVersion>& versions, LocalDate date);
// The version closed on that day; only an open one can be.
[[nodiscard]] Result<AuthorityVersion> closed(AuthorityVersion version, LocalDate last_day);
// Checks a new version beside the existing ones of the same authority.
Result<Done> may_add(const std::vector<AuthorityVersion>& existing, const AuthorityVersion& fresh);

// One entry of a seed file (data/authorities/*.json). `key` names it inside the file.
struct AuthorityEntry {
    std::string key{};
    AuthorityVersion version{};
    std::string succeeded_by{}; // key of another entry; empty: nobody
    SuccessionKind succession = SuccessionKind::rename;
    std::string parent{};       // key of another entry; empty: unknown
    std::string same_as{};      // key of an earlier version of the same authority; empty: an authority of its own
    std::vector<std::string> topics{}; // competences in the entry's territory
    // Channels besides the main one, with their limits.
    struct ChannelEntry {
        ChannelKind kind = ChannelKind::paper;
        std::string address{};
        std::optional<std::int64_t> max_letters{}, max_files{}, max_file_bytes{};
        std::string source{};
    };
    std::vector<ChannelEntry> channels{};
};
Result<std::vector<AuthorityEntry>> read_authorities(std::string_view json);

} // namespace adal::referral
