#include "oversight/event.hpp"

#include "oversight/finding.hpp"
#include "oversight/named.hpp"

namespace adal::oversight {
namespace {

constexpr std::array<Named<Entity>, 4> kEntities{{{Entity::control, "control"}, {Entity::assignment, "assignment"}, {Entity::visit, "visit"}, {Entity::finding, "finding"}}};

// The machine allows the step (findings have one in code; the others are guarded by their own rules).
bool is_allowed(const Event& event)
{
    if (event.entity != Entity::finding) return true;
    const auto action = finding_action_from(event.action);
    if (!action) return false;
    const auto from = event.from.empty() ? std::nullopt : finding_state_from(event.from);
    const auto to = next(from, *action);
    return to && name(*to) == event.to;
}

} // namespace

std::string_view name(Entity entity)
{
    return name_in(kEntities, entity);
}

std::optional<Entity> entity_from(std::string_view name)
{
    return value_in(kEntities, name);
}

std::optional<std::string> fold(const std::vector<Event>& events)
{
    std::string state;
    std::int64_t seq = 0;
    for (const auto& event : events) {
        if (event.seq != ++seq || event.from != state || !is_allowed(event)) return std::nullopt;
        state = event.to;
    }
    if (state.empty()) return std::nullopt;
    return state;
}

} // namespace adal::oversight
