#include "cli/command.hpp"

#include "app/copy.hpp"

#include <fmt/format.h>

namespace adal::cli {

void add_backup(CLI::App& app, Invocation& invocation)
{
    auto settings = std::make_shared<app::Settings>();
    auto target = std::make_shared<std::string>();
    auto* command = add_command(app, invocation, "backup");
    add_data_options(*command, *settings);
    command->add_option("target", *target, "new directory")->required();
    command->callback([settings, target, &invocation] {
        invocation.run = [settings, target, &invocation](i18n::Language language) {
            settings->program = invocation.program;
            const auto copied = app::back_up(*settings, *target);
            return copied ? kGood : report(language, copied.error());
        };
    });
}

} // namespace adal::cli
