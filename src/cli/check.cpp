#include "cli/command.hpp"

#include "app/check.hpp"

#include <fmt/format.h>

namespace adal::cli {

void add_check(CLI::App& app, Invocation& invocation)
{
    auto settings = std::make_shared<app::Settings>();
    auto* command = add_command(app, invocation, "check");
    add_data_options(*command, *settings);
    command->callback([settings, &invocation] {
        invocation.run = [settings, &invocation](i18n::Language language) {
            settings->program = invocation.program;
            const auto house = app::open_house(*settings);
            if (!house) return report(language, house.error());
            const auto broken = app::broken_invariants(**house);
            for (const auto& line : broken) fmt::print("{}\n", line);
            fmt::print(stderr, "{}\n", broken.empty() ? i18n::text(language, "app.all_invariants_hold") : i18n::count(language, "app.invariants_broken", std::ssize(broken)));
            return broken.empty() ? kGood : kBad;
        };
    });
}

} // namespace adal::cli
