// app/main_job.hpp: the main job from end to end, through the same rules, stores and log that the server uses:
// a flagged lot becomes a place, a control, a visit, a finding; verified, sealed, referred, answered, fixed,
// checked, saved, counted, proven. `adal demo` fills its city with it and `adal demo --once` shows it.
//
// Each function is one stage and tells its steps as it goes; a step that does not hold comes back as the
// Problem that refused it. The clock is the job's own: a control takes weeks.
#pragma once

#include "app/demo_photo.hpp"
#include "app/house.hpp"
#include "impact/impact.hpp"
#include "oversight/oversight.hpp"
#include "people/people.hpp"
#include "procurement/procurement.hpp"
#include "referral/referral.hpp"

#include <functional>
#include <string>
#include <vector>

namespace adal::app {

inline constexpr ProblemCode step_failed{"app.step_failed", 500}; // params: step, reason

inline Result<Done> failed_step(std::string_view step, std::string_view reason)
{
    return fail(step_failed, {{"step", std::string{step}}, {"reason", std::string{reason}}});
}

struct Step {
    std::string key{};    // i18n key main_job.<key>
    std::string id{};     // of the record it made
    std::string detail{}; // what a person wants to see of it
};
using Tell = std::function<void(const Step&)>;

// The people of a demonstration: nobody does two jobs that four eyes keep apart.
struct Cast {
    PersonId volunteer{}, second_volunteer{}, reviewer{}, second_reviewer{}, coordinator{}, lawyer{}, administrator{};
};

// A file given by name; its bytes are read before.
struct SourceFile {
    std::string name{}, bytes{};
};
struct Sources {
    SourceFile districts{}, places{};
    std::vector<SourceFile> procurement{};
};

// The case as it grows.
struct Case {
    PlaceId place{};
    oversight::Ground ground{};
    oversight::ControlledObject object{};
    ControlId control{};
    AssignmentId assignment{};
    VisitId visit{};
    FindingId finding{};
    DocumentId document{};
    RecommendationId recommendation{};
    FixId fix{};
    SavingId saving{};
    Instant clock{};
    std::uint32_t seed = 1; // of its photographs

    void wait_days(int days) { clock = clock.plus(std::chrono::hours{24 * days}); }
};

class MainJob
{
public:
    MainJob(House& house, Tell tell) : m_house(house), m_tell(std::move(tell)) {}

    Result<Cast> hire(Instant now);
    Result<Done> import(const Sources& sources, Instant now);
    Result<Done> screen(Instant now);

    // The n-th best flagged works with its place: an imported one with the same contract, or a new one.
    Result<Case> choose_target(const Cast& cast, std::size_t n, Instant now);

    Result<Done> open_control(Case& work, const Cast& cast);
    Result<Done> visit(Case& work, const Cast& cast);
    Result<Done> accept(Case& work, const Cast& cast);
    Result<Done> verify_and_seal(Case& work, const Cast& cast);
    Result<Done> refer(Case& work, const Cast& cast);
    Result<Done> receive_reply(Case& work, const Cast& cast, referral::ReplyClass reply_class);
    Result<Done> fix(Case& work, const Cast& cast, bool is_fixed);
    Result<Done> save_money(Case& work, const Cast& cast);
    Result<Done> recompute_figures(const Cast& cast, Instant now);
    Result<Done> prove(const Case& work);

private:
    template <typename F> auto write(F&& f) { return m_house.database.write(std::forward<F>(f)); }
    template <typename F> auto read(F&& f) { return m_house.database.read(std::forward<F>(f)); }
    Result<oversight::Photo> take_photo(storage::Transaction& tx, const Case& work, Scene scene, oversight::PhotoRole role,
                                        std::string_view question);
    static oversight::Fix position_at(storage::Snapshot& db, const Case& work);

    House& m_house;
    Tell m_tell;
};

} // namespace adal::app
