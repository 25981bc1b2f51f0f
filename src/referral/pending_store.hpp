// referral/pending_store.hpp: final documents that wait for us: the control is over, and not every recommendation has
// been sent. The clock (law on public control art. 13(2), rule PC_SEND) runs from the end of the control.
#pragma once

#include "base/id.hpp"
#include "referral/deadline_rule.hpp"
#include "referral/document.hpp"
#include "referral/law.hpp"
#include "storage/storage.hpp"

#include <optional>
#include <string>
#include <vector>

namespace adal::referral {

struct PendingSend {
    ControlId control{};
    DocumentId document{};                 // unset: not even a draft
    std::optional<DocumentState> state{};  // of the document
    std::string title{};                   // of the control
    Deadline deadline{};
};

// By due day.
std::vector<PendingSend> pending_sends(storage::Snapshot& snapshot, const Law& law, LocalDate today);

} // namespace adal::referral
