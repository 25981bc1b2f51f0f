#include "cli/command.hpp"

#include "files/worker.hpp"

namespace adal::cli {

void add_photo_worker(CLI::App& app, Invocation& invocation)
{
    auto* command = add_command(app, invocation, "photo-worker");
    command->group(""); // not in the list of commands
    command->callback([&invocation] {
        invocation.run = [](i18n::Language) { return files::run_photo_worker(0, nullptr); };
    });
}

} // namespace adal::cli
