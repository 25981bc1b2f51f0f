#include "oversight/label_view.hpp"

#include "base/text.hpp"
#include "oversight/checklist.hpp"

#include <charconv>

namespace adal::oversight {

using http::Html;

Html kind_label(const http::Request& request, PlaceKind kind)
{
    return label(request, "place_kind", kind);
}

Html state_badge(const http::Request& request, FindingState state)
{
    const auto tone = [&] {
        switch (state) {
        case FindingState::fixed_verified: return "good";
        case FindingState::not_fixed:
        case FindingState::refused:
        case FindingState::closed_refused:
        case FindingState::archived_unresolved:
        case FindingState::reopened: return "bad";
        case FindingState::fix_claimed:
        case FindingState::disputed: return "warn";
        case FindingState::duplicate:
        case FindingState::invalid: return "neutral";
        default: return "info";
        }
    }();
    return http::badge(label(request, "finding_state", state), tone);
}

Html state_badge(const http::Request& request, ControlState state)
{
    const auto* tone = state == ControlState::open ? "info"
                       : state == ControlState::cancelled ? "bad"
                       : state == ControlState::draft ? "neutral" : "good";
    return http::badge(label(request, "control_state", state), tone);
}

Html state_badge(const http::Request& request, VisitState state)
{
    const auto* tone = state == VisitState::accepted || state == VisitState::sealed ? "good"
                       : state == VisitState::rejected ? "bad"
                       : state == VisitState::needs_info || state == VisitState::awaiting_media ? "warn" : "info";
    return http::badge(label(request, "visit_state", state), tone);
}

Html state_badge(const http::Request& request, AssignmentState state)
{
    const auto* tone = state == AssignmentState::done ? "good" : state == AssignmentState::offered ? "warn"
                       : state == AssignmentState::accepted ? "info" : "neutral";
    return http::badge(label(request, "assignment_state", state), tone);
}

Html severity_badge(const http::Request& request, Severity severity)
{
    const auto* tone = severity == Severity::danger ? "bad" : severity == Severity::major ? "warn" : "neutral";
    return http::badge(label(request, "severity", severity), tone);
}

Html verdict_badge(const http::Request& request, Verdict verdict)
{
    // A measurement that was not made is never shown like a good one (invariant 4).
    const auto* tone = verdict == Verdict::ok ? "good" : verdict == Verdict::violation ? "bad"
                       : verdict == Verdict::na ? "neutral" : "warn";
    return http::badge(label(request, "verdict", verdict), tone);
}

std::string title_of(const http::Request& request, const Finding& finding)
{
    const auto* checklist = find_checklist(finding.checklist);
    const auto* rule = checklist ? checklist->find_rule(finding.rule) : nullptr;
    return rule ? rule->label.in(request.language) : finding.category();
}

std::string answer_text(const http::Request& request, const Checklist& checklist, const Item& item, std::string_view raw)
{
    if (const auto* choice = checklist.find_choice(item, raw)) return choice->label.in(request.language);
    if (item.unit.empty()) return std::string{raw};
    return std::string{raw} + "\u00a0" + i18n::text(request.language, "oversight.unit." + item.unit);
}

namespace {

const Derived* find_derived(const Checklist& checklist, std::string_view name)
{
    for (const auto& part : checklist.sections)
        for (const auto& derived : part.derived)
            if (derived.name == name) return &derived;
    return nullptr;
}

// "len=40": the label of the question and the number; a derived value has no label of its own, its unit says it.
std::string named_number(const http::Request& request, const Checklist& checklist, std::string_view word)
{
    const auto equals = word.find('=');
    const auto name = word.substr(0, equals), number = word.substr(equals + 1);
    if (const auto* item = checklist.find_item(name)) return item->label.in(request.language) + ": " + answer_text(request, checklist, *item, number);
    const auto* derived = find_derived(checklist, name);
    if (!derived || derived->unit.empty()) return std::string{number};
    return std::string{number} + "\u00a0" + i18n::text(request.language, "oversight.unit." + derived->unit);
}

} // namespace

std::string measured_text(const http::Request& request, const Checklist* checklist, std::string_view rule_name, std::string_view value)
{
    const auto* rule = checklist ? checklist->find_rule(rule_name) : nullptr;
    if (!rule || value.empty()) return std::string{value};
    const auto* item = checklist->find_item(rule->about);
    if (value.find('=') == std::string_view::npos && (!item || item->type != ItemType::choices))
        return item ? answer_text(request, *checklist, *item, value) : std::string{value};
    std::string out;
    for (const auto word : split(value, ' ')) {
        if (word.empty()) continue;
        if (!out.empty()) out += word.find('=') == std::string_view::npos ? ", " : "; ";
        out += word.find('=') == std::string_view::npos ? answer_text(request, *checklist, *item, word) : named_number(request, *checklist, word);
    }
    return out;
}

std::string question_text(const http::Request& request, const Checklist* checklist, std::string_view path)
{
    const auto dot = path.rfind('.');
    const auto* item = checklist ? checklist->find_item(dot == std::string_view::npos ? path : path.substr(dot + 1)) : nullptr;
    if (!item) return {};
    const auto bracket = path.find('[');
    int entry = 0;
    if (bracket == std::string_view::npos || std::from_chars(path.data() + bracket + 1, path.data() + path.size(), entry).ec != std::errc{}) return item->label.in(request.language);
    return item->label.in(request.language) + " " + std::to_string(entry + 1);
}

std::string district_name(const http::Request& request, const std::vector<District>& districts, DistrictId id)
{
    for (const auto& district : districts)
        if (district.id == id) return district.name.in(request.language);
    return i18n::text(request.language, "oversight.no_district");
}

} // namespace adal::oversight
