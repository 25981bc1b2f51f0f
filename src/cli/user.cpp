#include "cli/command.hpp"

#include "app/house.hpp"
#include "auth/auth.hpp"

#include <fmt/format.h>

namespace adal::cli {

namespace {

struct Options {
    app::Settings settings{};
    std::string given{}, family{}, role{}, person{};
    int born = 0;
};

using Work = int (*)(app::House&, const Options&, i18n::Language);

int add(app::House& house, const Options& options, i18n::Language language)
{
    const auto role = people::role_from(options.role);
    if (!role) return report(language, {&bad_field, {{"field", "role"}, {"reason", "not_a_choice"}}});
    people::Details details{.given_name = options.given, .family_name = options.family, .language = language, .roles = {*role}};
    if (options.born != 0) details.birth_year = options.born;
    const auto invited = house.database.write([&](storage::Transaction& tx) { return auth::invite(tx, details, PersonId{}, now()); });
    if (!invited) return report(language, invited.error());
    fmt::print("{} {}\n", invited->person.text(), invited->code);
    return kGood;
}

int list(app::House& house, const Options&, i18n::Language)
{
    people::Filter filter;
    for (;;) {
        const auto people = house.database.read([&](storage::Snapshot& db) { return people::list(db, filter); });
        for (const auto& person : people)
            fmt::print("{}\t{}\t{}\t{}\n", person.id.text(), person.full_name(), people::names(person.roles), people::name(person.state));
        if (static_cast<int>(people.size()) < filter.limit) return kGood;
        filter.after = people.back().id;
    }
}

int invite(app::House& house, const Options& options, i18n::Language language)
{
    const auto id = PersonId::parse(options.person);
    if (!id) return report(language, {&not_found, {}});
    const auto invited = house.database.write([&](storage::Transaction& tx) { return auth::invite_again(tx, *id, PersonId{}, now()); });
    if (!invited) return report(language, invited.error());
    fmt::print("{} {}\n", invited->person.text(), invited->code);
    return kGood;
}

int revoke(app::House& house, const Options& options, i18n::Language language)
{
    const auto id = PersonId::parse(options.person);
    if (!id) return report(language, {&not_found, {}});
    const auto revoked = house.database.write([&](storage::Transaction& tx) { return auth::revoke_access(tx, *id, PersonId{}, "console", now()); });
    return revoked ? kGood : report(language, revoked.error());
}

CLI::App* add_work(CLI::App& parent, Invocation& invocation, const std::shared_ptr<Options>& options, const std::string& name, const std::string& what, Work work)
{
    auto* command = parent.add_subcommand(name, what);
    add_data_options(*command, options->settings);
    command->callback([options, work, &invocation] {
        invocation.run = [options, work, &invocation](i18n::Language language) {
            options->settings.program = invocation.program;
            const auto house = app::open_house(options->settings);
            return house ? work(**house, *options, language) : report(language, house.error());
        };
    });
    return command;
}

} // namespace

void add_user(CLI::App& app, Invocation& invocation)
{
    auto options = std::make_shared<Options>();
    auto* command = add_command(app, invocation, "user");
    command->require_subcommand(1);
    auto* added = add_work(*command, invocation, options, "add", "a new person with an invitation", add);
    added->add_option("--given", options->given, "given name")->required();
    added->add_option("--family", options->family, "family name")->required();
    added->add_option("--role", options->role, "volunteer reviewer coordinator lawyer officer partner analyst administrator")->required();
    added->add_option("--birth-year", options->born, "year of birth, for volunteers");
    add_work(*command, invocation, options, "list", "people, roles and state", list);
    add_work(*command, invocation, options, "invite", "a fresh invitation", invite)->add_option("person", options->person, "id")->required();
    add_work(*command, invocation, options, "revoke", "end all access", revoke)->add_option("person", options->person, "id")->required();
}

} // namespace adal::cli
