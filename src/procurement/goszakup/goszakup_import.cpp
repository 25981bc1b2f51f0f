#include "procurement/goszakup/goszakup_import.hpp"

#include "procurement/procurement_store.hpp"

namespace adal::procurement::goszakup {

namespace import_mapped_rows {

Result<Done> keep_what_is_stored(storage::Transaction& tx, const Mapped& mapped)
{
    ProcurementStore store{tx};
    const auto known = store.keys();
    std::optional<Loss> first;
    std::int64_t count = 0;
    for (const auto& process : mapped.read.processes) {
        const auto before = known.find(process.ocid);
        if (before == known.end() || before->second.content_hash == process.content_hash) continue;
        const auto stored = store.find_facts(before->second.id);
        const auto loss = stored ? lost_facts(*stored, process) : std::nullopt;
        if (!loss) continue;
        if (!first) first = loss;
        ++count;
    }
    if (!first) return done();
    return fail(facts_would_be_lost, {{"ocid", first->ocid}, {"part", first->part}, {"count", std::to_string(count)}});
}

} // namespace import_mapped_rows

Result<Imported> import_mapped(storage::Transaction& tx, const Mapped& mapped, Instant now, Less less)
{
    Imported imported;
    const bool only_register = mapped.read.refused == 0 && mapped.read.processes.empty() && !mapped.register_entries.empty();
    if (only_register)
        imported.purchases = {.file = mapped.read.file, .rows = mapped.read.rows, .skipped = mapped.read.skipped};
    else {
        if (mapped.read.refused == 0 && less == Less::refuse)
            if (const auto kept = import_mapped_rows::keep_what_is_stored(tx, mapped); !kept) return pass(kept);
        auto purchases = import_ocds(tx, mapped.read, now);
        if (!purchases) return pass(purchases);
        imported.purchases = std::move(*purchases);
    }
    imported.register_entries = import_register(tx, mapped.register_entries, now);
    return imported;
}

} // namespace adal::procurement::goszakup
