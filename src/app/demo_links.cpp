// Reported resources of the demonstration city: made-up handles in every state a visitor should see.
#include "app/demo_city.hpp"
#include "app/house.hpp"
#include "base/json.hpp"
#include "embedded/data.hpp"

namespace adal::app {
namespace {

using cyber::Verdict;

// A sentence of data/demo/links.json.
std::string said(std::string_view key)
{
    static const auto kWords = parse_json(embedded::find(embedded::data(), "demo/links.json")->bytes).value();
    return std::string{text_at(kWords, key).value()};
}

Result<ResourceId> reported(House& house, std::string_view handle, std::string_view category, PersonId by, Instant at)
{
    const auto links = house.database.write([&](storage::Transaction& tx) {
        return cyber::report_links(tx, *house.cyber, {.text = std::string{handle}, .category = std::string{category}, .note = said("note"), .person = by}, at);
    });
    if (!links) return pass(links);
    return links->front().resource;
}

cyber::Review word(std::string_view category, Verdict verdict)
{
    cyber::Review out{.verdict = verdict, .category = std::string{category}, .text = said(verdict == Verdict::confirm ? "confirm" : "reject"), .no_capture = said("no_capture")};
    for (const auto& question : cyber::questions_of(*cyber::find_category(category))) out.answers.push_back({.question = question.id, .yes = true, .where = said("where")});
    return out;
}

Result<Done> reviewed(House& house, ResourceId id, PersonId by, cyber::Review review, Instant at)
{
    return house.database.write([&](storage::Transaction& tx) -> Result<Done> {
        if (const auto claimed = cyber::claim_resource(tx, id, by, at); !claimed) return pass(claimed);
        if (const auto kept = cyber::review_resource(tx, *house.cyber, id, std::move(review), false, by, at); !kept) return pass(kept);
        return done();
    });
}

Result<Done> seen_alive(House& house, ResourceId id, PersonId by, Instant at)
{
    return house.database.write([&](storage::Transaction& tx) -> Result<Done> {
        if (const auto seen = cyber::record_check(tx, {.resource = id, .vantage = said("vantage"), .country = "KZ", .seen = cyber::Seen::alive}, by, at); !seen) return pass(seen);
        return done();
    });
}

} // namespace

Result<Done> report_demo_links(House& house, const Cast& cast, Instant now)
{
    const auto at = now.plus(-std::chrono::hours{20});
    const auto later = at.plus(std::chrono::hours{2});
    const auto waits = reported(house, "@adal_demo_kazino", "GMB-CAS", cast.volunteer, at);
    if (!waits) return pass(waits);
    const auto disputed = reported(house, "@adal_demo_utys", "LOT", cast.second_volunteer, at);
    if (!disputed) return pass(disputed);
    if (const auto kept = reviewed(house, *disputed, cast.reviewer, word("LOT", Verdict::confirm), later); !kept) return kept;
    if (const auto kept = reviewed(house, *disputed, cast.second_reviewer, word("LOT", Verdict::reject), later); !kept) return kept;
    for (const auto* handle : {"@adal_demo_drop", "@adal_demo_drop2"}) {
        const auto ready = reported(house, handle, "DRP", cast.volunteer, at);
        if (!ready) return pass(ready);
        for (const auto reviewer : {cast.reviewer, cast.second_reviewer})
            if (const auto kept = reviewed(house, *ready, reviewer, word("DRP", Verdict::confirm), later); !kept) return kept;
        if (const auto seen = seen_alive(house, *ready, cast.coordinator, later); !seen) return seen;
    }
    return done();
}

} // namespace adal::app
