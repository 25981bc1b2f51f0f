// The first half of the main job: from the files to a sealed finding.
#include "app/main_job.hpp"

#include "base/embedded.hpp"
#include "embedded/data.hpp"
#include "oversight/process_place.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace adal::app {

namespace {

// An embedded file below data/demo; its content is ours, so a fault in it is a programmer's.
Result<json::value> demo_file(std::string_view name)
{
    const auto* file = embedded::find(embedded::data(), "demo/" + std::string(name));
    ADAL_CHECK(file != nullptr);
    return parse_json(file->bytes);
}

struct Seat {
    std::string_view name;
    PersonId Cast::*person;
};
constexpr std::array kSeats{Seat{"volunteer", &Cast::volunteer},     Seat{"second_volunteer", &Cast::second_volunteer},
                            Seat{"reviewer", &Cast::reviewer},       Seat{"second_reviewer", &Cast::second_reviewer},
                            Seat{"coordinator", &Cast::coordinator}, Seat{"lawyer", &Cast::lawyer},
                            Seat{"administrator", &Cast::administrator}};

// data/demo/people.json: who plays whom.
people::Details details_of(const json::value& member)
{
    const auto role = people::role_from(text_at(member, "role").value_or(""));
    ADAL_CHECK(role.has_value());
    return {.given_name = std::string(text_at(member, "given").value_or("")),
            .family_name = std::string(text_at(member, "family").value_or("")),
            .roles = {*role},
            .birth_year = static_cast<int>(int_at(member, "birth_year").value_or(0))};
}

// The answers of the demonstration's volunteer: data/demo/answers.json, one set per checklist.
Result<json::object> demo_answers(std::string_view checklist)
{
    const auto all = demo_file("answers.json");
    if (!all) return pass(all);
    const auto* answers = object_at(*all, checklist);
    ADAL_CHECK(answers != nullptr);
    return *answers;
}

// Every photo question that these answers make necessary, as paths.
std::vector<std::string> photo_questions(const oversight::Checklist& checklist, const json::object& answers)
{
    std::vector<std::string> asked;
    for (const auto& problem : oversight::check_answers(checklist, answers, {})) {
        const auto dot = problem.question.rfind('.');
        const auto* item = checklist.find_item(dot == std::string::npos ? problem.question : problem.question.substr(dot + 1));
        if (item && item->type == oversight::ItemType::photo) asked.push_back(problem.question);
    }
    return asked;
}

} // namespace

Result<Cast> MainJob::hire(Instant now)
{
    const auto members = demo_file("people.json");
    if (!members) return pass(members);
    auto hired = write([&](storage::Transaction& tx) -> Result<Cast> {
        Cast cast;
        for (const auto& member : members->as_array()) {
            const auto* seat = std::ranges::find(kSeats, text_at(member, "seat").value_or(""), &Seat::name);
            ADAL_CHECK(seat != kSeats.end());
            const auto person = people::create(tx, details_of(member), PersonId{}, now);
            if (!person) return pass(person);
            const auto active = people::activate(tx, person->id, now);
            if (!active) return pass(active);
            cast.*(seat->person) = person->id;
        }
        return cast;
    });
    if (hired) m_tell({"people", hired->coordinator.str(), std::to_string(kSeats.size())});
    return hired;
}

Result<Done> MainJob::import(const Sources& sources, Instant now)
{
    const auto districts = write([&](storage::Transaction& tx) {
        return oversight::import_districts(tx, sources.districts.name, sources.districts.bytes, now);
    });
    if (!districts) return pass(districts);
    m_tell({"districts", sources.districts.name, std::to_string(districts->added)});
    const auto places = write([&](storage::Transaction& tx) {
        return oversight::import_places(tx, sources.places.name, sources.places.bytes, now);
    });
    if (!places) return pass(places);
    m_tell({"places", sources.places.name, std::to_string(places->added)});
    for (const auto& file : sources.procurement) {
        const auto facts = procurement::read_ocds(file.bytes, file.name);
        const auto imported = write([&](storage::Transaction& tx) { return procurement::import_ocds(tx, facts, now); });
        if (!imported) return pass(imported);
        m_tell({"procurement", file.name, std::to_string(imported->added)});
    }
    return done();
}

