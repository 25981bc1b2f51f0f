// oversight/test_house.hpp: people, a place and an open control in a fresh database, made through the operations
// of oversight.hpp. Only tests include it. The photo decoder is a fork of the test.
#pragma once

#include "ledger/ledger.hpp"
#include "ledger/ledger_invariants.hpp"
#include "oversight/oversight.hpp"
#include "people/people.hpp"
#include "support/sealed_case.hpp"
#include "support/support.hpp"

#include <gmock/gmock.h>

namespace adal::oversight::test {

using adal::test::must;

// An operation in a transaction of its own.
template <typename F> auto written(storage::Database& db, F f)
{
    return db.write([&](storage::Transaction& tx) { return f(tx); });
}

class House
{
public:
    // The value, or the problem as an exception that fails the test.
    template <typename F> auto write(F f) { return must(attempt(f)); }
    // The Result itself.
    template <typename F> auto attempt(F f) { return written(db, f); }
    template <typename F> auto read(F f)
    {
        return db.read([&](storage::Snapshot& snapshot) { return f(snapshot); });
    }

    explicit House(storage::Database& database) : db(database), files(m_folder.path(), "")
    {
        using people::Role;
        ledger::open_vault_in_memory();
        write([&](auto& tx) { return ledger::begin_log(tx, "log.test/adal", "log.test/adal+00000000+AAAA", clock); });
        people::set_release_assignments([](storage::Transaction& tx, PersonId person, Instant at) -> Result<Done> {
            release_assignments_of(tx, person, "consent", at);
            return done();
        });
        volunteer = hire("Аружан", {Role::volunteer});
        mate = hire("Дәулет", {Role::volunteer});
        reviewer = hire("Жанар", {Role::reviewer});
        second_reviewer = hire("Тимур", {Role::reviewer});
        coordinator = hire("Гүлнар", {Role::coordinator});
    }
    House(const House&) = delete;
    House& operator=(const House&) = delete;
    ~House() { people::set_release_assignments({}); }

    PersonId hire(std::string_view name, people::Roles roles, int birth_year = 1990)
    {
        const auto person = write([&](auto& tx) {
            return people::create(tx, {.given_name = std::string(name), .family_name = "Сынақова", .roles = std::move(roles), .birth_year = birth_year}, PersonId{}, clock);
        });
        write([&](auto& tx) { return people::activate(tx, person.id, clock); });
        return person.id;
    }

    PlaceId add_place(std::string source_id, Point at = {76.9, 43.24}, std::string name = "Абай даңғылы")
    {
        return write([&](auto& tx) {
                   return oversight::add_place(tx,
                                               {.kind = PlaceKind::road_section,
                                                .name = {.kk = std::move(name), .ru = "проспект Абая", .en = "Abay avenue"},
                                                .geometry = point_geometry(at),
                                                .source = "test",
                                                .source_id = std::move(source_id)},
                                               coordinator, clock);
               })
            .id;
    }

    Control control_at(PlaceId place, std::vector<PersonId> subjects, bool adults_only = false)
    {
        Control wanted{.title = "Абай даңғылын бақылау",
                       .tasks = {"Төсемді қарау"},
                       .object = {.name = "Қалалық мобилділік басқармасы"},
                       .places = {place},
                       .checklist = "road_repair",
                       .planned_from = local_date(clock),
                       .planned_to = local_date(clock).plus_days(14),
                       .adults_only = adults_only};
        for (const auto& person : subjects) wanted.subjects.push_back({.person = person});
        return wanted;
    }

    ControlId open_at(PlaceId place, const std::vector<PersonId>& subjects, bool adults_only = false)
    {
        const auto id = write([&](auto& tx) { return draft_control(tx, control_at(place, subjects, adults_only), coordinator, clock); }).id;
        for (const auto& person : subjects) write([&](auto& tx) { return declare_conflict(tx, id, person, Conflict::none, person, clock); });
        write([&](auto& tx) { return open_control(tx, id, coordinator, clock); });
        return id;
    }

