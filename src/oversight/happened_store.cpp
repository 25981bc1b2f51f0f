#include "oversight/happened_store.hpp"

#include "oversight/event_store.hpp"

namespace adal::oversight {

void happened(storage::Transaction& tx, Entity entity, std::string_view id, const Acting& who, std::string_view action, std::string_view from, std::string_view to,
              std::string_view reason, std::string_view text)
{
    append(tx, {.entity = entity, .id = std::string{id}, .actor = who.person, .role = std::string{who.role}, .at = who.at, .action = std::string{action}, .from = std::string{from},
                .to = std::string{to}, .reason = std::string{reason}, .text = std::string{text}});
}

} // namespace adal::oversight
