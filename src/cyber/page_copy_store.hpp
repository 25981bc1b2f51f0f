// cyber/page_copy_store.hpp: copies of pages in the database: those that are waited for, those taken, and which are alike.
#pragma once

#include "cyber/page_copy.hpp"
#include "cyber/resource.hpp"
#include "storage/storage.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace adal::cyber {

void add_wanted(storage::Transaction& tx, const PageCopy& copy);
void save_taken(storage::Transaction& tx, const PageCopy& copy); // what was wanted, with all it has now

struct WantedCopy {
    PageCopy copy{};
    Resource resource{};
};
// The highest score first, then the oldest; none of a site that was asked since `quiet_since`.
std::optional<WantedCopy> next_wanted(storage::Snapshot& snapshot, Instant quiet_since);
bool is_wanted(storage::Snapshot& snapshot, ResourceId resource);

std::vector<PageCopy> copies_of(storage::Snapshot& snapshot, ResourceId resource); // newest first; those that wait among them
std::optional<PageCopy> find_copy(storage::Snapshot& snapshot, PageCopyId id);
// The newest that has an archive.
std::optional<PageCopy> newest_copy(storage::Snapshot& snapshot, ResourceId resource);

enum class AlikeBy { text, icon, contact };
struct Alike {
    Resource resource{};
    AlikeBy by = AlikeBy::text;
};
// Other resources whose page has nearly the same text, the same icon or the same contact; each once, at most `limit`. What half a
// hundred sites share (the icon of a site builder) says nothing and is left out.
std::vector<Alike> alike(storage::Snapshot& snapshot, const PageCopy& copy, std::size_t limit);

} // namespace adal::cyber
