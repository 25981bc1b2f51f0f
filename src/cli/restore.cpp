#include "cli/command.hpp"

#include "app/check.hpp"
#include "app/copy.hpp"

#include <fmt/format.h>

namespace adal::cli {

void add_restore(CLI::App& app, Invocation& invocation)
{
    auto settings = std::make_shared<app::Settings>();
    auto source = std::make_shared<std::string>();
    auto* command = add_command(app, invocation, "restore");
    add_data_options(*command, *settings);
    command->add_option("backup", *source, "directory made by adal backup")->required();
    command->callback([settings, source, &invocation] {
        invocation.run = [settings, source, &invocation](i18n::Language language) {
            settings->program = invocation.program;
            const auto copied = app::restore(*source, *settings);
            if (!copied) return report(language, copied.error());
            const auto house = app::open_house(*settings);
            if (!house) return report(language, house.error());
            const auto broken = app::broken_invariants(**house);
            for (const auto& line : broken) fmt::print("{}\n", line);
            return broken.empty() ? kGood : kBad;
        };
    });
}

} // namespace adal::cli