Result<Done> MainJob::screen(Instant now)
{
    const auto report = write([&](storage::Transaction& tx) -> Result<procurement::ScreenReport> {
        return procurement::screen_all(tx, now);
    });
    if (!report) return pass(report);
    m_tell({"screened", report->rule_version, fmt::format("{} / {}", report->flagged, report->processes)});
    return report->flagged > 0 ? done() : failed_step("screened", "no flag");
}

Result<Case> MainJob::choose_target(const Cast& cast, std::size_t n, Instant now)
{
    const auto works = read([&](storage::Snapshot& db) { return procurement::flagged_works(db, static_cast<int>(n) + 1); });
    if (works.size() <= n) return pass(failed_step("target", "no flagged works"));
    const auto& chosen = works[n];
    Case work{.clock = now, .seed = static_cast<std::uint32_t>(n) + 1};
    work.object = oversight::object_from(chosen.process);
    work.ground = oversight::ground_from(chosen.process, chosen.why, i18n::Language::kk);
    work.ground.legal = i18n::text(i18n::Language::kk, "main_job.legal_ground");
    const auto place = write([&](storage::Transaction& tx) -> Result<oversight::Place> {
        for (auto& known : oversight::places_of_process(tx, chosen.process.ocid)) return known;
        return oversight::add_place(tx, oversight::place_from(chosen.process), cast.coordinator, now);
    });
    if (!place) return pass(place);
    work.place = place->id;
    m_tell({"target", place->id.str(), fmt::format("{} · {}", chosen.process.ocid, work.ground.flag)});
    return work;
}

Result<Done> MainJob::open_control(Case& work, const Cast& cast)
{
    using namespace oversight;
    return write([&](storage::Transaction& tx) -> Result<Done> {
        const auto place = find_place(tx, work.place);
        ADAL_CHECK(place.has_value());
        const auto* checklist = checklist_for(place->kind);
        if (!checklist) return failed_step("control", "no checklist");
        Control control{.title = i18n::text(i18n::Language::kk, "main_job.control_title", {{"place", place->name.kk}}),
                        .tasks = {i18n::text(i18n::Language::kk, "main_job.task_quality"),
                                  i18n::text(i18n::Language::kk, "main_job.task_contract")},
                        .subjects = {{.person = cast.coordinator, .role = SubjectRole::lead}, {.person = cast.volunteer}, {.person = cast.second_volunteer}},
                        .object = work.object, .places = {work.place}, .checklist = checklist->id,
                        .ground = work.ground, .planned_from = local_date(work.clock), .planned_to = local_date(work.clock).plus_days(14)};
        const auto draft = draft_control(tx, control, cast.coordinator, work.clock);
        if (!draft) return pass(draft);
        work.control = draft->id;
        for (const auto person : {cast.coordinator, cast.volunteer, cast.second_volunteer})
            if (const auto declared = declare_conflict(tx, work.control, person, Conflict::none, person, work.clock); !declared) return pass(declared);
        const auto opened = oversight::open_control(tx, work.control, cast.coordinator, work.clock);
        if (!opened) return pass(opened);
        m_tell({"control", work.control.str(), opened->title});

        work.wait_days(1);
        if (const auto cleared = people::may_be_assigned(tx, cast.volunteer, work.clock); !cleared) return pass(cleared);
        const auto assigned = assign_visit(tx, work.control, work.place, {{cast.volunteer, true}}, local_date(work.clock).plus_days(7), cast.coordinator, work.clock);
        if (!assigned) return pass(assigned);
        work.assignment = assigned->id;
        m_tell({"assignment", work.assignment.str(), i18n::date(i18n::Language::kk, assigned->due)});
        return done();
    });
}

oversight::Fix MainJob::position_at(storage::Snapshot& db, const Case& work)
{
    const auto place = oversight::find_place(db, work.place);
    // A lot without geometry is visited where its works are said to be; the phone's position is all there is.
    const auto at = place && place->geometry ? oversight::representative_point(*place->geometry) : oversight::Point{76.9286, 43.2567};
    return {.at = at, .accuracy_m = 8, .taken_at = work.clock};
}

