// support/sealed_case.hpp: a completed control with sealed findings, made through the same operations as the
// server's, for the tests of the rooms that come after oversight. The photo decoder is a fork of the test.
#pragma once

#include "files/files.hpp"
#include "ledger/ledger.hpp"
#include "oversight/oversight.hpp"
#include "people/people.hpp"
#include "support/support.hpp"

#include <gtest/gtest.h>
#include <stdexcept>
#include <string>
#include <vector>

namespace adal::test {

// 16 × 16 pixels, one colour each.
inline std::string small_png(int n)
{
    constexpr std::array pictures{
        "iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAFElEQVR42mOIIhEwjGoY1TB8NQAAi0MOEG7yE3wAAAAASUVORK5CYII=",
        "iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAFElEQVR42mOQIxEwjGoY1TB8NQAA2xdaASUEZWIAAAAASUVORK5CYII=",
        "iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAFklEQVR42mM4sSWKJMQwqmFUw/DVAABLQNYQxH3QUgAAAABJRU5ErkJggg=="};
    return *unbase64(pictures[static_cast<std::size_t>(n) % pictures.size()]);
}

// What must succeed for the test to mean anything.
template <typename T> T must(Result<T> result)
{
    if (!result) {
        std::string all{result.error().code->key};
        for (const auto& [key, value] : result.error().params) all += " " + key + "=" + value;
        throw std::runtime_error(all);
    }
    return std::move(*result);
}

class SealedCase
{
public:
    template <typename F> auto write(F f)
    {
        return must(m_db.write([&](storage::Transaction& tx) { return f(tx); }));
    }

    explicit SealedCase(storage::Database& db) : m_db(db), m_files(m_folder.path(), "")
    {
        ledger::open_vault_in_memory();
        write([&](auto& tx) { return ledger::begin_log(tx, "log.test/adal", "log.test/adal+00000000+AAAA", clock); });
        using people::Role;
        volunteer = hire("Аружан", {Role::volunteer});
        second_volunteer = hire("Дәулет", {Role::volunteer});
        reviewer = hire("Жанар", {Role::reviewer});
        second_reviewer = hire("Тимур", {Role::reviewer});
        coordinator = hire("Гүлнар", {Role::coordinator});
        lawyer = hire("Нұрлан", {Role::lawyer});
    }

    // Opens, visits, verifies, seals and completes; the findings are in `findings`.
    void run()
    {
        open();
        visit();
        for (const auto& finding : findings) seal(finding);
        clock = *parse_instant("2026-03-06T17:00:00+05:00");
        write([&](auto& tx) { return oversight::complete_control(tx, control, coordinator, clock); });
    }

    // Somebody else looks on the spot and finds it mended.
    void check_fix(FindingId finding, bool is_fixed = true)
    {
        const auto claims = m_db.read([&](storage::Snapshot& db) { return oversight::fix_claims_of(db, finding); });
        auto photo = this->photo("after", oversight::PhotoRole::after);
        write([&](auto& tx) {
            return oversight::check_fix(tx, m_files,
                                        {.claim = claims.back().id, .checker = second_volunteer, .is_fixed = is_fixed,
                                         .position = position(), .photos = {photo}, .text = "көрдім", .at = clock},
                                        second_volunteer, clock);
        });
    }

    files::Store& files() { return m_files; }

    PersonId volunteer, second_volunteer, reviewer, second_reviewer, coordinator, lawyer;
    PlaceId place;
    ControlId control;
    std::vector<FindingId> findings;
    Instant clock = *parse_instant("2026-03-02T10:00:00+05:00");

private:
    PersonId hire(std::string_view name, people::Roles roles)
    {
        return write([&](auto& tx) -> Result<PersonId> {
            const auto person = people::create(tx, {.given_name = std::string(name), .family_name = "Сынақова", .roles = std::move(roles), .birth_year = 1990},
                                               PersonId{}, clock);
            if (!person) return pass(person);
            const auto active = people::activate(tx, person->id, clock);
            if (!active) return pass(active);
            return person->id;
        });
    }

