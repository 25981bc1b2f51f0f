// cyber/gold_store.hpp: gold items, what was given to whom and what they answered, in the database. Apart from all reviews.
#pragma once

#include "cyber/gold.hpp"
#include "cyber/resource_store.hpp"
#include "storage/storage.hpp"

#include <optional>
#include <string>
#include <vector>

namespace adal::cyber {

void put_gold(storage::Transaction& tx, const Gold& gold);
void retire_gold(storage::Transaction& tx, ResourceId resource, Instant now);
std::optional<Gold> gold_of(storage::Snapshot& snapshot, ResourceId resource); // not of retired ones
std::int64_t count_gold(storage::Snapshot& snapshot);

// Still known, and that person never reported it, reviewed it, marked it, took a screenshot of it or did anything with it, was not
// given it before and does not refuse its category. By id.
std::vector<OpenGold> open_gold(storage::Snapshot& snapshot, PersonId person);
// The category of the first report.
std::string reported_category(storage::Snapshot& snapshot, ResourceId resource);

void add(storage::Transaction& tx, const GoldTask& task);
void hold(storage::Transaction& tx, ResourceId task, Instant until);
std::vector<GoldTask> gold_tasks_of(storage::Snapshot& snapshot, PersonId person); // by id
void add_answer(storage::Transaction& tx, ResourceId task, const Review& answer);
void add_gold_capture(storage::Transaction& tx, const Capture& capture); // resource: the task
std::vector<Capture> gold_captures_of(storage::Snapshot& snapshot, const GoldTask& task);

// By person, of answers since then to items that still hold.
std::vector<GoldScore> gold_scores(storage::Snapshot& snapshot, Instant since);

} // namespace adal::cyber