    Result<Assignment> assign(ControlId control, PlaceId place, const std::vector<PersonId>& who)
    {
        std::vector<Assignee> people;
        for (const auto& person : who) people.push_back({person, true});
        return attempt([&](auto& tx) { return assign_visit(tx, control, place, people, local_date(clock).plus_days(3), coordinator, clock); });
    }

    Fix position() const { return {.at = {76.9, 43.24}, .accuracy_m = 8, .taken_at = clock}; }

    FileId store(int picture)
    {
        return write([&](auto& tx) { return files.add_photo_bytes(tx, adal::test::small_png(picture), "photo.png", clock); }).id;
    }

    // A declared photo; `is_sent`: its bytes are here already.
    Photo photo(std::string question, int picture, bool is_sent = true, PhotoRole role = PhotoRole::defect)
    {
        return {.sha256 = sha256(adal::test::small_png(picture)), .file = is_sent ? store(picture) : FileId{}, .role = role, .question = std::move(question), .captured_at = clock, .fix = position()};
    }

    // No board (a plain violation) and one pothole (a measured one).
    Submission submission(AssignmentId assignment, bool are_photos_sent = true)
    {
        return {.client_id = VisitId::make(clock).str(),
                .assignment = assignment,
                .checklist = "road_repair",
                .answers = parse_json(R"({"state":"done","board":"no","fence":"na","signs":"yes","wet":"no","defect":[{"dtype":"pothole","len":40,"wid":30,"dep":6}],
                                          "mark":"yes","ramp":"yes","aryk":"no","debris":"yes","note":"Аялдаманың алдында.","truth":true})")
                               ->as_object(),
                .position = position(),
                .started_at = clock,
                .finished_at = clock,
                .photos = {photo("overview", 0, are_photos_sent, PhotoRole::overview), photo("board_ph", 1, are_photos_sent), photo("defect[0].dph", 2, are_photos_sent)}};
    }

    Result<Receipt> send(const Submission& sent, PersonId who)
    {
        return attempt([&](auto& tx) { return submit_visit(tx, files, sent, who, clock); });
    }

    // From an offer to findings.
    std::vector<FindingId> visited(ControlId control, PlaceId place)
    {
        const auto assignment = must(assign(control, place, {volunteer}));
        const auto receipt = must(send(submission(assignment.id), volunteer));
        return write([&](auto& tx) { return accept_visit(tx, receipt.visit, reviewer, clock); }).findings;
    }

    Verification word(VerificationResult result = VerificationResult::confirm) { return {.basis = VerificationBasis::desk, .result = result, .text = "фотодан көрінеді"}; }

    void verify_and_seal(FindingId finding)
    {
        write([&](auto& tx) { return verify_finding(tx, finding, word(), second_reviewer, clock); });
        write([&](auto& tx) { return seal_finding(tx, files, finding, reviewer, clock); });
    }

    Finding finding(FindingId id)
    {
        return read([&](auto& db_) { return find_finding(db_, id).value(); });
    }

    void expect_invariants()
    {
        EXPECT_THAT(read([](auto& s) { return check_invariants(s); }), ::testing::IsEmpty());
        EXPECT_THAT(read([](auto& s) { return ledger::check_invariants(s); }), ::testing::IsEmpty());
        EXPECT_THAT(read([](auto& s) { return people::violations(s); }), ::testing::IsEmpty());
    }

    storage::Database& db;

private:
    adal::test::TempDir m_folder;

public:
    files::Store files;
    PersonId volunteer, mate, reviewer, second_reviewer, coordinator;
    Instant clock = *parse_instant("2026-03-02T10:00:00+05:00");
};

class OnBothEngines : public adal::test::BothEngines
{
protected:
    void SetUp() override
    {
        BothEngines::SetUp();
        if (!IsSkipped()) m_house = std::make_unique<House>(db());
    }
    House& house() { return *m_house; }

private:
    std::unique_ptr<House> m_house;
};

template <typename T> std::string_view key_of(const Result<T>& result) { return result ? "fine" : result.error().code->key; }

} // namespace adal::oversight::test
