// app/house.hpp: an installation, opened: database, files, keys, the public log's publisher, the law. Made
// once by a command; rooms get from it what they need.
#pragma once

#include "app/settings.hpp"
#include "base/result.hpp"
#include "cyber/cyber.hpp"
#include "files/files.hpp"
#include "ledger/keys.hpp"
#include "ledger/publisher.hpp"
#include "procurement/import_job.hpp"
#include "referral/referral.hpp"
#include "storage/storage.hpp"

#include <memory>

namespace adal::app {

inline constexpr ProblemCode data_not_empty{"app.data_not_empty", 409};   // params: directory
inline constexpr ProblemCode data_missing{"app.data_missing", 404};       // params: directory

struct House {
    Settings settings;
    storage::Database database;
    ledger::Keys keys;
    files::Store files;
    referral::Law law;
    std::unique_ptr<const cyber::Rulebook> cyber;
    std::unique_ptr<ledger::Publisher> publisher;
    std::unique_ptr<procurement::ImportDesk> imports; // its thread runs while the server does

    // Publishes what is not yet published; used where no publisher thread runs (commands, demo --once).
    [[nodiscard]] Result<Done> publish_now();
};

// Makes the directory, database, keys and the first leaf of the log. data_not_empty when there is something.
Result<std::unique_ptr<House>> make_house(const Settings& settings, Instant now);
// Opens what make_house made; applies missing migrations.
Result<std::unique_ptr<House>> open_house(const Settings& settings);

} // namespace adal::app
