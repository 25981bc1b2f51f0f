#include "cyber/gold.hpp"

#include "base/hash.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace adal::cyber {

namespace gold_rules {

// Each question gets numbers of its own.
Hash drawn(std::string_view what, PersonId person, ResourceId a, ResourceId b = {})
{
    return sha256(std::string{what} + ":" + person.str() + ":" + a.str() + ":" + b.str());
}

std::uint32_t draw_number(const Hash& hash)
{
    std::uint32_t out = 0;
    for (std::size_t i = 0; i < 4; ++i) out = out << 8 | hash[i];
    return out;
}

// An id as if it was made at that moment.
ResourceId id_of(const Hash& hash, Instant at)
{
    constexpr std::string_view kAlphabet = "0123456789abcdefghjkmnpqrstvwxyz"; // Crockford
    constexpr std::size_t kTimeLetters = 10;
    auto raw = make_ulid(at);
    for (std::size_t i = kTimeLetters; i < raw.size(); ++i) raw[i] = kAlphabet[hash[i] % kAlphabet.size()];
    return *ResourceId::parse({raw.data(), raw.size()});
}

State state_beside(State waiting, bool is_guarded)
{
    if (waiting == State::in_review) return waiting;
    return is_guarded ? State::guarded : State::triaged;
}

GoldTask task_of(PersonId person, const Resource& beside, const OpenGold& gold)
{
    constexpr std::uint32_t kMostEarlier = 2 * 60 * 60 * 1000;
    const auto hash = drawn("id", person, beside.id, gold.resource);
    const auto at = beside.first_reported_at.plus(-std::chrono::milliseconds{draw_number(hash) % kMostEarlier});
    return {.id = id_of(hash, at), .resource = gold.resource, .person = person, .beside = beside.id, .state = state_beside(beside.state, gold.is_guarded), .reported_at = at};
}

} // namespace gold_rules

using namespace gold_rules;

Result<Gold> as_gold(const Resource& resource, const std::vector<Review>& reviews)
{
    if (resource.severity > kGoldSeverity) return fail(gold_not_clear);
    Gold out{.resource = resource.id, .verdict = resource.state == State::rejected ? Verdict::reject : Verdict::confirm};
    if (out.verdict == Verdict::confirm) out.category = resource.category;
    if (!still_holds(out, resource.state)) return fail(gold_not_clear);
    std::set<PersonId> agreed;
    for (const auto& review : reviews) {
        if (!is_right(out, review) || review.is_arbitration) return fail(gold_not_clear);
        agreed.insert(review.reviewer);
    }
    if (agreed.size() < kGoldAgreed) return fail(gold_not_clear);
    return out;
}

bool still_holds(const Gold& gold, State state)
{
    return gold.verdict == Verdict::confirm ? is_listed(state) : state == State::rejected;
}

bool is_right(const Gold& gold, const Review& answer)
{
    return answer.verdict == gold.verdict && (answer.verdict == Verdict::reject || answer.category == gold.category);
}

std::vector<GoldTask> gold_beside(PersonId person, const std::vector<Resource>& waiting, const std::vector<OpenGold>& open)
{
    std::vector<const Resource*> bringing;
    for (const auto& resource : waiting)
        if (draw_number(drawn("beside", person, resource.id)) % kOneInGold == 0) bringing.push_back(&resource);
    std::ranges::sort(bringing, {}, &Resource::id);
    auto left = open;
    std::vector<GoldTask> out;
    for (const auto* beside : bringing) {
        if (left.empty()) break;
        const auto taken = std::ranges::min_element(left, {}, [&](const OpenGold& gold) { return drawn("which", person, beside->id, gold.resource); });
        out.push_back(task_of(person, *beside, *taken));
        left.erase(taken);
    }
    return out;
}

Resource in_disguise(Resource resource, const GoldTask& task, const std::string& category)
{
    const auto* reported = find_category(category);
    resource.id = task.id;
    resource.state = task.state;
    if (reported != nullptr) resource.category = category, resource.severity = reported->severity;
    resource.first_reported_at = resource.changed_at = task.reported_at;
    resource.verified_at.reset();
    resource.alive_at.reset();
    resource.cleared_by_coordinator = resource.cleared_by_lawyer = {};
    resource.case_id.clear();
    return resource;
}

State state_after(const Resource& shown, const Review& answer)
{
    Panel before;
    if (shown.state == State::in_review) { // somebody reviewed it, and nobody else knows what they said
        before.reviews.push_back(answer);
        before.reviews.back().verdict = Verdict::confirm;
        before.reviews.back().reviewer = {};
    }
    if (answer.verdict == Verdict::reject && !before.reviews.empty()) return State::arbitration;
    return after_review(shown, before, answer).state;
}

Interval wilson(std::int64_t right, std::int64_t answered)
{
    if (answered <= 0) return {};
    constexpr double z = 1.959963984540054;
    const auto n = static_cast<double>(answered);
    const double share = static_cast<double>(right) / n;
    const double scale = 1 + z * z / n;
    const double middle = (share + z * z / (2 * n)) / scale;
    const double half = z / scale * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n));
    return {.low = std::max(0.0, middle - half), .high = std::min(1.0, middle + half)};
}

} // namespace adal::cyber
