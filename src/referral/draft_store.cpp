// A final document filled from the records of its control.
#include "base/text.hpp"
#include "people/people.hpp"
#include "referral/document_store.hpp"
#include "referral/referral.hpp"

#include <algorithm>

namespace adal::referral {

namespace {

std::vector<Subject> subjects_of(storage::Snapshot& snapshot, const oversight::Control& control)
{
    std::vector<PersonId> ids;
    for (const auto& subject : control.subjects) ids.push_back(subject.person);
    const auto names = people::full_names(snapshot, ids);

    std::vector<Subject> out;
    for (const auto& subject : control.subjects) {
        const auto name = names.find(subject.person);
        out.push_back({.person = subject.person,
                       .display_name = name == names.end() ? std::string{} : name->second,
                       .role = std::string(oversight::name(subject.role)),
                       .has_declared = subject.conflict != oversight::Conflict::not_declared,
                       .has_conflict = subject.conflict == oversight::Conflict::declared});
    }
    return out;
}

std::vector<oversight::Finding> sealed_findings(storage::Snapshot& snapshot, ControlId control)
{
    oversight::FindingFilter filter{.control = control, .only_sealed = true};
    std::vector<oversight::Finding> out;
    for (bool more = true; more;) {
        auto page = oversight::list_findings(snapshot, filter);
        std::ranges::move(page.rows, std::back_inserter(out));
        filter.after = page.next;
        more = !page.next.empty();
    }
    std::erase_if(out, [](const auto& finding) {
        return finding.state == oversight::FindingState::duplicate ||
               finding.state == oversight::FindingState::invalid;
    });
    std::ranges::sort(out, {}, &oversight::Finding::id);
    return out;
}

i18n::Texts title_of(const oversight::Finding& finding)
{
    const auto* checklist = oversight::find_checklist(finding.checklist);
    const auto* rule = checklist == nullptr ? nullptr : checklist->find_rule(finding.rule);
    if (rule == nullptr) return {.kk = finding.category()};
    return rule->label;
}

// A label of the checklist without the hint to the volunteer in brackets at its end.
std::string without_hint(const std::string& label)
{
    return label.substr(0, label.find(" ("));
}

std::string unit_text(i18n::Language language, const std::string& unit)
{
    const auto key = "oversight.unit." + unit;
    if (unit.empty() || !i18n::has(key)) return {};
    return "\u00a0" + i18n::text(language, key);
}

// "len=40 wid=30" as people read it; what has no question of its own (an area worked out) is left out.
std::string measured(const oversight::Finding& finding, i18n::Language language)
{
    const auto* checklist = oversight::find_checklist(finding.checklist);
    std::string out;
    for (const auto part : split(finding.value, ' ')) {
        const auto equals = part.find('=');
        if (checklist == nullptr || equals == std::string_view::npos) continue;
        const auto* item = checklist->find_item(part.substr(0, equals));
        if (item == nullptr) continue;
        out += (out.empty() ? "" : "; ") + without_hint(item->label.in(language)) + " – " +
               std::string(part.substr(equals + 1)) + unit_text(language, item->unit);
    }
    return out;
}

i18n::Texts measured(const oversight::Finding& finding)
{
    return {measured(finding, i18n::Language::kk), measured(finding, i18n::Language::ru),
            measured(finding, i18n::Language::en)};
}

Fact fact_of(const oversight::Finding& finding, const std::vector<oversight::Place>& places)
{
    const auto place = std::ranges::find(places, finding.place, &oversight::Place::id);
    return {.finding = finding.id,
            .case_id = finding.seal->case_id,
            .title = title_of(finding),
            .value = measured(finding),
            .summary = finding.publication ? finding.publication->summary : std::string{},
            .note = finding.text,
            .place = place == places.end() ? i18n::Texts{} : place->name,
            .severity = std::string(oversight::name(finding.severity)),
            .sealed_at = finding.seal->at,
            .leaf_index = finding.seal->leaf};
}

void join(std::string& line, const std::string& more)
{
    if (more.empty()) return;
    if (!line.empty()) line += "; ";
    line += more;
}

i18n::Texts joined(const std::vector<oversight::Place>& places)
{
    i18n::Texts out;
    for (const auto& place : places) {
        const auto with_address = [&](i18n::Language language) {
            const auto& name = place.name.in(language);
            return place.address.empty() || place.address == name ? name : name + ", " + place.address;
        };
        join(out.kk, with_address(i18n::Language::kk));
        join(out.ru, with_address(i18n::Language::ru));
        join(out.en, with_address(i18n::Language::en));
    }
    return out;
}

std::string lines(const std::vector<std::string>& tasks)
{
    std::string out;
    for (const auto& task : tasks) out += (out.empty() ? "" : "\n") + task;
    return out;
}

// The parts that come from the control and its sealed findings.
void fill(storage::Snapshot& snapshot, Document& document, const oversight::Control& control)
{
    const auto places = oversight::find_places(snapshot, control.places);
    document.title = control.title;
    document.object = control.object.name;
    document.object_bin = control.object.bin;
    document.ground = control.ground.legal;
    document.held_from = control.opened_at.value_or(Instant{});
    document.held_to = control.completed_at.value_or(Instant{});
    document.place = joined(places);
    document.tasks = lines(control.tasks);
    document.form = oversight::name(control.form);
    document.subjects = subjects_of(snapshot, control);
    document.facts.clear();
    for (const auto& finding : sealed_findings(snapshot, control.id))
        document.facts.push_back(fact_of(finding, places));
}

Result<Done> fill_recommendations(storage::Snapshot& snapshot, Document& document, const Draft& draft, Instant now)
{
    if (!draft.place.empty()) document.place = {.kk = draft.place};
    document.other_documents = draft.other_documents;
    document.recommendations.clear();
    int ordinal = 1;
    for (const auto& wanted : draft.recommendations) {
        if (wanted.authority.is_set() && !authority_on(snapshot, wanted.authority, local_date(now)))
            return fail(authority_not_on_date, {{"date", iso(local_date(now))}});
        document.recommendations.push_back({.id = RecommendationId::make(now),
                                            .document = document.id,
                                            .ordinal = ordinal++,
                                            .text = wanted.text,
                                            .authority = wanted.authority,
                                            .findings = wanted.findings});
    }
    return done();
}

Result<oversight::Control> completed_control(storage::Snapshot& snapshot, ControlId id)
{
    auto control = oversight::find_control(snapshot, id);
    if (!control) return fail(not_found);
    if (control->state != oversight::ControlState::completed) return fail(document_control_open);
    return *control;
}

} // namespace

Result<Document> draft_document(storage::Transaction& tx, ControlId control_id, const Draft& draft,
                                PersonId drafter, Instant now)
{
    if (find_document_of(tx, control_id)) return fail(document_second);
    const auto control = completed_control(tx, control_id);
    if (!control) return pass(control);

    Document document{.id = DocumentId::make(now),
                      .control = control_id,
                      .drafted_by = drafter,
                      .drafted_at = now};
    fill(tx, document, *control);
    if (const auto fine = fill_recommendations(tx, document, draft, now); !fine) return pass(fine);
    add(tx, document);
    return document;
}

Result<Document> preview_document(storage::Snapshot& snapshot, ControlId control_id, Instant now)
{
    const auto control = completed_control(snapshot, control_id);
    if (!control) return pass(control);
    Document document{.control = control_id, .drafted_at = now};
    fill(snapshot, document, *control);
    return document;
}

Result<Document> edit_document(storage::Transaction& tx, DocumentId id, std::int64_t version,
                               const Draft& draft, Instant now)
{
    auto document = read_document(tx, id);
    if (!document) return fail(not_found);
    if (const auto fine = may_edit(*document); !fine) return pass(fine);
    if (document->version != version) return fail(stale_form);
    const auto control = completed_control(tx, document->control);
    if (!control) return pass(control);

    fill(tx, *document, *control);
    if (const auto fine = fill_recommendations(tx, *document, draft, now); !fine) return pass(fine);
    ++document->version;
    if (const auto saved = save(tx, *document); !saved) return pass(saved);
    return *document;
}

} // namespace adal::referral
