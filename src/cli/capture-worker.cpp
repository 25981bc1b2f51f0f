#include "cli/command.hpp"

#include "capture/worker.hpp"

namespace adal::cli {

void add_capture_worker(CLI::App& app, Invocation& invocation)
{
    auto* command = add_command(app, invocation, "capture-worker");
    command->group(""); // not in the list of commands
    command->callback([&invocation] {
        invocation.run = [](i18n::Language) { return capture::run_capture_worker(); };
    });
}

} // namespace adal::cli
