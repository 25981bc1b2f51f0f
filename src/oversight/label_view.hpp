// oversight/label_view.hpp: the words and badges of this room's states and kinds, in the reader's language.
#pragma once

#include "http/page.hpp"
#include "oversight/assignment.hpp"
#include "oversight/control.hpp"
#include "oversight/district.hpp"
#include "oversight/finding.hpp"
#include "oversight/fix.hpp"
#include "oversight/place.hpp"
#include "oversight/visit.hpp"

#include <string>

namespace adal::oversight {

// "oversight.<group>.<name of the value>"
template <typename Enum> std::string label(const http::Request& request, std::string_view group, Enum value)
{
    return i18n::text(request.language, "oversight." + std::string{group} + "." + std::string{name(value)});
}

http::Html kind_label(const http::Request& request, PlaceKind kind);
http::Html state_badge(const http::Request& request, FindingState state);
http::Html state_badge(const http::Request& request, ControlState state);
http::Html state_badge(const http::Request& request, VisitState state);
http::Html state_badge(const http::Request& request, AssignmentState state);
http::Html severity_badge(const http::Request& request, Severity severity);
http::Html verdict_badge(const http::Request& request, Verdict verdict);

// What a finding is called: the label of its rule in its checklist; the rule's name when the checklist is gone.
std::string title_of(const http::Request& request, const Finding& finding);
// The answer as people read it: the label of a choice, a number with its unit.
std::string answer_text(const http::Request& request, const Checklist& checklist, const Item& item, std::string_view raw);
// The value a rule judged ("no", "rust tilt" or "len=40 wid=30 area=0.12") with labels and units. Raw when the
// checklist does not know the rule any more.
std::string measured_text(const http::Request& request, const Checklist* checklist, std::string_view rule, std::string_view value);
// What a path asks: "defect[1].dep" is the label of `dep`, with the number of its entry.
std::string question_text(const http::Request& request, const Checklist* checklist, std::string_view path);
std::string district_name(const http::Request& request, const std::vector<District>& districts, DistrictId id);

// Select of an enumeration: every value with its label.
template <typename Enum, std::size_t N>
std::vector<http::Choice> choices_of(const http::Request& request, std::string_view group, const std::array<Enum, N>& values)
{
    std::vector<http::Choice> out;
    for (const auto value : values) out.push_back({std::string{name(value)}, label(request, group, value)});
    return out;
}

} // namespace adal::oversight
