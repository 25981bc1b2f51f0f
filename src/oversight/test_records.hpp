// oversight/test_records.hpp: the people and records the rule tests of this room begin with. Only tests include it.
#pragma once

#include "oversight/assignment.hpp"
#include "oversight/control.hpp"
#include "oversight/finding.hpp"
#include "oversight/fix.hpp"
#include "oversight/visit.hpp"

#include <gtest/gtest.h>

namespace adal::oversight::test {

inline const Instant moment = *parse_instant("2026-03-02T10:00:00+05:00");
inline const PersonId author = PersonId::make(moment), mate = PersonId::make(moment), reviewer = PersonId::make(moment), second_reviewer = PersonId::make(moment),
                      coordinator = PersonId::make(moment);

inline Instant days_later(int days) { return moment.plus(std::chrono::hours{24 * days}); }

inline Place place() { return {.id = *PlaceId::parse("01h00000000000000000000001"), .kind = PlaceKind::road_section, .name = {.kk = "Абай даңғылы"}, .geometry = point_geometry({76.9, 43.24})}; }

// A draft that lacks nothing.
inline Control complete_draft()
{
    return {.id = *ControlId::parse("01h00000000000000000000002"),
            .title = "Абай даңғылын бақылау",
            .tasks = {"Төсемді қарау"},
            .subjects = {{.person = author, .conflict = Conflict::none, .declared_at = moment}, {.person = mate, .conflict = Conflict::none, .declared_at = moment}},
            .object = {.name = "Қалалық мобилділік басқармасы"},
            .places = {place().id},
            .checklist = "road_repair",
            .planned_from = local_date(moment),
            .planned_to = local_date(moment).plus_days(14),
            .created_by = coordinator};
}

inline Control open_control() { return *open(complete_draft(), {place()}, Hash{}, moment); }

inline Assignment offer()
{
    auto offered = *assign(open_control(), place(), {{author, true}, {mate, true}}, local_date(moment).plus_days(3), coordinator, moment);
    offered.id = *AssignmentId::parse("01h00000000000000000000003");
    return offered;
}

inline Fix position(double accuracy_m = 8) { return {.at = {76.9, 43.24}, .accuracy_m = accuracy_m, .taken_at = moment}; }

inline Photo photo(std::string question, bool is_stored = true)
{
    return {.sha256 = sha256(question), .file = is_stored ? FileId::make(moment) : FileId{}, .role = question == "overview" ? PhotoRole::overview : PhotoRole::defect, .question = std::move(question)};
}

// A road with one pothole that is a violation, and no board.
inline Submission submission()
{
    return {.client_id = "01h00000000000000000000009",
            .assignment = offer().id,
            .checklist = "road_repair",
            .answers = parse_json(R"({"state":"done","board":"no","fence":"na","signs":"yes","wet":"no","defect":[{"dtype":"pothole","len":40,"wid":30,"dep":6}],
                                      "mark":"yes","ramp":"yes","aryk":"no","debris":"yes","note":" Аялдаманың алдында. ","truth":true})")
                           ->as_object(),
            .position = position(),
            .photos = {photo("overview"), photo("board_ph"), photo("defect[0].dph")}};
}

inline const Checklist& road() { return *find_checklist("road_repair"); }

inline Visit complete_visit()
{
    auto visit = *receive(submission(), offer(), place(), road(), author, moment);
    visit.id = *VisitId::parse("01h00000000000000000000004");
    return visit;
}

inline Visit accepted_visit() { return *accept(complete_visit(), reviewer); }

// The pothole of accepted_visit(), just reported.
inline Finding reported()
{
    const auto steps = *findings_of(accepted_visit(), "", moment);
    for (auto step : steps)
        if (step.finding.rule == "defect") {
            step.finding.id = *FindingId::parse("01h00000000000000000000005");
            return step.finding;
        }
    throw std::runtime_error("no pothole");
}

inline Verification word(PersonId who, VerificationResult result) { return {.verifier = who, .basis = VerificationBasis::desk, .result = result, .text = "фотодан көрінеді", .at = moment}; }

// The key of the problem, or "fine".
template <typename T> std::string_view key(const Result<T>& result) { return result ? "fine" : result.error().code->key; }

} // namespace adal::oversight::test
