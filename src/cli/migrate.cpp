#include "cli/command.hpp"

#include "app/settings.hpp"
#include "storage/storage.hpp"

#include <fmt/format.h>

namespace adal::cli {

void add_migrate(CLI::App& app, Invocation& invocation)
{
    auto settings = std::make_shared<app::Settings>();
    auto* command = add_command(app, invocation, "migrate");
    add_data_options(*command, *settings);
    command->callback([settings, &invocation] {
        invocation.run = [settings](i18n::Language) {
            auto database = storage::Database::open(settings->database_address(), {.create = false});
            database.migrate();
            fmt::print("{}\n", database.schema_version());
            return kGood;
        };
    });
}

} // namespace adal::cli
