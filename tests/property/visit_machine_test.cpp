// A visit under random events: photos in any order, amendments, judgements by anybody.
#include "oversight/test_records.hpp"

#include "oversight/event.hpp"

#include <map>
#include <rapidcheck/gtest.h>
#include <set>

namespace adal::oversight {
namespace {

using namespace test;
using S = VisitState;

// The declared moves (field.md §2.2), each with what may bring it about.
const std::map<S, std::set<S>> kMoves{{S::awaiting_media, {S::awaiting_media, S::complete, S::amended}},
                                      {S::complete, {S::complete, S::needs_info, S::accepted, S::rejected}},
                                      {S::needs_info, {S::needs_info, S::awaiting_media, S::amended}},
                                      {S::amended, {S::amended, S::needs_info, S::accepted, S::rejected}},
                                      {S::accepted, {S::accepted, S::sealed}},
                                      {S::rejected, {S::rejected}},
                                      {S::sealed, {S::sealed}}};

constexpr int kPhotos = 4;

Submission some_submission()
{
    auto sent = submission();
    for (int i = 0; i < kPhotos; ++i) {
        sent.photos.push_back(photo("overview", *rc::gen::arbitrary<bool>()));
        sent.photos.back().sha256 = sha256(std::to_string(*rc::gen::inRange(0, kPhotos)));
    }
    sent.answers["note"] = std::to_string(*rc::gen::inRange(0, 5));
    return sent;
}

Result<Visit> anything(const Visit& visit, PersonId who)
{
    const auto text = *rc::gen::element<std::string>("қай жері?", " ");
    switch (*rc::gen::inRange(0, 7)) {
    case 0:
    case 1: return attach(visit, sha256(std::to_string(*rc::gen::inRange(0, kPhotos + 1))), FileId::make(moment));
    case 2: return ask_for_info(visit, who, text);
    case 3: return reject(visit, who, RejectReason::other, text);
    case 4: return accept(visit, who);
    case 5: return amend(visit, some_submission(), place(), road(), who, moment);
    default: return mark_sealed(visit, 3);
    }
}

RC_GTEST_PROP(AVisit, never_leaves_its_machine_under_random_events, ())
{
    auto visit = *receive(some_submission(), offer(), place(), road(), author, moment);
    std::vector<Event> events{{.entity = Entity::visit, .id = "1", .seq = 1, .action = "receive", .to = std::string(name(visit.state))}};
    for (int i = 0; i < 40; ++i) {
        const auto who = *rc::gen::element(author, mate, reviewer, second_reviewer);
        const auto moved = anything(visit, who);
        if (!moved) continue;
        RC_ASSERT(kMoves.at(visit.state).contains(moved->state));
        RC_ASSERT(moved->version == visit.version || (visit.state == S::needs_info && moved->version == visit.version + 1));
        const bool is_judged = moved->state != visit.state && (moved->state == S::needs_info || moved->state == S::accepted || moved->state == S::rejected);
        RC_ASSERT(!is_judged || !visit.has_author(who));
        events.push_back({.entity = Entity::visit, .id = "1", .seq = std::ssize(events) + 1, .action = "step", .from = std::string(name(visit.state)), .to = std::string(name(moved->state))});
        visit = *moved;
        // What can be judged has all its bytes; what has not waits for them.
        const bool can_be_judged = visit.state == S::complete || visit.state == S::amended || visit.state == S::accepted || visit.state == S::sealed;
        RC_ASSERT(!can_be_judged || missing_media(visit).empty());
        RC_ASSERT((visit.state == S::awaiting_media) == (!missing_media(visit).empty() && visit.state != S::needs_info));
        RC_ASSERT(fold(events) == std::optional{std::string(name(visit.state))});
        RC_ASSERT((visit.state == S::sealed) == visit.leaf.has_value());
    }
}

// The order in which the bytes arrive makes no difference, nor how often.
RC_GTEST_PROP(AVisit, is_the_same_whatever_the_order_its_photos_come_in, ())
{
    auto sent = submission();
    for (auto& one : sent.photos) one.file = {};
    const auto waiting = *receive(sent, offer(), place(), road(), author, moment);
    auto shuffled = *rc::gen::container<std::vector<std::size_t>>(6, rc::gen::inRange<std::size_t>(0, 3));
    for (std::size_t i = 0; i < 3; ++i) shuffled.push_back(i); // each at least once
    const std::vector<FileId> files{FileId::make(moment), FileId::make(moment), FileId::make(moment)};
    auto visit = waiting;
    for (const auto i : shuffled) visit = *attach(visit, sent.photos[i].sha256, files[i]);
    RC_ASSERT(visit.state == S::complete);
    for (std::size_t i = 0; i < files.size(); ++i) RC_ASSERT(visit.photos[i].file == files[i]);
    RC_ASSERT(visit.content_hash == waiting.content_hash);
}

// I13: whatever the answers, equal submissions have equal hashes and the hash depends on nothing else.
RC_GTEST_PROP(AVisit, content_hash_depends_on_the_content_alone, ())
{
    const auto one = some_submission();
    auto other = one;
    for (auto& photo : other.photos) photo.file = FileId::make(moment);
    RC_ASSERT(content_hash(one, road().hash) == content_hash(other, road().hash));
    other.answers["note"] = "басқа";
    RC_ASSERT(content_hash(one, road().hash) != content_hash(other, road().hash));
}

} // namespace
} // namespace adal::oversight
