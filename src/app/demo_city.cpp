#include "app/demo_city.hpp"

#include "base/embedded.hpp"
#include "embedded/data.hpp"

namespace adal::app {

namespace {

SourceFile embedded_file(std::string_view name)
{
    const auto* file = embedded::find(embedded::data(), name);
    ADAL_CHECK(file != nullptr);
    return {std::string{name}, std::string{file->bytes}};
}

constexpr int kWeeksOfPast = 7;

// How far a demonstration case goes.
enum class UpTo { assigned, visited, accepted, sealed, sent, refused, fix_claimed, fixed };

Result<Done> play(MainJob& job, const Cast& cast, Case& work, UpTo last)
{
    const auto step = [&](UpTo needed, auto&& f) -> Result<Done> { return last >= needed ? f() : done(); };
    auto held = job.open_control(work, cast);
    if (held) held = step(UpTo::visited, [&] { return job.visit(work, cast); });
    if (held) held = step(UpTo::accepted, [&] { return job.accept(work, cast); });
    if (held) held = step(UpTo::sealed, [&] { return job.verify_and_seal(work, cast); });
    if (held) held = step(UpTo::sent, [&] { return job.refer(work, cast); });
    if (held && last == UpTo::refused) return job.receive_reply(work, cast, referral::ReplyClass::refused);
    if (held && last > UpTo::refused) held = job.receive_reply(work, cast, referral::ReplyClass::promise);
    if (held && last > UpTo::refused) held = job.fix(work, cast, last == UpTo::fixed);
    return held;
}

} // namespace

Sources demo_sources()
{
    return {.districts = embedded_file("demo/districts.geojson"), .places = embedded_file("demo/places.geojson"), .procurement = {embedded_file("demo/procurement.jsonl")}};
}

Result<Done> run_once(House& house, const Sources& sources, Instant now, const Tell& tell)
{
    MainJob job{house, tell};
    const auto begin = now.plus(-std::chrono::hours{24 * 7 * kWeeksOfPast});
    if (const auto held = job.import(sources, begin); !held) return held;
    if (const auto held = job.screen(begin); !held) return held;
    const auto cast = job.hire(begin);
    if (!cast) return pass(cast);
    auto work = job.choose_target(*cast, 0, begin);
    if (!work) return pass(work);
    if (const auto held = play(job, *cast, *work, UpTo::fixed); !held) return held;
    if (const auto held = job.save_money(*work, *cast); !held) return held;
    if (const auto held = job.recompute_figures(*cast, now); !held) return held;
    return job.prove(*work);
}

Result<Cast> fill_city(House& house, const Sources& sources, Instant now, const Tell& tell)
{
    MainJob job{house, tell};
    const auto begin = now.plus(-std::chrono::hours{24 * 7 * kWeeksOfPast});
    if (const auto held = job.import(sources, begin); !held) return pass(held);
    if (const auto held = job.screen(begin); !held) return pass(held);
    const auto cast = job.hire(begin);
    if (!cast) return pass(cast);
    const UpTo stages[] = {UpTo::fixed, UpTo::fix_claimed, UpTo::sent, UpTo::refused, UpTo::sealed, UpTo::accepted, UpTo::visited, UpTo::assigned};
    // The log's time only grows, so the cases follow each other by their beginnings.
    std::size_t n = 0;
    for (const auto stage : stages) {
        const bool is_recent = stage <= UpTo::visited;
        auto work = job.choose_target(*cast, n, is_recent ? now.plus(-std::chrono::hours{24 * 4}) : begin.plus(std::chrono::hours{24 * static_cast<int>(n)}));
        if (!work) return pass(work);
        if (const auto held = play(job, *cast, *work, stage); !held) return pass(held);
        if (stage == UpTo::fixed)
            if (const auto held = job.save_money(*work, *cast); !held) return pass(held);
        ++n;
    }
    if (const auto held = report_demo_links(house, *cast, now); !held) return pass(held);
    if (const auto published = house.publish_now(); !published) return pass(published);
    return cast;
}

} // namespace adal::app
