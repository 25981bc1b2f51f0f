// oversight/finding_steps_store.hpp: one step of a finding: loaded, moved by its rule, saved, written down.
#pragma once

#include "base/text.hpp"
#include "oversight/finding.hpp"
#include "oversight/finding_store.hpp"
#include "oversight/happened_store.hpp"

namespace adal::oversight {

// rule: Result<Step>(Finding). The event's text is the step's own, or `reference` when it has none.
template <typename Rule>
Result<Finding> move(storage::Transaction& tx, FindingId id, const Acting& who, Rule rule, std::string_view reference = "")
{
    auto finding = find_finding(tx, id);
    if (!finding) return fail(not_found);
    auto step = rule(std::move(*finding));
    if (!step) return pass(step);
    if (const auto saved = save(tx, step->finding); !saved) return pass(saved);
    happened(tx, Entity::finding, id.text(), who, name(step->action), step->from ? name(*step->from) : std::string_view{}, name(step->finding.state), step->reason,
             step->text.empty() ? reference : std::string_view{step->text});
    return std::move(step->finding);
}

} // namespace adal::oversight
