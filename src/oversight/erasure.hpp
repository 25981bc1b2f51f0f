// oversight/erasure.hpp: a photo that must go by law. One person asks, giving the ground; another decides
// (integrity.md §5: erasing takes two). What is erased leaves a `redaction` entry in the public log, and every
// proof still verifies. Grounds: law of 21 May 2013 No. 94-V "On personal data and their protection", as the
// research page has it; its articles were not read here, so no article is named to anybody.
#pragma once

#include "base/id.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::oversight {

// Stored by name and said so in the public log: append-only.
enum class ErasureGround { consent_withdrawn, unlawful_collection, purpose_reached, court_act };
inline constexpr std::array<ErasureGround, 4> all_erasure_grounds{
    ErasureGround::consent_withdrawn, ErasureGround::unlawful_collection, ErasureGround::purpose_reached,
    ErasureGround::court_act};
std::string_view name(ErasureGround ground); // "oversight.erasure_ground." + name
std::optional<ErasureGround> erasure_ground_from(std::string_view name);

enum class ErasureState { asked, done, refused };
std::string_view name(ErasureState state); // "oversight.erasure_state." + name
std::optional<ErasureState> erasure_state_from(std::string_view name);

struct Erasure {
    ErasureId id{};
    FindingId finding{};
    FileId file{};
    ErasureGround ground = ErasureGround::consent_withdrawn;
    std::string text{}; // who demanded it and why; for the office only
    PersonId asked_by{};
    Instant asked_at{};
    ErasureState state = ErasureState::asked;
    PersonId decided_by{};
    std::optional<Instant> decided_at{};
    std::string answer{};               // why it was refused
    std::optional<std::int64_t> leaf{}; // of the first redaction entry; none: the photo was never sealed
};

inline constexpr std::size_t kMaxErasureText = 2000; // bytes

inline constexpr ProblemCode erasure_text_missing{"oversight.erasure_text_missing", 422};
inline constexpr ProblemCode erasure_answer_missing{"oversight.erasure_answer_missing", 422};
inline constexpr ProblemCode erasure_already_asked{"oversight.erasure_already_asked", 409};
inline constexpr ProblemCode erasure_already_decided{"oversight.erasure_already_decided", 409};
inline constexpr ProblemCode erasure_needs_another{"oversight.erasure_needs_another", 403};
inline constexpr ProblemCode erasure_photo_gone{"oversight.erasure_photo_gone", 410};

// `earlier`: those of the same finding.
Result<Erasure> ask_erasure(Erasure wanted, const std::vector<Erasure>& earlier);
Result<Erasure> approve_erasure(Erasure asked, PersonId person, Instant now);
Result<Erasure> refuse_erasure(Erasure asked, PersonId person, std::string_view answer, Instant now);

} // namespace adal::oversight