    void open()
    {
        using namespace oversight;
        place = write([&](auto& tx) {
                    return add_place(tx,
                                     {.kind = PlaceKind::road_section,
                                      .name = {.kk = "Абай даңғылы", .ru = "проспект Абая", .en = "Abay avenue"},
                                      .geometry = point(),
                                      .source = "test",
                                      .source_id = "1"},
                                     coordinator, clock);
                }).id;
        control = write([&](auto& tx) {
                      return draft_control(tx,
                                           {.title = "Абай даңғылын бақылау",
                                            .tasks = {"Төсемді қарау", "Қалыңдығын өлшеу"},
                                            .subjects = {{.person = coordinator, .role = SubjectRole::lead}, {.person = volunteer}, {.person = second_volunteer}},
                                            .object = {.name = "Қалалық мобилділік басқармасы"},
                                            .places = {place},
                                            .checklist = "road_repair",
                                            .planned_from = local_date(clock),
                                            .planned_to = local_date(clock).plus_days(14)},
                                           coordinator, clock);
                  }).id;
        for (const auto person : {coordinator, volunteer, second_volunteer})
            write([&](auto& tx) { return declare_conflict(tx, control, person, Conflict::none, person, clock); });
        write([&](auto& tx) { return open_control(tx, control, coordinator, clock); });
    }

    static oversight::Geometry point() { return oversight::point_geometry({76.9, 43.24}); }

    oversight::Fix position() const { return {.at = {76.9, 43.24}, .accuracy_m = 8, .taken_at = clock}; }

    oversight::Photo photo(std::string question, oversight::PhotoRole role)
    {
        const auto stored = write([&](auto& tx) { return m_files.add_photo_bytes(tx, small_png(m_photos++), "photo.png", clock); });
        return {.sha256 = stored.sha256, .file = stored.id, .role = role, .question = std::move(question), .captured_at = clock, .fix = position()};
    }

    void visit()
    {
        using namespace oversight;
        const auto assignment = write([&](auto& tx) {
            return assign_visit(tx, control, place, {{volunteer, true}}, local_date(clock).plus_days(3), coordinator, clock);
        });
        const auto answers = *parse_json(R"({"state":"done","board":"no","fence":"na","signs":"yes","wet":"no","thick":5,
            "defect":[{"dtype":"pothole","len":40,"wid":30,"dep":6}],"mark":"yes","ramp":"yes","aryk":"yes",
            "debris":"no","note":"Шұңқыр аялдаманың алдында.","truth":"yes"})");
        const auto* checklist = find_checklist("road_repair");
        Submission sent{.client_id = VisitId::make(clock).str(), .assignment = assignment.id, .checklist = "road_repair",
                        .answers = answers.as_object(), .position = position(), .started_at = clock, .finished_at = clock};
        for (const auto& asked : check_answers(*checklist, sent.answers, {})) {
            const auto name = asked.question.substr(asked.question.rfind('.') + 1);
            const auto* item = checklist->find_item(name);
            if (item == nullptr || item->type != ItemType::photo) continue;
            sent.photos.push_back(photo(asked.question, name == "overview" ? PhotoRole::overview : PhotoRole::defect));
        }
        const auto receipt = write([&](auto& tx) { return submit_visit(tx, m_files, sent, volunteer, clock); });
        findings = write([&](auto& tx) { return accept_visit(tx, receipt.visit, reviewer, clock); }).findings;
    }

    void seal(FindingId finding)
    {
        using namespace oversight;
        write([&](auto& tx) {
            return verify_finding(tx, finding, {.basis = VerificationBasis::desk, .result = VerificationResult::confirm, .text = "фотодан көрінеді"},
                                  second_reviewer, clock);
        });
        write([&](auto& tx) { return seal_finding(tx, m_files, finding, reviewer, clock); });
    }

    storage::Database& m_db;
    TempDir m_folder;
    files::Store m_files;
    int m_photos = 0;
};

} // namespace adal::test