Result<oversight::Photo> MainJob::take_photo(storage::Transaction& tx, const Case& work, Scene scene, oversight::PhotoRole role,
                                             std::string_view question)
{
    const auto fix = position_at(tx, work);
    const auto bytes = paint_photo({.scene = scene, .latitude = fix.at.latitude, .longitude = fix.at.longitude, .taken_at = work.clock, .seed = work.seed});
    const auto stored = m_house.files.add_photo_bytes(tx, bytes, "photo.jpg", work.clock);
    if (!stored) return pass(stored);
    return oversight::Photo{.sha256 = stored->sha256, .file = stored->id, .role = role, .question = std::string{question}, .captured_at = work.clock, .fix = fix};
}

Result<Done> MainJob::visit(Case& work, const Cast& cast)
{
    using namespace oversight;
    work.wait_days(2);
    return write([&](storage::Transaction& tx) -> Result<Done> {
        const auto accepted = accept_assignment(tx, work.assignment, cast.volunteer, work.clock);
        if (!accepted) return pass(accepted);
        const auto control = find_control(tx, work.control);
        const auto* checklist = find_checklist(control->checklist);
        const auto answers = demo_answers(checklist->id);
        if (!answers) return pass(answers);
        Submission sent{.client_id = VisitId::make(work.clock).str(), .assignment = work.assignment, .checklist = checklist->id,
                        .answers = *answers, .position = position_at(tx, work), .started_at = work.clock, .finished_at = work.clock.plus(std::chrono::minutes{25})};
        for (const auto& question : photo_questions(*checklist, *answers)) {
            const bool is_overview = question == "overview";
            auto photo = take_photo(tx, work, is_overview ? Scene::overview : Scene::defect, is_overview ? PhotoRole::overview : PhotoRole::defect, question);
            if (!photo) return pass(photo);
            sent.photos.push_back(std::move(*photo));
        }
        const auto receipt = submit_visit(tx, m_house.files, sent, cast.volunteer, work.clock.plus(std::chrono::minutes{40}));
        if (!receipt) return pass(receipt);
        // A bad network sends twice: the receipt must be the same.
        const auto again = submit_visit(tx, m_house.files, sent, cast.volunteer, work.clock.plus(std::chrono::minutes{50}));
        if (!again) return pass(again);
        if (again->content_hash != receipt->content_hash || again->visit != receipt->visit) return failed_step("visit", "second sending differs");
        work.visit = receipt->visit;
        m_tell({"visit", work.visit.str(), hex(view(receipt->content_hash)).substr(0, 16)});
        return done();
    });
}

Result<Done> MainJob::accept(Case& work, const Cast& cast)
{
    work.wait_days(1);
    const auto accepted = write([&](storage::Transaction& tx) { return oversight::accept_visit(tx, work.visit, cast.reviewer, work.clock); });
    if (!accepted) return pass(accepted);
    if (accepted->findings.empty()) return failed_step("finding", "no violation");
    work.finding = accepted->findings.front();
    m_tell({"finding", work.finding.str(), std::to_string(accepted->findings.size())});
    return done();
}

Result<Done> MainJob::verify_and_seal(Case& work, const Cast& cast)
{
    using namespace oversight;
    work.wait_days(1);
    const Verification word{.basis = VerificationBasis::desk, .result = VerificationResult::confirm,
                            .text = i18n::text(i18n::Language::kk, "main_job.verification")};
    // The author's own word must not count.
    const auto own = write([&](storage::Transaction& tx) { return verify_finding(tx, work.finding, word, cast.volunteer, work.clock); });
    if (own) return failed_step("verified", "author verified");
    const auto verified = write([&](storage::Transaction& tx) { return verify_finding(tx, work.finding, word, cast.second_reviewer, work.clock); });
    if (!verified) return pass(verified);
    m_tell({"verified", work.finding.str(), std::string{name(verified->state)}});
    const auto sealed = write([&](storage::Transaction& tx) { return seal_finding(tx, m_house.files, work.finding, cast.reviewer, work.clock); });
    if (!sealed) return pass(sealed);
    m_tell({"sealed", work.finding.str(), fmt::format("#{}", sealed->seal->leaf)});
    const auto twice = write([&](storage::Transaction& tx) { return seal_finding(tx, m_house.files, work.finding, cast.reviewer, work.clock); });
    return twice ? failed_step("sealed", "sealed twice") : done();
}

} // namespace adal::app
