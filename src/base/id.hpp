// base/id.hpp: strong identities. Mixing two kinds of id does not compile.
//
// An id is a ULID (github.com/ulid/spec): 48 bits of milliseconds, 80 random bits, written as 26
// characters of lower-case Crockford base 32. It sorts by creation time, fits an address, and can be
// made without asking the database.
#pragma once

#include "base/time.hpp"

#include <array>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace adal {

// Raw form: 26 lower-case Crockford characters.
std::array<char, 26> make_ulid(Instant now);
// Accepts upper or lower case; nothing on any other length or character.
std::optional<std::array<char, 26>> parse_ulid(std::string_view text);

template <typename Tag> class Id
{
public:
    Id() = default; // no identity; text() is empty

    static Id make(Instant now) { return Id{make_ulid(now)}; }
    static std::optional<Id> parse(std::string_view text)
    {
        const auto raw = parse_ulid(text);
        if (!raw) return std::nullopt;
        return Id{*raw};
    }

    [[nodiscard]] bool is_set() const { return m_raw[0] != 0; }
    [[nodiscard]] std::string_view text() const
    {
        return is_set() ? std::string_view{m_raw.data(), m_raw.size()} : std::string_view{};
    }
    [[nodiscard]] std::string str() const { return std::string{text()}; }

    auto operator<=>(const Id&) const = default;

private:
    explicit Id(const std::array<char, 26>& raw) : m_raw(raw) {}
    std::array<char, 26> m_raw{};
};

using PersonId = Id<struct PersonTag>;
using FileId = Id<struct FileTag>;
using DistrictId = Id<struct DistrictTag>;
using PlaceId = Id<struct PlaceTag>;
using ControlId = Id<struct ControlTag>;
using AssignmentId = Id<struct AssignmentTag>;
using VisitId = Id<struct VisitTag>;
using FindingId = Id<struct FindingTag>;
using VerificationId = Id<struct VerificationTag>;
using ProcessId = Id<struct ProcessTag>;
using AuthorityId = Id<struct AuthorityTag>;
using DocumentId = Id<struct DocumentTag>;
using RecommendationId = Id<struct RecommendationTag>;
using ReplyId = Id<struct ReplyTag>;
using FixId = Id<struct FixTag>;
using ErasureId = Id<struct ErasureTag>;
using ResourceId = Id<struct ResourceTag>;
using LinkReportId = Id<struct LinkReportTag>;
using ReviewId = Id<struct ReviewTag>;
using CaptureId = Id<struct CaptureTag>;
using PageCopyId = Id<struct PageCopyTag>;
using BatchId = Id<struct BatchTag>;
using AppealId = Id<struct AppealTag>;
using SavingId = Id<struct SavingTag>;
using InvitationId = Id<struct InvitationTag>;
using SessionId = Id<struct SessionTag>;

} // namespace adal
