// cyber/gold_store.hpp: gold items and what reviewers answered to them, in the database.
#pragma once

#include "cyber/gold.hpp"
#include "storage/storage.hpp"

#include <optional>
#include <string>
#include <vector>

namespace adal::cyber {

void add(storage::Transaction& tx, const GoldItem& item, PersonId by, Instant now);
void drop_gold(storage::Transaction& tx, ResourceId id); // answers stay
std::optional<GoldItem> find_gold(storage::Snapshot& snapshot, ResourceId id);
// Those a person neither reported nor reviewed nor answered, in a category they look at, and not withdrawn since.
std::vector<ResourceId> gold_candidates(storage::Snapshot& snapshot, PersonId person);

struct GoldCount {
    int reviews = 0, answered = 0;
};
GoldCount gold_count(storage::Snapshot& snapshot, PersonId person);
void add_gold_answer(storage::Transaction& tx, const Review& answer, bool is_right);

struct GoldRecord {
    PersonId person{};
    int answered = 0, right = 0;
    std::string name{}; // filled by the page
};
std::vector<GoldRecord> gold_records(storage::Snapshot& snapshot); // by person

} // namespace adal::cyber
