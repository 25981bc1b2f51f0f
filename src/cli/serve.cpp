#include "cli/command.hpp"

#include "app/house.hpp"
#include "app/server.hpp"

#include <fmt/format.h>

namespace adal::cli {

void add_serve(CLI::App& app, Invocation& invocation)
{
    auto settings = std::make_shared<app::Settings>();
    auto behind_proxy = std::make_shared<bool>(false);
    auto* command = add_command(app, invocation, "serve");
    add_data_options(*command, *settings);
    command->add_option("--listen", settings->listen, "address:port; port 0 takes a free one");
    command->add_option("--origin", settings->origin, "address that people use, https://…");
    add_link_options(*command, *settings);
    command->add_option("--workers", settings->workers, "threads that run handlers")->check(CLI::Range(1, 64));
    auto smtp = std::make_shared<MailOptions>();
    add_mail_options(*command, *smtp);
    command->add_flag("--quiet", settings->quiet, "no access log");
    command->add_flag("--trust-proxy", *behind_proxy, "take client addresses from X-Forwarded-For");
    command->callback([settings, behind_proxy, smtp, &invocation] {
        invocation.run = [settings, behind_proxy, smtp, &invocation](i18n::Language language) {
            settings->program = invocation.program;
            if (const auto taken = take_mail_options(*smtp, *settings); !taken) return report(language, taken.error());
            const auto house = app::open_house(*settings);
            if (!house) return report(language, house.error());
            app::serve(**house, {.behind_proxy = *behind_proxy, .ready = [](const std::string& address) {
                                     fmt::print("listening on {}\n", address);
                                     std::fflush(stdout);
                                 }});
            return kGood;
        };
    });
}

} // namespace adal::cli
