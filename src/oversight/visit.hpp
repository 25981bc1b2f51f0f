// oversight/visit.hpp: one person's look at one place: answers, photos, position, and what came of it.
//
//   received → awaiting_media → complete → accepted → sealed
//                                  │ ↑
//                  needs_info ⇄ amended · rejected (coded reason and text)
//
// The phone makes the client id (ULID or UUID). The same id with the same content again is the same event and
// gets the same receipt, any number of times (I13). An amendment is a new version; nothing is deleted.
#pragma once

#include "base/hash.hpp"
#include "base/id.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "oversight/assignment.hpp"
#include "oversight/checklist.hpp"
#include "oversight/geometry.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::oversight {

enum class VisitState { awaiting_media, complete, needs_info, amended, accepted, rejected, sealed };
inline constexpr std::array<VisitState, 7> all_visit_states{
    VisitState::awaiting_media, VisitState::complete, VisitState::needs_info, VisitState::amended,
    VisitState::accepted, VisitState::rejected, VisitState::sealed};
std::string_view name(VisitState state); // "oversight.visit_state." + name
std::optional<VisitState> visit_state_from(std::string_view name);

enum class PhotoRole { overview, defect, before, after };
inline constexpr std::array<PhotoRole, 4> all_photo_roles{PhotoRole::overview, PhotoRole::defect,
                                                          PhotoRole::before, PhotoRole::after};
std::string_view name(PhotoRole role); // "oversight.photo_role." + name
std::optional<PhotoRole> photo_role_from(std::string_view name);

enum class RejectReason { wrong_place, unreadable_photos, not_on_site, duplicate, personal_data, fabricated, other };
inline constexpr std::array<RejectReason, 7> all_reject_reasons{
    RejectReason::wrong_place, RejectReason::unreadable_photos, RejectReason::not_on_site,
    RejectReason::duplicate, RejectReason::personal_data, RejectReason::fabricated, RejectReason::other};
std::string_view name(RejectReason reason); // "oversight.reject_reason." + name
std::optional<RejectReason> reject_reason_from(std::string_view name);

// Position as the device said, at the moment it said it.
struct Fix {
    Point at{};
    double accuracy_m = 0; // radius, > 0
    Instant taken_at{};    // device clock
};

struct Photo {
    Hash sha256{};        // of the original bytes: its identity (I11)
    FileId file{};        // unset until the bytes have arrived
    PhotoRole role = PhotoRole::defect;
    std::string question{}; // path of the photo question, e.g. "overview", "defect[0].dph"
    std::optional<Instant> captured_at{};
    std::optional<Fix> fix{};
};

// What the phone or the form sends.
struct Submission {
    std::string client_id{};
    AssignmentId assignment{};
    std::string checklist{};
    json::object answers{};
    std::optional<Fix> position{};
    std::optional<Instant> started_at{}, finished_at{}; // device clock
    std::vector<Photo> photos{};
};

struct Visit {
    VisitId id{};
    std::string client_id{};
    AssignmentId assignment{};
    ControlId control{};
    PlaceId place{};
    std::vector<PersonId> people{}; // who was there; the authors for the four-eyes rule
    PersonId sent_by{};
    std::string checklist{};
    Hash checklist_hash{};
    std::string answers{}; // canonical JSON text
    std::optional<Fix> position{};
    std::optional<Instant> started_at{}, finished_at{};
    std::vector<Photo> photos{};
    std::vector<Observation> observations{};
    std::optional<double> distance_m{}; // to the place; absent without position or geometry
    bool is_far = false;                // I14
    Hash content_hash{};
    int version = 1;
    VisitState state = VisitState::awaiting_media;
    Instant received_at{};
    std::optional<RejectReason> reject_reason{};
    std::string review_text{}; // of the last needs_info or rejection
    std::optional<std::int64_t> leaf{}; // index of its case.sealed leaf

    [[nodiscard]] bool has_author(PersonId person) const;
};

// What the sender keeps. The same submission again gives the same receipt.
struct Receipt {
    VisitId visit{};
    std::string client_id{};
    int version = 1;
    Hash content_hash{};
    Instant received_at{};
    std::vector<Hash> missing_media{};
};

inline constexpr ProblemCode visit_bad_id{"oversight.visit_bad_id", 422};
inline constexpr ProblemCode visit_unknown_assignment{"oversight.visit_unknown_assignment", 404};
inline constexpr ProblemCode visit_wrong_checklist{"oversight.visit_wrong_checklist", 422}; // params: checklist
inline constexpr ProblemCode visit_answers_wrong{"oversight.visit_answers_wrong", 422}; // params: count, question, reason, all
inline constexpr ProblemCode visit_differs{"oversight.visit_differs", 409};   // same id, other content, not asked for
inline constexpr ProblemCode visit_wrong_state{"oversight.visit_wrong_state", 409}; // params: state
inline constexpr ProblemCode visit_not_yours{"oversight.visit_not_yours", 403};
inline constexpr ProblemCode visit_own{"oversight.visit_own", 403};           // reviewer was there
inline constexpr ProblemCode visit_photo_unknown{"oversight.visit_photo_unknown", 404};
inline constexpr ProblemCode visit_bad_position{"oversight.visit_bad_position", 422};
inline constexpr ProblemCode visit_too_many_photos{"oversight.visit_too_many_photos", 422}; // params: limit

inline constexpr std::size_t kMaxVisitPhotos = 60;

// Checks everything that can be known from the submission itself and makes version 1.
Result<Visit> receive(const Submission& submission, const Assignment& assignment, const Place& place,
                      const Checklist& checklist, PersonId sender, Instant now);
// A newer version after needs_info; the same id, the same people.
Result<Visit> amend(Visit visit, const Submission& submission, const Place& place, const Checklist& checklist,
                    PersonId sender, Instant now);
// The bytes of a declared photo have arrived. Arriving twice changes nothing.
Result<Visit> attach(Visit visit, const Hash& photo_hash, FileId file);
Result<Visit> ask_for_info(Visit visit, PersonId reviewer, std::string_view text);
Result<Visit> reject(Visit visit, PersonId reviewer, RejectReason reason, std::string_view text);
Result<Visit> accept(Visit visit, PersonId reviewer);
Result<Visit> mark_sealed(Visit visit, std::int64_t leaf); // accepted → sealed; sealed stays sealed

// SHA-256 over the canonical JSON of checklist hash, answers, position, times and photo hashes (sorted keys).
[[nodiscard]] Hash content_hash(const Submission& submission, const Hash& checklist_hash);
[[nodiscard]] std::vector<Hash> missing_media(const Visit& visit);
[[nodiscard]] Receipt receipt_of(const Visit& visit);
// Degrees of this globe and an accuracy above zero.
[[nodiscard]] bool is_on_earth(const Fix& fix);
// I14: farther from the place than max(100 m, 3 × accuracy).
[[nodiscard]] bool is_far(double distance_m, double accuracy_m);
// Keys sorted, no spaces: the same answers always give the same bytes.
[[nodiscard]] std::string canonical_text(const json::value& value);

} // namespace adal::oversight
