// oversight/event.hpp: what happened, by whom and when: append-only. A state is what its events add up to (I4).
#pragma once

#include "base/id.hpp"
#include "base/time.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::oversight {

enum class Entity { control, assignment, visit, finding };
std::string_view name(Entity entity);
std::optional<Entity> entity_from(std::string_view name);

struct Event {
    Entity entity = Entity::finding;
    std::string id{};      // of the entity
    std::int64_t seq = 0;  // from 1, gap-free per entity
    PersonId actor{};      // unset: the system or an outsider
    std::string role{};    // volunteer, reviewer, coordinator, lawyer, system; never who it was, in public
    Instant at{};
    std::string action{};  // label: "oversight.<entity>_action." + action
    std::string from{}, to{}; // state names; from is empty at the start
    std::string reason{};  // code
    std::string text{};    // not public
};

// The state the events of one entity lead to; nothing when they contradict each other or the machine.
[[nodiscard]] std::optional<std::string> fold(const std::vector<Event>& events);

} // namespace adal::oversight
