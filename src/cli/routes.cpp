#include "cli/command.hpp"

#include "app/routes.hpp"
#include "auth/roles.hpp"

#include <fmt/format.h>

namespace adal::cli {

void add_routes(CLI::App& app, Invocation& invocation)
{
    auto* command = add_command(app, invocation, "routes");
    command->callback([&invocation] {
        invocation.run = [](i18n::Language) {
            fmt::print("{}\n{}", app::route_table(), auth::role_table());
            return kGood;
        };
    });
}

} // namespace adal::cli
