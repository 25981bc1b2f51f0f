#include "cli/command.hpp"

#include "app/house.hpp"
#include "auth/auth.hpp"

#include <fmt/format.h>

namespace adal::cli {

void add_init(CLI::App& app, Invocation& invocation)
{
    auto settings = std::make_shared<app::Settings>();
    auto* command = add_command(app, invocation, "init");
    add_data_options(*command, *settings);
    command->add_option("--origin", settings->log_name, "name of the public log: host and path without scheme")->required();
    command->callback([settings, &invocation] {
        invocation.run = [settings, &invocation](i18n::Language language) {
            settings->program = invocation.program;
            const auto house = app::make_house(*settings, now());
            if (!house) return report(language, house.error());
            const auto invited = (*house)->database.write([&](storage::Transaction& tx) {
                const people::Details first{.given_name = i18n::text(language, "app.first_given_name"), .family_name = i18n::text(language, "app.first_family_name"),
                                            .language = language, .roles = {people::Role::administrator}};
                return auth::invite(tx, first, PersonId{}, now());
            });
            if (!invited) return report(language, invited.error());
            fmt::print("log {}\ninvitation {}\n", (*house)->keys.log.vkey().text(), invited->code);
            return kGood;
        };
    });
}

} // namespace adal::cli
